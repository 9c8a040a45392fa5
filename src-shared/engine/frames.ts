import type { Core } from './core';
import type { Kinship } from './kinship';
import * as L from './layout';
import type { Balancing, Plan } from './plan';
import { countsService } from './programs';
import type { Sources } from './sources';

/** Balancing by the session of a request. */
const BY_SESSION: readonly Balancing[] = ['ring-hash', 'rendezvous-hash', 'ip-hash'];

/** Fills the records of requests and calls: who made them, what they carry. What no part of the plan reads is not carried. */
export interface Frames {
  /** Makes the frame of a request that a source sends over `link`; `user` is the event id of the user who waits for it, -1 in an open workload. */
  root(node: number, user: number, operation: number, link: number): number;
  /** Prepares a call on behalf of a frame at a node; the reply will resume it. `target`: the instance chosen for it, -1: none yet. */
  prepare(parent: number, link: number, target: number, tag: number): number;
}

/** Builds the maker of frames of an engine. */
export function createFrames(core: Core, sources: Sources, { adopt }: Kinship): Frames {
  const { plan, records, times, allocate, related, dated } = core;
  const { clock } = core.list;
  const logging = countsService(plan);
  /** Whether requests carry a demand or a priority that some station reads. */
  const carries = plan.nodes.some(
    (node) =>
      node.role === 'station' &&
      (node.discipline.startsWith('priority') || node.shedding?.type === 'priority' || node.demands.some((demand) => demand.type === 'work')),
  );
  /** Whether requests carry their session: where there are sessions, and where a balancer asks for one, which must hear that there is none. */
  const keyed =
    plan.components.some((component) => (component.sessions ?? 0) > 0) ||
    plan.nodes.some((node) => node.role === 'router' && (node.affinity !== undefined || BY_SESSION.includes(node.balancing)));
  const propagates = Int32Array.from(plan.links, (link) => (link.propagatesDeadline === true ? 1 : 0));
  const timeouts = Float64Array.from(plan.links, (link) => Math.min(link.timeout, link.policy?.deadline ?? Infinity));

  /** Prepares a call on behalf of a frame at a node; the reply will resume it. */
  const prepare = (parent: number, link: number, target: number, tag: number): number => {
    const frame = allocate();
    records[frame + L.C_PARENT] = parent;
    records[frame + L.C_PARENT_AGE] = records[parent + L.C_AGE];
    records[frame + L.C_LINK] = link;
    records[frame + L.C_NODE] = target;
    records[frame + L.C_OPERATION] = records[parent + L.C_OPERATION];
    records[frame + L.C_TAG] = tag;
    records[frame + L.C_HOPS] = 0;
    records[frame + L.C_ROUTER] = -1;
    if (keyed) records[frame + L.C_KEY] = records[parent + L.C_KEY];
    if (related) {
      records[frame + L.R_WORD] = L.WORD_PREPARED;
      records[frame + L.C_CHILD] = -1;
      adopt(parent, frame);
    }
    const t = frame >> 1;
    const from = parent >> 1;
    times[t + L.T_SENT] = clock[0];
    if (carries) {
      times[t + L.T_WORK] = times[from + L.T_WORK];
      times[t + L.T_PRIORITY] = times[from + L.T_PRIORITY];
    }
    if (logging) {
      times[t + L.T_ROOT_WAIT] = 0;
      times[t + L.T_ROOT_SERVICE] = 0;
    }
    if (dated) times[t + L.T_DEADLINE] = Math.min(times[from + L.T_DEADLINE], propagates[link] === 1 ? clock[0] + timeouts[link] : Infinity);
    return frame;
  };

  const root = (node: number, user: number, operation: number, link: number): number => {
    const frame = allocate();
    const t = frame >> 1;
    const now = clock[0];
    records[frame + L.C_PARENT] = L.PARENT_SOURCE;
    records[frame + L.C_LINK] = link;
    records[frame + L.C_NODE] = -1;
    records[frame + L.C_OPERATION] = operation;
    records[frame + L.C_TAG] = user;
    records[frame + L.C_HOPS] = 0;
    records[frame + L.C_ROUTER] = -1;
    times[t + L.T_SENT] = now;
    if (keyed) records[frame + L.C_KEY] = sources.session(node, user);
    if (related) records[frame + L.C_CHILD] = -1;
    if (dated) times[t + L.T_DEADLINE] = propagates[link] === 1 ? now + timeouts[link] : Infinity;
    if (carries) {
      const work = sources.traceWork(node);
      times[t + L.T_WORK] = Math.max(work, 0);
      times[t + L.T_PRIORITY] = work < 0 ? (plan.operations[operation] as Plan['operations'][number]).priority : sources.tracePriority(node);
    }
    if (logging) {
      times[t + L.T_ROOT_WAIT] = 0;
      times[t + L.T_ROOT_SERVICE] = 0;
    }
    return frame;
  };

  return { root, prepare };
}
