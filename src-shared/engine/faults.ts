import type { Core } from './core';
import type { Gates } from './gates';
import type { Instances } from './instances';
import type { Interrupts } from './interrupts';
import {
  INSTANCE_DOWN,
  INSTANCE_OFF,
  INSTANCE_PAUSED,
  INSTANCE_STARTING,
  INSTANCE_UP,
  N_PRESENT,
  N_STATE,
  NODE,
  REASON_DOWN,
  S_PAID_AREA,
  S_PRICED,
  STATS,
} from './layout';
import type { FaultEffect, PlanFault } from './plan';
import type { Replication } from './replication';
import type { Sources } from './sources';
import type { Stations } from './stations';
import type { Transit } from './transit';

/** From when to when a fault was active on any of its targets, ns; Infinity: it still is. */
export type FaultWindow = readonly [begin: number, end: number];

/** What goes wrong, and when. Faults of the plan come first, then those that were injected, in the order in which they came. */
export interface Faults {
  readonly known: readonly PlanFault[];
  /** Whether a fault was injected into the run. */
  isInjected(fault: number): boolean;
  /** Adds a fault of timing 'once' to the run that is under way. False: there is no room for another one. */
  inject(fault: PlanFault): boolean;
  /** Ends an injected fault in the next instant. False: none of that id was injected, or it is over. */
  clear(id: string): boolean;
  /** The first windows of a fault in this replication, in order. */
  windows(fault: number): readonly FaultWindow[];
  /** Forgets what was injected, and makes the first happenings pending. */
  start(): void;
}

/** Windows that are kept for each fault; a component that fails every second for a day has many. */
const WINDOW_LIMIT = 1000;
/** Faults that can be injected into one run. */
const INJECTED_LIMIT = 200;

/** Stages of an occurrence. */
const WAITING = 0; // for its begin
const OPENING = 1; // a resize that needs a restart: the new machine starts
const ACTIVE = 2;
const RESTARTING = 3; // repaired, but not up yet
const OVER = 4;

/** One fault at those of its targets that it hits together: all of them at a given time, each by itself by chance. */
interface Occurrence {
  fault: number;
  nodes: readonly number[];
  /** -1: the target is a component. */
  link: number;
  stage: number;
  readonly control: number;
  /** Streams of random timing; -1: given times. */
  readonly between: number;
  readonly lasts: number;
  /** Instant of the repair, ns. */
  endsAt: number;
  /** Counts begins: of several machines the one that came last is the one that stands there. */
  order: number;
}

/** What faults act upon. */
export interface FaultTargets {
  readonly instances: Instances;
  readonly transit: Transit;
  readonly sources: Sources;
  readonly stations: Stations;
  readonly gates: Gates;
  readonly interrupts: Interrupts;
  /** Null where nothing has copies of its data. */
  readonly replication: Replication | null;
}

/** Random occurrences that a fault of a plan needs: as many as it has targets; 0 where its times are given. */
export function randomTargets(fault: PlanFault, components: Core['plan']['components']): number {
  if (fault.timing.type === 'once') return 0;
  if (fault.target.type === 'link' || fault.target.instance !== null) return 1;
  return components[fault.target.component]?.nodeCount ?? 0;
}

/** Builds the faults of a plan. */
export function createFaults(core: Core, targets: FaultTargets): Faults {
  const { plan, controls, journal, nodes, stats, prices } = core;
  const { clock } = core.list;
  const { add, draw } = core.variates;
  const { instances, transit, sources, stations, gates, interrupts, replication } = targets;
  const planned = plan.faults ?? [];
  const known: PlanFault[] = [...planned];
  const windows: [number, number][][] = [];
  const activeOf: number[] = [];
  const occurrences: Occurrence[] = [];
  /** Occurrences of injected faults, used again after each reset. */
  const spare: Occurrence[] = [];
  const byNode = new Map<number, Occurrence[]>();
  const byLink = new Map<number, Occurrence[]>();
  let order = 0;
  /** What is in force at each node: speed, error share, and the order of the resize (0: none). */
  const speeds = new Float64Array(plan.nodes.length);
  const shares = new Float64Array(plan.nodes.length);
  const machines = new Float64Array(plan.nodes.length);

  const effectOf = (occurrence: Occurrence): FaultEffect => (known[occurrence.fault] as PlanFault).effect;

  const nodesOf = (fault: PlanFault): number[] => {
    if (fault.target.type === 'link') return [];
    const { firstNode, nodeCount } = plan.components[fault.target.component] as (typeof plan.components)[number];
    if (fault.target.instance !== null) return fault.target.instance < nodeCount ? [firstNode + fault.target.instance] : [];
    return Array.from({ length: nodeCount }, (_, instance) => firstNode + instance);
  };

  const attach = (occurrence: Occurrence): void => {
    occurrences.push(occurrence);
    const put = (map: Map<number, Occurrence[]>, key: number): void => {
      const list = map.get(key);
      if (list === undefined) map.set(key, [occurrence]);
      else list.push(occurrence);
    };
    if (occurrence.link >= 0) put(byLink, occurrence.link);
    for (const node of occurrence.nodes) put(byNode, node);
  };

  const occurrenceOf = (fault: number, at: readonly number[], link: number, between = -1, lasts = -1): Occurrence => {
    const occurrence: Occurrence = { fault, nodes: at, link, stage: OVER, control: controls.add(() => step(occurrence)), between, lasts, endsAt: 0, order: 0 };
    return occurrence;
  };

  for (const [number, fault] of planned.entries()) {
    const at = nodesOf(fault);
    const link = fault.target.type === 'link' ? fault.target.link : -1;
    const { timing } = fault;
    if (timing.type === 'once') {
      attach(occurrenceOf(number, at, link));
      continue;
    }
    const streams = (name: string): [number, number] => [
      add(`${name}/fault-${fault.id}-between`, timing.between),
      add(`${name}/fault-${fault.id}-lasts`, timing.lasts),
    ];
    if (link >= 0) attach(occurrenceOf(number, at, link, ...streams(plan.links[link]?.id ?? '')));
    for (const node of at) {
      const component = plan.components[plan.nodes[node]?.component ?? 0] as (typeof plan.components)[number];
      attach(occurrenceOf(number, [node], -1, ...streams(`${component.id}#${node - component.firstNode}`)));
    }
  }

  const settleNode = (node: number): void => {
    if (plan.nodes[node]?.role === 'source') {
      let factor = 1;
      for (const occurrence of byNode.get(node) ?? []) {
        const effect = effectOf(occurrence);
        if (occurrence.stage === ACTIVE && effect.type === 'surge') factor *= effect.factor;
      }
      sources.setFactor(node, factor);
      return;
    }
    let condition = INSTANCE_UP;
    let silent = false;
    let paused = false;
    let slowness = 1;
    let passing = 1;
    let machine: Occurrence | null = null;
    let isParted = false;
    /** Share of the requests that come from elsewhere. */
    let elsewhere = 1;
    const worsen = (to: number): void => {
      if (condition !== INSTANCE_DOWN && (condition !== INSTANCE_STARTING || to === INSTANCE_DOWN)) condition = to;
    };
    for (const occurrence of byNode.get(node) ?? []) {
      const effect = effectOf(occurrence);
      if (occurrence.stage === OPENING || occurrence.stage === RESTARTING) worsen(INSTANCE_STARTING);
      if (effect.type === 'resize' && (occurrence.stage === OPENING || occurrence.stage === ACTIVE) && occurrence.order > (machine?.order ?? 0))
        machine = occurrence;
      if (occurrence.stage !== ACTIVE) continue;
      if (effect.type === 'crash') {
        worsen(INSTANCE_DOWN);
        silent ||= effect.silent;
      } else if (effect.type === 'pause') {
        worsen(INSTANCE_PAUSED);
        paused = true;
      } else if (effect.type === 'slow') slowness *= effect.factor;
      else if (effect.type === 'errors') passing *= 1 - effect.share;
      else if (effect.type === 'partition') {
        isParted = true;
        elsewhere *= 1 - effect.callers;
      }
    }
    replication?.part(node, isParted, 1 - elsewhere);
    const speed = paused ? 0 : 1 / slowness;
    if (speed !== speeds[node]) {
      speeds[node] = speed;
      stations.setSpeed(node, speed);
    }
    if (1 - passing !== shares[node]) {
      shares[node] = 1 - passing;
      gates.setErrorShare(node, 1 - passing);
      instances.gate(node, passing < 1);
    }
    instances.afflict(node, condition, silent);
    settleMachine(node, machine);
  };

  /** Puts the machine of a resize under an instance, or that of the plan again. */
  const settleMachine = (node: number, occurrence: Occurrence | null): void => {
    const wanted = occurrence?.order ?? 0;
    const spec = plan.nodes[node];
    if (wanted === machines[node] || spec?.role !== 'station') return;
    machines[node] = wanted;
    const effect = occurrence === null ? null : effectOf(occurrence);
    const resize = effect?.type === 'resize' ? effect : null;
    const servers = resize?.servers ?? spec.servers;
    stations.setMachine(node, servers, resize?.speed ?? spec.machineSpeed ?? 1);
    const price = resize?.pricePerHour ?? plan.components[spec.component]?.pricePerHour ?? 0;
    const s = node * STATS;
    const paid = (stats[s + S_PAID_AREA] as number) + (nodes[node * NODE + N_STATE] === INSTANCE_OFF ? 0 : (clock[0] as number));
    stats[s + S_PRICED] += ((prices[node] as number) - price) * paid;
    prices[node] = price;
    journal.note('resize', { component: spec.component, instance: node - (plan.components[spec.component]?.firstNode ?? 0), value: servers });
  };

  const settleLink = (link: number): void => {
    let added = 0;
    let requestsPass = 1;
    let repliesPass = 1;
    for (const occurrence of byLink.get(link) ?? []) {
      if (occurrence.stage !== ACTIVE) continue;
      const effect = effectOf(occurrence);
      if (effect.type === 'latency') added += effect.added;
      else if (effect.type === 'loss') {
        requestsPass *= 1 - effect.share;
        repliesPass *= 1 - effect.share;
      } else if (effect.type === 'cut') {
        if (effect.direction !== 'replies') requestsPass = 0;
        if (effect.direction !== 'requests') repliesPass = 0;
      }
    }
    transit.disturb(link, added, 1 - requestsPass, 1 - repliesPass);
  };

  /** Makes the present stage of an occurrence felt at its targets. */
  const settle = ({ link, nodes: hit }: Occurrence): void => {
    if (link >= 0) settleLink(link);
    // All go down before the first caller learns of it, so that nobody tries again at an instance that is going down as well.
    for (const node of hit) settleNode(node);
    for (const node of hit) {
      const state = instances.state(node);
      const down = state === INSTANCE_DOWN || state === INSTANCE_STARTING;
      if (down && (nodes[node * NODE + N_PRESENT] as number) > 0) {
        const silent = (byNode.get(node) ?? []).some((other) => {
          const effect = effectOf(other);
          return other.stage === ACTIVE && effect.type === 'crash' && effect.silent;
        });
        interrupts.failAll(node, REASON_DOWN, silent);
      }
    }
  };

  const note = (type: 'fault-begins' | 'fault-ends', { fault, nodes: hit, link }: Occurrence): void => {
    const first = hit[0] ?? -1;
    const component = plan.nodes[first]?.component ?? -1;
    const instance = hit.length === 1 ? first - (plan.components[component]?.firstNode ?? 0) : -1;
    journal.note(type, { fault, component, instance, link });
    const active = (activeOf[fault] ?? 0) + (type === 'fault-begins' ? 1 : -1);
    activeOf[fault] = active;
    const list = windows[fault] ?? [];
    windows[fault] = list;
    if (type === 'fault-begins' && active === 1 && list.length < WINDOW_LIMIT) list.push([clock[0] as number, Infinity]);
    const last = list[list.length - 1];
    if (type === 'fault-ends' && active === 0 && last !== undefined && last[1] === Infinity) last[1] = clock[0] as number;
  };

  const begin = (occurrence: Occurrence): void => {
    const now = clock[0] as number;
    const effect = effectOf(occurrence);
    const { timing } = known[occurrence.fault] as PlanFault;
    occurrence.endsAt = now + (timing.type === 'once' ? timing.lasts : draw(occurrence.lasts));
    occurrence.order = ++order;
    const restart = effect.type === 'resize' ? effect.restart : 0;
    occurrence.stage = restart > 0 ? OPENING : ACTIVE;
    controls.at(occurrence.control, restart > 0 ? now + restart : occurrence.endsAt);
    note('fault-begins', occurrence);
    settle(occurrence);
  };

  /** The targets are as before; by chance it will happen again. */
  const rest = (occurrence: Occurrence): void => {
    occurrence.stage = occurrence.between >= 0 ? WAITING : OVER;
    // A gap of no length would let the clock stand still.
    if (occurrence.between >= 0) controls.at(occurrence.control, (clock[0] as number) + Math.max(1, draw(occurrence.between)));
  };

  const step = (occurrence: Occurrence): void => {
    const effect = effectOf(occurrence);
    switch (occurrence.stage) {
      case WAITING:
        begin(occurrence);
        return;
      case OPENING:
        occurrence.stage = ACTIVE;
        controls.at(occurrence.control, occurrence.endsAt);
        settle(occurrence);
        return;
      case ACTIVE: {
        const restart = effect.type === 'crash' || effect.type === 'resize' ? effect.restart : 0;
        note('fault-ends', occurrence);
        if (restart > 0) {
          occurrence.stage = RESTARTING;
          controls.at(occurrence.control, (clock[0] as number) + restart);
        } else rest(occurrence);
        settle(occurrence);
        return;
      }
      default:
        rest(occurrence);
        settle(occurrence);
    }
  };

  const forgetInjected = (): void => {
    known.length = planned.length;
    core.faults.count = planned.length;
    const own = (occurrence: Occurrence): boolean => occurrence.fault < planned.length;
    for (const map of [byNode, byLink])
      for (const [key, list] of map) {
        const kept = list.filter(own);
        if (kept.length === 0) map.delete(key);
        else map.set(key, kept);
      }
    for (const occurrence of occurrences.splice(0)) {
      if (own(occurrence)) occurrences.push(occurrence);
      else spare.push(occurrence);
    }
  };

  return {
    known,
    isInjected: (fault) => fault >= planned.length,
    inject(fault) {
      if (fault.timing.type !== 'once' || known.length - planned.length >= INJECTED_LIMIT) return false;
      const number = known.push(fault) - 1;
      const at = nodesOf(fault);
      const link = fault.target.type === 'link' ? fault.target.link : -1;
      const occurrence = spare.pop() ?? occurrenceOf(number, at, link);
      occurrence.fault = number;
      occurrence.nodes = at;
      occurrence.link = link;
      occurrence.stage = WAITING;
      core.faults.count = known.length;
      windows[number] = [];
      activeOf[number] = 0;
      attach(occurrence);
      controls.at(occurrence.control, fault.timing.at);
      return true;
    },
    clear(id) {
      const occurrence = occurrences.find(({ fault, stage }) => fault >= planned.length && stage <= ACTIVE && known[fault]?.id === id);
      if (occurrence === undefined) return false;
      const soon = (clock[0] as number) + 1;
      if (occurrence.stage === WAITING) {
        controls.cancel(occurrence.control);
        occurrence.stage = OVER;
      } else {
        occurrence.endsAt = Math.min(occurrence.endsAt, soon);
        if (occurrence.stage === ACTIVE) controls.at(occurrence.control, occurrence.endsAt);
      }
      return true;
    },
    windows: (fault) => windows[fault] ?? [],
    start() {
      forgetInjected();
      windows.length = 0;
      activeOf.length = 0;
      order = 0;
      speeds.fill(1);
      shares.fill(0);
      machines.fill(0);
      for (const occurrence of occurrences) {
        const { timing } = known[occurrence.fault] as PlanFault;
        occurrence.stage = WAITING;
        controls.at(occurrence.control, timing.type === 'once' ? timing.at : Math.max(1, draw(occurrence.between)));
      }
    },
  };
}
