import { BUCKETS } from '../base/histogram';
import type { Core } from './core';
import { createHistogramDelta } from './histogram-delta';
import * as L from './layout';
import type { Plan } from './plan';
import type { Snapshot } from './snapshot';

/**
 * Numbers over time of the reads that copies of data answered: reads per second, stale ones as a share of them, and percentiles of the age of
 * the stale ones in ms. End to end they are of the requests that ended well and have read. NaN where there was nothing to count.
 */
export const STALENESS_COLUMNS = ['readsPerS', 'staleShare', 'staleAgeP50Ms', 'staleAgeP99Ms'] as const;
/** Numbers over time of a component with copies: those, and the lag of the writes that its followers applied, in ms. */
export const COPY_COLUMNS = [...STALENESS_COLUMNS, 'replicationLagMeanMs', 'replicationLagP99Ms'] as const;

const NS_PER_S = 1e9;
const NS_PER_MS = 1e6;
const AGES = [0.5, 0.99] as const;
const LAGS = [0.99] as const;

/** Makes the rows of the series of copies: end to end first, then each component that has some. */
export interface CopySeries {
  /** Describes the time between two snapshots, the later of which is now. */
  row(before: Snapshot, after: Snapshot): Float64Array;
  /** The histograms are about to be emptied. */
  beforeEmptying(): void;
  reset(): void;
}

/** Places in a plan of the components whose instances are copies of the same data. */
export function copiedComponents({ components }: Plan): readonly number[] {
  return components.flatMap(({ replication }, index) => (replication === undefined ? [] : [index]));
}

/** Builds it; null where nothing has copies. */
export function createCopySeries(core: Core): CopySeries | null {
  const { plan, copies, staleCounts, lagCounts } = core;
  const copied = copiedComponents(plan);
  if (copied.length === 0) return null;
  const components = plan.components.length;
  const operations = plan.operations.map((_, operation) => components + operation);
  const largest = (field: number, from: number) => (index: number) => copies[(from + index) * L.COPY_STATS + field] as number;
  const agesOfRequests = createHistogramDelta(staleCounts.subarray(components * BUCKETS), largest(L.Y_AGE_MAX, components));
  const ages = createHistogramDelta(staleCounts.subarray(0, components * BUCKETS), largest(L.Y_AGE_MAX, 0));
  const lags = createHistogramDelta(lagCounts, largest(L.Y_LAG_MAX, 0));
  const deltas = [agesOfRequests, ages, lags];

  return {
    row(before, after) {
      const numbers = new Float64Array(STALENESS_COLUMNS.length + copied.length * COPY_COLUMNS.length);
      const perS = NS_PER_S / (after.at - before.at);
      const sum = (rows: readonly number[], field: number): number =>
        rows.reduce((total, row) => total + (after.copies[row * L.COPY_STATS + field] as number) - (before.copies[row * L.COPY_STATS + field] as number), 0);
      const staleness = (at: number, rows: readonly number[], quantiles: readonly number[]): void => {
        const reads = sum(rows, L.Y_READS);
        numbers[at] = reads * perS;
        numbers[at + 1] = reads > 0 ? sum(rows, L.Y_STALE) / reads : NaN;
        for (const [place, quantile] of quantiles.entries()) numbers[at + 2 + place] = quantile / NS_PER_MS;
      };
      staleness(0, operations, agesOfRequests.quantiles(AGES));
      for (const [place, component] of copied.entries()) {
        const at = STALENESS_COLUMNS.length + place * COPY_COLUMNS.length;
        staleness(at, [component], ages.quantilesOf(component, AGES));
        const applied = sum([component], L.Y_APPLIED);
        numbers[at + 4] = applied > 0 ? sum([component], L.Y_LAG) / applied / NS_PER_MS : NaN;
        numbers[at + 5] = (lags.quantilesOf(component, LAGS)[0] as number) / NS_PER_MS;
      }
      return numbers;
    },
    beforeEmptying() {
      for (const delta of deltas) delta.beforeEmptying();
    },
    reset() {
      for (const delta of deltas) delta.reset();
    },
  };
}
