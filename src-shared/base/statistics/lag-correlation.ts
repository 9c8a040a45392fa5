import { momentsOf } from './moments';

/**
 * Correlation between neighbours of a series (lag 1): the sum of products of neighbouring deviations from the mean over the sum of
 * their squares; NaN with fewer than three values or where all are equal. G. E. P. Box, G. M. Jenkins, Time Series Analysis, 1976, 2.1.
 */
export function lagCorrelation(values: readonly number[]): number {
  const { count, mean, variance } = momentsOf(values);
  if (count < 3 || variance === 0) return Number.NaN;
  let products = 0;
  for (let i = 1; i < values.length; i++) products += ((values[i - 1] as number) - mean) * ((values[i] as number) - mean);
  return products / (variance * (count - 1));
}

/** Correlation above which neighbours are taken to depend on each other: at 5 %, one-sided, that of independent values rarely exceeds it (standard error 1/√n). */
export function correlationBound(count: number): number {
  return 1.645 / Math.sqrt(count);
}
