import { describe, expect, it } from 'vitest';
import { biasOfStart, findTransient } from './transient';

const times = Array.from({ length: 100 }, (_, index) => (index + 1) * 10);

describe('the end of a transient', () => {
  it('is where a ramp goes over into a plateau', () => {
    // Twenty points rise from 0 to 95, then 100 and 101 in turn: the truncation that leaves the plateau alone has the least spread.
    const ramp = times.map((_, index) => (index < 20 ? index * 5 : 100 + (index % 2)));
    expect(findTransient(times, ramp)).toEqual({ end: 200, settled: true });
  });

  it('is not found in a series that only rises, and not looked for in a short one', () => {
    expect(findTransient(times, times)).toMatchObject({ settled: false });
    expect(findTransient(times.slice(0, 49), times.slice(0, 49))).toBeNull();
  });

  it('lowers a mean by the share that its points miss', () => {
    // After time 1: mean of 1, 3 and 5 is 3; without the first it is 4.
    expect(biasOfStart([1, 2, 3, 4], [9, 1, 3, 5], 1, 2)).toBe(3 / 4 - 1);
    expect(biasOfStart([1, 2, 3, 4], [9, 1, 3, 5], 1, 1)).toBe(0);
    expect(biasOfStart([1, 2, 3, 4], [9, 1, 3, null], 1, 3), 'nothing was there afterwards').toBeNull();
    expect(biasOfStart([1, 2, 3, 4], [9, 1, 3, 5], 1, 4)).toBeNull();
  });
});
