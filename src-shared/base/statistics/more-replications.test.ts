import { describe, expect, it } from 'vitest';
import { expectedHalfWidth, replicationsToAdd } from './more-replications';

describe('what more replications buy', () => {
  it('is 1/√n with the quantile of t: from 5 to 9, 12 % become 7.44 %', () => {
    // t(0.975, 4) = 2.776445, t(0.975, 8) = 2.306004: 12 × (2.306004 / 3) / (2.776445 / √5).
    expect(expectedHalfWidth(12, 5, 4, 0.95)).toBeCloseTo((12 * (2.306004 / 3)) / (2.776445 / Math.sqrt(5)), 5);
  });

  it('is nothing for no more, and a half for three times as many more, where there are many', () => {
    expect(expectedHalfWidth(1, 7, 0, 0.9)).toBe(1);
    expect(expectedHalfWidth(1, 4000, 12_000, 0.95)).toBeCloseTo(0.5, 3);
  });

  it('is turned round: the least number that reaches a half-width', () => {
    const more = replicationsToAdd(12, 5, 6, 0.95, 100) ?? 0;
    expect(expectedHalfWidth(12, 5, more, 0.95)).toBeLessThanOrEqual(6);
    expect(expectedHalfWidth(12, 5, more - 1, 0.95)).toBeGreaterThan(6);
    expect(replicationsToAdd(12, 5, 13, 0.95, 100)).toBe(0);
    expect(replicationsToAdd(12, 5, 0.1, 0.95, 100)).toBeNull();
  });
});
