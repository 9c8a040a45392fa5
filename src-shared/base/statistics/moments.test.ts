import { expect, test } from 'vitest';
import { momentsOf } from './moments';

test('gives the moments of a worked sample', () => {
  // 2, 4, 4, 4, 5, 5, 7, 9: mean 5, squared deviations 9+1+1+1+0+0+4+16 = 32, unbiased variance 32/7.
  const moments = momentsOf([2, 4, 4, 4, 5, 5, 7, 9]);
  expect(moments.count).toBe(8);
  expect(moments.mean).toBeCloseTo(5, 12);
  expect(moments.variance).toBeCloseTo(32 / 7, 12);
  expect(moments.sd).toBeCloseTo(Math.sqrt(32 / 7), 12);
});

test('keeps the variance of values far from zero', () => {
  expect(momentsOf([1e9 + 1, 1e9 + 2, 1e9 + 3]).variance).toBeCloseTo(1, 9);
});

test('says what an empty and a single sample are', () => {
  expect(momentsOf([])).toEqual({ count: 0, mean: Number.NaN, variance: 0, sd: 0 });
  expect(momentsOf([3])).toEqual({ count: 1, mean: 3, variance: 0, sd: 0 });
});
