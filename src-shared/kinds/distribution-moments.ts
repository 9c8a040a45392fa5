import type { Distribution } from './distribution';

/**
 * Mean of a distribution in ms, by closed forms (A. M. Law, Simulation Modeling and Analysis, 5th ed. 2015, ch. 6);
 * Infinity where the mean does not exist, null where it is the request that says.
 */
export function distributionMeanMs(distribution: Distribution): number | null {
  switch (distribution.type) {
    case 'constant':
      return distribution.valueMs;
    case 'uniform':
      return (distribution.minMs + distribution.maxMs) / 2;
    case 'exponential':
    case 'lognormal':
    case 'erlang':
    case 'gamma':
      return distribution.meanMs;
    case 'normal':
      return truncatedNormalMean(distribution.meanMs, distribution.sdMs);
    case 'weibull':
      return distribution.scaleMs * gammaFunction(1 + 1 / distribution.shape);
    case 'pareto':
      return distribution.alpha > 1 ? (distribution.alpha * distribution.minMs) / (distribution.alpha - 1) : Number.POSITIVE_INFINITY;
    case 'hyperexponential':
      return weightedMean(distribution.branches.map((branch) => [branch.probability, branch.meanMs]));
    case 'empirical':
      return weightedMean(distribution.values.map((value) => [value.weight, value.valueMs]));
    case 'fit': {
      // ln p99 − ln p50 = z sigma with z the 99 % quantile of the standard normal; the mean is p50 · exp(sigma² / 2).
      const sigma = Math.log(distribution.p99Ms / distribution.p50Ms) / 2.326347874040841;
      return distribution.p50Ms * Math.exp((sigma * sigma) / 2);
    }
    case 'request':
      return null;
  }
}

function weightedMean(pairs: readonly (readonly [number, number])[]): number {
  const weight = pairs.reduce((sum, [w]) => sum + w, 0);
  return weight > 0 ? pairs.reduce((sum, [w, value]) => sum + w * value, 0) / weight : 0;
}

/** Mean of a normal that is cut off below zero: mu + sd · phi(a) / (1 − Phi(a)) with a = −mu / sd. */
function truncatedNormalMean(mu: number, sd: number): number {
  if (sd === 0) return mu;
  const a = -mu / sd;
  const density = Math.exp((-a * a) / 2) / Math.sqrt(2 * Math.PI);
  return mu + (sd * density) / upperTail(a);
}

/** 1 − Phi(x), from the continued fraction far out and the series near zero; relative error below 1e-9. */
function upperTail(x: number): number {
  if (x < 0) return 1 - upperTail(-x);
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  if (x < 3) {
    let term = x;
    let sum = x;
    for (let n = 1; n < 100; n++) {
      term *= (x * x) / (2 * n + 1);
      sum += term;
    }
    return 0.5 - density * sum;
  }
  let fraction = 0;
  for (let n = 200; n > 0; n--) fraction = n / (x + fraction);
  return density / (x + fraction);
}

/** Euler's gamma function for arguments of 1 and more, by Lanczos's approximation (g = 7, n = 9). */
function gammaFunction(z: number): number {
  const x = z - 1;
  const coefficients = [
    676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
    1.5056327351493116e-7,
  ];
  let sum = 0.99999999999980993;
  for (const [index, coefficient] of coefficients.entries()) sum += coefficient / (x + index + 1);
  const t = x + 7.5;
  return Math.sqrt(2 * Math.PI) * t ** (x + 0.5) * Math.exp(-t) * sum;
}
