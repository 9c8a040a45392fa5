import type { Core } from './core';
import { N_CURSOR, N_PRESENT, NODE } from './layout';
import type { RouterNode } from './plan';

/** Choice of a target instance: balancers, and the spread over the replicas of a component that no balancer has chosen from. */
export interface Routers {
  /** Index of the target that router `node` takes for a request now; NO_TARGET or SESSION_LOST: it must fail. */
  choose(node: number, frame: number): number;
  targetNode(node: number, target: number): number;
  targetLink(node: number, target: number): number;
  /** A request goes to a target. */
  sent(node: number, target: number): void;
  /** A target has answered, or failed with a reason, a request that was sent to it at `since` ns. */
  answered(node: number, target: number, reason: number, since: number): void;
  /** Instance of a component with several that a request takes by itself. */
  spread(component: number, frame: number): number;
  /** An instance has gone from one state (INSTANCE_*) to another. */
  changed(node: number, from: number, to: number): void;
  /** Everything as at time 0; instances have been reset before. */
  reset(): void;
}

const ALGORITHMS = ['random', 'round-robin', 'least-connections', 'power-of-d'] as const;
const RANDOM = 0;
const ROUND_ROBIN = 1;
const LEAST_CONNECTIONS = 2;

/** Answers of `choose` that are no target. */
export const NO_TARGET = -1;
export const SESSION_LOST = -2;

export function createRouters(core: Core): Routers {
  const { plan, nodes } = core;
  const { draw, add } = core.variates;
  const nodeCount = plan.nodes.length;
  const base = new Int32Array(nodeCount);
  const size = new Int32Array(nodeCount);
  const algorithm = new Int32Array(nodeCount);
  const choices = new Int32Array(nodeCount);
  const live = new Int32Array(nodeCount);
  const stream = new Int32Array(nodeCount).fill(-1);
  const targets: { link: number; node: number }[] = [];
  for (const [index, node] of plan.nodes.entries()) {
    if (node.role !== 'router') continue;
    base[index] = targets.length;
    size[index] = node.targets.length;
    algorithm[index] = (ALGORITHMS as readonly string[]).indexOf(node.balancing);
    choices[index] = Math.min(node.choices, node.targets.length);
    live[index] = (node as RouterNode).live ? 1 : 0;
    stream[index] = add(`${plan.components[node.component]?.id}/choice`, { type: 'unit' });
    targets.push(...node.targets);
  }
  const linkOf = Int32Array.from(targets, (target) => target.link);
  const nodeOf = Int32Array.from(targets, (target) => target.node);
  /** Requests sent and not yet answered, by target: what a router knows of its own. */
  const underWay = new Int32Array(targets.length);
  const drawn = new Int32Array(64);
  const firstInstance = Int32Array.from(plan.components, (component) => component.firstNode);
  const instanceCount = Int32Array.from(plan.components, (component) => component.nodeCount);
  const spreadCursor = new Int32Array(plan.components.length);
  const spreadStream = Int32Array.from(plan.components, (component) =>
    component.spread === 'random' && component.nodeCount > 1 ? add(`${component.id}/spread`, { type: 'unit' }) : -1,
  );

  const load = (node: number, target: number): number =>
    live[node] === 1 ? nodes[nodeOf[base[node] + target] * NODE + N_PRESENT] : underWay[base[node] + target];

  const leastConnections = (node: number): number => {
    const count = size[node];
    let least = load(node, 0);
    let ties = 1;
    let first = 0;
    for (let target = 1; target < count; target++) {
      const its = load(node, target);
      if (its < least) {
        least = its;
        ties = 1;
        first = target;
      } else if (its === least) ties++;
    }
    if (ties === 1) return first;
    let which = Math.floor(draw(stream[node]) * ties);
    for (let target = first; ; target++) if (load(node, target) === least && which-- === 0) return target;
  };

  const powerOfTwo = (node: number): number => {
    const count = size[node];
    // One uniform gives two distinct targets: its integer part the first, its fraction the second.
    const u = draw(stream[node]) * count;
    const first = u | 0;
    let second = ((u - first) * (count - 1)) | 0;
    if (second >= first) second++;
    return load(node, second) < load(node, first) ? second : first;
  };

  const powerOfMany = (node: number): number => {
    const count = size[node];
    const wanted = choices[node];
    let best = -1;
    let least = 0;
    for (let k = 0; k < wanted; k++) {
      // Distinct targets: draw the rank among those not drawn yet (drawn[] is kept sorted).
      let target = Math.floor(draw(stream[node]) * (count - k));
      let place = 0;
      while (place < k && drawn[place] <= target) {
        target++;
        place++;
      }
      for (let i = k; i > place; i--) drawn[i] = drawn[i - 1];
      drawn[place] = target;
      const its = load(node, target);
      if (best < 0 || its < least) {
        best = target;
        least = its;
      }
    }
    return best;
  };

  return {
    choose(node) {
      const count = size[node];
      if (count === 1) return 0;
      switch (algorithm[node]) {
        case ROUND_ROBIN: {
          const n = node * NODE;
          const target = nodes[n + N_CURSOR];
          nodes[n + N_CURSOR] = target + 1 === count ? 0 : target + 1;
          return target;
        }
        case RANDOM:
          return Math.floor(draw(stream[node]) * count);
        case LEAST_CONNECTIONS:
          return leastConnections(node);
        default:
          return choices[node] === 2 ? powerOfTwo(node) : powerOfMany(node);
      }
    },
    targetNode: (node, target) => nodeOf[base[node] + target],
    targetLink: (node, target) => linkOf[base[node] + target],
    sent(node, target) {
      underWay[base[node] + target]++;
    },
    answered(node, target) {
      underWay[base[node] + target]--;
    },
    spread(component) {
      const instances = instanceCount[component];
      const cursor = spreadCursor[component];
      if (cursor < 0) return firstInstance[component] + (spreadStream[component] < 0 ? 0 : Math.floor(draw(spreadStream[component]) * instances));
      spreadCursor[component] = cursor + 1 === instances ? 0 : cursor + 1;
      return firstInstance[component] + cursor;
    },
    changed() {},
    reset() {
      underWay.fill(0);
      // A cursor of -1: not by turns.
      for (const [index, component] of plan.components.entries()) spreadCursor[index] = component.spread === 'round-robin' ? 0 : -1;
    },
  };
}
