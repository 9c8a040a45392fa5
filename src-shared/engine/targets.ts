import type { Core } from './core';
import * as M from './kernel/memory-map';
import { INSTANCE_DOWN, INSTANCE_DRAINING, INSTANCE_OFF, INSTANCE_STARTING, N_OUT, N_STATE, NODE, S_OUT_AREA, STATS } from './layout';
import type { RouterNode } from './plan';

/** The least share of its weight that a target has while it starts slowly. */
const SLOW_START_LEAST = 0.1;

/** All targets of all routers in one row: those of router r are base[r] .. base[r] + size[r]. */
export interface TargetTable {
  readonly base: Int32Array;
  readonly size: Int32Array;
  readonly linkOf: Int32Array;
  readonly nodeOf: Int32Array;
  readonly routerOf: Int32Array;
  readonly weight: Float64Array;
  /** Requests sent and not yet answered: what a router knows of its own. */
  readonly underWay: Int32Array;
}

/** Lays out the targets of a plan's routers. */
export function createTargetTable(core: Core): TargetTable {
  const { nodes } = core.plan;
  const { kernel } = core;
  const base = kernel.int32(M.P_TARGET_BASE, nodes.length);
  const size = new Int32Array(nodes.length);
  const all: { link: number; node: number; router: number; weight: number }[] = [];
  for (const [router, node] of nodes.entries()) {
    if (node.role !== 'router') continue;
    base[router] = all.length;
    size[router] = node.targets.length;
    all.push(...node.targets.map(({ link, node: target, weight = 1 }) => ({ link, node: target, router, weight })));
  }
  return {
    base,
    size,
    linkOf: kernel.int32From(
      M.P_TARGET_LINK,
      all.map(({ link }) => link),
    ),
    nodeOf: kernel.int32From(
      M.P_TARGET_NODE,
      all.map(({ node }) => node),
    ),
    routerOf: Int32Array.from(all, ({ router }) => router),
    weight: Float64Array.from(all, ({ weight }) => weight),
    underWay: kernel.int32(M.P_TARGET_UNDER_WAY, all.length),
  };
}

/** Whether an instance in a state is registered, so that it gets new requests unless something speaks against it. */
export const registers = (state: number): boolean => state !== INSTANCE_OFF && state !== INSTANCE_STARTING && state !== INSTANCE_DRAINING;

/**
 * Which targets a router uses. Registration follows the life of instances at once; that one is down or paused is only known once
 * health checks or ejection have taken it out. Targets are known by their index in the table.
 */
export interface TargetPool {
  /** Targets in use of router r, ascending, by their number within the router: list[base[r]] .. list[base[r] + count[r] - 1]. */
  readonly list: Int32Array;
  readonly count: Int32Array;
  /** 1: in use. */
  readonly used: Uint8Array;
  /** 1: registered. */
  readonly registered: Uint8Array;
  /** Times that an instance has lost what it held: its sessions of before are gone. */
  readonly losses: Int32Array;
  /** Share of its weight that a target has now: below 1 while it starts slowly. */
  factor(target: number): number;
  /** Health checks say whether a target is healthy. */
  judge(target: number, healthy: boolean): void;
  /** Outlier ejection takes a target out, or lets it in again. */
  eject(target: number, out: boolean): void;
  /** Targets that ejection has out now, of a router. */
  ejected(router: number): number;
  /** The instance behind a target has changed its state. */
  moved(target: number, to: number): void;
  /** Calls back when the targets in use of a router have changed, or its registered ones. */
  listen(changed: (router: number) => void): void;
  /** Calls back when a target is registered, hence judged afresh. */
  listenFresh(fresh: (target: number) => void): void;
  reset(): void;
}

/** Builds the account of targets in use. */
export function createTargetPool(core: Core, table: TargetTable): TargetPool {
  const { plan, nodes, stats, journal } = core;
  const { clock } = core.list;
  const { base, size, nodeOf, routerOf, weight } = table;
  const targetCount = nodeOf.length;
  const list = new Int32Array(targetCount);
  const count = new Int32Array(plan.nodes.length);
  const used = new Uint8Array(targetCount);
  const registered = new Uint8Array(targetCount);
  const healthy = new Uint8Array(targetCount);
  const away = new Uint8Array(targetCount);
  const out = new Uint8Array(targetCount);
  const losses = new Int32Array(targetCount);
  const freshAt = new Float64Array(targetCount);
  const routers = plan.nodes.map((node) => (node.role === 'router' ? node : null));
  const window = Float64Array.from(plan.nodes, (node) => (node.role === 'router' ? (node.slowStart ?? 0) : 0));
  const listeners: ((router: number) => void)[] = [];
  const freshListeners: ((target: number) => void)[] = [];

  const weighs = (router: RouterNode): boolean => router.balancing.startsWith('weighted-');

  /** Works out anew which targets a router uses. */
  const settle = (router: number): void => {
    const spec = routers[router] as RouterNode;
    const first = base[router];
    const last = first + size[router];
    let present = 0;
    let good = 0;
    for (let target = first; target < last; target++) {
      const bad = registered[target] === 1 && (healthy[target] === 0 || away[target] === 1);
      if (registered[target] === 1) present++;
      if (registered[target] === 1 && !bad) good++;
      if (bad === (out[target] === 1)) continue;
      out[target] = bad ? 1 : 0;
      nodes[router * NODE + N_OUT] += bad ? 1 : -1;
      stats[router * STATS + S_OUT_AREA] += bad ? -clock[0] : clock[0];
      if (registered[target] === 0) continue;
      if (!bad) freshAt[target] = clock[0];
      journal.note(bad ? 'target-out' : 'target-back', { component: spec.component, instance: spec.instance ?? 0, value: nodeOf[target] });
    }
    // With too few healthy targets left, those would be swamped: then all are used.
    const panic = present > 0 && good < (spec.panicShare ?? 0) * present;
    let length = 0;
    for (let target = first; target < last; target++) {
      const use = registered[target] === 1 && (panic || out[target] === 0) && !(weighs(spec) && weight[target] <= 0);
      used[target] = use ? 1 : 0;
      if (use) list[first + length++] = target - first;
    }
    count[router] = length;
    for (const changed of listeners) changed(router);
  };

  return {
    list,
    count,
    used,
    registered,
    losses,
    factor(target) {
      const over = window[routerOf[target]];
      if (over === 0) return 1;
      const grown = (clock[0] - freshAt[target]) / over;
      return grown >= 1 ? 1 : Math.max(SLOW_START_LEAST, grown);
    },
    judge(target, well) {
      if ((healthy[target] === 1) === well) return;
      healthy[target] = well ? 1 : 0;
      settle(routerOf[target]);
    },
    eject(target, isOut) {
      away[target] = isOut ? 1 : 0;
      settle(routerOf[target]);
    },
    ejected(router) {
      let sum = 0;
      for (let target = base[router]; target < base[router] + size[router]; target++) sum += away[target];
      return sum;
    },
    moved(target, to) {
      if (to === INSTANCE_DOWN || to === INSTANCE_OFF) losses[target]++;
      const is = registers(to);
      if (is === (registered[target] === 1)) return;
      registered[target] = is ? 1 : 0;
      if (is) {
        healthy[target] = 1;
        away[target] = 0;
        freshAt[target] = clock[0];
        for (const fresh of freshListeners) fresh(target);
      }
      settle(routerOf[target]);
    },
    listen(changed) {
      listeners.push(changed);
    },
    listenFresh(fresh) {
      freshListeners.push(fresh);
    },
    reset() {
      healthy.fill(1);
      away.fill(0);
      out.fill(0);
      losses.fill(0);
      freshAt.fill(-Infinity);
      for (let target = 0; target < targetCount; target++) registered[target] = registers(nodes[nodeOf[target] * NODE + N_STATE]) ? 1 : 0;
      for (const [router, spec] of routers.entries()) if (spec !== null) settle(router);
    },
  };
}
