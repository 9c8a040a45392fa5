import { type Core, roleOf } from './core';
import {
  INSTANCE_DOWN,
  INSTANCE_DRAINING,
  INSTANCE_OFF,
  INSTANCE_PAUSED,
  INSTANCE_STARTING,
  INSTANCE_UP,
  LIFO_PREEMPTIVE,
  N_BUSY,
  N_DISCIPLINE,
  N_FULL_SERVERS,
  N_ROLE,
  N_STATE,
  NODE,
  ROLE_DOWN,
  ROLE_GATED,
  ROLE_SILENT,
  ROLE_STATION,
  S_CRASHES,
  S_PAID_AREA,
  S_UP_AREA,
  SHARING,
  STATS,
} from './layout';
import type { Stations } from './stations';

/**
 * The life of every instance: up, off, starting, draining, down, paused. Faults and scaling change it; balancers, health checks and
 * whoever else must know listen. What a state means for requests is settled here: who may enter, and how many servers serve.
 */
export interface Instances {
  state(node: number): number;
  /** What scaling wants of the instance, whatever a fault makes of it meanwhile. */
  wanted(node: number): number;
  /** What scaling wants of an instance: INSTANCE_OFF, STARTING, UP or DRAINING. What a fault makes of it shows before that. */
  set(node: number, state: number): void;
  /** What faults make of an instance: INSTANCE_DOWN, STARTING (again), PAUSED, or UP: nothing. `silent`: while it is down nobody answers. */
  afflict(node: number, condition: number, silent?: boolean): void;
  /** Makes every request at a station pass its gate, or no longer (unless its plan needs it). */
  gate(node: number, gated: boolean): void;
  /** Instances of a component that are up or draining. */
  up(component: number): number;
  /** Calls back after each change. Listeners are added while an engine is built. */
  listen(changed: (node: number, from: number, to: number) => void): void;
  /** Everything as at time 0; `initialState` gives the state of each node. */
  reset(): void;
}

/** Instances that are up or finishing what they have. */
export const serves = (state: number): boolean => state === INSTANCE_UP || state === INSTANCE_DRAINING;

/** Builds the account of instances. `initialState`: of each node of the plan at time 0. `stations`: where servers are taken and given. */
export function createInstances(
  core: Core,
  initialState: (node: number) => number,
  { refill, setServers }: Pick<Stations, 'refill' | 'setServers'>,
): Instances {
  const { plan, nodes, stats, availability } = core;
  const { clock } = core.list;
  const listeners: ((node: number, from: number, to: number) => void)[] = [];
  /** What scaling wants, and what faults make of it: the state of an instance follows from both. */
  const wanted = new Int32Array(plan.nodes.length);
  const condition = new Int32Array(plan.nodes.length);
  const gated = new Int32Array(plan.nodes.length);
  const silent = new Int32Array(plan.nodes.length);
  const upOf = new Int32Array(plan.components.length);
  const required = plan.components.map((component) => component.required ?? 1);

  const enters = (state: number): boolean => serves(state) || state === INSTANCE_PAUSED;

  /** The role of a node by its state, its gate, and whether enough of its component is up. */
  const settleRole = (node: number): void => {
    const spec = plan.nodes[node];
    if (spec === undefined || spec.role === 'source') return;
    const state = nodes[node * NODE + N_STATE] as number;
    const enough = (upOf[spec.component] as number) >= (required[spec.component] as number) || (required[spec.component] as number) <= 1;
    const own = roleOf(spec, core.dated);
    if (!enters(state)) nodes[node * NODE + N_ROLE] = silent[node] === 1 ? ROLE_SILENT : ROLE_DOWN;
    else if (!enough) nodes[node * NODE + N_ROLE] = ROLE_DOWN;
    else nodes[node * NODE + N_ROLE] = own === ROLE_STATION && gated[node] === 1 ? ROLE_GATED : own;
  };

  const settleComponent = (component: number): void => {
    const { firstNode, nodeCount } = plan.components[component] as (typeof plan.components)[number];
    for (let node = firstNode; node < firstNode + nodeCount; node++) settleRole(node);
  };

  const available = (component: number): boolean => (upOf[component] as number) >= (required[component] as number);

  /** A machine that is off cannot fail; else the worst of both counts. */
  const stateOf = (node: number): number => {
    const own = wanted[node] as number;
    const fault = condition[node] as number;
    if (own === INSTANCE_OFF || fault === INSTANCE_UP) return own;
    if (fault === INSTANCE_PAUSED && own === INSTANCE_STARTING) return own;
    return fault;
  };

  /** Servers of a node in a state. A paused station that interrupts keeps those that stand still in the middle of something. `n`: its row. */
  const serversIn = (state: number, n: number): number => {
    if (serves(state)) return nodes[n + N_FULL_SERVERS] as number;
    const discipline = nodes[n + N_DISCIPLINE] as number;
    return state === INSTANCE_PAUSED && discipline >= LIFO_PREEMPTIVE && discipline < SHARING ? (nodes[n + N_BUSY] as number) : 0;
  };

  const settle = (node: number): void => {
    const n = node * NODE;
    const s = node * STATS;
    const spec = plan.nodes[node];
    if (spec === undefined || spec.role === 'source') return;
    const from = nodes[n + N_STATE] as number;
    const to = stateOf(node);
    if (from === to) {
      settleRole(node);
      return;
    }
    const now = clock[0] as number;
    const { component } = spec;
    const wasAvailable = available(component);
    nodes[n + N_STATE] = to;
    if (serves(from) && !serves(to)) {
      stats[s + S_UP_AREA] += now;
      upOf[component]--;
    } else if (!serves(from) && serves(to)) {
      stats[s + S_UP_AREA] -= now;
      upOf[component]++;
    }
    if (from === INSTANCE_OFF) stats[s + S_PAID_AREA] -= now;
    if (to === INSTANCE_OFF) stats[s + S_PAID_AREA] += now;
    if (wasAvailable !== available(component)) availability[component] += wasAvailable ? now : -now;
    if (to === INSTANCE_DOWN) stats[s + S_CRASHES]++;
    setServers(node, serversIn(to, n));
    if ((required[component] as number) > 1) settleComponent(component);
    else settleRole(node);
    core.journal.note('instance-state', { component, instance: node - (plan.components[component]?.firstNode ?? 0), value: to });
    for (const changed of listeners) changed(node, from, to);
    if (serves(to)) refill(node);
  };

  return {
    state: (node) => nodes[node * NODE + N_STATE] as number,
    wanted: (node) => wanted[node] as number,
    set(node, state) {
      wanted[node] = state;
      settle(node);
    },
    afflict(node, what, quiet = false) {
      condition[node] = what;
      silent[node] = quiet ? 1 : 0;
      settle(node);
    },
    gate(node, on) {
      gated[node] = on ? 1 : 0;
      settleRole(node);
    },
    up: (component) => upOf[component] as number,
    listen(changed) {
      listeners.push(changed);
    },
    reset() {
      condition.fill(INSTANCE_UP);
      gated.fill(0);
      silent.fill(0);
      upOf.fill(0);
      for (const [node, spec] of plan.nodes.entries()) {
        if (spec.role === 'source') continue;
        const state = initialState(node);
        wanted[node] = state;
        nodes[node * NODE + N_STATE] = state;
        if (serves(state)) upOf[spec.component]++;
        else core.setServers(node, 0);
      }
      for (let component = 0; component < plan.components.length; component++) settleComponent(component);
    },
  };
}
