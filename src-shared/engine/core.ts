import { BUCKETS } from '../base/histogram';
import { type Controls, createControls } from './controls';
import { createEventList, type EventList, listBytes } from './event-list';
import { createJournal, type Journal } from './journal';
import { createKernel, type Kernel } from './kernel/kernel';
import * as M from './kernel/memory-map';
import {
  COPY_STATS,
  FLAG_CALLS,
  FLAG_ERRORS,
  FLAG_FORWARDS,
  FLAG_GUARD,
  FLAG_HOLDS,
  FLAG_PARALLEL,
  FLAG_ROUTES,
  FLAG_SLOWDOWN,
  FLAG_STAGES,
  LINK_BANDWIDTH,
  LINK_DELAY,
  LINK_LOSS,
  LINK_POLICY,
  LINK_STATS,
  LINK_TIMEOUT,
  N_COMPONENT,
  N_DEMAND,
  N_DISCIPLINE,
  N_EVENT,
  N_FIRST,
  N_FLAGS,
  N_FULL_SERVERS,
  N_HEAD,
  N_LIMIT,
  N_ROLE,
  N_SERVERS,
  N_TAIL,
  NODE,
  OPERATION_STATS,
  REASONS,
  RECORD,
  ROLE_COPY,
  ROLE_GATED,
  ROLE_GUARD,
  ROLE_ROUTER,
  ROLE_SOURCE,
  ROLE_STATION,
  S_CAPACITY_AREA,
  SHORTEST_JOB,
  STATS,
  TELEMETRY_STATS,
} from './layout';
import { DISCIPLINES } from './names';
import type { Plan, PlanLink, PlanNode, Sampler } from './plan';
import type { Tracer } from './tracing';
import { createVariates, STREAM_BYTES, type Variates } from './variates';

/** Events of controls that are added while an engine runs. */
const SPARE_EVENTS = 256;

/** Frames kept beyond the limit, so that the event that reaches it can finish. */
const RESERVE = 65_536;

/** The memory of one engine: tables built from a plan, pools and statistics. Everything hot is a typed array of fixed size, and lies in the memory of the kernel. */
export interface Core {
  readonly plan: Plan;
  readonly kernel: Kernel;
  readonly list: EventList;
  readonly variates: Variates;
  /** Call frames and timers: rows of one buffer, seen as RECORD integers or as half as many doubles each. A row is known by the index of its first integer. */
  readonly records: Int32Array;
  readonly times: Float64Array;
  readonly nodes: Int32Array;
  readonly stats: Float64Array;
  readonly links: Float64Array;
  /** Messages by link, operation and direction: index (link * operations + operation) * 2 + (0 request, 1 reply). */
  readonly messages: Float64Array;
  readonly requestFlags: Int32Array;
  readonly replyFlags: Int32Array;
  /** The only instance at the far end of a link; -1 where there are several. */
  readonly linkTarget: Int32Array;
  readonly operations: Float64Array;
  /** Slowest completed request of each component since the window began, ns. */
  readonly latencyMax: Float64Array;
  /** Price of each instance now, USD per hour. Whoever changes one adds (old - new) * (paid time so far) to S_PRICED. */
  readonly prices: Float64Array;
  readonly nodeFailures: Float64Array;
  /** Time in which enough instances of each component were up, kept like the other areas: the snapshot adds the time since the last change. */
  readonly availability: Float64Array;
  /** Share of the key space that a hashing router gives each instance now, 0..1; NaN: no router hashes to it. */
  readonly keyShare: Float64Array;
  readonly linkFailures: Float64Array;
  readonly operationFailures: Float64Array;
  /** Histograms since the window began: BUCKETS counts for each component (latency, waiting), operation and link (network, queueing). */
  readonly latencyCounts: Uint32Array;
  readonly waitingCounts: Uint32Array;
  readonly operationCounts: Uint32Array;
  readonly networkCounts: Uint32Array;
  readonly queueingCounts: Uint32Array;
  /** Statistics of the links to telemetry collectors, TELEMETRY_STATS for each in the order of the links; empty where there are none. */
  readonly telemetry: Float64Array;
  /** Durations of the spans that collectors have processed since the window began, BUCKETS counts for each of those links. */
  readonly seenCounts: Uint32Array;
  /** By record: number on [0, 1) that decides who traces the request; empty where nobody does. See telemetry.ts. */
  readonly traces: Float64Array;
  /** Statistics of replicated data, COPY_STATS for each component, then for each operation; empty where there are none. */
  readonly copies: Float64Array;
  /** Since the window began, BUCKETS counts each: ages of stale reads by component, then by operation; replication lags by component. */
  readonly staleCounts: Uint32Array;
  readonly lagCounts: Uint32Array;
  /** By record, empty where there are no copies: item that the request touches; 0: it has read nothing, 1: nothing stale, 2 + age of the oldest stale read in ns; most versions behind. See staleness.ts. */
  readonly items: Int32Array;
  readonly marks: Float64Array;
  readonly behind: Int32Array;
  /** Checks of conservation beside those of requests. */
  readonly checks: ((conserve: (name: () => string, offered: number, completed: number, failed: number, inFlight: number) => void) => void)[];
  /** First event id of the timeouts: that of call f is timeoutBase + f. */
  readonly timeoutBase: number;
  /** First event id of the patience of queued requests, likewise. */
  readonly patienceBase: number;
  readonly controls: Controls;
  /** Number of the run's faults, injected ones included. */
  readonly faults: { count: number };
  /** Whether some link propagates deadlines, so that requests carry them. */
  readonly dated: boolean;
  /** Whether calls know the calls under way for them: where some link cancels, or guards its calls. */
  readonly related: boolean;
  readonly journal: Journal;
  /** Records what happens to requests; null: nobody does. Looked at only while an engine is built. */
  readonly tracer: Tracer | null;
  /** Changes the number of servers that serve at a station, and keeps account of it. */
  setServers(node: number, servers: number): void;
  /** Takes an event id for good: sources, users, sharing stations, observers. */
  reserveEvent(): number;
  /** Takes a call frame from the pool. */
  allocate(): number;
  /** Gives a call frame back; replies still on their way to it will be dropped. */
  release(frame: number): void;
  /** Frames in use now, and the first index beyond all that were ever used. */
  readonly pool: { readonly inUse: number; readonly used: number };
  /** Words that ask the event loop to stop; see WATCH_REQUESTS and STOP. */
  readonly attention: Int32Array;
  reset(seed: number, replication: number): void;
}

function delays(sampler: Sampler): boolean {
  return !(sampler.type === 'constant' && sampler.value === 0);
}

function flagsOf(link: PlanLink, latency: Sampler): number {
  return (delays(latency) || link.jitter > 0 ? LINK_DELAY : 0) | (link.nsPerByte > 0 ? LINK_BANDWIDTH : 0) | (link.loss > 0 ? LINK_LOSS : 0);
}

/** The role of a node that is up; `dated`: requests carry deadlines, which every station looks at. */
export function roleOf(node: PlanNode, dated: boolean): number {
  if (node.role === 'source') return ROLE_SOURCE;
  // A router that takes time for its work is a station that routes.
  if (node.role === 'router') return node.work === undefined ? ROLE_ROUTER : ROLE_STATION;
  if (node.copy === true) return ROLE_COPY;
  const gated = node.limiter !== undefined || node.shedding !== undefined || node.onDemand !== undefined || node.patience !== undefined || dated;
  return gated ? ROLE_GATED : ROLE_STATION;
}

/** All histograms of an engine. */
export function histogramsOf(core: Core): readonly Uint32Array[] {
  const { latencyCounts, waitingCounts, operationCounts, networkCounts, queueingCounts, seenCounts, staleCounts, lagCounts } = core;
  return [latencyCounts, waitingCounts, operationCounts, networkCounts, queueingCounts, seenCounts, staleCounts, lagCounts];
}

/** Calls prepared within one event and not yet sent: room on their stack. */
const MOST_PICKED = 262_144;

/** Room for the tables of a plan other than those that go by records and streams, in bytes: a bound, since what is not used is never touched. */
function tableBytes(plan: Plan): number {
  const histograms = 2 * plan.components.length + plan.operations.length + 2 * plan.links.length;
  const lists = plan.nodes.reduce(
    (sum, node) =>
      sum +
      (node.role === 'router'
        ? node.targets.length
        : node.role === 'station'
          ? node.calls.length + node.forwards.length
          : node.operations.length + node.links.length),
    0,
  );
  return (
    histograms * BUCKETS * 4 +
    (plan.nodes.length + plan.links.length) * plan.operations.length * 64 +
    (plan.nodes.length + plan.links.length + plan.components.length + plan.operations.length + lists) * 2048 +
    MOST_PICKED * 4 +
    65_536
  );
}

/** Lays out the memory for a plan. */
export function createCore(plan: Plan, fixedEvents: number, streams: number): Core {
  const capacity = plan.maxInFlight + RESERVE;
  // A record is known by the index of its first integer, so that finding a field needs no multiplication.
  const timeoutBase = capacity * RECORD;
  const patienceBase = 2 * timeoutBase;
  const dated = plan.links.some((link) => link.propagatesDeadline === true);
  const patient = plan.nodes.some((node) => node.role === 'station' && node.patience !== undefined) || dated;
  const pools = patient ? 3 : 2;
  let nextEvent = pools * timeoutBase;
  const recordCount = pools * capacity + fixedEvents + SPARE_EVENTS;
  const copied = plan.components.some(({ replication }) => replication !== undefined);
  const kernel = createKernel(recordCount, listBytes(recordCount) + capacity * 4 + streams * STREAM_BYTES + tableBytes(plan));
  const { records, times, words } = kernel;
  const list = createEventList(kernel);
  kernel.int32(M.P_FREE, capacity);
  kernel.int32(M.P_PICKED, MOST_PICKED);
  words[M.POOL_LIMIT >> 2] = plan.maxInFlight;
  words[M.TIMEOUT_BASE >> 2] = timeoutBase;
  words[M.OPERATIONS >> 2] = plan.operations.length;
  const pool = {
    get inUse() {
      return words[M.POOL_IN_USE >> 2] as number;
    },
    get used() {
      return words[M.POOL_USED >> 2] as number;
    },
  };
  const attention = words.subarray(M.ATTENTION >> 2, (M.ATTENTION >> 2) + 2);
  const nodeCount = plan.nodes.length;
  const telemetryLinks = plan.links.reduce((sum, link) => sum + (link.telemetry === undefined ? 0 : 1), 0);
  // One row more than the plan has: the pseudo-node of guarded calls.
  const nodes = kernel.int32(M.P_NODES, (nodeCount + 1) * NODE);
  const requestFlags = kernel.int32From(
    M.P_REQUEST_FLAGS,
    plan.links.map((link) => flagsOf(link, link.latency) | (Number.isFinite(link.timeout) ? LINK_TIMEOUT : 0) | (link.policy !== undefined ? LINK_POLICY : 0)),
  );
  const replyFlags = kernel.int32From(
    M.P_REPLY_FLAGS,
    plan.links.map((link) => flagsOf(link, link.replyLatency ?? link.latency)),
  );
  const linkTarget = kernel.int32From(
    M.P_LINK_TARGET,
    plan.links.map((link) => {
      const target = plan.components[link.to];
      return target !== undefined && target.nodeCount === 1 ? target.firstNode : -1;
    }),
  );
  kernel.int32From(
    M.P_LINK_COMPONENT,
    plan.links.map((link) => link.to),
  );
  const reserveEvent = (): number => {
    const event = nextEvent;
    nextEvent += RECORD;
    if (event >= records.length) throw new Error('Invariant broken: more events than were reserved');
    return event;
  };
  const controls = createControls(list, times, reserveEvent);
  kernel.outside.control = controls.run;
  const copyRows = copied ? plan.components.length + plan.operations.length : 0;
  const core: Core = {
    plan,
    kernel,
    list,
    variates: createVariates(kernel, streams),
    records,
    times,
    nodes,
    stats: kernel.float64(M.P_STATS, nodeCount * STATS),
    links: kernel.float64(M.P_LINKS, plan.links.length * LINK_STATS),
    messages: kernel.float64(M.P_MESSAGES, plan.links.length * plan.operations.length * 2),
    requestFlags,
    replyFlags,
    linkTarget,
    operations: kernel.float64(M.P_OPERATIONS, plan.operations.length * OPERATION_STATS),
    latencyMax: kernel.float64(M.P_LATENCY_MAX, plan.components.length),
    prices: new Float64Array(nodeCount),
    nodeFailures: kernel.float64(M.P_NODE_FAILURES, nodeCount * REASONS),
    availability: new Float64Array(plan.components.length),
    keyShare: new Float64Array(nodeCount).fill(NaN),
    linkFailures: kernel.float64(M.P_LINK_FAILURES, plan.links.length * REASONS),
    operationFailures: kernel.float64(M.P_OPERATION_FAILURES, plan.operations.length * REASONS),
    latencyCounts: kernel.uint32(M.P_LATENCY_COUNTS, plan.components.length * BUCKETS),
    waitingCounts: kernel.uint32(M.P_WAITING_COUNTS, plan.components.length * BUCKETS),
    operationCounts: kernel.uint32(M.P_OPERATION_COUNTS, plan.operations.length * BUCKETS),
    networkCounts: kernel.uint32(M.P_NETWORK_COUNTS, plan.links.length * BUCKETS),
    queueingCounts: kernel.uint32(M.P_QUEUEING_COUNTS, plan.links.length * BUCKETS),
    telemetry: new Float64Array(telemetryLinks * TELEMETRY_STATS),
    seenCounts: new Uint32Array(telemetryLinks * BUCKETS),
    traces: new Float64Array(telemetryLinks > 0 ? capacity : 0),
    copies: new Float64Array(copyRows * COPY_STATS),
    staleCounts: new Uint32Array(copyRows * BUCKETS),
    lagCounts: new Uint32Array(copied ? plan.components.length * BUCKETS : 0),
    items: new Int32Array(copied ? capacity : 0),
    marks: new Float64Array(copied ? capacity : 0),
    behind: new Int32Array(copied ? capacity : 0),
    checks: [],
    timeoutBase,
    patienceBase,
    controls,
    faults: { count: plan.faults?.length ?? 0 },
    dated,
    related: plan.links.some((link) => link.cancels === true || link.policy !== undefined),
    journal: createJournal(list.clock),
    tracer: null,
    attention,
    pool,
    reserveEvent,
    setServers(node, servers) {
      const n = node * NODE;
      core.stats[node * STATS + S_CAPACITY_AREA] -= (servers - nodes[n + N_SERVERS]) * list.clock[0];
      nodes[n + N_SERVERS] = servers;
    },
    allocate: kernel.call.allocate,
    release: kernel.call.releaseFrame,
    reset(seed, replication) {
      list.clear();
      controls.reset();
      core.journal.reset();
      records.fill(0, 0, pool.used);
      for (const address of [M.POOL_FREE, M.POOL_IN_USE, M.POOL_USED, M.PICKED, M.DEPTH]) words[address >> 2] = 0;
      attention.fill(0);
      for (const array of [
        core.stats,
        core.links,
        core.messages,
        core.operations,
        core.nodeFailures,
        core.linkFailures,
        core.operationFailures,
        core.latencyMax,
        core.availability,
        core.telemetry,
        core.copies,
        core.marks,
        core.behind,
      ])
        array.fill(0);
      for (const counts of histogramsOf(core)) counts.fill(0);
      layOutNodes();
      core.variates.reset(seed, replication);
    },
  };
  const layOutNodes = (): void => {
    nodes[nodeCount * NODE + N_ROLE] = ROLE_GUARD;
    nodes[nodeCount * NODE + N_FLAGS] = FLAG_GUARD;
    for (const [index, node] of plan.nodes.entries()) {
      const n = index * NODE;
      const keptDemand = nodes[n + N_DEMAND];
      const keptEvent = nodes[n + N_EVENT];
      core.prices[index] = plan.components[node.component]?.pricePerHour ?? 0;
      nodes.fill(0, n, n + NODE);
      nodes[n + N_DEMAND] = keptDemand;
      nodes[n + N_EVENT] = keptEvent;
      nodes[n + N_COMPONENT] = node.component;
      nodes[n + N_HEAD] = -1;
      nodes[n + N_TAIL] = -1;
      nodes[n + N_FIRST] = -1;
      nodes[n + N_ROLE] = roleOf(node, dated);
      if (node.role === 'router') {
        nodes[n + N_FLAGS] = FLAG_ROUTES;
        if (node.work !== undefined) {
          nodes[n + N_SERVERS] = node.work.servers;
          nodes[n + N_FULL_SERVERS] = node.work.servers;
          nodes[n + N_LIMIT] = Math.min(node.work.queueLimit, 2_000_000_000);
        }
      }
      if (node.role !== 'station') continue;
      const discipline = DISCIPLINES.indexOf(node.discipline);
      nodes[n + N_SERVERS] = node.servers;
      nodes[n + N_FULL_SERVERS] = node.servers;
      nodes[n + N_LIMIT] = Math.min(node.queueLimit, 2_000_000_000);
      nodes[n + N_DISCIPLINE] = discipline;
      nodes[n + N_FLAGS] =
        (node.calls.length > 0 ? FLAG_CALLS : 0) |
        (node.stages !== undefined ? FLAG_STAGES : 0) |
        ((node.failureShare ?? 0) > 0 ? FLAG_ERRORS : 0) |
        (node.forwards.length > 0 ? FLAG_FORWARDS : 0) |
        (node.parallel ? FLAG_PARALLEL : 0) |
        (node.holdsServer && (node.calls.length > 0 || node.copy === true) ? FLAG_HOLDS : 0) |
        (discipline >= SHORTEST_JOB ? FLAG_SLOWDOWN : 0);
    }
  };
  return core;
}
