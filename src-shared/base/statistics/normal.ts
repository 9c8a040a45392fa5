import { exp } from '../transcendental';

const SQRT_TWO_PI = 2.5066282746310002;

/** Density of the standard normal distribution. */
export function normalDensity(x: number): number {
  return exp(-0.5 * x * x) / SQRT_TWO_PI;
}

/**
 * P(Z <= x) of the standard normal distribution, with small relative error in both tails: the Taylor series in the middle
 * and the continued fraction of the Mills ratio outside (Abramowitz and Stegun 1964, 26.2.11 and 26.2.14).
 */
export function normalCdf(x: number): number {
  if (x > 0) return 1 - normalCdf(-x);
  const size = -x;
  if (size < 3) {
    let term = size;
    let sum = size;
    for (let odd = 3; term > sum * 1e-17 && odd < 400; odd += 2) {
      term *= (size * size) / odd;
      sum += term;
    }
    return 0.5 - normalDensity(size) * sum;
  }
  let fraction = size;
  for (let level = 120; level >= 1; level--) fraction = size + level / fraction;
  return normalDensity(size) / fraction;
}

/** The value that a standard normal variable stays below with probability p, for 0 < p < 1; safe-guarded Newton iteration. */
export function normalQuantile(p: number): number {
  if (p === 0.5) return 0;
  if (p > 0.5) return -normalQuantile(1 - p);
  let low = -40;
  let high = 0;
  let x = -1;
  for (let step = 0; step < 200; step++) {
    const excess = normalCdf(x) - p;
    if (excess > 0) high = x;
    else low = x;
    const newton = x - excess / normalDensity(x);
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - x) <= 1e-15 * (1 + Math.abs(x))) return next;
    x = next;
  }
  return x;
}
