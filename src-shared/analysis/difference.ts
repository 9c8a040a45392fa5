import { intervalFactor } from '../base/statistics/intervals';
import { momentsOf } from '../base/statistics/moments';
import { studentTQuantile } from '../base/statistics/student-t';

/** How a design does against another by one metric; `different`: neither direction is good in itself; `unknown`: too few replications. */
export type Verdict = 'better' | 'worse' | 'different' | 'not-distinguishable' | 'unknown';

/** The difference between two designs, over pairs of replications that had the same random numbers. */
export interface Difference {
  /** Pairs of replications that both have a value. */
  readonly pairs: number;
  /** Mean of the differences, in the unit of the metric; positive where the second is larger. */
  readonly mean: number;
  /** Half-width of the Student-t interval of the paired differences; null with fewer than two pairs. */
  readonly halfWidth: number | null;
  /** Half-width that as many independent runs of the two would have had (Welch's interval over the same values). */
  readonly independentHalfWidth: number | null;
  readonly verdict: Verdict;
}

/** A difference this small beside the values themselves is rounding of sums, not a difference. */
const ROUNDING = 1e-12;

/**
 * Compares two designs by the values of their replications, `first[r]` and `second[r]` with common random numbers. The paired-t interval
 * and Welch's beside it: A. M. Law, Simulation Modeling and Analysis, 5th ed. 2015, sections 10.2.1 and 10.2.2; common random numbers: 11.2.
 */
export function difference(
  first: readonly (number | null)[],
  second: readonly (number | null)[],
  confidence: number,
  better: 'lower' | 'higher' | null,
): Difference | null {
  const a: number[] = [];
  const b: number[] = [];
  for (let index = 0; index < Math.min(first.length, second.length); index++) {
    const left = first[index] ?? null;
    const right = second[index] ?? null;
    if (left === null || right === null) continue;
    a.push(left);
    b.push(right);
  }
  const pairs = a.length;
  if (pairs === 0) return null;
  const paired = momentsOf(a.map((value, index) => (b[index] as number) - value));
  const scale = Math.max(...a.map(Math.abs), ...b.map(Math.abs));
  if (pairs < 2) return { pairs, mean: paired.mean, halfWidth: null, independentHalfWidth: null, verdict: 'unknown' };
  const halfWidth = (intervalFactor(pairs, confidence) * paired.sd) / Math.sqrt(pairs);
  const apart = Math.abs(paired.mean) > halfWidth && Math.abs(paired.mean) > ROUNDING * scale;
  return {
    pairs,
    mean: paired.mean,
    halfWidth,
    independentHalfWidth: welchHalfWidth(a, b, confidence),
    verdict: !apart ? 'not-distinguishable' : better === null ? 'different' : paired.mean < 0 === (better === 'lower') ? 'better' : 'worse',
  };
}

/**
 * Half-width of the interval for the difference of the means of two independent samples with unlike variances: B. L. Welch, The
 * generalization of 'Student's' problem when several different population variances are involved, Biometrika 34, 1947.
 */
export function welchHalfWidth(a: readonly number[], b: readonly number[], confidence: number): number | null {
  if (a.length < 2 || b.length < 2) return null;
  const errorA = momentsOf(a).variance / a.length;
  const errorB = momentsOf(b).variance / b.length;
  const error = errorA + errorB;
  if (error === 0) return 0;
  const degrees = (error * error) / ((errorA * errorA) / (a.length - 1) + (errorB * errorB) / (b.length - 1));
  return studentTQuantile((1 + confidence) / 2, Math.max(1, degrees)) * Math.sqrt(error);
}
