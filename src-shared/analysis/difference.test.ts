import { describe, expect, it } from 'vitest';
import { difference, welchHalfWidth } from './difference';

const a = [10, 12, 14];
const b = [11, 14, 17];

describe('difference', () => {
  it('is the paired-t interval, worked by hand: differences 1, 2, 3, mean 2, deviation 1, t(0.975; 2) = 4.302653', () => {
    expect(difference(a, b, 0.95, 'lower')).toMatchObject({ pairs: 3, mean: 2, verdict: 'not-distinguishable' });
    expect(difference(a, b, 0.95, 'lower')?.halfWidth).toBeCloseTo(4.302653 / Math.sqrt(3), 6);
  });

  it('tells better from worse by the direction of the metric, where the interval leaves out zero', () => {
    // t(0.95; 2) = 2.919986: half-width 1.686, below the mean of 2.
    expect(difference(a, b, 0.9, 'lower')?.verdict).toBe('worse');
    expect(difference(a, b, 0.9, 'higher')?.verdict).toBe('better');
    expect(difference(b, a, 0.9, 'lower')?.verdict).toBe('better');
    expect(difference(a, b, 0.9, null)?.verdict).toBe('different');
  });

  it('calls equal values, and values that differ by rounding, not distinguishable', () => {
    expect(difference([1, 2], [1, 2], 0.95, 'lower')).toEqual({
      pairs: 2,
      mean: 0,
      halfWidth: 0,
      independentHalfWidth: expect.any(Number),
      verdict: 'not-distinguishable',
    });
    expect(difference([0.3, 0.3], [0.1 + 0.2, 0.1 + 0.2], 0.95, 'lower')?.verdict).toBe('not-distinguishable');
    expect(difference([1, 2], [3, 4], 0.95, 'lower')).toMatchObject({ mean: 2, halfWidth: 0, verdict: 'worse' });
  });

  it('takes only pairs that both have a value, and says nothing of a single one', () => {
    expect(difference([1, null, 3], [2, 5, null], 0.95, 'lower')).toEqual({
      pairs: 1,
      mean: 1,
      halfWidth: null,
      independentHalfWidth: null,
      verdict: 'unknown',
    });
    expect(difference([null], [1], 0.95, 'lower')).toBeNull();
  });
});

describe('welchHalfWidth', () => {
  it("is Welch's interval, worked by hand: errors 4/3 and 3, degrees of freedom 3.4845", () => {
    expect(welchHalfWidth(a, b, 0.95)).toBeCloseTo(6.132947, 5);
    expect(difference(a, b, 0.95, 'lower')?.independentHalfWidth).toBe(welchHalfWidth(a, b, 0.95));
    expect(welchHalfWidth([1, 1], [2, 2], 0.95)).toBe(0);
  });
});
