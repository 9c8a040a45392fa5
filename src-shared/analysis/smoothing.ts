import { exp } from '../base/transcendental';

/**
 * Exponentially weighted averages of many columns at once, for display. An average reaches back over about the window: with a time
 * constant of half the window, its samples are as old on average as those of a plain average over the whole window.
 */
export interface Smoother {
  /** Lets `elapsedMs` of display time pass: what was seen before counts less. */
  readonly age: (elapsedMs: number) => void;
  /** Adds samples, one for each column; each counts by its weight. NaN is no sample. */
  readonly add: (column: number, sample: number, weight: number) => void;
  /** The average of a column; NaN before its first sample. */
  readonly value: (column: number) => number;
  readonly clear: () => void;
}

/** A smoother for `columns` numbers with a visible window of `windowMs` of display time. */
export function createSmoother(columns: number, windowMs: number): Smoother {
  const sums = new Float64Array(columns);
  const weights = new Float64Array(columns);
  return {
    age: (elapsedMs) => {
      const keep = exp(-Math.max(0, elapsedMs) / (windowMs / 2));
      for (let column = 0; column < columns; column++) {
        sums[column] = (sums[column] ?? 0) * keep;
        weights[column] = (weights[column] ?? 0) * keep;
      }
    },
    add: (column, sample, weight) => {
      if (Number.isNaN(sample) || !(weight > 0)) return;
      sums[column] = (sums[column] ?? 0) + sample * weight;
      weights[column] = (weights[column] ?? 0) + weight;
    },
    value: (column) => {
      const weight = weights[column] ?? 0;
      // After a very long wait the weights have faded to nothing: that is no sample, not a division of nothing by nothing.
      return weight > 1e-300 ? (sums[column] ?? 0) / weight : Number.NaN;
    },
    clear: () => {
      sums.fill(0);
      weights.fill(0);
    },
  };
}

const POWERS = Array.from({ length: 31 }, (_, index) => 10 ** (index - 15));

/** Rounds to three significant digits, as numbers are displayed, so that equal texts are equal numbers. */
export function roundForDisplay(value: number): number {
  if (value === 0 || !Number.isFinite(value)) return value;
  const size = Math.abs(value);
  let power = 15;
  while (power < 30 && size >= (POWERS[power + 1] ?? Number.POSITIVE_INFINITY)) power++;
  while (power > 0 && size < (POWERS[power] ?? 0)) power--;
  const exponent = power - 15 - 2;
  if (exponent >= 0) {
    const scale = 10 ** exponent;
    return Math.round(value / scale) * scale;
  }
  const scale = 10 ** -exponent;
  return Math.round(value * scale) / scale;
}
