import { createCore } from './core';
import { createFaults, type Faults, randomTargets } from './faults';
import { createFlow, type ReplicatedData } from './flow';
import { createGates } from './gates';
import { createInstances } from './instances';
import { createItems } from './items';
import * as M from './kernel/memory-map';
import * as L from './layout';
import { createObserver, type Observer } from './observer';
import type { Plan } from './plan';
import { countsService } from './programs';
import { createReplication, replicationControls, replicationStreams } from './replication';
import { createRouters } from './routers';
import { createScaling } from './scaling';
import { createSources, sourceEvents } from './sources';
import { createStaleness } from './staleness';
import { createStations } from './stations';
import { createTelemetry, telemetryControls } from './telemetry';
import type { TelemetryView } from './telemetry-view';
import type { Tracer } from './tracing';
import { createTransit } from './transit';

/** Events at one instant after which a model is taken to go round in circles: eight times as many as there can be requests in flight. */
const STANDSTILL = 4_000_000;

/** How far an engine has come. `break`: it reached the instant or request that the host asked to stop at. */
export type EngineStatus = 'running' | 'break' | 'ended' | 'limit';

/** By the kernel's number of them. */
const STATUSES = ['running', 'break', 'ended', 'limit'] as const;

/** One run of one replication at a time: events in, statistics out. */
export interface Engine {
  readonly observer: Observer;
  /** What goes wrong; live injection. */
  readonly faults: Faults;
  /** What telemetry collectors show; null where there are none. */
  readonly telemetry: TelemetryView | null;
  /** The instance that leads the copies of a component now; -1: none does, null: the component has no copies. Null where no component has. */
  readonly leader: ((component: number) => number | null) | null;
  /** Starts replication `replication` of `seed` from an empty system; the measured window opens at `warmUp` ns. */
  reset(seed: number, replication: number, warmUp: number): void;
  /** Executes at most `events` events. */
  run(events: number): EngineStatus;
  /** Asks for a break after all events at or before `ns`. */
  breakAt(ns: number): void;
  /** Asks for a break when the next request ends. */
  breakAtRequest(): void;
  /** Simulated time in ns. */
  now(): number;
  /** Events executed in this replication. */
  events(): number;
  /** Whether the run was ended because so many events happened at one instant that simulated time would never go on. */
  standsStill(): boolean;
  /** Component where the latest event happened, for the report of a bug. */
  lastComponent(): number;
}

/** Builds the engine for a plan; with a tracer, one that also records what happens to requests. Rules: SPEC.md. */
export function createEngine(plan: Plan, tracer: Tracer | null = null): Engine {
  const targets = plan.nodes.reduce((sum, node) => sum + (node.role === 'router' ? node.targets.length : 0), 0);
  const chances = (plan.faults ?? []).reduce((sum, fault) => sum + randomTargets(fault, plan.components), 0);
  // Upper bounds: what is not used is never touched.
  const streams =
    plan.nodes.reduce((sum, node) => sum + (node.role === 'station' ? node.demands.length + 2 * node.calls.length : 0) + 12, 0) +
    plan.links.length * 14 +
    plan.components.length * 7 +
    2 * chances +
    targets * 4 +
    replicationStreams(plan);
  const controls =
    plan.nodes.length * 12 +
    plan.links.length * 8 +
    plan.components.length * 8 +
    targets * 6 +
    (plan.faults?.length ?? 0) +
    chances +
    telemetryControls(plan) +
    replicationControls(plan);
  const plainCore = createCore(plan, sourceEvents(plan.nodes) + controls + 16, streams);
  const staleness = createStaleness(plainCore);
  const untraced = staleness === null ? plainCore : staleness.core(plainCore);
  const core = tracer === null ? untraced : tracer.core(untraced);
  const { times, attention, list, kernel } = core;
  const { words, outside } = kernel;
  const { clock, insert, remove } = list;
  /** Makes a record's event pending. */
  const schedule = (id: number, at: number, word: number): void => {
    times[(id >> 1) + L.T_TIME] = at;
    insert(id, word);
  };
  const transit = createTransit(core);
  const plainRouters = createRouters(core, transit.extraOf);
  const routers = tracer === null ? plainRouters : tracer.routers(plainRouters);
  const telemetry = createTelemetry(core, transit);
  const plainStations = createStations(core, plan.requestLog > 0, telemetry);
  const stations = tracer === null ? plainStations : tracer.stations(plainStations);
  const plainGates = createGates(core);
  const gates = tracer === null ? plainGates : tracer.gates(plainGates);
  const sources = createSources(core);
  const instances = createInstances(core, initialStates(plan), stations);
  instances.listen(routers.changed);

  const breakEvent = core.reserveEvent();
  const endEvent = core.reserveEvent();
  const warmEvent = core.reserveEvent();
  const sampleEvent = core.reserveEvent();
  const observer = createObserver(core, telemetry?.view ?? null);
  let breakPending = false;
  let status: EngineStatus = 'running';
  /** Events since simulated time went on, counted by calls of `run`. */
  let standing = 0;
  let executed = 0;

  const items = createItems(core);
  const data: ReplicatedData | null =
    staleness === null || items === null
      ? null
      : { items, staleness, replication: createReplication(core, { stations, instances, items, staleness, logging: countsService(plan) }) };
  const flow = createFlow(core, transit, routers, stations, gates, sources, observer, telemetry, data);
  gates.connect(flow.interrupts.reject);
  stations.connect(flow.finish);
  telemetry?.connect(flow.dispatch, instances);
  data?.replication.connect(flow.finish);
  if (data !== null) outside.spread = data.replication.spread(outside.spread);
  const scaling = createScaling(core, instances, flow.interrupts);
  const faults = createFaults(core, { instances, transit, sources, stations, gates, interrupts: flow.interrupts, replication: data?.replication ?? null });
  outside.depart = stations.depart;
  outside.impatient = gates.impatient;
  outside.openWindow = observer.openWindow;
  outside.sample = () => {
    const following = observer.sample();
    if (following <= plan.duration) schedule(sampleEvent, following, L.OP_SAMPLE);
  };
  Object.assign(outside, { insert, remove, release: core.release, admit: stations.admit, choose: routers.choose });
  if (staleness !== null) kernel.takeOver(M.STEP_RELEASE);
  if (tracer !== null) kernel.takeOver(M.STEP_INSERT | M.STEP_REMOVE | M.STEP_RELEASE | M.STEP_ADMIT | M.STEP_CHOOSE);

  const run = (budget: number): EngineStatus => {
    if (status === 'ended' || status === 'limit') return status;
    kernel.call.run(budget);
    executed += budget - words[M.LEFT >> 2];
    status = STATUSES[words[M.STATUS >> 2]];
    if (attention[L.STOP] === L.STOP_AT_BREAK) breakPending = false;
    return status;
  };

  return {
    observer,
    faults,
    telemetry: telemetry?.view ?? null,
    leader: data?.replication.leader ?? null,
    reset(seed, replication, warmUp) {
      core.reset(seed, replication);
      instances.reset();
      stations.reset();
      gates.reset();
      routers.reset();
      status = 'running';
      standing = 0;
      executed = 0;
      flow.reset();
      scaling.reset();
      breakPending = false;
      observer.reset();
      transit.reset();
      telemetry?.reset();
      data?.replication.start();
      sources.start();
      faults.start();
      const first = observer.firstSample();
      if (first <= plan.duration) schedule(sampleEvent, first, L.OP_SAMPLE);
      if (warmUp > 0 && warmUp < plan.duration) schedule(warmEvent, warmUp, L.OP_WARM);
      schedule(endEvent, plan.duration, L.OP_END);
    },
    run(events) {
      const instant = clock[0];
      const before = executed;
      const result = run(events);
      attention[L.WATCH_REQUESTS] = 0;
      standing = clock[0] > instant ? 0 : standing + executed - before;
      if (result !== 'running' || standing < STANDSTILL) return result;
      status = 'limit';
      return status;
    },
    standsStill: () => standing >= STANDSTILL,
    breakAt(ns) {
      if (breakPending) remove(breakEvent);
      breakPending = status !== 'ended' && ns >= clock[0] && ns < plan.duration;
      if (breakPending) schedule(breakEvent, ns, L.OP_BREAK);
    },
    breakAtRequest() {
      attention[L.WATCH_REQUESTS] = 1;
    },
    now: () => clock[0],
    events: () => executed,
    lastComponent: () => plan.nodes[words[M.LAST_NODE >> 2]]?.component ?? -1,
  };
}

/** Instances that exist at time 0 are up; those that scaling may add later are off. */
function initialStates(plan: Plan): (node: number) => number {
  return (node) => {
    const component = plan.components[plan.nodes[node]?.component ?? 0];
    return component?.scaling !== undefined && node - component.firstNode >= component.scaling.initial ? L.INSTANCE_OFF : L.INSTANCE_UP;
  };
}
