import { BUCKETS, bucketStart } from '../base/histogram';

/** A histogram: its counts, their sum, and the range of its buckets outside of which all are empty. */
export interface Merged {
  readonly counts: ArrayLike<number>;
  readonly total: number;
  readonly from: number;
  readonly to: number;
}

/** Adds up histograms of an array into `out`. */
export function mergeHistograms(counts: ArrayLike<number>, indices: readonly number[], out: Float64Array): Merged {
  out.fill(0);
  let total = 0;
  let from = BUCKETS;
  let to = 0;
  for (const index of indices) {
    const base = index * BUCKETS;
    for (let b = 0; b < BUCKETS; b++) {
      const count = counts[base + b] ?? 0;
      if (count === 0) continue;
      if (b < from) from = b;
      if (b >= to) to = b + 1;
      out[b] = (out[b] ?? 0) + count;
      total += count;
    }
  }
  return { counts: out, total, from, to };
}

/** Mean and standard deviation in ns from bucket middles; a bucket is at most 0.8 % wide, so the error of either is far smaller. */
export function histogramMoments({ counts, total, from, to }: Merged): { mean: number; sd: number } {
  let sum = 0;
  for (let b = from; b < to; b++) if ((counts[b] ?? 0) > 0) sum += (counts[b] as number) * middle(b);
  const mean = sum / total;
  let squares = 0;
  for (let b = from; b < to; b++) {
    if ((counts[b] ?? 0) === 0) continue;
    const deviation = middle(b) - mean;
    squares += (counts[b] as number) * deviation * deviation;
  }
  return { mean, sd: Math.sqrt(squares / total) };
}

function middle(bucket: number): number {
  if (bucket === 0) return 0;
  const start = bucketStart(bucket);
  const width = bucketStart(bucket + 1) - start;
  return width <= 1 ? Math.ceil(start) : start + width / 2;
}

/** Histograms without their empty buckets: index and count in turn. Small enough to send between threads. */
export function toSparse(counts: Uint32Array): Uint32Array {
  let used = 0;
  for (let i = 0; i < counts.length; i++) if (counts[i] !== 0) used++;
  const sparse = new Uint32Array(2 * used);
  let at = 0;
  for (let i = 0; i < counts.length; i++) {
    if (counts[i] === 0) continue;
    sparse[at++] = i;
    sparse[at++] = counts[i] as number;
  }
  return sparse;
}

/** Adds a sparse form to full histograms. */
export function addSparse(sparse: Uint32Array, counts: Float64Array): void {
  for (let i = 0; i < sparse.length; i += 2) {
    const bucket = sparse[i] as number;
    counts[bucket] = (counts[bucket] ?? 0) + (sparse[i + 1] as number);
  }
}
