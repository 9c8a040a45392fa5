import { expect, it } from 'vitest';
import { BUCKETS, bucketOf } from '../base/histogram';
import { createLatencyHistograms } from './latency-histograms';
import type { ReplicationPart } from './replication';

const MS = 1e6;
const part = (latency: readonly [number, number][]): ReplicationPart =>
  ({ histograms: { latency: Uint32Array.from(latency.flat()), operation: new Uint32Array(0) } }) as unknown as ReplicationPart;
const source = (...indices: number[]) => ({ counts: 'latency' as const, indices, quantiles: [] });

it('adds up replications and parts in buckets of a sixteenth of an octave', () => {
  const histograms = createLatencyHistograms(2, 0);
  // 1.00 and 1.01 ms are in one bucket of the result, 2 ms an octave further on; 0 has a bucket of its own.
  histograms.add(
    part([
      [bucketOf(0), 4],
      [bucketOf(1.0 * MS), 3],
      [bucketOf(1.01 * MS), 2],
    ]),
  );
  histograms.add(
    part([
      [bucketOf(1.0 * MS), 1],
      [BUCKETS + bucketOf(2 * MS), 7],
    ]),
  );
  const first = histograms.of(source(0));
  expect(first?.counts).toEqual([4, 6]);
  expect(first?.fromMs[0]).toBe(0);
  expect(first?.fromMs[1]).toBeLessThanOrEqual(1);
  expect(first?.toMs[1]).toBeGreaterThan(1.01);
  const width = (first?.toMs[1] ?? 0) / (first?.fromMs[1] ?? 1) - 1;
  expect(width).toBeGreaterThan(0.03);
  expect(width).toBeLessThanOrEqual(1 / 16);
  expect(histograms.of(source(0, 1))?.counts).toEqual([4, 6, 7]);
  expect(createLatencyHistograms(1, 1).of(source(0))).toBeUndefined();
});
