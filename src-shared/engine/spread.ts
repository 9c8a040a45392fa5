import type { Core } from './core';
import * as M from './kernel/memory-map';
import { INSTANCE_UP, N_STATE, NODE } from './layout';
import { registers } from './targets';

/** The instance of a component with several that a request takes when no router has chosen one. As long as all are taken in turn, the kernel does that. */
export interface Spreads {
  /** An instance has gone from one state (INSTANCE_*) to another. */
  changed(node: number, from: number, to: number): void;
  reset(): void;
}

/** No cursor: the instance is found the long way. */
const NOT_IN_TURN = -1;

/** Builds the spreads of a plan's components. */
export function createSpreads(core: Core): Spreads {
  const { plan, nodes, controls, journal, kernel } = core;
  const { clock } = core.list;
  const { draw, add } = core.variates;
  const firstInstance = kernel.int32From(
    M.P_SPREAD_FIRST,
    plan.components.map((component) => component.firstNode),
  );
  const instanceCount = kernel.int32From(
    M.P_SPREAD_COUNT,
    plan.components.map((component) => component.nodeCount),
  );
  const cursor = kernel.int32(M.P_SPREAD_CURSOR, plan.components.length);
  const stream = Int32Array.from(plan.components, (component) =>
    component.spread === 'random' && component.nodeCount > 1 ? add(`${component.id}/spread`, { type: 'unit' }) : -1,
  );
  /** Registered instances of each component, by node of its first; their number by component. */
  const list = new Int32Array(plan.nodes.length);
  const registered = new Int32Array(plan.components.length);
  const turn = new Int32Array(plan.components.length);
  /** The instance that takes all, of components that stand by; -1: any. */
  const active = new Int32Array(plan.components.length).fill(-1);
  const failover = Int32Array.from(plan.components, (component, index) =>
    component.spread === 'active-passive' && component.nodeCount > 1 ? controls.add(() => takeOver(index)) : -1,
  );

  const isUp = (node: number): boolean => nodes[node * NODE + N_STATE] === INSTANCE_UP;

  /** The next instance that is up takes over from one that is not. */
  const takeOver = (component: number): void => {
    if (isUp(active[component])) return;
    for (let step = 1; step < instanceCount[component]; step++) {
      const number = (active[component] - firstInstance[component] + step) % instanceCount[component];
      if (!isUp(firstInstance[component] + number)) continue;
      active[component] = firstInstance[component] + number;
      journal.note('failover', { component, instance: number });
      return;
    }
  };

  const settle = (component: number): void => {
    const first = firstInstance[component];
    let length = 0;
    for (let node = first; node < first + instanceCount[component]; node++) if (registers(nodes[node * NODE + N_STATE])) list[first + length++] = node;
    registered[component] = length;
    // Copies of data are not alike: somebody else chooses between them.
    const inTurn = plan.components[component]?.spread === 'round-robin' && plan.components[component]?.replication === undefined;
    const all = inTurn && length === instanceCount[component];
    if (all && cursor[component] < 0) cursor[component] = turn[component] % length;
    else if (!all && cursor[component] >= 0) {
      turn[component] = cursor[component];
      cursor[component] = NOT_IN_TURN;
    }
  };

  const longWay = (component: number): number => {
    const first = firstInstance[component];
    if (active[component] >= 0) return active[component];
    const length = registered[component];
    // Nobody is there: the first instance refuses.
    if (length === 0) return first;
    if (stream[component] >= 0) return list[first + Math.floor(draw(stream[component]) * length)];
    if (plan.components[component]?.spread !== 'round-robin') return list[first];
    const at = turn[component] % length;
    turn[component] = at + 1;
    return list[first + at];
  };

  kernel.outside.spread = longWay;

  return {
    changed(node) {
      const component = plan.nodes[node]?.component ?? 0;
      settle(component);
      const control = failover[component];
      if (control >= 0 && !isUp(active[component]) && !controls.pending(control)) controls.at(control, clock[0] + (plan.components[component]?.failover ?? 0));
    },
    reset() {
      turn.fill(0);
      cursor.fill(NOT_IN_TURN);
      for (let component = 0; component < plan.components.length; component++) {
        if (failover[component] >= 0) active[component] = firstInstance[component];
        settle(component);
      }
    },
  };
}
