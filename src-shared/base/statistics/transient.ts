import { mser5 } from './mser5';

/** End of a transient as it was found in a series over time. */
export interface Transient {
  /** In the unit of the times; 0 where nothing has to be left out. */
  readonly end: number;
  /** Whether the best truncation lies in the first half of the series; otherwise the transient may still last at `end`. */
  readonly settled: boolean;
}

/** Least number of points in which a transient can be looked for: ten batches of five. */
const LEAST_POINTS = 50;

/**
 * Finds the end of the transient by MSER-5 (see {@link mser5}) in a series whose point i describes the time up to `times[i]`; an absent
 * value counts as 0. Null where the series is too short to say.
 */
export function findTransient(times: ArrayLike<number>, values: ArrayLike<number | null>): Transient | null {
  if (values.length < LEAST_POINTS) return null;
  const { index, settled } = mser5(Array.from(values, (value) => value ?? 0));
  return { end: index === 0 ? 0 : (times[index - 1] ?? 0), settled };
}

/**
 * What keeping the points in (from, to] does to the mean of a series of evenly spaced points after `from`: the mean with them relative to
 * the mean without them, less 1. Null where there is no mean without them, or it is 0.
 */
export function biasOfStart(times: ArrayLike<number>, values: ArrayLike<number | null>, from: number, to: number): number | null {
  let sum = 0;
  let count = 0;
  let sumAfter = 0;
  let countAfter = 0;
  for (let i = 0; i < times.length; i++) {
    const time = times[i] as number;
    if (time <= from) continue;
    const value = values[i] ?? 0;
    sum += value;
    count++;
    if (time <= to) continue;
    sumAfter += value;
    countAfter++;
  }
  return countAfter === 0 || sumAfter === 0 ? null : sum / count / (sumAfter / countAfter) - 1;
}
