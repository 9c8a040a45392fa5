import { describe, expect, it } from 'vitest';
import { trendOf } from './trend';

const times = Array.from({ length: 120 }, (_, index) => (index + 1) * 1000);
/** Numbers that look like chance and are always the same. */
const noise = (index: number): number => ((index * 7919 + 104_729) % 997) / 997 - 0.5;

describe('trendOf', () => {
  it('finds the slope of a line in noise, per second', () => {
    const trend = trendOf(
      times,
      times.map((at, index) => 3 + 0.5 * (at / 1000) + 4 * noise(index)),
    );
    expect(trend?.significant).toBe(true);
    expect(Math.abs((trend?.perS ?? 0) - 0.5)).toBeLessThan(trend?.halfWidth ?? 0);
    // From the middle of the first of 30 batches to that of the last: 116 s.
    expect(trend?.gained).toBeCloseTo((trend?.perS ?? 0) * 116, 9);
  });

  it('finds none in noise alone', () => {
    expect(
      trendOf(
        times,
        times.map((_, index) => 10 + 4 * noise(index)),
      )?.significant,
    ).toBe(false);
  });

  it('does not take a slow swing for a trend: values that are like their neighbours count as fewer', () => {
    const swing = times.map((at) => 20 + 10 * Math.sin((at / 120_000) * 2 * Math.PI));
    expect(trendOf(times, swing)?.significant).toBe(false);
  });

  it('is none of a few values, and leaves out what is missing', () => {
    expect(trendOf([1, 2, 3], [1, 2, 3])).toBeNull();
    const gaps = times.map((at, index) => (index % 3 === 0 ? null : at / 1000));
    expect(trendOf(times, gaps)?.perS).toBeCloseTo(1, 9);
  });
});
