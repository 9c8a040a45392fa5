import type { Core } from './core';
import * as M from './kernel/memory-map';
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
export function createFrames(core: Core, sources: Sources): Frames {
  const { plan, times, related, dated } = core;
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
  const { kernel } = core;
  kernel.words[M.NEEDS >> 2] =
    (related ? M.NEEDS_KIN : 0) |
    (countsService(plan) ? M.NEEDS_LOG : 0) |
    (keyed ? M.NEEDS_KEY : 0) |
    (carries ? M.NEEDS_WORK : 0) |
    (dated ? M.NEEDS_DATE : 0);
  kernel.int32From(
    M.P_PROPAGATES,
    plan.links.map((link) => (link.propagatesDeadline === true ? 1 : 0)),
  );
  kernel.float64From(
    M.P_DEADLINES,
    plan.links.map((link) => Math.min(link.timeout, link.policy?.deadline ?? Infinity)),
  );
  kernel.outside.session = sources.session;
  kernel.outside.carry = (frame, node, operation) => {
    const t = frame >> 1;
    const work = sources.traceWork(node);
    times[t + L.T_WORK] = Math.max(work, 0);
    times[t + L.T_PRIORITY] = work < 0 ? (plan.operations[operation] as Plan['operations'][number]).priority : sources.tracePriority(node);
  };
  return { root: kernel.call.makeRoot, prepare: kernel.call.prepareCall };
}
