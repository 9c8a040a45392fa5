import { BUCKETS, bucketStart } from '../base/histogram';
import type { HistogramSource } from './measure';
import type { ReplicationPart } from './replication';
import type { LatencyHistogram } from './result';

type Buckets = Pick<LatencyHistogram, 'fromMs' | 'toMs' | 'counts'>;

/** Fine buckets in one of a result: 16 in each octave are enough to draw, each 4.4 to 6.3 % wide. */
const MERGED = 8;
/** Bucket 0 holds the latency 0 and stays by itself. */
const coarseOf = (fine: number): number => (fine === 0 ? 0 : 1 + Math.floor((fine - 1) / MERGED));
const COARSE = coarseOf(BUCKETS - 1) + 1;
const NS_PER_MS = 1e6;

/** Start of a coarse bucket in ms. */
const startMs = (coarse: number): number => (coarse === 0 ? 0 : bucketStart((coarse - 1) * MERGED + 1) / NS_PER_MS);

/** Adds up the latency histograms of the replications of a run, coarse enough to be part of its result. */
export interface LatencyHistograms {
  add(part: ReplicationPart): void;
  /** The histogram of what a percentile source counts, of all replications together; undefined without a sample. */
  of(source: HistogramSource): Buckets | undefined;
}

/** A collector for a plan with so many components and operations. */
export function createLatencyHistograms(components: number, operations: number): LatencyHistograms {
  const counts = { latency: new Float64Array(components * COARSE), operation: new Float64Array(operations * COARSE) };
  return {
    add(part) {
      for (const name of ['latency', 'operation'] as const) {
        const sparse = part.histograms[name];
        const sums = counts[name];
        for (let i = 0; i < sparse.length; i += 2) {
          const index = sparse[i] as number;
          const row = Math.floor(index / BUCKETS);
          const at = row * COARSE + coarseOf(index - row * BUCKETS);
          sums[at] = (sums[at] as number) + (sparse[i + 1] as number);
        }
      }
    },
    of({ counts: name, indices }) {
      if (name !== 'latency' && name !== 'operation') return undefined;
      const fromMs: number[] = [];
      const toMs: number[] = [];
      const found: number[] = [];
      for (let coarse = 0; coarse < COARSE; coarse++) {
        const count = indices.reduce((sum, index) => sum + (counts[name][index * COARSE + coarse] ?? 0), 0);
        if (count === 0) continue;
        fromMs.push(startMs(coarse));
        toMs.push(startMs(coarse + 1));
        found.push(count);
      }
      return found.length === 0 ? undefined : { fromMs, toMs, counts: found };
    },
  };
}
