/** Where a series settles. */
export interface Truncation {
  /** Number of leading values to leave out, a multiple of the batch size. */
  readonly index: number;
  /**
   * Whether the whole series has its best truncation point in its first half. Otherwise the transient may still last:
   * the series is too short to say, and `index` is the best point of the first half.
   */
  readonly settled: boolean;
}

const BATCH = 5;
const LEAST_BATCHES = 10;

/**
 * MSER-5: the truncation that minimises the marginal standard error of the mean of what remains, over means of batches of five.
 * K. P. White Jr., An effective truncation heuristic for bias reduction in simulation output, Simulation 69 (1997), p. 323;
 * K. P. White Jr., M. J. Cobb and S. C. Spratt, A comparison of five steady-state truncation heuristics, WSC 2000.
 * Trailing values that fill no batch are not looked at. A series of fewer than ten batches is not truncated.
 */
export function mser5(series: ArrayLike<number>): Truncation {
  const batches = Math.floor(series.length / BATCH);
  if (batches < LEAST_BATCHES) return { index: 0, settled: false };
  const origin = series[0] ?? 0;
  let sum = 0;
  let squares = 0;
  let best = 0;
  let bestOfFirstHalf = 0;
  let least = Number.POSITIVE_INFINITY;
  let leastOfFirstHalf = Number.POSITIVE_INFINITY;
  for (let start = batches - 1; start >= 0; start--) {
    let mean = 0;
    for (let i = 0; i < BATCH; i++) mean += (series[start * BATCH + i] ?? 0) - origin;
    mean /= BATCH;
    const kept = batches - start;
    // Sum of squared deviations, updated from the back.
    if (kept > 1) {
      const previous = sum / (kept - 1);
      squares += ((mean - previous) * (mean - previous) * (kept - 1)) / kept;
    }
    sum += mean;
    // The last few batches have next to no spread of their own and would always win: White leaves out at least five.
    if (kept < 5) continue;
    const statistic = squares / (kept * kept);
    if (statistic <= least) {
      least = statistic;
      best = start;
    }
    if (start <= batches / 2 && statistic <= leastOfFirstHalf) {
      leastOfFirstHalf = statistic;
      bestOfFirstHalf = start;
    }
  }
  return { index: bestOfFirstHalf * BATCH, settled: best <= batches / 2 };
}
