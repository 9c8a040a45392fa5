import { momentsOf } from '../base/statistics/moments';
import { studentTQuantile } from '../base/statistics/student-t';

/** A straight line through values over time, and whether its slope can be told from chance. */
export interface Trend {
  /** Slope, in units of the values per second. */
  readonly perS: number;
  /** Half-width of the interval of the slope. */
  readonly halfWidth: number;
  /** Whether the interval leaves out 0. */
  readonly significant: boolean;
  /** Mean of the values. */
  readonly mean: number;
  /** What the line gained from the first to the last instant. */
  readonly gained: number;
}

/** Values are put together to at most this many batches, whose means depend less on each other. */
const BATCHES = 30;
/** With fewer batches than this there is nothing to fit. */
const LEAST_BATCHES = 8;

/**
 * Fits a line by least squares to batch means and tests its slope. Neighbours that are alike count as fewer: the standard error and the
 * degrees of freedom go by the effective sample size n (1 - r) / (1 + r), r being the lag-1 correlation of the residuals (B. D. Santer and
 * others, Statistical significance of trends, Journal of Geophysical Research 105, 2000, section 4). Null where there are too few values.
 * `timesMs` in ms, `values[i]` null where there is none.
 */
export function trendOf(timesMs: readonly number[], values: readonly (number | null)[], confidence = 0.99): Trend | null {
  const points: { readonly at: number; readonly value: number }[] = [];
  for (const [index, value] of values.entries()) if (value !== null) points.push({ at: (timesMs[index] ?? 0) / 1000, value });
  const size = Math.max(1, Math.ceil(points.length / BATCHES));
  const batches: { readonly at: number; readonly value: number }[] = [];
  for (let from = 0; from + size <= points.length; from += size) {
    const batch = points.slice(from, from + size);
    batches.push({ at: momentsOf(batch.map(({ at }) => at)).mean, value: momentsOf(batch.map(({ value }) => value)).mean });
  }
  const count = batches.length;
  if (count < LEAST_BATCHES) return null;
  const meanAt = momentsOf(batches.map(({ at }) => at)).mean;
  const mean = momentsOf(batches.map(({ value }) => value)).mean;
  let squares = 0;
  let products = 0;
  for (const { at, value } of batches) {
    squares += (at - meanAt) ** 2;
    products += (at - meanAt) * (value - mean);
  }
  if (squares === 0) return null;
  const perS = products / squares;
  const residuals = batches.map(({ at, value }) => value - mean - perS * (at - meanAt));
  const rest = residuals.reduce((sum, residual) => sum + residual * residual, 0);
  let neighbours = 0;
  for (let index = 1; index < count; index++) neighbours += (residuals[index] as number) * (residuals[index - 1] as number);
  const alike = rest > 0 ? Math.min(0.98, Math.max(0, neighbours / rest)) : 0;
  const effective = Math.max(3, (count * (1 - alike)) / (1 + alike));
  const error = Math.sqrt(rest / (effective - 2) / squares);
  const halfWidth = studentTQuantile((1 + confidence) / 2, effective - 2) * error;
  const span = (batches[count - 1]?.at ?? 0) - (batches[0]?.at ?? 0);
  return { perS, halfWidth, significant: Math.abs(perS) > halfWidth, mean, gained: perS * span };
}
