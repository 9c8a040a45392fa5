import type { Distribution, DistributionType } from '../../src-shared/kinds/distribution';

/** Logarithm of the gamma function: Lanczos approximation with g = 7 and n = 9, relative error below 1e-13. */
function logGamma(x: number): number {
  const coefficients = [
    0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012,
    9.9843695780195716e-6, 1.5056327351493116e-7,
  ];
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const y = x - 1;
  const t = y + 7.5;
  const sum = coefficients.slice(1).reduce((total, coefficient, index) => total + coefficient / (y + index + 1), coefficients[0] ?? 0);
  return 0.5 * Math.log(2 * Math.PI) + (y + 0.5) * Math.log(t) - t + Math.log(sum);
}

/** Regularised lower incomplete gamma function, by series below and continued fraction above its bend (Numerical Recipes, section 6.2). */
function gammaShare(shape: number, x: number): number {
  if (x <= 0) return 0;
  const scale = Math.exp(-x + shape * Math.log(x) - logGamma(shape));
  if (x < shape + 1) {
    let term = 1 / shape;
    let sum = term;
    for (let n = 1; n < 1000 && Math.abs(term) > Math.abs(sum) * 1e-13; n++) {
      term *= x / (shape + n);
      sum += term;
    }
    return Math.min(1, sum * scale);
  }
  let b = x + 1 - shape;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let n = 1; n < 1000; n++) {
    const a = -n * (n - shape);
    b += 2;
    d = 1 / (a * d + b || 1e-300);
    c = b + a / c || 1e-300;
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-13) break;
  }
  return Math.max(0, 1 - scale * h);
}

/** Share of a standard normal below z, through the incomplete gamma function. */
function normalShare(z: number): number {
  const half = 0.5 * gammaShare(0.5, (z * z) / 2);
  return z < 0 ? 0.5 - half : 0.5 + half;
}

/** 99th percentile of the standard normal. */
const Z99 = 2.3263478740408408;

/** Share of values at or below x (ms); undefined where the request itself says the value. */
export function shareBelow(distribution: Distribution, x: number): number | undefined {
  if (distribution.type === 'request') return undefined;
  if (x < 0) return 0;
  switch (distribution.type) {
    case 'constant':
      return x >= distribution.valueMs ? 1 : 0;
    case 'uniform':
      return distribution.maxMs <= distribution.minMs
        ? x >= distribution.minMs
          ? 1
          : 0
        : Math.min(1, Math.max(0, (x - distribution.minMs) / (distribution.maxMs - distribution.minMs)));
    case 'exponential':
      return 1 - Math.exp(-x / distribution.meanMs);
    case 'normal': {
      if (distribution.sdMs === 0) return x >= distribution.meanMs ? 1 : 0;
      // Truncated at 0: what lies below is cut off, the rest scaled up.
      const below = normalShare(-distribution.meanMs / distribution.sdMs);
      return (normalShare((x - distribution.meanMs) / distribution.sdMs) - below) / (1 - below);
    }
    case 'lognormal': {
      const { meanMs, sigma } = distribution;
      if (sigma === 0) return x >= meanMs ? 1 : 0;
      return x === 0 ? 0 : normalShare((Math.log(x / meanMs) + (sigma * sigma) / 2) / sigma);
    }
    case 'erlang':
      return gammaShare(distribution.stages, (x * distribution.stages) / distribution.meanMs);
    case 'gamma':
      return gammaShare(distribution.shape, (x * distribution.shape) / distribution.meanMs);
    case 'weibull':
      return 1 - Math.exp(-((x / distribution.scaleMs) ** distribution.shape));
    case 'pareto':
      return x < distribution.minMs ? 0 : 1 - (distribution.minMs / x) ** distribution.alpha;
    case 'hyperexponential':
      return distribution.branches.reduce((sum, branch) => sum + branch.probability * (1 - Math.exp(-x / branch.meanMs)), 0);
    case 'empirical': {
      const total = distribution.values.reduce((sum, value) => sum + value.weight, 0);
      return distribution.values.reduce((sum, value) => sum + (value.valueMs <= x ? value.weight : 0), 0) / total;
    }
    case 'fit': {
      const sigma = Math.log(distribution.p99Ms / distribution.p50Ms) / Z99;
      if (sigma <= 0) return x >= distribution.p50Ms ? 1 : 0;
      return x === 0 ? 0 : normalShare(Math.log(x / distribution.p50Ms) / sigma);
    }
  }
}

/** Mean in ms: exact, infinite where there is none, undefined where the request itself says the value. Formulas: Law, 5th ed. 2015, section 6.2. */
export function meanMs(distribution: Distribution): number | undefined {
  switch (distribution.type) {
    case 'constant':
      return distribution.valueMs;
    case 'uniform':
      return (distribution.minMs + distribution.maxMs) / 2;
    case 'normal': {
      const { meanMs: mean, sdMs } = distribution;
      if (sdMs === 0) return mean;
      const cut = -mean / sdMs;
      return mean + (sdMs * Math.exp((-cut * cut) / 2)) / (Math.sqrt(2 * Math.PI) * (1 - normalShare(cut)));
    }
    case 'exponential':
    case 'lognormal':
    case 'erlang':
    case 'gamma':
      return distribution.meanMs;
    case 'weibull':
      return distribution.scaleMs * Math.exp(logGamma(1 + 1 / distribution.shape));
    case 'pareto':
      return distribution.alpha <= 1 ? Number.POSITIVE_INFINITY : (distribution.alpha * distribution.minMs) / (distribution.alpha - 1);
    case 'hyperexponential':
      return distribution.branches.reduce((sum, branch) => sum + branch.probability * branch.meanMs, 0);
    case 'empirical': {
      const total = distribution.values.reduce((sum, value) => sum + value.weight, 0);
      return distribution.values.reduce((sum, value) => sum + value.weight * value.valueMs, 0) / total;
    }
    case 'fit': {
      const sigma = Math.log(distribution.p99Ms / distribution.p50Ms) / Z99;
      return distribution.p50Ms * Math.exp((sigma * sigma) / 2);
    }
    case 'request':
      return undefined;
  }
}

/** The value in ms that a share of all values does not exceed, by halving; undefined where the request itself says the value. */
export function quantileMs(distribution: Distribution, share: number): number | undefined {
  if (distribution.type === 'request') return undefined;
  let high = 1;
  while ((shareBelow(distribution, high) ?? 1) < share) {
    high *= 2;
    if (high > 1e15) return Number.POSITIVE_INFINITY;
  }
  let low = 0;
  for (let step = 0; step < 200 && high - low > high * 1e-12; step++) {
    const middle = (low + high) / 2;
    if ((shareBelow(distribution, middle) ?? 1) < share) low = middle;
    else high = middle;
  }
  return high;
}

/** A distribution of another type with about the same mean, to start editing from. */
export function withType(type: DistributionType, before: Distribution): Distribution {
  const known = meanMs(before);
  const mean = known !== undefined && Number.isFinite(known) && known > 0 ? Number(known.toPrecision(3)) : 10;
  const rounded = (value: number): number => Number(value.toPrecision(3));
  switch (type) {
    case 'constant':
      return { type, valueMs: mean };
    case 'uniform':
      return { type, minMs: rounded(mean / 2), maxMs: rounded(mean * 1.5) };
    case 'exponential':
      return { type, meanMs: mean };
    case 'normal':
      return { type, meanMs: mean, sdMs: rounded(mean / 4) };
    case 'lognormal':
      return { type, meanMs: mean, sigma: 0.7 };
    case 'erlang':
      return { type, meanMs: mean, stages: 3 };
    case 'gamma':
      return { type, meanMs: mean, shape: 2 };
    case 'weibull':
      return { type, scaleMs: rounded(mean / Math.exp(logGamma(1 + 1 / 1.5))), shape: 1.5 };
    case 'pareto':
      return { type, minMs: rounded((mean * 1.5) / 2.5), alpha: 2.5 };
    case 'hyperexponential':
      return {
        type,
        branches: [
          { probability: 0.9, meanMs: rounded(mean / 2) },
          { probability: 0.1, meanMs: rounded(mean * 5.5) },
        ],
      };
    case 'empirical':
      return { type, values: [0.5, 1, 2].map((factor) => ({ valueMs: rounded(mean * factor), weight: 1 })) };
    case 'fit': {
      const p50 = quantileMs(before, 0.5) ?? mean;
      const p99 = quantileMs(before, 0.99) ?? mean * 4;
      return p50 > 0 && p99 > p50 && Number.isFinite(p99)
        ? { type, p50Ms: rounded(p50), p99Ms: rounded(p99) }
        : { type, p50Ms: rounded(mean * 0.8), p99Ms: rounded(mean * 4) };
    }
    case 'request':
      return { type };
  }
}
