import { describe, expect, it } from 'vitest';
import { cos, exp, log, pow, sin } from './transcendental';

/** Relative difference in units of 2^-52. */
const ulps = (a: number, b: number) => (a === b ? 0 : Math.abs(a - b) / (Math.abs(b) * 2 ** -52));

describe('transcendental functions', () => {
  it('exp agrees with the host within 2 units in the last place', () => {
    for (let x = -700; x < 700; x += 0.73) expect(ulps(exp(x), Math.exp(x))).toBeLessThan(2);
    expect(exp(0)).toBe(1);
    expect(exp(-1000)).toBe(0);
    expect(exp(1000)).toBe(Infinity);
  });
  it('log agrees with the host within 2 units in the last place away from 1', () => {
    for (let x = 1e-300; x < 1e300; x *= 3.7) expect(ulps(log(x), Math.log(x))).toBeLessThan(2);
    for (let x = 0.01; x < 3; x += 0.0137) expect(Math.abs(log(x) - Math.log(x))).toBeLessThan(1e-15);
    expect(log(0)).toBe(-Infinity);
    expect(log(-1)).toBeNaN();
  });
  it('pow, sin and cos agree with the host', () => {
    expect(pow(3, 2.5)).toBeCloseTo(3 ** 2.5, 12);
    expect(pow(0, 2)).toBe(0);
    for (let x = -50; x < 50; x += 0.37) {
      expect(Math.abs(sin(x) - Math.sin(x))).toBeLessThan(2e-14);
      expect(Math.abs(cos(x) - Math.cos(x))).toBeLessThan(2e-14);
    }
  });
});
