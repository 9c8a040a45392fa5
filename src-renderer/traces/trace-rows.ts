import { outcomeText, type TraceNames } from '../../src-shared/analysis/trace-text';
import { criticalPath, passedBy, type TimeKind, timeByKind } from '../../src-shared/analysis/waterfall';
import { formatDuration } from '../../src-shared/base/format';
import type { Trace, TraceOutcome, TraceSet } from '../../src-shared/protocol/trace';

/** A trace as a line of the list, with what the filters ask for. */
export interface TraceRow {
  readonly trace: Trace;
  readonly client: string;
  /** Up to where tracing ended, for requests still under way. */
  readonly latencyMs: number;
  readonly beginMs: number;
  readonly outcome: string;
  readonly failed: boolean;
  readonly retries: number;
  readonly hedges: number;
  /** What it spent most of its time with, and the share of it; null where it took no time. */
  readonly most: { readonly kind: TimeKind; readonly share: number } | null;
  readonly componentIds: ReadonlySet<string>;
}

/** What the list is narrowed to; empty strings and 0 narrow nothing. */
export interface TraceFilter {
  readonly operation: string;
  readonly outcome: TraceOutcome | '';
  readonly componentId: string;
  readonly slowerThanMs: number;
  readonly again: boolean;
  readonly stale: boolean;
}

export const NO_FILTER: TraceFilter = { operation: '', outcome: '', componentId: '', slowerThanMs: 0, again: false, stale: false };

/** The lines of the list, slowest first. */
export function traceRows(set: TraceSet, names: TraceNames): TraceRow[] {
  const untilNs = set.simulatedMs * 1e6;
  const rows = set.traces.map((trace): TraceRow => {
    const length = (trace.endNs ?? untilNs) - trace.beginNs;
    const [most] = timeByKind(criticalPath(trace, untilNs));
    return {
      trace,
      client: names.part(trace.clientId),
      latencyMs: length / 1e6,
      beginMs: trace.beginNs / 1e6,
      outcome: outcomeText(trace.outcome),
      failed: trace.outcome !== 'completed' && trace.outcome !== 'under-way',
      retries: trace.spans.filter((span) => (span.attempt ?? 1) > 1 && span.hedge !== true).length,
      hedges: trace.spans.filter((span) => span.hedge === true).length,
      most: most === undefined || length <= 0 ? null : { kind: most.kind, share: most.ns / length },
      componentIds: passedBy(trace).componentIds,
    };
  });
  return rows.sort((one, other) => other.latencyMs - one.latencyMs || one.trace.number - other.trace.number);
}

/** The lines that a filter lets through. */
export function filterRows(rows: readonly TraceRow[], filter: TraceFilter): TraceRow[] {
  return rows.filter(
    (row) =>
      (filter.operation === '' || operationKey(row.trace) === filter.operation) &&
      (filter.outcome === '' || row.trace.outcome === filter.outcome) &&
      (filter.componentId === '' || row.componentIds.has(filter.componentId)) &&
      row.latencyMs >= filter.slowerThanMs &&
      (!filter.again || row.retries + row.hedges > 0) &&
      (!filter.stale || row.trace.staleNs !== undefined),
  );
}

/** Operations of two clients may have the same name. */
export function operationKey({ clientId, operation }: Trace): string {
  return `${clientId}: ${operation}`;
}

/** The completed request whose latency (ms) is nearest to this one; null: none has completed. */
export function traceNear(set: TraceSet, latencyMs: number): Trace | null {
  let best: Trace | null = null;
  let least = Infinity;
  for (const trace of set.traces) {
    if (trace.outcome !== 'completed' || trace.endNs === null) continue;
    const distance = Math.abs((trace.endNs - trace.beginNs) / 1e6 - latencyMs);
    if (distance < least) {
      best = trace;
      least = distance;
    }
  }
  return best;
}

/** The slowest request that ended in the chart interval about an instant (simulated ms), else the one that ended nearest to it. */
export function traceAt(set: TraceSet, simulatedMs: number): Trace | null {
  const index = Math.max(0, Math.ceil(simulatedMs / set.intervalMs - 1e-9) - 1);
  const [from, to] = [index * set.intervalMs * 1e6, (index + 1) * set.intervalMs * 1e6];
  let best: Trace | null = null;
  let rank: readonly [number, number] = [Infinity, 0];
  for (const trace of set.traces) {
    if (trace.endNs === null) continue;
    const outside = Math.max(0, from - trace.endNs, trace.endNs - to);
    const latency = trace.endNs - trace.beginNs;
    if (outside < rank[0] || (outside === rank[0] && latency > rank[1])) {
      best = trace;
      rank = [outside, latency];
    }
  }
  return best;
}

/** The slowest of the kept requests that failed for a reason. */
export function traceFailed(set: TraceSet, reason: string): Trace | null {
  const failed = set.traces.filter(({ outcome }) => outcome === reason);
  return failed.reduce<Trace | null>((best, trace) => (best === null || lengthOf(trace) > lengthOf(best) ? trace : best), null);
}

function lengthOf({ beginNs, endNs }: Trace): number {
  return (endNs ?? beginNs) - beginNs;
}

/** A request this far from the latency asked for, as a share of it, is a poor example. */
const NEAR_ENOUGH = 0.02;

/** What is said of a request that is the nearest there is to a latency, and yet not what was asked for; null where it is a good example. */
export function poorExample({ beginNs, endNs }: Trace, latencyMs: number): string | null {
  const own = ((endNs ?? 0) - beginNs) / 1e6;
  if (Math.abs(own - latencyMs) <= NEAR_ENOUGH * latencyMs) return null;
  return `No request of the first replication, the one that is traced, took ${formatDuration(latencyMs)}. This is the nearest: ${formatDuration(own)}.`;
}
