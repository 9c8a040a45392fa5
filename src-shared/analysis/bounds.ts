import type { Plan } from '../engine/plan';
import type { RunResult } from '../run/result';
import type { Resource } from './resources';

/** What throughput and response time can be at best, with the demands that a run measured. */
export interface Bounds {
  /** Completed end-to-end requests per second that the bottleneck allows: 1 / Dmax; null where nothing limits. */
  readonly throughputPerS: number | null;
  /** Time of a request that never waits, ms: service of its own plus network; null where it cannot be told, see `why`. */
  readonly leastMs: number | null;
  /** Of users who wait and think. */
  readonly closed: {
    readonly users: number;
    readonly thinkMs: number;
    /** min(1 / Dmax, N / (D + Z)). */
    readonly throughputPerS: number;
    /** max(D, N Dmax - Z), ms. */
    readonly leastMs: number;
    /** Users at which the two bounds meet: N* = (D + Z) / Dmax; null where nothing limits. */
    readonly knee: number | null;
  } | null;
  /** Why a bound is missing; else empty. */
  readonly why: string;
}

/** Failures above this share leave work in the demands that no completed request did. */
const NEARLY_NONE = 0.001;

/**
 * Asymptotic bounds from measured demands: J. P. Buzen and P. J. Denning, The operational analysis of queueing network models, Computing
 * Surveys 10, 1978; E. D. Lazowska and others, Quantitative System Performance, 1984, chapter 5. `thinkMs`: mean think time of the users
 * of a closed workload by client id.
 */
export function boundsOf(plan: Plan, result: RunResult, resources: readonly Resource[], thinkMs: ReadonlyMap<string, number>): Bounds {
  const { throughput = 0, failureShare = 0 } = result.endToEnd.metrics;
  const limits = resources.flatMap(({ limitPerS }) => (limitPerS === null ? [] : [limitPerS]));
  const throughputPerS = limits.length === 0 ? null : Math.min(...limits);
  const why =
    throughput <= 0
      ? 'No request was completed.'
      : failureShare > NEARLY_NONE
        ? 'Failed requests leave work behind that belongs to no completed one.'
        : parallel(plan)
          ? 'Calls are made at the same time, so that their times do not add up.'
          : '';
  const leastMs = why === '' ? lightLoadMs(plan, result, throughput) : null;
  return { throughputPerS, leastMs, closed: leastMs === null ? null : closedBounds(plan, throughputPerS, leastMs, thinkMs), why };
}

function closedBounds(plan: Plan, throughputPerS: number | null, leastMs: number, thinkMs: ReadonlyMap<string, number>): Bounds['closed'] {
  let users = 0;
  let thinking = 0;
  for (const node of plan.nodes) {
    if (node.role !== 'source') continue;
    const think = thinkMs.get(plan.components[node.component]?.id ?? '');
    // Users of several clients with unlike think times have no one bound; an open client has no users at all.
    if (node.arrivals.type !== 'closed' || think === undefined || (users > 0 && think * users !== thinking)) return null;
    users += node.arrivals.users;
    thinking += node.arrivals.users * think;
  }
  if (users === 0) return null;
  const think = thinking / users;
  const light = (users / (leastMs + think)) * 1000;
  return {
    users,
    thinkMs: think,
    throughputPerS: throughputPerS === null ? light : Math.min(throughputPerS, light),
    leastMs: throughputPerS === null ? leastMs : Math.max(leastMs, (users / throughputPerS) * 1000 - think),
    knee: throughputPerS === null ? null : ((leastMs + think) / 1000) * throughputPerS,
  };
}

/** Whether work for one request goes on in several places at once, or on for nobody. */
function parallel(plan: Plan): boolean {
  return (
    plan.nodes.some((node) => node.role === 'station' && ((node.parallel && node.calls.length > 1) || node.stages !== undefined)) ||
    plan.links.some(({ policy }) => policy?.hedge != null)
  );
}

/** Service of its own at every part, and propagation of every message, that one completed request needs. */
function lightLoadMs(plan: Plan, result: RunResult, throughput: number): number {
  let perS = 0;
  for (const { metrics } of result.components) perS += (metrics.throughput ?? 0) * (metrics.serviceMeanMs ?? 0);
  for (const [index, link] of plan.links.entries()) {
    const { callRate = 0, networkMeanMs = 0, queueingMeanMs = 0 } = result.links[index]?.metrics ?? {};
    // A request that is handed over answers over the link on which it came first.
    perS += callRate * (link.mode === 'call' ? 2 : 1) * Math.max(0, networkMeanMs - queueingMeanMs);
  }
  return perS / throughput;
}
