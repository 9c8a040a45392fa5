import { assertNever } from '../base/result';
import type { Distribution } from '../kinds/distribution';

/** A random duration in the terms of the field, in seconds; `scv` is variance over squared mean. */
export type Variate =
  | { readonly distribution: 'exponential'; readonly mean_s: number }
  | { readonly distribution: 'deterministic'; readonly value_s: number }
  | { readonly distribution: 'erlang'; readonly stages: number; readonly mean_s: number }
  | { readonly distribution: 'uniform'; readonly min_s: number; readonly max_s: number }
  | { readonly distribution: 'lognormal'; readonly mean_s: number; readonly sigma_ln: number }
  | { readonly distribution: 'hyperexponential'; readonly branches: readonly { readonly probability: number; readonly mean_s: number }[] }
  | { readonly distribution: 'pareto'; readonly alpha: number; readonly scale_s: number }
  | { readonly distribution: 'weibull'; readonly shape: number; readonly scale_s: number }
  | { readonly distribution: 'two_point'; readonly values: readonly { readonly value_s: number; readonly probability: number }[] }
  | { readonly distribution: 'zipf'; readonly items: number; readonly exponent: number };

/** A variate as a distribution of the application; null for those that are no durations. */
export function durationOf(variate: Variate): Distribution | null {
  switch (variate.distribution) {
    case 'exponential':
      return { type: 'exponential', meanMs: variate.mean_s * 1000 };
    case 'deterministic':
      return { type: 'constant', valueMs: variate.value_s * 1000 };
    case 'erlang':
      return { type: 'erlang', meanMs: variate.mean_s * 1000, stages: variate.stages };
    case 'uniform':
      return { type: 'uniform', minMs: variate.min_s * 1000, maxMs: variate.max_s * 1000 };
    case 'lognormal':
      return { type: 'lognormal', meanMs: variate.mean_s * 1000, sigma: variate.sigma_ln };
    case 'hyperexponential':
      return { type: 'hyperexponential', branches: variate.branches.map(({ probability, mean_s }) => ({ probability, meanMs: mean_s * 1000 })) };
    case 'pareto':
      return { type: 'pareto', minMs: variate.scale_s * 1000, alpha: variate.alpha };
    case 'weibull':
      return { type: 'weibull', scaleMs: variate.scale_s * 1000, shape: variate.shape };
    case 'two_point':
      return { type: 'empirical', values: variate.values.map(({ value_s, probability }) => ({ valueMs: value_s * 1000, weight: probability })) };
    case 'zipf':
      return null;
    default:
      return assertNever(variate);
  }
}

/** Mean of a variate in seconds. */
export function meanOf(variate: Variate): number {
  switch (variate.distribution) {
    case 'exponential':
    case 'erlang':
    case 'lognormal':
      return variate.mean_s;
    case 'deterministic':
      return variate.value_s;
    case 'uniform':
      return (variate.min_s + variate.max_s) / 2;
    case 'hyperexponential':
      return variate.branches.reduce((sum, branch) => sum + branch.probability * branch.mean_s, 0);
    case 'two_point':
      return variate.values.reduce((sum, { value_s, probability }) => sum + probability * value_s, 0);
    case 'pareto':
    case 'weibull':
    case 'zipf':
      return Number.NaN;
    default:
      return assertNever(variate);
  }
}
