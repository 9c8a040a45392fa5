import { invariant } from '../result';
import { exp, log } from '../transcendental';
import { normalQuantile } from './normal';

const HALF_LOG_TWO_PI = 0.9189385332046728;

/** Logarithm of the gamma function for x > 0: Stirling's series after lifting the argument above 12. */
function logGamma(x: number): number {
  let lifted = x;
  let product = 1;
  while (lifted < 12) {
    product *= lifted;
    lifted += 1;
  }
  const inverse = 1 / lifted;
  const square = inverse * inverse;
  const series = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square * (1 / 1188 - (square * 691) / 360360)))));
  return (lifted - 0.5) * log(lifted) - lifted + HALF_LOG_TWO_PI + series - log(product);
}

/** Continued fraction of the incomplete beta function, evaluated by Lentz's method (Abramowitz and Stegun 1964, 26.5.8). */
function betaFraction(a: number, b: number, x: number): number {
  const tiny = 1e-300;
  const away = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
  let numerator = 1;
  let denominator = 1 / away(1 - ((a + b) * x) / (a + 1));
  let fraction = denominator;
  for (let m = 1; m < 20_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    denominator = 1 / away(1 + even * denominator);
    numerator = away(1 + even / numerator);
    fraction *= denominator * numerator;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    denominator = 1 / away(1 + odd * denominator);
    numerator = away(1 + odd / numerator);
    const factor = denominator * numerator;
    fraction *= factor;
    if (Math.abs(factor - 1) < 1e-15) break;
  }
  return fraction;
}

/** P(T > t) of Student's t with the given degrees of freedom, for t >= 0: half the regularised incomplete beta function. */
function upperTail(t: number, degrees: number): number {
  const a = degrees / 2;
  const b = 0.5;
  const square = t * t;
  const x = degrees / (degrees + square);
  const rest = square / (degrees + square);
  if (rest === 0) return 0.5;
  const front = exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log(rest));
  const share = x < (a + 1) / (a + b + 2) ? (front * betaFraction(a, b, x)) / a : 1 - (front * betaFraction(b, a, rest)) / b;
  return share / 2;
}

function density(t: number, degrees: number): number {
  const constant = logGamma((degrees + 1) / 2) - logGamma(degrees / 2) - 0.5 * log(degrees * Math.PI);
  return exp(constant - ((degrees + 1) / 2) * log(1 + (t * t) / degrees));
}

/**
 * Quantile of Student's t distribution: the value that T stays below with probability `p`, 0 < p < 1.
 * `degrees` is the number of degrees of freedom, at least 1. Relative error below 1e-10 for p within 1e-6 of the ends.
 */
export function studentTQuantile(p: number, degrees: number): number {
  invariant(p > 0 && p < 1 && degrees >= 1, 'a t quantile needs 0 < p < 1 and at least one degree of freedom');
  if (p === 0.5) return 0;
  if (p < 0.5) return -quantileAbove(p, degrees);
  return quantileAbove(1 - p, degrees);
}

/** The t >= 0 with P(T > t) = tail, for tail < 1/2: Newton steps kept inside a shrinking bracket. */
function quantileAbove(tail: number, degrees: number): number {
  if (degrees > 1e10) return -normalQuantile(tail);
  let low = 0;
  let high = Math.max(1, -normalQuantile(tail));
  while (upperTail(high, degrees) > tail) {
    low = high;
    high *= 2;
  }
  let t = (low + high) / 2;
  for (let step = 0; step < 200; step++) {
    const excess = upperTail(t, degrees) - tail;
    if (excess > 0) low = t;
    else high = t;
    const newton = t + excess / density(t, degrees);
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - t) <= 1e-14 * (1 + t)) return next;
    t = next;
  }
  return t;
}
