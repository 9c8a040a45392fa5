import { checkCore } from './checks';
import { createCopySeries } from './copy-series';
import { type Core, histogramsOf } from './core';
import { createHistogramDelta, type HistogramDelta } from './histogram-delta';
import {
  COPY_STATS,
  N_QUEUE_MAX,
  N_QUEUED,
  NODE,
  O_LATENCY_MAX,
  OPERATION_STATS,
  RECORD,
  Y_AGE_MAX,
  Y_BEHIND_MAX,
  Y_LAG_MAX,
  Y_RECOVERY_POINT,
} from './layout';
import { type SeriesRow, seriesRow } from './series';
import { type Snapshot, takeSnapshot } from './snapshot';
import { shownBy, type TelemetryView } from './telemetry-view';

/** What one request looked like, in the order in which requests ended. */
export interface RequestLog {
  readonly count: number;
  readonly operation: Int32Array;
  readonly outcome: Int32Array;
  /** ns, columns arrival, end, waiting, service. */
  readonly times: Float64Array;
  /** Item that each touched, from 0; -1: none is known. */
  readonly items: Int32Array;
}

/** Watches an engine: the measured window, the series over simulated time and the request log. */
export interface Observer {
  readonly core: Core;
  /** Counts and sums at the start of the measured window; null until it opens (it is open from time 0 without a warm-up). */
  window(): Snapshot | null;
  /** Instant of the first point of the series in ns. */
  firstSample(): number;
  /** Records a point and returns the instant of the next one. */
  sample(): number;
  /** Begins the measured window: empties the histograms and maxima. */
  openWindow(): void;
  log(operation: number, sent: number, ended: number, reason: number, waiting: number, service: number): void;
  requestLog(): RequestLog;
  /** Points of the series so far. */
  readonly points: SeriesRow[];
  /** First violations of conservation found at the points of the series; the end of the run is checked apart. */
  readonly violations: string[];
  /** Told of each point of the series, with all counts and sums at its instant. */
  onPoint: (snapshot: Snapshot) => void;
  /** Counts and sums now. */
  snapshot(): Snapshot;
  /** Live percentiles: changes since the last live look. */
  readonly liveOperations: HistogramDelta;
  readonly liveComponents: HistogramDelta;
  reset(): void;
}

const SERIES_QUANTILES = [0.5, 0.95, 0.99] as const;

/** Frames up to which each point of the series is checked for conservation. */
const CHECKED_FRAMES = 20_000;

/** Builds the observer of an engine; `telemetry`: what collectors show, where there are any. */
export function createObserver(core: Core, telemetry: TelemetryView | null = null): Observer {
  const { plan, nodes } = core;
  let window: Snapshot | null = null;
  let logged = 0;
  const limit = plan.requestLog;
  const operation = new Int32Array(limit);
  const outcome = new Int32Array(limit);
  const logTimes = new Float64Array(limit * 4);
  const items = new Int32Array(limit).fill(-1);
  const points: SeriesRow[] = [];
  const violations: string[] = [];
  let previous = takeSnapshot(core);
  const slowestOperation = (operation: number): number => core.operations[operation * OPERATION_STATS + O_LATENCY_MAX];
  const seriesOperations = createHistogramDelta(core.operationCounts, slowestOperation);
  const liveOperations = createHistogramDelta(core.operationCounts, slowestOperation);
  const liveComponents = createHistogramDelta(core.latencyCounts, (component) => core.latencyMax[component]);
  const copySeries = createCopySeries(core);
  const instant = (index: number): number => Math.floor((plan.duration / plan.seriesPoints) * index + 0.5);
  const observer: Observer = {
    core,
    points,
    onPoint: () => undefined,
    snapshot: () => takeSnapshot(core),
    violations,
    liveOperations,
    liveComponents,
    window: () => window,
    firstSample: () => instant(1),
    sample() {
      const snapshot = takeSnapshot(core);
      const row = seriesRow(core, previous, snapshot, seriesOperations.quantiles(SERIES_QUANTILES));
      points.push(
        telemetry === null && copySeries === null
          ? row
          : {
              ...row,
              ...(copySeries === null ? {} : { copies: copySeries.row(previous, snapshot) }),
              ...(telemetry === null ? {} : { telemetry: shownBy(telemetry) }),
            },
      );
      previous = snapshot;
      observer.onPoint(snapshot);
      // Walking the frames is cheap unless the system is drowning in them; then the check at the end must do.
      if (violations.length === 0 && core.pool.used < CHECKED_FRAMES * RECORD) violations.push(...checkCore(core).violations);
      return points.length >= plan.seriesPoints ? Infinity : instant(points.length + 1);
    },
    openWindow() {
      window = takeSnapshot(core);
      seriesOperations.beforeEmptying();
      liveOperations.beforeEmptying();
      liveComponents.beforeEmptying();
      copySeries?.beforeEmptying();
      for (const counts of histogramsOf(core)) counts.fill(0);
      for (let node = 0; node < plan.nodes.length; node++) {
        nodes[node * NODE + N_QUEUE_MAX] = nodes[node * NODE + N_QUEUED];
      }
      core.latencyMax.fill(0);
      for (let o = 0; o < core.operations.length; o += OPERATION_STATS) core.operations[o + O_LATENCY_MAX] = 0;
      for (let row = 0; row < core.copies.length; row += COPY_STATS) {
        core.copies[row + Y_BEHIND_MAX] = 0;
        core.copies[row + Y_RECOVERY_POINT] = 0;
        core.copies[row + Y_AGE_MAX] = 0;
        core.copies[row + Y_LAG_MAX] = 0;
      }
    },
    log(op, sent, ended, reason, waiting, service) {
      if (logged >= limit) return;
      operation[logged] = op;
      outcome[logged] = reason;
      logTimes[logged * 4] = sent;
      logTimes[logged * 4 + 1] = ended;
      logTimes[logged * 4 + 2] = waiting;
      logTimes[logged * 4 + 3] = service;
      logged++;
    },
    requestLog: () => ({ count: logged, operation, outcome, times: logTimes, items }),
    reset() {
      window = null;
      logged = 0;
      points.length = 0;
      violations.length = 0;
      previous = takeSnapshot(core);
      seriesOperations.reset();
      liveOperations.reset();
      liveComponents.reset();
      copySeries?.reset();
    },
  };
  return observer;
}
