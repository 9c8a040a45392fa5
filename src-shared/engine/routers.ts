import { createBalancers, isPlain } from './balancing';
import type { Core } from './core';
import type { ExtraTime } from './health';
import * as M from './kernel/memory-map';
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
  /** An instance has gone from one state (INSTANCE_*) to another. */
  changed(node: number, from: number, to: number): void;
  /** Everything as at time 0; instances have been reset before. */
  reset(): void;
}

/** By number, as the kernel knows them. */
const ALGORITHMS = ['random', 'round-robin', 'least-connections', 'power-of-d'] as const;
/** Whatever a plain router over targets that are all there does not do. */
const FULL = 4;

export { NO_TARGET, SESSION_LOST } from './balancing';

/** Builds the routers of a plan. A plain one, all of whose targets are registered, is left to the kernel; the others are balancers. `extraOf`: what faults of links do to probes. */
export function createRouters(core: Core, extraOf: ExtraTime): Routers {
  const { plan, kernel } = core;
  const { add } = core.variates;
  const nodeCount = plan.nodes.length;
  const table = createTargetTable(core);
  const { base, linkOf, nodeOf, underWay } = table;
  /** Number of targets of the routers that take the short way, else 0. */
  const size = kernel.int32(M.P_TARGET_SIZE, nodeCount);
  const algorithm = kernel.int32(M.P_TARGET_ALGORITHM, nodeCount);
  const plainAlgorithm = new Int32Array(nodeCount).fill(FULL);
  const choices = kernel.int32(M.P_TARGET_CHOICES, nodeCount);
  const live = kernel.int32(M.P_TARGET_LIVE, nodeCount);
  const stream = kernel.int32(M.P_TARGET_STREAM, nodeCount).fill(-1);
  /** 1: the router learns from answers. */
  const learns = kernel.int32(M.P_TARGET_LEARNS, nodeCount);
  /** 1: the router waits for the reply; 0: it hands requests over. */
  const proxies = kernel.int32(M.P_TARGET_PROXY, nodeCount);
  for (const [index, node] of plan.nodes.entries()) {
    if (node.role !== 'router') continue;
    if (isPlain(node)) plainAlgorithm[index] = (ALGORITHMS as readonly string[]).indexOf(node.balancing);
    choices[index] = Math.min(node.choices, node.targets.length);
    live[index] = node.live ? 1 : 0;
    proxies[index] = node.proxy ? 1 : 0;
    learns[index] = node.ejection !== undefined || node.balancing === 'least-response-time' ? 1 : 0;
    const id = plan.components[node.component]?.id;
    stream[index] = add((node.instance ?? 0) === 0 ? `${id}/choice` : `${id}#${node.instance}/choice`, { type: 'unit' });
  }
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

  kernel.outside.chooseAmong = balancers.choose;
  kernel.outside.learn = balancers.answered;
  return {
    choose: kernel.call.chooseTarget,
    targetNode: (node, target) => nodeOf[base[node] + target],
    targetLink: (node, target) => linkOf[base[node] + target],
    sent(node, target) {
      underWay[base[node] + target]++;
    },
    answered: kernel.call.answered,
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
