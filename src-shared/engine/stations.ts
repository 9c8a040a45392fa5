import { BUCKETS, bucketOf } from '../base/histogram';
import type { Core } from './core';
import {
  C_NEXT,
  C_OPERATION,
  C_PREVIOUS,
  FIFO,
  FLAG_HOLDS,
  LIFO_PREEMPTIVE,
  N_ACTIVE,
  N_BUSY,
  N_COMPONENT,
  N_DEMAND,
  N_DISCIPLINE,
  N_EVENT,
  N_FIRST,
  N_FLAGS,
  N_HEAD,
  N_LIMIT,
  N_QUEUE_MAX,
  N_QUEUED,
  N_SERVERS,
  N_TAIL,
  NODE,
  OP_BITS,
  OP_COMPLETE,
  OP_SHARED,
  PRIORITY_PREEMPTIVE,
  R_NEXT,
  R_WORD,
  S_BUSY_AREA,
  S_QUEUE_AREA,
  S_SERVICE,
  S_SLOWDOWN,
  S_SLOWED,
  S_STARTED,
  S_WAITED,
  SHARING,
  STATS,
  T_ARRIVED,
  T_DEMAND,
  T_PRIORITY,
  T_REMAINING,
  T_ROOT_WAIT,
  T_TIME,
  T_WORK,
  WORD_ACTIVE,
  WORD_QUEUED,
} from './layout';
import { createFrameHeap, createQueues } from './queues';

/** What became of a request that came to a station. */
export const REFUSED = 0;
export const ADMITTED = 1;
export const DONE = 2;

/** c servers, a line and a discipline: what happens between a request's arrival at a station and the end of its service. */
export interface Stations {
  /** Lets a request in: REFUSED, ADMITTED, or DONE at once where there is a free server and nothing to do. */
  admit(node: number, frame: number): number;
  /** Frees the server of a request whose service (and records, if it was held) is over, and starts the next one. */
  vacate(node: number, frame: number): void;
  /** Handles OP_SHARED: returns the request that departs. The caller vacates nothing. */
  depart(node: number): number;
  /**
   * Takes a request out before its service is over, queued or in service; a server that falls free takes the next one. What
   * became of the request is counted by the caller.
   */
  withdraw(node: number, frame: number): void;
  /** Starts queued requests as long as servers are free: after servers were added. */
  refill(node: number): void;
  /** Counts time at the station over service demand, for a request whose service is over. */
  countSlowdown(node: number, frame: number): void;
  reset(): void;
}

/** Builds the stations of a plan. `logging`: keep each request's waiting time for the request log. */
export function createStations(core: Core, logging: boolean): Stations {
  const { records, times, nodes, stats, waitingCounts } = core;
  const { clock, insert, remove } = core.list;
  /** Makes a record's event pending. The instant goes through memory: as an argument of a call that is not inlined it would be boxed. */
  const schedule = (id: number, at: number, word: number): void => {
    times[(id >> 1) + T_TIME] = at;
    insert(id, word);
  };
  const { draw } = core.variates;
  const queues = createQueues(core);
  const shared = createFrameHeap(records, times, T_REMAINING);
  const { plan } = core;
  /** Processor sharing: virtual time, i.e. service received by everyone present, and when it was brought up to date. */
  const virtual = new Float64Array(plan.nodes.length);
  const virtualAt = new Float64Array(plan.nodes.length);
  /** Demand streams by node and operation, for stations with more than one; -1: the work of the request. */
  const streams: (Int32Array | null)[] = plan.nodes.map((node, index) => {
    if (node.role === 'router' && node.work !== undefined)
      nodes[index * NODE + N_DEMAND] = core.variates.add(`${plan.components[node.component]?.id}#${node.instance ?? 0}/routing`, node.work.demand);
    if (node.role !== 'station') return null;
    const name = `${plan.components[node.component]?.id}#${node.instance}/service`;
    const numbers = node.demands.map((sampler, i) => (sampler.type === 'work' ? -1 : core.variates.add(i === 0 ? name : `${name}-${i}`, sampler)));
    const distinct = new Set(node.demandOf);
    const only = distinct.size <= 1 ? (numbers[node.demandOf[0] ?? 0] ?? -1) : -1;
    nodes[index * NODE + N_DEMAND] = only;
    if (node.discipline === 'processor-sharing') nodes[index * NODE + N_EVENT] = core.reserveEvent();
    return only >= 0 ? null : Int32Array.from(node.demandOf, (i) => numbers[i] ?? -1);
  });

  const demandByOperation = (node: number, frame: number): number => {
    const stream = (streams[node] as Int32Array)[records[frame + C_OPERATION]];
    return stream >= 0 ? draw(stream) : times[(frame >> 1) + T_WORK];
  };

  /** Counts a waiting time. */
  const countWait = (node: number, frame: number, wait: number): void => {
    stats[node * STATS + S_WAITED] += wait;
    stats[node * STATS + S_STARTED]++;
    stats[node * STATS + S_SERVICE] += times[(frame >> 1) + T_DEMAND];
    waitingCounts[nodes[node * NODE + N_COMPONENT] * BUCKETS + bucketOf(wait)]++;
    if (logging) times[(frame >> 1) + T_ROOT_WAIT] += wait;
  };

  const admit = (node: number, frame: number): number => {
    const n = node * NODE;
    const t = frame >> 1;
    const stream = nodes[n + N_DEMAND];
    const demand = stream >= 0 ? draw(stream) : demandByOperation(node, frame);
    times[t + T_DEMAND] = demand;
    const discipline = nodes[n + N_DISCIPLINE];
    if (discipline >= LIFO_PREEMPTIVE) return (discipline === SHARING ? admitShared(node, frame) : admitPreemptive(node, frame)) ? ADMITTED : REFUSED;
    const now = clock[0];
    if (nodes[n + N_BUSY] < nodes[n + N_SERVERS]) {
      const s = node * STATS;
      stats[s + S_STARTED]++;
      waitingCounts[nodes[n + N_COMPONENT] * BUCKETS]++;
      // Work that takes no time costs no event, unless its server is held while the request calls.
      if (demand === 0 && (nodes[n + N_FLAGS] & FLAG_HOLDS) === 0) return DONE;
      nodes[n + N_BUSY]++;
      stats[s + S_BUSY_AREA] -= now;
      stats[s + S_SERVICE] += demand;
      times[t + T_TIME] = now + demand;
      insert(frame, OP_COMPLETE | (node << OP_BITS));
      return ADMITTED;
    }
    const queued = nodes[n + N_QUEUED];
    if (queued >= nodes[n + N_LIMIT]) return REFUSED;
    nodes[n + N_QUEUED] = queued + 1;
    if (queued >= nodes[n + N_QUEUE_MAX]) nodes[n + N_QUEUE_MAX] = queued + 1;
    stats[node * STATS + S_QUEUE_AREA] -= now;
    if (discipline === FIFO) {
      records[frame + R_NEXT] = -1;
      records[frame + R_WORD] = WORD_QUEUED;
      if (queued === 0) nodes[n + N_HEAD] = frame;
      else records[nodes[n + N_TAIL] + R_NEXT] = frame;
      nodes[n + N_TAIL] = frame;
    } else queues.push(node, frame);
    return ADMITTED;
  };

  const vacate = (node: number, frame: number): void => {
    const n = node * NODE;
    const discipline = nodes[n + N_DISCIPLINE];
    if (discipline >= LIFO_PREEMPTIVE) {
      if (discipline !== SHARING) vacatePreemptive(node, frame);
      return;
    }
    const now = clock[0];
    const queued = nodes[n + N_QUEUED];
    const s = node * STATS;
    // More are busy than may serve where servers were taken away meanwhile.
    if (queued === 0 || nodes[n + N_BUSY] > nodes[n + N_SERVERS]) {
      nodes[n + N_BUSY]--;
      stats[s + S_BUSY_AREA] += now;
      return;
    }
    nodes[n + N_QUEUED] = queued - 1;
    let following: number;
    if (discipline === FIFO) {
      following = nodes[n + N_HEAD];
      nodes[n + N_HEAD] = records[following + R_NEXT];
    } else following = queues.pop(node);
    const t = following >> 1;
    const wait = now - times[t + T_ARRIVED];
    stats[s + S_QUEUE_AREA] += now;
    stats[s + S_WAITED] += wait;
    stats[s + S_STARTED]++;
    stats[s + S_SERVICE] += times[t + T_DEMAND];
    waitingCounts[nodes[n + N_COMPONENT] * BUCKETS + bucketOf(wait)]++;
    if (logging) times[t + T_ROOT_WAIT] += wait;
    times[t + T_TIME] = now + times[t + T_DEMAND];
    insert(following, OP_COMPLETE | (node << OP_BITS));
  };

  /** Preemptive disciplines keep those in service in a list: first in N_FIRST, neighbours in C_PREVIOUS and C_NEXT. */
  const serve = (node: number, frame: number): void => {
    const first = nodes[node * NODE + N_FIRST];
    records[frame + C_PREVIOUS] = -1;
    records[frame + C_NEXT] = first;
    if (first >= 0) records[first + C_PREVIOUS] = frame;
    nodes[node * NODE + N_FIRST] = frame;
    schedule(frame, clock[0] + times[(frame >> 1) + T_REMAINING], OP_COMPLETE | (node << OP_BITS));
  };
  const unlist = (node: number, frame: number): void => {
    const before = records[frame + C_PREVIOUS];
    const after = records[frame + C_NEXT];
    if (before >= 0) records[before + C_NEXT] = after;
    else nodes[node * NODE + N_FIRST] = after;
    if (after >= 0) records[after + C_PREVIOUS] = before;
  };

  /** How much a request in service deserves to be interrupted: the largest is interrupted first. */
  const claim = (discipline: number, frame: number): number => {
    const t = frame >> 1;
    if (discipline === LIFO_PREEMPTIVE) return -times[t + T_ARRIVED];
    if (discipline === PRIORITY_PREEMPTIVE) return times[t + T_PRIORITY];
    return times[(frame >> 1) + T_TIME] - clock[0];
  };

  const admitPreemptive = (node: number, frame: number): boolean => {
    const n = node * NODE;
    const t = frame >> 1;
    const now = clock[0];
    const s = node * STATS;
    times[t + T_REMAINING] = times[t + T_DEMAND];
    if (nodes[n + N_BUSY] < nodes[n + N_SERVERS]) {
      nodes[n + N_BUSY]++;
      stats[s + S_BUSY_AREA] -= now;
      serve(node, frame);
      return true;
    }
    const discipline = nodes[n + N_DISCIPLINE];
    let worst = nodes[n + N_FIRST];
    let most = claim(discipline, worst);
    for (let other = records[worst + C_NEXT]; other >= 0; other = records[other + C_NEXT]) {
      const its = claim(discipline, other);
      if (its > most) {
        worst = other;
        most = its;
      }
    }
    const own = discipline === LIFO_PREEMPTIVE ? -Infinity : discipline === PRIORITY_PREEMPTIVE ? times[t + T_PRIORITY] : times[t + T_DEMAND];
    const interrupts = own < most;
    // A full queue refuses whoever arrives, however urgent: somebody would have to leave the queue otherwise.
    if (nodes[n + N_QUEUED] >= nodes[n + N_LIMIT]) return false;
    nodes[n + N_QUEUED]++;
    if (nodes[n + N_QUEUED] > nodes[n + N_QUEUE_MAX]) nodes[n + N_QUEUE_MAX] = nodes[n + N_QUEUED];
    stats[s + S_QUEUE_AREA] -= now;
    if (interrupts) {
      remove(worst);
      unlist(node, worst);
      times[(worst >> 1) + T_REMAINING] = times[(worst >> 1) + T_TIME] - now;
      queues.pushBack(node, worst);
      serve(node, frame);
    } else queues.push(node, frame);
    return true;
  };

  const vacatePreemptive = (node: number, frame: number): void => {
    const n = node * NODE;
    const s = node * STATS;
    const now = clock[0];
    unlist(node, frame);
    // Waiting is all the time at the station that was not service, interruptions included.
    countWait(node, frame, Math.max(0, now - times[(frame >> 1) + T_ARRIVED] - times[(frame >> 1) + T_DEMAND]));
    if (nodes[n + N_QUEUED] > 0 && nodes[n + N_BUSY] <= nodes[n + N_SERVERS]) {
      nodes[n + N_QUEUED]--;
      stats[s + S_QUEUE_AREA] += now;
      serve(node, queues.pop(node));
    } else {
      nodes[n + N_BUSY]--;
      stats[s + S_BUSY_AREA] += now;
    }
  };

  /** Brings virtual time up to date: each of n requests has received service at rate min(1, c / n). N_ACTIVE counts those present. */
  const advanceShared = (node: number): void => {
    const present = nodes[node * NODE + N_ACTIVE];
    const now = clock[0];
    if (present > 0) virtual[node] += (now - virtualAt[node]) * Math.min(1, nodes[node * NODE + N_SERVERS] / present);
    virtualAt[node] = now;
  };
  const scheduleShared = (node: number): void => {
    const n = node * NODE;
    const present = nodes[n + N_ACTIVE];
    const busy = Math.min(present, nodes[n + N_SERVERS]);
    stats[node * STATS + S_BUSY_AREA] -= (busy - nodes[n + N_BUSY]) * clock[0];
    nodes[n + N_BUSY] = busy;
    if (present === 0) return;
    const rest = Math.max(0, times[(nodes[n + N_FIRST] >> 1) + T_REMAINING] - virtual[node]);
    schedule(nodes[n + N_EVENT], clock[0] + Math.ceil(rest / Math.min(1, nodes[n + N_SERVERS] / present) - 1e-6), OP_SHARED | (node << OP_BITS));
  };
  const admitShared = (node: number, frame: number): boolean => {
    const n = node * NODE;
    const present = nodes[n + N_ACTIVE];
    if (present >= nodes[n + N_SERVERS] + nodes[n + N_LIMIT]) return false;
    advanceShared(node);
    if (present > 0) remove(nodes[n + N_EVENT]);
    times[(frame >> 1) + T_REMAINING] = virtual[node] + times[(frame >> 1) + T_DEMAND];
    records[frame + R_WORD] = WORD_ACTIVE;
    nodes[n + N_FIRST] = shared.insert(nodes[n + N_FIRST], frame);
    nodes[n + N_ACTIVE] = present + 1;
    countWait(node, frame, 0);
    scheduleShared(node);
    return true;
  };

  return {
    admit,
    vacate,
    withdraw(node, frame) {
      const n = node * NODE;
      if (records[frame + R_WORD] === WORD_QUEUED) {
        queues.remove(node, frame);
        nodes[n + N_QUEUED]--;
        stats[node * STATS + S_QUEUE_AREA] += clock[0];
        return;
      }
      remove(frame);
      if (nodes[n + N_DISCIPLINE] < LIFO_PREEMPTIVE) vacate(node, frame);
      else vacatePreemptive(node, frame);
    },
    refill(node) {
      const n = node * NODE;
      while (nodes[n + N_QUEUED] > 0 && nodes[n + N_BUSY] < nodes[n + N_SERVERS]) {
        // A server that falls free and takes the next request is a server that was busy the moment before.
        nodes[n + N_BUSY]++;
        stats[node * STATS + S_BUSY_AREA] -= clock[0];
        vacate(node, -1);
      }
    },
    countSlowdown(node, frame) {
      const demand = times[(frame >> 1) + T_DEMAND];
      if (demand <= 0) return;
      stats[node * STATS + S_SLOWDOWN] += (clock[0] - times[(frame >> 1) + T_ARRIVED]) / demand;
      stats[node * STATS + S_SLOWED]++;
    },
    depart(node) {
      const n = node * NODE;
      advanceShared(node);
      const frame = nodes[n + N_FIRST];
      nodes[n + N_FIRST] = shared.removeFirst(frame);
      nodes[n + N_ACTIVE]--;
      scheduleShared(node);
      return frame;
    },
    reset() {
      queues.reset();
      virtual.fill(0);
      virtualAt.fill(0);
    },
  };
}
