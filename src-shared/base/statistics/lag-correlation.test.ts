import { expect, test } from 'vitest';
import { nextUniform, seedStream } from '../random';
import { correlationBound, lagCorrelation } from './lag-correlation';

test('neighbours that alternate are correlated against each other, a slope with each other', () => {
  // Deviations -1, 1, -1, 1: products -3, squares 4.
  expect(lagCorrelation([1, 3, 1, 3])).toBeCloseTo(-0.75, 12);
  // Deviations -1.5, -0.5, 0.5, 1.5: products 0.75 - 0.25 + 0.75, squares 5.
  expect(lagCorrelation([1, 2, 3, 4])).toBeCloseTo(0.25, 12);
  expect(lagCorrelation([2, 2, 2, 2])).toBeNaN();
  expect(lagCorrelation([1, 2])).toBeNaN();
});

test('of independent values about one series in twenty is above the bound', () => {
  const state = new Int32Array(4);
  seedStream(state, 0, 5, 0, 'lag correlation');
  let above = 0;
  for (let trial = 0; trial < 2000; trial++) {
    const values = Array.from({ length: 20 }, () => nextUniform(state, 0));
    if (lagCorrelation(values) > correlationBound(values.length)) above++;
  }
  // The mean of the correlation is -1/n, so that fewer are above than the bound without it would let through.
  expect(above / 2000).toBeGreaterThan(0.01);
  expect(above / 2000).toBeLessThan(0.05);
});
