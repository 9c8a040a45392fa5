import { expect, test } from 'vitest';
import { normalCdf, normalQuantile } from './normal';

// Abramowitz and Stegun 1964, table 26.1 (15 digits) and table 26.5.
test.each([
  [0, 0.5],
  [1, 0.841344746068543],
  [2, 0.977249868051821],
  [3, 0.99865010196837],
  [4, 0.999968328758167],
  [5, 0.999999713348428],
])('P(Z <= %d) = %d', (x, p) => {
  expect(normalCdf(x)).toBeCloseTo(p, 14);
  expect(normalCdf(-x)).toBeCloseTo(1 - p, 14);
});

test('keeps relative precision far out in the tail', () => {
  // A&S table 26.2: -log10 Q(10) = 23.11805.
  expect(-Math.log10(normalCdf(-10))).toBeCloseTo(23.11805, 5);
});

test.each([
  [0.975, 1.959963984540054],
  [0.995, 2.575829303548901],
  [0.95, 1.644853626951473],
  [0.999, 3.090232306167814],
  [1e-6, -4.753424308822899],
])('quantile at %d is %d', (p, z) => {
  expect(normalQuantile(p)).toBeCloseTo(z, 11);
});
