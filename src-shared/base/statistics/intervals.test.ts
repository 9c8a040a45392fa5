import { expect, test } from 'vitest';
import { halfWidth, meanInterval } from './intervals';

test('gives the interval of a worked example', () => {
  // Law, Simulation Modeling and Analysis, 5th ed., example 4.27: ten values, mean 1.34, variance 0.17, 90 % interval 1.34 +- 0.24.
  const values = [1.2, 1.5, 1.68, 1.89, 0.95, 1.49, 1.58, 1.55, 0.5, 1.09];
  const interval = meanInterval(values, 0.9);
  expect(interval.mean).toBeCloseTo(1.343, 3);
  expect(interval.halfWidth).toBeCloseTo(0.24, 2);
});

test('one value has no interval, equal values have one of width zero', () => {
  expect(halfWidth([5], 0.95)).toBeUndefined();
  expect(halfWidth([], 0.95)).toBeUndefined();
  expect(halfWidth([5, 5, 5], 0.95)).toBe(0);
});

test('widens with the confidence', () => {
  expect(halfWidth([1, 2, 3, 4], 0.99) ?? 0).toBeGreaterThan(halfWidth([1, 2, 3, 4], 0.95) ?? 0);
});
