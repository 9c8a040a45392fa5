import { intervalFactor } from './intervals';

/**
 * Half-width to expect of the Student-t interval of a mean when `more` replications are added to the `count` that gave `halfWidth`, with
 * the standard deviation that these showed: t(n+m-1) / √(n+m) instead of t(n-1) / √n. A. M. Law, Simulation Modeling and Analysis,
 * 5th ed. 2015, section 9.4.1. `count` is at least 2, `confidence` 0..1.
 */
export function expectedHalfWidth(halfWidth: number, count: number, more: number, confidence: number): number {
  const scale = (replications: number): number => intervalFactor(replications, confidence) / Math.sqrt(replications);
  return (halfWidth * scale(count + more)) / scale(count);
}

/**
 * Least number of further replications with which the half-width is expected to fall to `wanted`, at most `most`; null where not even those do.
 * `count` is at least 2, `confidence` 0..1.
 */
export function replicationsToAdd(halfWidth: number, count: number, wanted: number, confidence: number, most: number): number | null {
  const reached = (more: number): boolean => expectedHalfWidth(halfWidth, count, more, confidence) <= wanted;
  if (reached(0)) return 0;
  if (!reached(most)) return null;
  let low = 0;
  let high = most;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (reached(middle)) high = middle;
    else low = middle;
  }
  return high;
}
