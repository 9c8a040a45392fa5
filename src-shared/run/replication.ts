import { type CheckResult, checkCore } from '../engine/checks';
import type { Engine } from '../engine/engine';
import * as L from '../engine/layout';
import { FAILURE_REASONS } from '../engine/metrics';
import type { SeriesRow } from '../engine/series';
import { type Snapshot, takeSnapshot } from '../engine/snapshot';
import type { Batches } from './batch-means';
import { type HistogramSource, histogramArrays, measure, type Row, type Subject } from './measure';
import { toSparse } from './pooled-histogram';
import type { LoggedRequest, RunEvent, RunFault, WithoutBatches } from './result';
import { faultIdsOf, runEventOf, runFaultsOf } from './run-events';

/**
 * What one replication found: plain data that can cross threads. Parts of a run are combined in the order of their index,
 * so that it does not matter which thread ran which, or when it was done.
 */
export interface ReplicationPart {
  readonly index: number;
  /** ns */
  readonly simulated: number;
  readonly warmUp: number;
  readonly events: number;
  readonly limited: boolean;
  /** The limit was that simulated time did not go on. */
  readonly standsStill: boolean;
  readonly rows: readonly Row[];
  /** Of the only replication of a run: its batches, or why it has none; null where nobody asked for them. */
  readonly batches: Batches | WithoutBatches | null;
  /** Sparse histograms for pooled percentiles, by the names of HistogramSource. */
  readonly histograms: Readonly<Record<HistogramSource['counts'], Uint32Array>>;
  readonly checks: CheckResult;
  /** Growth of the number present over the measured window, by component; the sign of an unstable station. */
  readonly growth: Float64Array;
  readonly faults: readonly RunFault[];
  /** Only of replication 0. */
  readonly series: readonly SeriesRow[];
  readonly requests: readonly LoggedRequest[];
  readonly journal: readonly RunEvent[];
  readonly journalDropped: number;
}

/** A snapshot of nothing: time 0. */
export function zeroSnapshot(like: Snapshot): Snapshot {
  return {
    at: 0,
    stats: new Float64Array(like.stats.length),
    links: new Float64Array(like.links.length),
    messages: new Float64Array(like.messages.length),
    operations: new Float64Array(like.operations.length),
    nodeFailures: new Float64Array(like.nodeFailures.length),
    availability: new Float64Array(like.availability.length),
    linkFailures: new Float64Array(like.linkFailures.length),
    operationFailures: new Float64Array(like.operationFailures.length),
    telemetry: new Float64Array(like.telemetry.length),
    copies: new Float64Array(like.copies.length),
  };
}

/** Reads what an engine has measured so far in replication `index`. */
export function readReplication(
  engine: Engine,
  subjects: readonly Subject[],
  index: number,
  limited: boolean,
  batches: ReplicationPart['batches'] = null,
): ReplicationPart {
  const { observer } = engine;
  const { core } = observer;
  const end = takeSnapshot(core);
  const start = observer.window() ?? zeroSnapshot(end);
  const atEnd = checkCore(core);
  const arrays = histogramArrays(core);
  const faultIds = faultIdsOf(engine);
  const growth = Float64Array.from(core.plan.components, (component) => {
    let sum = 0;
    for (let node = component.firstNode; node < component.firstNode + component.nodeCount; node++) {
      const s = node * L.STATS;
      const present = (snapshot: Snapshot): number =>
        (snapshot.stats[s + L.S_OFFERED] ?? 0) - (snapshot.stats[s + L.S_COMPLETED] ?? 0) - (snapshot.stats[s + L.S_FAILED] ?? 0);
      sum += present(end) - present(start);
    }
    return sum;
  });
  return {
    index,
    simulated: end.at,
    warmUp: start.at,
    events: engine.events(),
    limited,
    standsStill: engine.standsStill(),
    // A run stopped before its window has nothing to measure; its rows would divide by no time.
    rows: measure(core, subjects, start, end.at > start.at ? end : { ...end, at: start.at + 1 }),
    batches,
    histograms: {
      latency: toSparse(arrays.latency),
      waiting: toSparse(arrays.waiting),
      operation: toSparse(arrays.operation),
      network: toSparse(arrays.network),
      queueing: toSparse(arrays.queueing),
      seen: toSparse(arrays.seen),
      stale: toSparse(arrays.stale),
      lag: toSparse(arrays.lag),
    },
    checks: { ...atEnd, violations: [...observer.violations, ...atEnd.violations].slice(0, 20) },
    growth,
    series: index === 0 ? [...observer.points] : [],
    requests: index === 0 ? readLog(engine) : [],
    faults: runFaultsOf(engine),
    journal: index === 0 ? core.journal.entries.map((entry) => runEventOf(core.plan, faultIds, entry)) : [],
    journalDropped: index === 0 ? core.journal.dropped() : 0,
  };
}

function readLog(engine: Engine): LoggedRequest[] {
  const { core } = engine.observer;
  const log = engine.observer.requestLog();
  const requests: LoggedRequest[] = [];
  for (let i = 0; i < log.count; i++) {
    const operation = core.plan.operations[log.operation[i] ?? 0];
    const reason = log.outcome[i] ?? 0;
    requests.push({
      clientId: core.plan.components[operation?.component ?? 0]?.id ?? '',
      operation: operation?.name ?? '',
      arrivalMs: (log.times[i * 4] ?? 0) / 1e6,
      endMs: (log.times[i * 4 + 1] ?? 0) / 1e6,
      outcome: reason === 0 ? 'completed' : (FAILURE_REASONS[reason - 1] ?? 'timeout'),
      waitingMs: (log.times[i * 4 + 2] ?? 0) / 1e6,
      serviceMs: (log.times[i * 4 + 3] ?? 0) / 1e6,
      ...((log.items[i] ?? -1) >= 0 && { item: log.items[i] }),
    });
  }
  return requests;
}
