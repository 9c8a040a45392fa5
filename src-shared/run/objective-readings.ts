import { COMPONENT_WIDTH, type SeriesRow } from '../engine/series';
import type { ObjectiveScope } from '../project/objective';
import type { Series } from './result';

/** What one point over time tells of the subject of an objective. Times in ms; counts of requests that ended in the point. */
export interface Reading {
  readonly fromMs: number;
  readonly toMs: number;
  readonly completed: number;
  readonly failed: number;
  /** Present at the end of the point: whether anybody waited for what did not end. */
  readonly present: number;
  /** End to end only; NaN without a sample. */
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
}

/** Rounding that ends of points may have, which are sums of doubles. */
export const slackOf = (lengthMs: number): number => lengthMs * 1e-9;

/** The points of a result about what an objective is about; none where the run has no points of it. */
export function readSeries(series: Series, scope: ObjectiveScope): readonly Reading[] {
  const { timeMs, endToEnd } = series;
  if (scope.type === 'operation') return [];
  const columns = scope.type === 'end-to-end' ? endToEnd : series.components.find(({ id }) => id === scope.component)?.columns;
  if (columns === undefined) return [];
  const present = 'inFlight' in columns ? columns.inFlight : columns.present;
  const latency = scope.type === 'end-to-end' ? endToEnd : null;
  return timeMs.map((toMs, point) => {
    const fromMs = point === 0 ? 0 : (timeMs[point - 1] as number);
    const seconds = (toMs - fromMs) / 1000;
    return {
      fromMs,
      toMs,
      completed: (columns.completedPerS[point] ?? 0) * seconds,
      failed: (columns.failedPerS[point] ?? 0) * seconds,
      present: present?.[point] ?? 0,
      p50Ms: latency?.latencyP50Ms?.[point] ?? NaN,
      p95Ms: latency?.latencyP95Ms?.[point] ?? NaN,
      p99Ms: latency?.latencyP99Ms?.[point] ?? NaN,
    };
  });
}

/** The same from a row of the engine: `component` is the place in the plan, -1 end to end; `fromMs` ends the row before. */
export function readRow({ at, system, components }: SeriesRow, fromMs: number, component: number): Reading {
  const toMs = at / 1e6;
  const seconds = (toMs - fromMs) / 1000;
  const c = component * COMPONENT_WIDTH;
  const ofSystem = (column: number): number => (component < 0 ? (system[column] ?? NaN) : NaN);
  const zero = (value: number | undefined): number => (value === undefined || Number.isNaN(value) ? 0 : value);
  return {
    fromMs,
    toMs,
    completed: zero(component < 0 ? system[1] : components[c + 4]) * seconds,
    failed: zero(component < 0 ? system[2] : components[c + 5]) * seconds,
    present: zero(component < 0 ? system[6] : components[c + 3]),
    p50Ms: ofSystem(3),
    p95Ms: ofSystem(4),
    p99Ms: ofSystem(5),
  };
}
