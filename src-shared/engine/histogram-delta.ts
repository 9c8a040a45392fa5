import { BUCKETS, bucketOf, histogramQuantile } from '../base/histogram';

/** The changes of a group of histograms since they were last looked at, even if they were emptied in between. */
export interface HistogramDelta {
  /** Adds all histograms' new counts into one and returns its quantiles in ns (NaN without samples). */
  quantiles(qs: readonly number[]): number[];
  /** The same of the new counts of one histogram alone. */
  quantilesOf(index: number, qs: readonly number[]): number[];
  /** The counts, and with them the largest values, are about to be set to zero. */
  beforeEmptying(): void;
  reset(): void;
}

/**
 * Watches histograms in `counts`, BUCKETS each. `largest` gives the largest value in ns that one of them holds: together with the
 * first bucket in use it bounds what has to be looked at, since looking at all buckets of all histograms for each frame would cost more than the run.
 */
export function createHistogramDelta(counts: Uint32Array, largest: (index: number) => number): HistogramDelta {
  const groups = counts.length / BUCKETS;
  /** Counts at the last look; negative after emptying, by what had not been looked at. */
  const seen = new Float64Array(counts.length);
  const merged = new Float64Array(BUCKETS);
  /** First bucket that was ever in use, and the one after the last, by histogram. */
  const first = new Int32Array(groups).fill(BUCKETS);
  const end = new Int32Array(groups);

  const widen = (index: number): void => {
    const base = index * BUCKETS;
    let bucket = 0;
    while (bucket < first[index] && counts[base + bucket] === 0) bucket++;
    if (bucket < first[index]) first[index] = bucket;
    const last = bucketOf(largest(index)) + 1;
    if (last > end[index]) end[index] = last;
  };

  /** Moves the new counts of a histogram into `merged`; returns their number. */
  const collect = (index: number): number => {
    const base = index * BUCKETS;
    let total = 0;
    for (let bucket = first[index]; bucket < end[index]; bucket++) {
      const change = counts[base + bucket] - seen[base + bucket];
      seen[base + bucket] = counts[base + bucket];
      merged[bucket] += change;
      total += change;
    }
    return total;
  };

  return {
    quantiles(qs) {
      let from = BUCKETS;
      let to = 0;
      for (let index = 0; index < groups; index++) {
        widen(index);
        from = Math.min(from, first[index]);
        to = Math.max(to, end[index]);
      }
      if (from >= to) return qs.map(() => NaN);
      merged.fill(0, from, to);
      let total = 0;
      for (let index = 0; index < groups; index++) total += collect(index);
      return qs.map((q) => histogramQuantile(merged, 0, total, q, from, to));
    },
    quantilesOf(index, qs) {
      widen(index);
      if (first[index] >= end[index]) return qs.map(() => NaN);
      merged.fill(0, first[index], end[index]);
      const total = collect(index);
      return qs.map((q) => histogramQuantile(merged, 0, total, q, first[index], end[index]));
    },
    beforeEmptying() {
      for (let index = 0; index < groups; index++) {
        widen(index);
        for (let i = index * BUCKETS + first[index]; i < index * BUCKETS + end[index]; i++) seen[i] -= counts[i];
      }
    },
    reset() {
      seen.fill(0);
      first.fill(BUCKETS);
      end.fill(0);
    },
  };
}
