import type { Variate } from './variate';

/** A set-up of servers that are off when idle. */
export interface SetupModel {
  readonly time: Variate;
  /** In words: at once; else the idle time. */
  readonly switch_off: string | { readonly distribution: 'deterministic'; readonly value_s: number };
  readonly switch_on: string;
}

/** A token bucket that starts full and accrues without a break. */
export interface TokenBucketModel {
  readonly type: 'token_bucket';
  readonly mode: 'shape' | 'police';
  readonly rate_tokens_per_s: number;
  readonly depth_tokens: number;
  readonly arrivals:
    | { readonly process: 'poisson'; readonly rate_per_s: number }
    | { readonly process: 'batch'; readonly at_s: number; readonly packets: number };
}

/** Throughput by number of cores. */
export interface ScalabilityModel {
  readonly type: 'scalability_curve';
  readonly law: 'usl';
  readonly alpha: number;
  readonly beta: number;
  readonly gamma_per_s: number;
}

/** Fork and join where the next request starts after the join of the one before. */
export interface SplitMergeModel {
  readonly type: 'split_merge';
  readonly arrivals: { readonly process: 'poisson'; readonly rate_per_s: number };
  readonly branches: number;
  readonly branch_service: Variate;
}
