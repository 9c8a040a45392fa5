import { BUCKETS, bucketOf, histogramQuantile } from '../base/histogram';

/** Spans for which a buffer first makes room; it doubles when it is full. */
const FIRST_ROOM = 64;

/**
 * Spans that wait at one instance for their way to a collector, oldest first, and behind them in the same circle those of the batch
 * that is under way. A span is its duration in ns (negative, minus one: it failed) and the instant at which it ended.
 */
export interface SpanBuffer {
  /** Spans waiting, those of the batch under way not among them. */
  waiting(): number;
  /** Spans of the batch under way; 0: there is none. */
  underWay(): number;
  push(duration: number, failed: boolean, endedAt: number): void;
  /** Makes the oldest `count` waiting spans the batch under way. */
  takeBatch(count: number): void;
  /** Calls back with every span of the batch under way. */
  readBatch(each: (duration: number, failed: boolean, endedAt: number) => void): void;
  /** The batch under way has arrived, or is given up. */
  endBatch(): void;
  /** Forgets the spans that wait; returns their number. */
  clearWaiting(): number;
  reset(): void;
}

/** Makes an empty buffer. It grows as needed; its limit is kept by the caller. */
export function createSpanBuffer(): SpanBuffer {
  let durations = new Float64Array(0);
  let ends = new Float64Array(0);
  let head = 0;
  let batch = 0;
  let waiting = 0;
  const grow = (): void => {
    const room = Math.max(FIRST_ROOM, durations.length * 2);
    const largerDurations = new Float64Array(room);
    const largerEnds = new Float64Array(room);
    for (let i = 0; i < batch + waiting; i++) {
      largerDurations[i] = durations[(head + i) % durations.length] as number;
      largerEnds[i] = ends[(head + i) % durations.length] as number;
    }
    durations = largerDurations;
    ends = largerEnds;
    head = 0;
  };
  return {
    waiting: () => waiting,
    underWay: () => batch,
    push(duration, failed, endedAt) {
      if (batch + waiting === durations.length) grow();
      const place = (head + batch + waiting) % durations.length;
      durations[place] = failed ? -1 - duration : duration;
      ends[place] = endedAt;
      waiting++;
    },
    takeBatch(count) {
      batch = count;
      waiting -= count;
    },
    readBatch(each) {
      for (let i = 0; i < batch; i++) {
        const place = (head + i) % durations.length;
        const stored = durations[place] as number;
        each(stored < 0 ? -1 - stored : stored, stored < 0, ends[place] as number);
      }
    },
    endBatch() {
      if (durations.length > 0) head = (head + batch) % durations.length;
      batch = 0;
    },
    clearWaiting() {
      const forgotten = waiting;
      waiting = 0;
      return forgotten;
    },
    reset() {
      head = 0;
      batch = 0;
      waiting = 0;
    },
  };
}

/** Histograms of the present stretch of time, one for each row, that are read and emptied at its end. */
export interface StretchHistograms {
  add(row: number, ns: number): void;
  /** Quantiles of a row in ns (NaN without samples) into `out` from `at` on; the row is empty afterwards. Returns the number of samples. */
  close(row: number, qs: readonly number[], out: Float64Array, at: number): number;
  reset(): void;
}

/** Makes empty histograms for so many rows. */
export function createStretchHistograms(rows: number): StretchHistograms {
  const counts = new Uint32Array(rows * BUCKETS);
  const totals = new Float64Array(rows);
  const first = new Int32Array(rows).fill(BUCKETS);
  const last = new Int32Array(rows).fill(-1);
  const empty = (row: number): void => {
    if (last[row] >= first[row]) counts.fill(0, row * BUCKETS + first[row], row * BUCKETS + last[row] + 1);
    first[row] = BUCKETS;
    last[row] = -1;
    totals[row] = 0;
  };
  return {
    add(row, ns) {
      const bucket = bucketOf(ns);
      counts[row * BUCKETS + bucket]++;
      totals[row]++;
      if (bucket < first[row]) first[row] = bucket;
      if (bucket > last[row]) last[row] = bucket;
    },
    close(row, qs, out, at) {
      const total = totals[row];
      for (let i = 0; i < qs.length; i++) out[at + i] = histogramQuantile(counts, row * BUCKETS, total, qs[i], first[row], last[row] + 1);
      empty(row);
      return total;
    },
    reset() {
      for (let row = 0; row < rows; row++) empty(row);
    },
  };
}
