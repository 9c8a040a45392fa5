import { COPY_COLUMNS, STALENESS_COLUMNS } from '../engine/copy-series';
import { COMPONENT_WIDTH, type SeriesRow } from '../engine/series';
import { type Demand, isAboutReads, type Objective } from '../project/objective';
import type { Series } from './result';

/**
 * What one point over time tells of the subject of an objective. Times in ms. What is counted are the requests that ended in the point: bad
 * are those that failed; of a demand about stale reads those answered: bad are the stale ones.
 */
export interface Reading {
  readonly fromMs: number;
  readonly toMs: number;
  readonly good: number;
  readonly bad: number;
  /** Present at the end of the point: whether anybody waited for what did not end. */
  readonly present: number;
  /** Of the latency, end to end only, or of the age of stale reads, 0 where reads were answered and none was stale; NaN without a sample. */
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
}

/** Rounding that ends of points may have, which are sums of doubles. */
export const slackOf = (lengthMs: number): number => lengthMs * 1e-9;

/** The points of a result about what an objective is about; none where the run has no points of it. */
export function readSeries(series: Series, { scope, demand }: Pick<Objective, 'scope' | 'demand'>): readonly Reading[] {
  const { timeMs, endToEnd, copies } = series;
  if (scope.type === 'operation') return [];
  const isWhole = scope.type === 'end-to-end';
  const beginOf = (point: number): number => (point === 0 ? 0 : (timeMs[point - 1] as number));
  if (isAboutReads(demand)) {
    const reads = isWhole ? copies?.endToEnd : copies?.components.find(({ id }) => id === scope.component)?.columns;
    if (reads === undefined) return [];
    return timeMs.map((toMs, point) =>
      readingOfReads(
        beginOf(point),
        toMs,
        reads.readsPerS[point] ?? 0,
        reads.staleShare[point] ?? 0,
        reads.staleAgeP50Ms[point] ?? 0,
        reads.staleAgeP99Ms[point] ?? 0,
      ),
    );
  }
  const columns = isWhole ? endToEnd : series.components.find(({ id }) => id === scope.component)?.columns;
  if (columns === undefined) return [];
  const present = 'inFlight' in columns ? columns.inFlight : columns.present;
  const latency = isWhole ? endToEnd : null;
  return timeMs.map((toMs, point) => {
    const fromMs = beginOf(point);
    const seconds = (toMs - fromMs) / 1000;
    return {
      fromMs,
      toMs,
      good: (columns.completedPerS[point] ?? 0) * seconds,
      bad: (columns.failedPerS[point] ?? 0) * seconds,
      present: present?.[point] ?? 0,
      p50Ms: latency?.latencyP50Ms?.[point] ?? NaN,
      p95Ms: latency?.latencyP95Ms?.[point] ?? NaN,
      p99Ms: latency?.latencyP99Ms?.[point] ?? NaN,
    };
  });
}

/** Where in a row of the engine the numbers of a subject stand. */
export interface RowPlace {
  /** Place of the component in the plan; -1 end to end. */
  readonly component: number;
  /** And among those with copies of their data; -1 end to end, or where it has none. */
  readonly copied: number;
}

/** The same from a row of the engine; `fromMs` ends the row before. */
export function readRow({ at, system, components, copies }: SeriesRow, fromMs: number, { component, copied }: RowPlace, demand: Demand): Reading {
  const toMs = at / 1e6;
  const zero = (value: number | undefined): number => (value === undefined || Number.isNaN(value) ? 0 : value);
  if (isAboutReads(demand)) {
    const r = component < 0 ? 0 : STALENESS_COLUMNS.length + copied * COPY_COLUMNS.length;
    return readingOfReads(fromMs, toMs, zero(copies?.[r]), zero(copies?.[r + 1]), zero(copies?.[r + 2]), zero(copies?.[r + 3]));
  }
  const seconds = (toMs - fromMs) / 1000;
  const c = component * COMPONENT_WIDTH;
  const ofSystem = (column: number): number => (component < 0 ? (system[column] ?? NaN) : NaN);
  return {
    fromMs,
    toMs,
    good: zero(component < 0 ? system[1] : components[c + 4]) * seconds,
    bad: zero(component < 0 ? system[2] : components[c + 5]) * seconds,
    present: zero(component < 0 ? system[6] : components[c + 3]),
    p50Ms: ofSystem(3),
    p95Ms: ofSystem(4),
    p99Ms: ofSystem(5),
  };
}

function readingOfReads(fromMs: number, toMs: number, readsPerS: number, staleShare: number, p50Ms: number, p99Ms: number): Reading {
  const reads = (readsPerS * (toMs - fromMs)) / 1000;
  const bad = reads * staleShare;
  return { fromMs, toMs, good: reads - bad, bad, present: 0, p50Ms: reads > 0 ? p50Ms : NaN, p95Ms: NaN, p99Ms: reads > 0 ? p99Ms : NaN };
}
