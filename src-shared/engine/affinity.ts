import type { Core } from './core';
import { C_KEY, INSTANCE_DRAINING, N_STATE, NODE, S_MOVED, STATS } from './layout';
import type { TargetPool, TargetTable } from './targets';

/** The session has no target, or its target has gone with what it held. */
export const UNBOUND = -1;
export const LOST = -2;

/** What routers remember of sessions: where each is bound, and where its latest request went. */
export interface Sessions {
  /** 1: the router remembers sessions. */
  readonly remembers: Uint8Array;
  /** Target that the session of a request is bound to at a router; UNBOUND or LOST. */
  bound(router: number, frame: number): number;
  /** A request of a session goes to a target. */
  goes(router: number, frame: number, target: number): void;
  reset(): void;
}

/** Builds the memory of sessions for routers with affinity, and for those that hash, whose moves are counted. */
export function createSessions(core: Core, table: TargetTable, pool: TargetPool): Sessions {
  const { plan, records, nodes, stats } = core;
  const { clock } = core.list;
  const { base, nodeOf } = table;
  const sessions = plan.components.reduce((sum, component) => sum + (component.sessions ?? 0), 0);
  const remembers = new Uint8Array(plan.nodes.length);
  const lifetime = new Float64Array(plan.nodes.length).fill(-1);
  const stateful = new Uint8Array(plan.nodes.length);
  const row = new Int32Array(plan.nodes.length);
  let rows = 0;
  for (const [router, node] of plan.nodes.entries()) {
    if (node.role !== 'router' || sessions === 0 || (node.affinity === undefined && !node.balancing.endsWith('-hash'))) continue;
    remembers[router] = 1;
    row[router] = rows++;
    lifetime[router] = node.affinity?.lifetime ?? -1;
    stateful[router] = node.affinity?.stateful === true ? 1 : 0;
  }
  /** Target of the latest request of each session; -1: none yet. */
  const latest = new Int32Array(rows * sessions);
  /** Whether the session is bound to it, since when it has been idle, and what the target had lost by then. */
  const bound = new Uint8Array(rows * sessions);
  const idleSince = new Float64Array(rows * sessions);
  const lossesThen = new Int32Array(rows * sessions);

  return {
    remembers,
    bound(router, frame) {
      const key = records[frame + C_KEY];
      if (key < 0 || lifetime[router] < 0) return UNBOUND;
      const at = row[router] * sessions + key;
      if (bound[at] === 0) return UNBOUND;
      bound[at] = 0;
      if (clock[0] - idleSince[at] > lifetime[router]) return UNBOUND;
      const target = base[router] + latest[at];
      // An instance that drains finishes the sessions that it has.
      const open = pool.used[target] === 1 || nodes[nodeOf[target] * NODE + N_STATE] === INSTANCE_DRAINING;
      if (stateful[router] === 1) return open && pool.losses[target] === lossesThen[at] ? latest[at] : LOST;
      return open ? latest[at] : UNBOUND;
    },
    goes(router, frame, target) {
      const key = records[frame + C_KEY];
      if (key < 0) return;
      const at = row[router] * sessions + key;
      if (latest[at] >= 0 && latest[at] !== target) stats[router * STATS + S_MOVED]++;
      latest[at] = target;
      bound[at] = 1;
      idleSince[at] = clock[0];
      lossesThen[at] = pool.losses[base[router] + target];
    },
    reset() {
      latest.fill(-1);
      bound.fill(0);
    },
  };
}
