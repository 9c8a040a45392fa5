import type { Engine } from '../engine/engine';
import * as L from '../engine/layout';
import { type Snapshot, takeSnapshot } from '../engine/snapshot';
import { shownBy } from '../engine/telemetry-view';
import { COMPONENT_COLUMNS, type Frame, LINK_COLUMNS, NO_COPIES, type SeriesPoint } from './frame';
import { zeroSnapshot } from './replication';
import { faultIdsOf, runEventOf } from './run-events';

const NS_PER_S = 1e9;
const NS_PER_MS = 1e6;
const P95 = [0.95] as const;

/** Makes live frames: each describes the time since the one before. */
export interface Live {
  /** A frame now; `points`: whether points of the series belong to it (first replication, not a pilot). */
  frame(replication: number, progress: number, events: number, points: boolean): Frame;
  /** The same without percentiles, points and journal, and without being the look that the next frame counts from. */
  peek(replication: number, progress: number, events: number): Frame;
  /** A replication begins. */
  restart(): void;
}

export function createLive(engine: Engine): Live {
  const { observer } = engine;
  const { core } = observer;
  const { plan } = core;
  let before: Snapshot = zeroSnapshot(takeSnapshot(core));
  let sent = 0;
  let noted = 0;

  const operationRows = (component: number): number[] =>
    plan.operations.flatMap((operation, index) => (component < 0 || operation.component === component ? [index] : []));
  const clientRows = plan.components.map((component, index) => (plan.nodes[component.firstNode]?.role === 'source' ? operationRows(index) : null));
  const all = operationRows(-1);

  /** Offered, completed, failed, present and latency sum of operations. */
  const operations = (
    rows: readonly number[],
    after: Snapshot,
  ): { offered: number; completed: number; failed: number; present: number; latency: number; area: number } => {
    const sum = { offered: 0, completed: 0, failed: 0, present: 0, latency: 0, area: 0 };
    for (const row of rows) {
      const o = row * L.OPERATION_STATS;
      const of = (field: number): number => (after.operations[o + field] as number) - (before.operations[o + field] as number);
      sum.offered += of(L.O_OFFERED);
      sum.completed += of(L.O_COMPLETED);
      sum.failed += of(L.O_FAILED);
      sum.latency += of(L.O_LATENCY);
      sum.area += of(L.O_AREA);
      sum.present +=
        (after.operations[o + L.O_OFFERED] as number) - (after.operations[o + L.O_COMPLETED] as number) - (after.operations[o + L.O_FAILED] as number);
    }
    return sum;
  };

  const componentRow = (index: number, after: Snapshot, out: Float64Array, span: number, looks: boolean): void => {
    const component = plan.components[index] as (typeof plan.components)[number];
    const at = index * COMPONENT_COLUMNS.length;
    const perS = NS_PER_S / span;
    const rows = clientRows[index];
    if (rows != null) {
      const { offered, completed, failed, latency, area } = operations(rows, after);
      out.set([offered * perS, completed * perS, failed * perS, NaN, NaN, area / span, latency / completed / NS_PER_MS, NaN], at);
      return;
    }
    let serving = false;
    const sums = new Float64Array(L.STATS);
    for (let node = component.firstNode; node < component.firstNode + component.nodeCount; node++) {
      const spec = plan.nodes[node];
      serving ||= spec?.role === 'station' || (spec?.role === 'router' && spec.work !== undefined);
      for (let field = 0; field < L.STATS; field++)
        sums[field] = (sums[field] as number) + (after.stats[node * L.STATS + field] as number) - (before.stats[node * L.STATS + field] as number);
    }
    const of = (field: number): number => sums[field] as number;
    out.set(
      [
        of(L.S_OFFERED) * perS,
        of(L.S_COMPLETED) * perS,
        of(L.S_FAILED) * perS,
        serving ? of(L.S_BUSY_AREA) / Math.max(of(L.S_CAPACITY_AREA), 1) : NaN,
        serving ? of(L.S_QUEUE_AREA) / span : NaN,
        of(L.S_PRESENT_AREA) / span,
        of(L.S_LATENCY) / of(L.S_COMPLETED) / NS_PER_MS,
        looks ? (observer.liveComponents.quantilesOf(index, P95)[0] ?? NaN) / NS_PER_MS : NaN,
      ],
      at,
    );
  };

  const linkRow = (index: number, after: Snapshot, out: Float64Array, span: number): void => {
    const spec = plan.links[index] as (typeof plan.links)[number];
    const l = index * L.LINK_STATS;
    const of = (field: number): number => (after.links[l + field] as number) - (before.links[l + field] as number);
    let calls = 0;
    for (let operation = 0; operation < plan.operations.length; operation++) {
      const m = (index * plan.operations.length + operation) * 2;
      calls += (after.messages[m] as number) - (before.messages[m] as number);
    }
    const messages = of(L.L_MESSAGES);
    out.set(
      [
        (calls * NS_PER_S) / span,
        messages > 0 ? of(L.L_NETWORK) / messages / NS_PER_MS : calls > 0 && of(L.L_LOST) === 0 ? 0 : NaN,
        (of(L.L_LOST) * NS_PER_S) / span,
        after.links[l + L.L_IN_TRANSIT] as number,
        spec.nsPerByte > 0 ? Math.max(of(L.L_SENDING), of(L.L_SENDING_BACK)) / span : NaN,
      ],
      index * LINK_COLUMNS.length,
    );
  };

  const primaries = (leader: (component: number) => number | null): Int32Array =>
    Int32Array.from(plan.components, (_, component) => leader(component) ?? NO_COPIES);

  /** `looks`: whether the next frame counts from here. */
  const picture = (replication: number, progress: number, events: number, points: boolean, looks: boolean): Frame => {
    const after = takeSnapshot(core);
    const span = Math.max(1, after.at - before.at);
    const components = new Float64Array(plan.components.length * COMPONENT_COLUMNS.length);
    const links = new Float64Array(plan.links.length * LINK_COLUMNS.length);
    for (let index = 0; index < plan.components.length; index++) componentRow(index, after, components, span, looks);
    for (let index = 0; index < plan.links.length; index++) linkRow(index, after, links, span);
    // Percentiles of clients are those of their operations.
    const [p50 = NaN, p95 = NaN, p99 = NaN] = looks ? observer.liveOperations.quantiles([0.5, 0.95, 0.99]) : [];
    for (const [index, rows] of clientRows.entries()) if (rows !== null) components[index * COMPONENT_COLUMNS.length + 7] = p95 / NS_PER_MS;
    const whole = operations(all, after);
    const perS = NS_PER_S / span;
    const finished: SeriesPoint[] = points
      ? observer.points.slice(sent).map((row) => ({
          timeMs: row.at / NS_PER_MS,
          system: row.system,
          components: row.components,
          links: row.links,
          ...(row.copies === undefined ? {} : { copies: row.copies }),
          ...(row.telemetry === undefined ? {} : { telemetry: row.telemetry }),
        }))
      : [];
    const journal = points ? core.journal.entries.slice(noted).map((entry) => runEventOf(plan, faultIdsOf(engine), entry)) : [];
    const instanceStates = Uint8Array.from(plan.nodes, (_, node) => core.nodes[node * L.NODE + L.N_STATE] as number);
    const instances = Float64Array.from(plan.nodes, (_, node) => core.nodes[node * L.NODE + L.N_PRESENT] as number);
    if (looks) {
      sent = points ? observer.points.length : 0;
      noted = points ? core.journal.entries.length : 0;
      before = after;
    }
    return {
      simulatedMs: after.at / NS_PER_MS,
      events,
      replicationEvents: engine.events(),
      replication,
      progress,
      endToEnd: {
        offeredPerS: whole.offered * perS,
        completedPerS: whole.completed * perS,
        failedPerS: whole.failed * perS,
        latencyP50Ms: p50 / NS_PER_MS,
        latencyP95Ms: p95 / NS_PER_MS,
        latencyP99Ms: p99 / NS_PER_MS,
        inFlight: whole.present,
      },
      components,
      links,
      ...(engine.telemetry === null ? {} : { telemetry: shownBy(engine.telemetry) }),
      instances,
      instanceStates,
      ...(engine.leader === null ? {} : { primaries: primaries(engine.leader) }),
      journal,
      points: finished,
    };
  };

  return {
    frame: (replication, progress, events, points) => picture(replication, progress, events, points, true),
    peek: (replication, progress, events) => picture(replication, progress, events, false, false),
    restart() {
      before = zeroSnapshot(before);
      sent = 0;
      noted = 0;
    },
  };
}
