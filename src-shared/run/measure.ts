import { BUCKETS, histogramQuantile } from '../base/histogram';
import type { Core } from '../engine/core';
import * as L from '../engine/layout';
import { FAILURE_REASONS, METRICS, type MetricName } from '../engine/metrics';
import type { LinkPolicy } from '../engine/plan';
import type { Snapshot } from '../engine/snapshot';
import { copyHistograms, measureCopies, staleHistograms } from './measure-copies';
import { measureTelemetry, telemetryRow } from './measure-telemetry';
import { histogramMoments, type Merged, mergeHistograms } from './pooled-histogram';

/** Metrics in a fixed order: the columns of a row of measurements. */
export const METRIC_ORDER = Object.keys(METRICS) as MetricName[];
const COLUMN = Object.fromEntries(METRIC_ORDER.map((name, index) => [name, index])) as Record<MetricName, number>;

const NS_PER_MS = 1e6;
const NS_PER_S = 1e9;

/** Histograms that the percentiles of a row come from: which array, and which of its histograms. */
export interface HistogramSource {
  readonly counts: 'latency' | 'waiting' | 'operation' | 'network' | 'queueing' | 'seen' | 'stale' | 'lag';
  readonly indices: readonly number[];
  /** Percentiles and standard deviation taken from it. */
  readonly quantiles: readonly (readonly [MetricName, number])[];
  readonly sd?: MetricName;
}

/** One thing that is measured; rows stand in the order end to end, operations, components, instances, links. */
export interface Subject {
  readonly type: 'end-to-end' | 'operation' | 'component' | 'instance' | 'link';
  /** Index in the plan: operation, component, node or link. */
  readonly index: number;
  readonly histograms: readonly HistogramSource[];
}

const LATENCY_QUANTILES = [
  ['latencyP50Ms', 0.5],
  ['latencyP95Ms', 0.95],
  ['latencyP99Ms', 0.99],
  ['latencyP999Ms', 0.999],
] as const;
const WAITING_QUANTILES = [
  ['waitingP95Ms', 0.95],
  ['waitingP99Ms', 0.99],
] as const;

const SEEN_QUANTILES = [
  ['seenLatencyP50Ms', 0.5],
  ['seenLatencyP95Ms', 0.95],
  ['seenLatencyP99Ms', 0.99],
] as const;

/** Everything in a plan that is measured. */
export function subjectsOf(plan: Core['plan']): readonly Subject[] {
  const operations = plan.operations.map((_, index) => index);
  const ofLatency = (indices: readonly number[]): HistogramSource => ({ counts: 'operation', indices, quantiles: LATENCY_QUANTILES, sd: 'latencySdMs' });
  const byOperation = (indices: readonly number[]): readonly HistogramSource[] => [ofLatency(indices), ...staleHistograms(plan, indices)];
  const isClient = (component: number): boolean => plan.nodes[plan.components[component]?.firstNode ?? 0]?.role === 'source';
  return [
    { type: 'end-to-end', index: 0, histograms: byOperation(operations) },
    ...operations.map((index): Subject => ({ type: 'operation', index, histograms: byOperation([index]) })),
    ...plan.components.map(
      (_, index): Subject => ({
        type: 'component',
        index,
        histograms: isClient(index)
          ? byOperation(operations.filter((operation) => plan.operations[operation]?.component === index))
          : [
              { counts: 'latency', indices: [index], quantiles: LATENCY_QUANTILES, sd: 'latencySdMs' },
              { counts: 'waiting', indices: [index], quantiles: WAITING_QUANTILES, sd: 'waitingSdMs' },
              ...copyHistograms(plan, index),
            ],
      }),
    ),
    ...plan.nodes.map((_, index): Subject => ({ type: 'instance', index, histograms: [] })),
    ...plan.links.map(
      (link, index): Subject => ({
        type: 'link',
        index,
        histograms: [
          { counts: 'network', indices: [index], quantiles: [['networkP99Ms', 0.99]] },
          { counts: 'queueing', indices: [index], quantiles: [['queueingP99Ms', 0.99]] },
          ...(link.telemetry === undefined ? [] : [{ counts: 'seen' as const, indices: [telemetryRow(plan, index)], quantiles: SEEN_QUANTILES }]),
        ],
      }),
    ),
  ];
}

/** The histogram arrays of an engine, by the names that subjects use. */
export function histogramArrays(core: Core): Record<HistogramSource['counts'], Uint32Array> {
  return {
    latency: core.latencyCounts,
    waiting: core.waitingCounts,
    operation: core.operationCounts,
    network: core.networkCounts,
    queueing: core.queueingCounts,
    seen: core.seenCounts,
    stale: core.staleCounts,
    lag: core.lagCounts,
  };
}

/** A row of metrics (NaN: does not apply or no sample) and failures by reason of the measured window. */
export interface Row {
  readonly values: Float64Array;
  readonly failures: Float64Array;
}

/** Measures everything between two snapshots; percentiles come from the histograms of the window, or from others. */
export function measure(core: Core, subjects: readonly Subject[], from: Snapshot, to: Snapshot, arrays = histogramArrays(core)): Row[] {
  const scratch = new Float64Array(BUCKETS);
  return subjects.map((subject) => {
    const row: Row = { values: new Float64Array(METRIC_ORDER.length).fill(NaN), failures: new Float64Array(FAILURE_REASONS.length) };
    if (subject.type === 'link') measureLink(core, subject.index, from, to, row);
    else if (subject.type === 'component' && core.plan.nodes[core.plan.components[subject.index]?.firstNode ?? 0]?.role !== 'source')
      measureNodes(core, nodesOf(core, subject.index), from, to, row);
    else if (subject.type === 'instance') {
      if (core.plan.nodes[subject.index]?.role !== 'source') measureNodes(core, [subject.index], from, to, row);
    } else measureOperations(core, operationsOf(core, subject), from, to, row);
    if (core.copies.length > 0 && subject.type !== 'link' && subject.type !== 'instance')
      measureCopies(core, subject, operationsOf(core, subject), from, to, (name, value) => {
        row.values[COLUMN[name]] = value;
      });
    if (subject.type === 'end-to-end') {
      const cost = costPerHour(
        core,
        core.plan.nodes.map((_, node) => node),
        from,
        to,
      );
      if (cost > 0) setCost(row, cost, to.at - from.at);
    }
    fillFromHistograms(subject, row, (source) => mergeHistograms(arrays[source.counts], source.indices, scratch));
    return row;
  });
}

/** Fills in percentiles and standard deviations from histograms. */
export function fillFromHistograms(subject: Subject, row: Row, merged: (source: HistogramSource) => Merged): void {
  for (const source of subject.histograms) {
    const found = merged(source);
    const { counts, total, from, to } = found;
    if (total === 0) continue;
    for (const [name, q] of source.quantiles) row.values[COLUMN[name]] = histogramQuantile(counts, 0, total, q, from, to) / NS_PER_MS;
    if (source.sd !== undefined) row.values[COLUMN[source.sd]] = histogramMoments(found).sd / NS_PER_MS;
    if (source.counts === 'waiting') row.values[COLUMN.waitShare] = 1 - (counts[0] ?? 0) / total;
  }
}

function nodesOf(core: Core, component: number): number[] {
  const { firstNode, nodeCount } = core.plan.components[component] as Core['plan']['components'][number];
  return Array.from({ length: nodeCount }, (_, i) => firstNode + i);
}

function operationsOf(core: Core, subject: Subject): number[] {
  const all = core.plan.operations.map((_, index) => index);
  if (subject.type === 'operation') return [subject.index];
  return subject.type === 'component' ? all.filter((operation) => core.plan.operations[operation]?.component === subject.index) : all;
}

/** Sum over rows of a statistics array of the change of one field. */
function change(from: Float64Array, to: Float64Array, rows: readonly number[], width: number, field: number): number {
  let sum = 0;
  for (const row of rows) sum += (to[row * width + field] ?? 0) - (from[row * width + field] ?? 0);
  return sum;
}

function total(to: Float64Array, rows: readonly number[], width: number, field: number): number {
  let sum = 0;
  for (const row of rows) sum += to[row * width + field] ?? 0;
  return sum;
}

function setCommon(row: Row, seconds: number, offered: number, completed: number, failed: number, inFlight: number): void {
  const v = row.values;
  v[COLUMN.offered] = offered;
  v[COLUMN.completed] = completed;
  v[COLUMN.failed] = failed;
  v[COLUMN.inFlight] = inFlight;
  v[COLUMN.failureRate] = failed / seconds;
  if (completed + failed > 0) v[COLUMN.failureShare] = failed / (completed + failed);
}

function setFailures(row: Row, from: Float64Array, to: Float64Array, rows: readonly number[]): void {
  for (let reason = 0; reason < row.failures.length; reason++) row.failures[reason] = change(from, to, rows, L.REASONS, reason + 1);
}

function measureOperations(core: Core, rows: readonly number[], from: Snapshot, to: Snapshot, row: Row): void {
  const ns = to.at - from.at;
  const of = (field: number): number => change(from.operations, to.operations, rows, L.OPERATION_STATS, field);
  const all = (field: number): number => total(to.operations, rows, L.OPERATION_STATS, field);
  const v = row.values;
  const completed = of(L.O_COMPLETED);
  setCommon(row, ns / NS_PER_S, of(L.O_OFFERED), completed, of(L.O_FAILED), all(L.O_OFFERED) - all(L.O_COMPLETED) - all(L.O_FAILED));
  v[COLUMN.offeredRate] = (of(L.O_OFFERED) / ns) * NS_PER_S;
  v[COLUMN.throughput] = (completed / ns) * NS_PER_S;
  v[COLUMN.inSystemMean] = of(L.O_AREA) / ns;
  if (completed > 0) {
    v[COLUMN.latencyMeanMs] = of(L.O_LATENCY) / completed / NS_PER_MS;
    v[COLUMN.latencyMaxMs] = Math.max(...rows.map((o) => core.operations[o * L.OPERATION_STATS + L.O_LATENCY_MAX] ?? 0)) / NS_PER_MS;
  }
  setFailures(row, from.operationFailures, to.operationFailures, rows);
}

function measureNodes(core: Core, rows: readonly number[], from: Snapshot, to: Snapshot, row: Row): void {
  const { plan, nodes } = core;
  const first = plan.nodes[rows[0] ?? 0];
  const whole = rows.length === plan.components[first?.component ?? 0]?.nodeCount;
  const ns = to.at - from.at;
  const of = (field: number): number => change(from.stats, to.stats, rows, L.STATS, field);
  const v = row.values;
  const completed = of(L.S_COMPLETED);
  const present = rows.reduce((sum, node) => sum + (nodes[node * L.NODE + L.N_PRESENT] ?? 0), 0);
  setCommon(row, ns / NS_PER_S, of(L.S_OFFERED), completed, of(L.S_FAILED), present);
  v[COLUMN.offeredRate] = (of(L.S_OFFERED) / ns) * NS_PER_S;
  v[COLUMN.throughput] = (completed / ns) * NS_PER_S;
  v[COLUMN.inSystemMean] = of(L.S_PRESENT_AREA) / ns;
  if (completed > 0) {
    v[COLUMN.latencyMeanMs] = of(L.S_LATENCY) / completed / NS_PER_MS;
    if (whole) v[COLUMN.latencyMaxMs] = (core.latencyMax[first?.component ?? 0] ?? 0) / NS_PER_MS;
  }
  setFailures(row, from.nodeFailures, to.nodeFailures, rows);
  measureLife(core, rows, whole, from, to, row);
  measureBalancing(core, rows, of, ns, v);
  if (first?.role !== 'station' && !(first?.role === 'router' && first.work !== undefined)) return;
  const started = of(L.S_STARTED);
  if (started > 0) {
    v[COLUMN.waitingMeanMs] = of(L.S_WAITED) / started / NS_PER_MS;
    v[COLUMN.serviceMeanMs] = of(L.S_SERVICE) / started / NS_PER_MS;
  }
  if (of(L.S_SLOWED) > 0) v[COLUMN.slowdownMean] = of(L.S_SLOWDOWN) / of(L.S_SLOWED);
  const capacity = of(L.S_CAPACITY_AREA);
  const utilisation = capacity > 0 ? of(L.S_BUSY_AREA) / capacity : 0;
  v[COLUMN.utilisation] = utilisation;
  // Told only where it is not what the parameters say.
  if (Math.abs(capacity / ns - rows.length * serversOf(first)) > 1e-9) v[COLUMN.serversMean] = capacity / ns;
  const service = of(L.S_SERVICE);
  // Service of the warm-up may turn out to be wasted within the window.
  if (of(L.S_WASTED) > 0 && service > 0) v[COLUMN.wastedShare] = Math.min(1, of(L.S_WASTED) / service);
  if (first.role === 'station' && first.onDemand !== undefined) {
    v[COLUMN.startingMean] = of(L.S_SETUP_AREA) / ns;
    if (of(L.S_OFFERED) > 0) v[COLUMN.coldShare] = of(L.S_COLD) / of(L.S_OFFERED);
  }
  v[COLUMN.queueMean] = of(L.S_QUEUE_AREA) / ns;
  v[COLUMN.queueMax] = Math.max(...rows.map((node) => nodes[node * L.NODE + L.N_QUEUE_MAX] ?? 0));
  if (of(L.S_JOB_TIME) > 0) {
    const speedUp = of(L.S_JOB_WORK) / of(L.S_JOB_TIME);
    const workers = serversBehind(core, first.component);
    v[COLUMN.speedUp] = speedUp;
    if (workers > 0) v[COLUMN.efficiency] = speedUp / workers;
  }
  if (rows.length > 1 && utilisation > 0) {
    const busiest = Math.max(...rows.map((node) => change(from.stats, to.stats, [node], L.STATS, L.S_BUSY_AREA)));
    v[COLUMN.imbalance] = busiest / (of(L.S_BUSY_AREA) / rows.length);
  }
}

/** Servers at all stations behind the links of a component; 0 where their number or speed may change during the run, so that no share of it can be told. */
function serversBehind({ plan }: Core, component: number): number {
  if ((plan.faults?.length ?? 0) > 0) return 0;
  const seen = new Set([component]);
  const open = [component];
  let servers = 0;
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const { from, to, mode } of plan.links) {
      const target = plan.components[to];
      if (from !== at || mode === 'telemetry' || seen.has(to) || target === undefined) continue;
      if (target.scaling !== undefined) return 0;
      seen.add(to);
      open.push(to);
      for (const node of plan.nodes.slice(target.firstNode, target.firstNode + target.nodeCount)) servers += serversOf(node);
    }
  }
  return servers;
}

/** Targets taken out and sessions moved by a balancer; the share of the key space of an instance that one hashes to. */
function measureBalancing(core: Core, rows: readonly number[], of: (field: number) => number, ns: number, values: Float64Array): void {
  const first = core.plan.nodes[rows[0] ?? 0];
  if (first?.role === 'router') {
    if (first.health !== undefined || first.ejection !== undefined) values[COLUMN.ejectedMean] = of(L.S_OUT_AREA) / ns;
    if (first.affinity !== undefined || first.balancing.endsWith('-hash')) values[COLUMN.sessionsMoved] = of(L.S_MOVED);
  }
  const share = rows.reduce((sum, node) => sum + (core.keyShare[node] ?? NaN), 0);
  if (share >= 0) values[COLUMN.keyShare] = share;
  if (first?.role !== 'router' || !first.balancing.endsWith('-hash')) return;
  const shares = first.targets.map(({ node }) => core.keyShare[node] ?? 0).filter((its) => its > 0);
  if (shares.length > 0) values[COLUMN.keyImbalance] = Math.max(...shares) * shares.length;
}

/** Servers that a node has by its plan. */
function serversOf(node: Core['plan']['nodes'][number]): number {
  if (node.role === 'station') return node.servers;
  return node.role === 'router' ? (node.work?.servers ?? 0) : 0;
}

/** Availability, instances and cost: only where something can change them, or has. */
function measureLife(core: Core, rows: readonly number[], whole: boolean, from: Snapshot, to: Snapshot, row: Row): void {
  const { plan } = core;
  const component = plan.nodes[rows[0] ?? 0]?.component ?? 0;
  const ns = to.at - from.at;
  const of = (field: number): number => change(from.stats, to.stats, rows, L.STATS, field);
  const v = row.values;
  const up = of(L.S_UP_AREA);
  if (core.faults.count > 0 || plan.components[component]?.scaling !== undefined || up < rows.length * ns) {
    v[COLUMN.availability] = whole ? ((to.availability[component] ?? 0) - (from.availability[component] ?? 0)) / ns : up / ns;
    v[COLUMN.crashes] = of(L.S_CRASHES);
    if (whole) v[COLUMN.instancesUp] = up / ns;
  }
  const cost = costPerHour(core, rows, from, to);
  if (cost > 0) setCost(row, cost, ns);
}

/** Mean price of instances, USD per hour. */
function costPerHour(core: Core, rows: readonly number[], from: Snapshot, to: Snapshot): number {
  let sum = 0;
  for (const node of rows) {
    const price = core.prices[node] ?? 0;
    sum += price * change(from.stats, to.stats, [node], L.STATS, L.S_PAID_AREA) + change(from.stats, to.stats, [node], L.STATS, L.S_PRICED);
  }
  return sum / (to.at - from.at);
}

/** Cost of a row whose completed requests are known, over `ns`. */
function setCost(row: Row, perHour: number, ns: number): void {
  const v = row.values;
  v[COLUMN.costPerHour] = perHour;
  const completed = v[COLUMN.completed] ?? 0;
  if (completed > 0) v[COLUMN.costPerMillion] = ((perHour * (ns / NS_PER_S / 3600)) / completed) * 1e6;
}

function measureLink(core: Core, link: number, from: Snapshot, to: Snapshot, row: Row): void {
  const { plan } = core;
  const spec = plan.links[link] as Core['plan']['links'][number];
  const ns = to.at - from.at;
  const of = (field: number): number => change(from.links, to.links, [link], L.LINK_STATS, field);
  const v = row.values;
  let offered = 0;
  let offeredEver = 0;
  let bytes = 0;
  for (const [operation, { requestBytes, responseBytes }] of plan.operations.entries()) {
    const m = (link * plan.operations.length + operation) * 2;
    const requests = (to.messages[m] ?? 0) - (from.messages[m] ?? 0);
    offered += requests;
    offeredEver += to.messages[m] ?? 0;
    bytes += requests * (spec.requestBytes ?? requestBytes) + ((to.messages[m + 1] ?? 0) - (from.messages[m + 1] ?? 0)) * (spec.responseBytes ?? responseBytes);
  }
  const l = link * L.LINK_STATS;
  setCommon(row, ns / NS_PER_S, offered, of(L.L_COMPLETED), of(L.L_FAILED), offeredEver - (to.links[l + L.L_COMPLETED] ?? 0) - (to.links[l + L.L_FAILED] ?? 0));
  v[COLUMN.callRate] = (offered / ns) * NS_PER_S;
  v[COLUMN.bytesRate] = (bytes / ns) * NS_PER_S;
  v[COLUMN.messagesLost] = of(L.L_LOST);
  const messages = of(L.L_MESSAGES);
  if (messages > 0) v[COLUMN.networkMeanMs] = of(L.L_NETWORK) / messages / NS_PER_MS;
  // A link that takes no time; one that lost everything has no time to tell of.
  else if (offered > 0 && of(L.L_LOST) === 0) v[COLUMN.networkMeanMs] = 0;
  if (spec.nsPerByte > 0) {
    // A link is full duplex: of its two transmitters the busier one is the bottleneck.
    v[COLUMN.utilisation] = Math.max(of(L.L_SENDING), of(L.L_SENDING_BACK)) / ns;
    if (messages > 0) v[COLUMN.queueingMeanMs] = of(L.L_QUEUEING) / messages / NS_PER_MS;
  }
  setFailures(row, from.linkFailures, to.linkFailures, [link]);
  if (spec.mode === 'call') v[COLUMN.lateReplies] = of(L.L_LATE);
  if (spec.telemetry !== undefined)
    measureTelemetry(core, link, from, to, (name, value) => {
      v[COLUMN[name]] = value;
    });
  if (spec.policy !== undefined) measurePolicy(spec.policy, ns, of, row);
}

/** What came of the calls of a link with a policy; `of` gives the change of a field of its statistics. */
function measurePolicy(policy: LinkPolicy, ns: number, of: (field: number) => number, row: Row): void {
  const v = row.values;
  const calls = of(L.L_CALLS);
  const completed = of(L.L_CALLS_COMPLETED);
  const ended = completed + of(L.L_CALLS_FAILED);
  if (policy.maxAttempts > 1) {
    v[COLUMN.retryRate] = (of(L.L_RETRIES) / ns) * NS_PER_S;
    v[COLUMN.backoffMean] = of(L.L_BACKOFF_AREA) / ns;
  }
  if (calls > 0) {
    v[COLUMN.amplification] = of(L.L_ATTEMPTS) / calls;
    // A call of the warm-up may be hedged, or turned away, when the window has begun.
    if (policy.breaker !== null || Number.isFinite(policy.bulkhead)) v[COLUMN.rejectedShare] = Math.min(1, of(L.L_REJECTED) / calls);
    if (policy.hedge !== null) v[COLUMN.hedgeShare] = Math.min(1, of(L.L_HEDGED) / calls);
  }
  if (of(L.L_HEDGED) > 0) v[COLUMN.hedgeWinShare] = Math.min(1, of(L.L_HEDGE_WINS) / of(L.L_HEDGED));
  if (policy.breaker !== null) v[COLUMN.breakerOpenShare] = of(L.L_OPEN_AREA) / ns;
  if (ended > 0) {
    v[COLUMN.callSuccessShare] = completed / ended;
    if (policy.fallback) v[COLUMN.fallbackShare] = of(L.L_FALLBACKS) / ended;
  }
  if (completed > 0) v[COLUMN.callLatencyMeanMs] = of(L.L_CALL_TIME) / completed / NS_PER_MS;
}
