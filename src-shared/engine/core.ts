import { BUCKETS } from '../base/histogram';
import { type Controls, createControls } from './controls';
import { createEventList, type EventList } from './event-list';
import { createJournal, type Journal } from './journal';
import {
  C_AGE,
  C_STATE,
  COPY_STATS,
  DISCIPLINES,
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
  STATE_AWAY,
  STATE_FREE,
  STATS,
  STOP,
  STOP_AT_LIMIT,
  TELEMETRY_STATS,
} from './layout';
import type { Plan, PlanLink, PlanNode, Sampler } from './plan';
import type { Tracer } from './tracing';
import { createVariates, type Variates } from './variates';

/** Events of controls that are added while an engine runs. */
const SPARE_EVENTS = 256;

/** Frames kept beyond the limit, so that the event that reaches it can finish. */
const RESERVE = 65_536;

/** The memory of one engine: tables built from a plan, pools and statistics. Everything hot is a typed array of fixed size. */
export interface Core {
  readonly plan: Plan;
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
  readonly pool: { inUse: number; used: number };
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
  const buffer = new ArrayBuffer((pools * capacity + fixedEvents + SPARE_EVENTS) * RECORD * 4);
  const records = new Int32Array(buffer);
  const times = new Float64Array(buffer);
  const list = createEventList(records, times);
  const free = new Int32Array(capacity);
  let freeCount = 0;
  const pool = { inUse: 0, used: 0 };
  const attention = new Int32Array(2);
  const nodeCount = plan.nodes.length;
  const telemetryLinks = plan.links.reduce((sum, link) => sum + (link.telemetry === undefined ? 0 : 1), 0);
  // One row more than the plan has: the pseudo-node of guarded calls.
  const nodes = new Int32Array((nodeCount + 1) * NODE);
  const requestFlags = Int32Array.from(
    plan.links,
    (link) => flagsOf(link, link.latency) | (Number.isFinite(link.timeout) ? LINK_TIMEOUT : 0) | (link.policy !== undefined ? LINK_POLICY : 0),
  );
  const replyFlags = Int32Array.from(plan.links, (link) => flagsOf(link, link.replyLatency ?? link.latency));
  const linkTarget = Int32Array.from(plan.links, (link) => {
    const target = plan.components[link.to];
    return target !== undefined && target.nodeCount === 1 ? target.firstNode : -1;
  });
  const reserveEvent = (): number => {
    const event = nextEvent;
    nextEvent += RECORD;
    if (event >= records.length) throw new Error('Invariant broken: more events than were reserved');
    return event;
  };
  const controls = createControls(list, times, reserveEvent);
  const copied = plan.components.some(({ replication }) => replication !== undefined);
  const copyRows = copied ? plan.components.length + plan.operations.length : 0;
  const core: Core = {
    plan,
    list,
    variates: createVariates(streams),
    records,
    times,
    nodes,
    stats: new Float64Array(nodeCount * STATS),
    links: new Float64Array(plan.links.length * LINK_STATS),
    messages: new Float64Array(plan.links.length * plan.operations.length * 2),
    requestFlags,
    replyFlags,
    linkTarget,
    operations: new Float64Array(plan.operations.length * OPERATION_STATS),
    latencyMax: new Float64Array(plan.components.length),
    prices: new Float64Array(nodeCount),
    nodeFailures: new Float64Array(nodeCount * REASONS),
    availability: new Float64Array(plan.components.length),
    keyShare: new Float64Array(nodeCount).fill(NaN),
    linkFailures: new Float64Array(plan.links.length * REASONS),
    operationFailures: new Float64Array(plan.operations.length * REASONS),
    latencyCounts: new Uint32Array(plan.components.length * BUCKETS),
    waitingCounts: new Uint32Array(plan.components.length * BUCKETS),
    operationCounts: new Uint32Array(plan.operations.length * BUCKETS),
    networkCounts: new Uint32Array(plan.links.length * BUCKETS),
    queueingCounts: new Uint32Array(plan.links.length * BUCKETS),
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
    allocate() {
      if (++pool.inUse >= plan.maxInFlight) attention[STOP] = STOP_AT_LIMIT;
      let frame: number;
      if (freeCount > 0) frame = free[--freeCount];
      else {
        frame = pool.used;
        pool.used += RECORD;
        if (frame >= timeoutBase) throw new Error('Invariant broken: the call pool overflowed its reserve within one event');
      }
      records[frame + C_STATE] = STATE_AWAY;
      return frame;
    },
    release(frame) {
      pool.inUse--;
      records[frame + C_AGE]++;
      records[frame + C_STATE] = STATE_FREE;
      free[freeCount++] = frame;
    },
    reset(seed, replication) {
      list.clear();
      controls.reset();
      core.journal.reset();
      records.fill(0, 0, pool.used);
      freeCount = 0;
      pool.inUse = 0;
      pool.used = 0;
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
