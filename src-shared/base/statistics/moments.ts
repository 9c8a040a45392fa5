/** Count, mean and unbiased variance of a sample; the variance of fewer than two values is 0. */
export interface Moments {
  readonly count: number;
  readonly mean: number;
  readonly variance: number;
  readonly sd: number;
}

/**
 * Moments of a sample in one pass, stable for values far from zero (B. P. Welford, Technometrics 4, 1962, p. 419).
 * The mean of an empty sample is NaN.
 */
export function momentsOf(values: Iterable<number>): Moments {
  let count = 0;
  let mean = 0;
  let squares = 0;
  for (const value of values) {
    count++;
    const delta = value - mean;
    mean += delta / count;
    squares += delta * (value - mean);
  }
  const variance = count > 1 ? squares / (count - 1) : 0;
  return { count, mean: count === 0 ? Number.NaN : mean, variance, sd: Math.sqrt(variance) };
}
