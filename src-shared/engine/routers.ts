import { createBalancers, isPlain } from './balancing';
import type { Core } from './core';
import type { ExtraTime } from './health';
import { N_CURSOR, N_PRESENT, NODE } from './layout';
import { createSpreads } from './spread';
import { createTargetTable } from './targets';

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
/** Whatever a plain router over targets that are all there does not do. */
const FULL = 4;

export { NO_TARGET, SESSION_LOST } from './balancing';

/** Builds the routers of a plan. A plain one, all of whose targets are registered, takes the short way; the others are balancers. `extraOf`: what faults of links do to probes. */
export function createRouters(core: Core, extraOf: ExtraTime): Routers {
  const { plan, nodes } = core;
  const { draw, add } = core.variates;
  const nodeCount = plan.nodes.length;
  const table = createTargetTable(core);
  const { base, linkOf, nodeOf, underWay } = table;
  /** Number of targets of the routers that take the short way, else 0. */
  const size = new Int32Array(nodeCount);
  const algorithm = new Int32Array(nodeCount);
  const plainAlgorithm = new Int32Array(nodeCount).fill(FULL);
  const choices = new Int32Array(nodeCount);
  const live = new Int32Array(nodeCount);
  const stream = new Int32Array(nodeCount).fill(-1);
  /** 1: the router learns from answers. */
  const learns = new Uint8Array(nodeCount);
  for (const [index, node] of plan.nodes.entries()) {
    if (node.role !== 'router') continue;
    if (isPlain(node)) plainAlgorithm[index] = (ALGORITHMS as readonly string[]).indexOf(node.balancing);
    choices[index] = Math.min(node.choices, node.targets.length);
    live[index] = node.live ? 1 : 0;
    learns[index] = node.ejection !== undefined || node.balancing === 'least-response-time' ? 1 : 0;
    const id = plan.components[node.component]?.id;
    stream[index] = add((node.instance ?? 0) === 0 ? `${id}/choice` : `${id}#${node.instance}/choice`, { type: 'unit' });
  }
  const drawn = new Int32Array(64);
  const balancers = createBalancers(core, table, stream, extraOf);
  const { pool } = balancers;
  const spreads = createSpreads(core);
  /** Targets of each router by instance: whom to tell when an instance changes. */
  const targetsOf: number[][] = plan.nodes.map(() => []);
  for (const [target, node] of nodeOf.entries()) (targetsOf[node] as number[]).push(target);
  pool.listen((router) => {
    const short = plainAlgorithm[router] !== FULL && pool.count[router] === table.size[router];
    algorithm[router] = short ? plainAlgorithm[router] : FULL;
    size[router] = short ? table.size[router] : 0;
  });

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
    choose(node, frame) {
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
        case FULL:
          return balancers.choose(node, frame);
        default:
          return choices[node] === 2 ? powerOfTwo(node) : powerOfMany(node);
      }
    },
    targetNode: (node, target) => nodeOf[base[node] + target],
    targetLink: (node, target) => linkOf[base[node] + target],
    sent(node, target) {
      underWay[base[node] + target]++;
    },
    answered(node, target, reason, since) {
      underWay[base[node] + target]--;
      if (learns[node] === 1) balancers.answered(node, target, reason, since);
    },
    spread: spreads.instance,
    changed(node, from, to) {
      for (const target of targetsOf[node] as number[]) pool.moved(target, to);
      spreads.changed(node, from, to);
    },
    reset() {
      underWay.fill(0);
      balancers.reset();
      spreads.reset();
    },
  };
}
