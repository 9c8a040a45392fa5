import { intervalFactor } from '../base/statistics/intervals';

/** Means of the columns of rows, such as one row for each replication or batch; a column of a row may have no value (NaN). */
export interface ColumnMoments {
  readonly mean: Float64Array;
  /** Sums of squared deviations from the mean. */
  readonly squares: Float64Array;
  /** Rows that had a value. */
  readonly samples: Float64Array;
}

export function createColumnMoments(width: number): ColumnMoments {
  return { mean: new Float64Array(width), squares: new Float64Array(width), samples: new Float64Array(width) };
}

/** Adds a row, without cancellation (B. P. Welford, Technometrics 4, 1962, p. 419). */
export function addRow({ mean, squares, samples }: ColumnMoments, values: Float64Array): void {
  for (let column = 0; column < values.length; column++) {
    const value = values[column] as number;
    if (Number.isNaN(value)) continue;
    const count = (samples[column] as number) + 1;
    const before = mean[column] as number;
    const deviation = value - before;
    const next = before + deviation / count;
    samples[column] = count;
    mean[column] = next;
    squares[column] = (squares[column] as number) + deviation * (value - next);
  }
}

/** Half-width of the Student-t interval of the mean of a column; undefined with fewer than two values. */
export function columnHalfWidth({ squares, samples }: ColumnMoments, column: number, confidence: number): number | undefined {
  const count = samples[column] as number;
  return count < 2 ? undefined : intervalFactor(count, confidence) * Math.sqrt((squares[column] as number) / (count - 1) / count);
}
