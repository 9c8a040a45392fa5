import { nextShapedInstant, shapedMass } from './arrivals';
import type { Core } from './core';
import * as M from './kernel/memory-map';
import { N_CURSOR, N_EVENT, NODE, OP_ARRIVAL, OP_BITS, OP_THINK, RECORD, T_TIME } from './layout';
import type { SourceNode } from './plan';

/** When requests begin, and what they ask for. */
export interface Sources {
  /** Makes the first arrivals pending. */
  start(): void;
  /** Session of a request of a source; `user`: event id of the user, -1 in an open workload. */
  session(node: number, user: number): number;
  /**
   * Multiplies the rate of a source by a factor (1: as planned) from now on, for the arrival that is already pending too; in a
   * closed workload thinking takes 1 / factor of its time.
   */
  setFactor(node: number, factor: number): void;
  /** Demand and priority that the row of a trace carries; -1 where the source has no trace. */
  traceWork(node: number): number;
  tracePriority(node: number): number;
}

/** Event ids that the sources of a plan need. */
export function sourceEvents(nodes: Core['plan']['nodes']): number {
  return nodes.reduce((sum, node) => sum + (node.role === 'source' ? (node.arrivals.type === 'closed' ? node.arrivals.users : 1) : 0), 0);
}

/** A time at a rate that is `factor` times as high, ns. */
const stretched = (time: number, factor: number): number => (factor === 1 ? time : Math.floor(time / factor + 0.5));

/** Builds the sources of a plan. */
export function createSources(core: Core): Sources {
  const { plan, nodes, times, kernel } = core;
  const { clock, insert, remove } = core.list;
  /** Makes a record's event pending. The instant goes through memory: as an argument of a call that is not inlined it would be boxed. */
  const schedule = (id: number, at: number, word: number): void => {
    times[(id >> 1) + T_TIME] = at;
    insert(id, word);
  };
  const { draw, add } = core.variates;
  const nodeCount = plan.nodes.length;
  const gap = kernel.int32(M.P_GAP, nodeCount).fill(-1);
  const mix = kernel.int32(M.P_OPERATION_MIX, nodeCount).fill(-1);
  const way = kernel.int32(M.P_LINK_MIX, nodeCount).fill(-1);
  const firstUser = new Int32Array(nodeCount);
  /** Where the operations of each source stand in one list, and its links in another. */
  const operationBase = kernel.int32(M.P_OPERATION_BASE, nodeCount + 1);
  const linkBase = kernel.int32(M.P_LINK_BASE, nodeCount + 1);
  const soleOperation = kernel.int32(M.P_SOLE_OPERATION, nodeCount).fill(-1);
  const soleLink = kernel.int32(M.P_SOLE_LINK, nodeCount).fill(-1);
  const operationList: number[] = [];
  const operationShares: number[] = [];
  const linkList: number[] = [];
  const linkShares: number[] = [];
  const sources: (SourceNode | null)[] = plan.nodes.map((node, index) => {
    operationBase[index] = operationList.length;
    linkBase[index] = linkList.length;
    if (node.role !== 'source') return null;
    const id = plan.components[node.component]?.id;
    const { arrivals } = node;
    if (arrivals.type === 'renewal') gap[index] = add(`${id}/arrivals`, arrivals.gap);
    else if (arrivals.type === 'closed') gap[index] = add(`${id}/think`, arrivals.think);
    // Unit-rate gaps are drawn with nine decimals: streams give integers.
    else if ((arrivals.type === 'pieces' || arrivals.type === 'wave') && arrivals.poisson)
      gap[index] = add(`${id}/arrivals`, { type: 'exponential', mean: 1e9 });
    if (node.operations.length > 1) mix[index] = add(`${id}/operation`, { type: 'unit' });
    else soleOperation[index] = node.operations[0] ?? -1;
    if (node.links.length > 1) way[index] = add(`${id}/link`, { type: 'unit' });
    else soleLink[index] = node.links[0] ?? -1;
    operationList.push(...node.operations);
    operationShares.push(...cumulative(node.weights));
    linkList.push(...node.links);
    linkShares.push(...cumulative(node.linkWeights));
    if (arrivals.type === 'closed') {
      firstUser[index] = core.reserveEvent();
      for (let user = 1; user < arrivals.users; user++) core.reserveEvent();
    } else nodes[index * NODE + N_EVENT] = core.reserveEvent();
    return node;
  });

  /** Sessions are numbered through all sources. */
  const sessionsOf = Int32Array.from(plan.nodes, (node) => (node.role === 'source' ? (plan.components[node.component]?.sessions ?? 0) : 0));
  const firstSession = new Int32Array(nodeCount);
  for (let node = 1; node < nodeCount; node++) firstSession[node] = firstSession[node - 1] + sessionsOf[node - 1];
  const sessionStream = Int32Array.from(plan.nodes, (node, index) =>
    sessionsOf[index] > 0 ? add(`${plan.components[node.component]?.id}/session`, { type: 'unit' }) : -1,
  );

  operationBase[nodeCount] = operationList.length;
  linkBase[nodeCount] = linkList.length;
  kernel.int32From(M.P_OPERATION_LIST, operationList);
  kernel.float64From(M.P_OPERATION_SHARES, operationShares);
  kernel.int32From(M.P_LINK_LIST, linkList);
  kernel.float64From(M.P_LINK_SHARES, linkShares);

  /** Rate relative to the plan, by node. */
  const factor = kernel.float64(M.P_SOURCE_FACTOR, nodeCount).fill(1);
  /** Where the schedule of an even source or of a trace begins: this instant stands for that offset in the plan. */
  const origin = new Float64Array(nodeCount);
  const originOffset = new Float64Array(nodeCount);

  /** Instant of a schedule's offset. */
  const scheduled = (node: number, offset: number): number => origin[node] + Math.floor((offset - originOffset[node]) / factor[node] + 0.5);

  /** Instant of the arrival after the one at `now`; Infinity: none. */
  const nextInstant = (node: number, source: SourceNode, now: number): number => {
    const { arrivals } = source;
    switch (arrivals.type) {
      case 'renewal':
        return now + stretched(draw(gap[node]), factor[node]);
      case 'even':
        return scheduled(node, ++nodes[node * NODE + N_CURSOR] * arrivals.interval);
      case 'trace': {
        const row = nodes[node * NODE + N_CURSOR]++;
        return row < arrivals.at.length ? scheduled(node, arrivals.at[row]) : Infinity;
      }
      case 'closed':
        return Infinity;
      default: {
        const mass = arrivals.poisson ? draw(gap[node]) * 1e-9 : 1;
        return Math.floor(nextShapedInstant(arrivals, now, mass / factor[node]) + 0.5);
      }
    }
  };

  /** When the arrival that would come at `at` comes after the rate was multiplied by `ratio` at `now`. */
  const moved = (source: SourceNode, at: number, now: number, ratio: number): number => {
    const from = Math.max(now, source.start);
    if (at <= from || !Number.isFinite(at)) return at;
    const { arrivals } = source;
    if (arrivals.type === 'pieces' || arrivals.type === 'wave')
      return Math.floor(nextShapedInstant(arrivals, from, shapedMass(arrivals, from, at) / ratio) + 0.5);
    return from + Math.floor((at - from) / ratio + 0.5);
  };

  /** Sources whose next arrival is one draw away: the common case, which needs no look at the plan. */
  const renewal = kernel.int32(M.P_RENEWAL, nodeCount);
  /** Last instant at which a source sends, and the first at which it does not any more. */
  const until = kernel.float64From(
    M.P_UNTIL,
    sources.map((source) => (source === null ? 0 : Math.min(source.stop - 0.5, plan.duration))),
  );
  kernel.float64From(
    M.P_STOP,
    sources.map((source) => source?.stop ?? 0),
  );
  kernel.outside.nextArrival = (node) => {
    times[((nodes[node * NODE + N_EVENT] as number) >> 1) + T_TIME] = nextInstant(node, sources[node] as SourceNode, clock[0]);
  };

  /** The arrival that is pending, or lies beyond the end of the source (its instant is kept then), comes sooner or later. */
  const moveArrival = (node: number, source: SourceNode, ratio: number): void => {
    const event = nodes[node * NODE + N_EVENT];
    const before = times[(event >> 1) + T_TIME];
    const cursor = nodes[node * NODE + N_CURSOR];
    const { arrivals } = source;
    const at = moved(source, before, clock[0], ratio);
    // What an even source or a trace has planned after the pending arrival keeps its distance to it, at the new rate.
    if (arrivals.type === 'even') originOffset[node] = cursor * arrivals.interval;
    if (arrivals.type === 'trace') originOffset[node] = arrivals.at[cursor - 1] ?? 0;
    origin[node] = at;
    if (before > clock[0] && before <= until[node]) remove(event);
    else if (before <= clock[0]) return;
    times[(event >> 1) + T_TIME] = at;
    if (at <= until[node]) insert(event, OP_ARRIVAL | (node << OP_BITS));
  };

  return {
    start() {
      factor.fill(1);
      originOffset.fill(0);
      for (const [index, source] of sources.entries()) {
        if (source === null) continue;
        renewal[index] = source.arrivals.type === 'renewal' ? 1 : 0;
        origin[index] = source.start;
        if (source.arrivals.type === 'closed') {
          for (let user = 0; user < source.arrivals.users; user++)
            schedule(firstUser[index] + user * RECORD, source.start + draw(gap[index]), OP_THINK | (index << OP_BITS));
          continue;
        }
        const at = nextInstant(index, source, source.start);
        times[(nodes[index * NODE + N_EVENT] >> 1) + T_TIME] = at;
        if (at <= until[index]) insert(nodes[index * NODE + N_EVENT], OP_ARRIVAL | (index << OP_BITS));
      }
    },
    setFactor(node, wanted) {
      const source = sources[node] as SourceNode;
      const ratio = wanted / factor[node];
      factor[node] = wanted;
      if (source.arrivals.type === 'renewal') renewal[node] = wanted === 1 ? 1 : 0;
      if (source.arrivals.type !== 'closed') {
        moveArrival(node, source, ratio);
        return;
      }
      for (let user = 0; user < source.arrivals.users; user++) {
        const event = firstUser[node] + user * RECORD;
        const at = times[(event >> 1) + T_TIME];
        // A user who is not thinking has thought by now.
        if (at <= clock[0]) continue;
        remove(event);
        schedule(event, moved(source, at, clock[0], ratio), OP_THINK | (node << OP_BITS));
      }
    },
    session(node, user) {
      const sessions = sessionsOf[node];
      if (sessions === 0) return -1;
      const own = user >= 0 ? ((user - firstUser[node]) / RECORD) % sessions : Math.floor(draw(sessionStream[node]) * sessions);
      return firstSession[node] + own;
    },
    traceWork(node) {
      const { arrivals } = sources[node] as SourceNode;
      return arrivals.type === 'trace' ? arrivals.work[nodes[node * NODE + N_CURSOR] - 1] : -1;
    },
    tracePriority(node) {
      const { arrivals } = sources[node] as SourceNode;
      return arrivals.type === 'trace' ? arrivals.priority[nodes[node * NODE + N_CURSOR] - 1] : -1;
    },
  };
}

/** Weights as shares added up, the last of them 1. */
function cumulative(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  return weights.map((weight) => {
    sum += weight;
    return sum / total;
  });
}
