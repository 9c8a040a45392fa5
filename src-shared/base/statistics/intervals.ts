import { momentsOf } from './moments';
import { studentTQuantile } from './student-t';

/** A mean over independent values with the half-width of its two-sided Student-t interval. */
export interface MeanInterval {
  readonly count: number;
  readonly mean: number;
  /** Undefined with fewer than two values: one replication says nothing about its own error. */
  readonly halfWidth: number | undefined;
}

/** Factor that turns a standard error into the half-width of a two-sided interval at `confidence` (0..1). */
export function intervalFactor(count: number, confidence: number): number {
  return studentTQuantile((1 + confidence) / 2, count - 1);
}

/**
 * Half-width of the two-sided Student-t interval for the mean of independent values, such as one mean per replication;
 * undefined with fewer than two values. A. M. Law, Simulation Modeling and Analysis, 5th ed. 2015, section 4.5.
 */
export function halfWidth(values: readonly number[], confidence: number): number | undefined {
  return meanInterval(values, confidence).halfWidth;
}

/** Mean and half-width of the Student-t interval of independent values. */
export function meanInterval(values: readonly number[], confidence: number): MeanInterval {
  const { count, mean, sd } = momentsOf(values);
  return { count, mean, halfWidth: count < 2 ? undefined : (intervalFactor(count, confidence) * sd) / Math.sqrt(count) };
}
