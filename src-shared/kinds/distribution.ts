import { z } from 'zod';

const positive = z.number().positive().max(8.64e9);
const atLeastZero = z.number().min(0).max(8.64e9);

/** A distribution of non-negative durations, all in ms. Formulas: A. M. Law, Simulation Modeling and Analysis, 5th ed. 2015, ch. 6 and 8. */
export const distributionSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('constant'), valueMs: atLeastZero }),
  z.strictObject({ type: z.literal('uniform'), minMs: atLeastZero, maxMs: atLeastZero }),
  z.strictObject({ type: z.literal('exponential'), meanMs: positive }),
  /** Truncated below at 0. meanMs and sdMs are those of the normal before truncation. */
  z.strictObject({ type: z.literal('normal'), meanMs: atLeastZero, sdMs: atLeastZero }),
  /** sigma is the standard deviation of the logarithm. */
  z.strictObject({ type: z.literal('lognormal'), meanMs: positive, sigma: z.number().min(0).max(5) }),
  z.strictObject({ type: z.literal('erlang'), meanMs: positive, stages: z.number().int().min(1).max(100) }),
  z.strictObject({ type: z.literal('gamma'), meanMs: positive, shape: z.number().positive().max(1e4) }),
  z.strictObject({ type: z.literal('weibull'), scaleMs: positive, shape: z.number().min(0.1).max(100) }),
  /** Type I: P(X > x) = (minMs / x)^alpha for x >= minMs. */
  z.strictObject({ type: z.literal('pareto'), minMs: positive, alpha: z.number().min(0.1).max(100) }),
  z.strictObject({
    type: z.literal('hyperexponential'),
    branches: z
      .array(z.strictObject({ probability: z.number().min(0).max(1), meanMs: positive }))
      .min(1)
      .max(16),
  }),
  z.strictObject({
    type: z.literal('empirical'),
    values: z
      .array(z.strictObject({ valueMs: atLeastZero, weight: z.number().min(0).max(1e12) }))
      .min(1)
      .max(1000),
  }),
  /** Log-normal through a median and a 99th percentile. */
  z.strictObject({ type: z.literal('fit'), p50Ms: positive, p99Ms: positive }),
  /** The work that the request itself carries (a trace-driven workload). */
  z.strictObject({ type: z.literal('request') }),
]);

export type Distribution = z.infer<typeof distributionSchema>;
export type DistributionType = Distribution['type'];
