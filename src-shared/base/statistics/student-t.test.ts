import fc from 'fast-check';
import { expect, test } from 'vitest';
import { studentTQuantile } from './student-t';

// Abramowitz and Stegun 1964, table 26.10, and E. S. Pearson and H. O. Hartley, Biometrika Tables for Statisticians, table 12.
test.each([
  [0.95, 1, 6.314],
  [0.975, 1, 12.706],
  [0.995, 1, 63.657],
  [0.95, 2, 2.92],
  [0.975, 2, 4.303],
  [0.975, 4, 2.776],
  [0.95, 5, 2.015],
  [0.995, 9, 3.25],
  [0.975, 9, 2.262],
  [0.975, 10, 2.228],
  [0.9995, 10, 4.587],
  [0.975, 29, 2.045],
  [0.9995, 39, 3.558],
  [0.975, 60, 2.0],
  [0.995, 120, 2.617],
])('the table of t at %d with %d degrees of freedom says %d', (p, degrees, t) => {
  expect(studentTQuantile(p, degrees)).toBeCloseTo(t, 3 - Math.max(0, Math.floor(Math.log10(t))));
});

test('agrees with the closed forms for one, two and four degrees of freedom', () => {
  for (const p of [0.51, 0.6, 0.75, 0.9, 0.975, 0.999, 0.999999]) {
    // One: the Cauchy distribution. Two: t = (2p-1) / sqrt(2p(1-p)). Four: W. T. Shaw, J. Computational Finance 9 (2006), p. 37.
    expect(studentTQuantile(p, 1) / Math.tan(Math.PI * (p - 0.5))).toBeCloseTo(1, 9);
    expect(studentTQuantile(p, 2) / ((2 * p - 1) / Math.sqrt(2 * p * (1 - p)))).toBeCloseTo(1, 9);
    const alpha = 4 * p * (1 - p);
    const four = 2 * Math.sqrt(Math.cos(Math.acos(Math.sqrt(alpha)) / 3) / Math.sqrt(alpha) - 1);
    expect(studentTQuantile(p, 4) / four).toBeCloseTo(1, 9);
  }
});

test('approaches the normal distribution', () => {
  expect(studentTQuantile(0.975, 1e6)).toBeCloseTo(1.959963984540054 * (1 + (1.959963984540054 ** 2 + 1) / 4e6), 9);
  expect(studentTQuantile(0.975, 1e12)).toBeCloseTo(1.959963984540054, 10);
});

test('is symmetric, rises with p and falls with the degrees of freedom', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.51, max: 0.9999, noNaN: true }), fc.integer({ min: 1, max: 5000 }), (p, degrees) => {
      const t = studentTQuantile(p, degrees);
      expect(studentTQuantile(1 - p, degrees) / t).toBeCloseTo(-1, 9);
      expect(studentTQuantile(p + 0.00005, degrees)).toBeGreaterThan(t);
      expect(studentTQuantile(p, degrees + 1)).toBeLessThan(t);
    }),
  );
});
