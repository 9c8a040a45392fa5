import type { Core } from './core';
import {
  C_NEXT,
  C_PREVIOUS,
  DISCIPLINE_MASK,
  LIFO_PREEMPTIVE,
  N_BUSY,
  N_DISCIPLINE,
  N_FIRST,
  N_LIMIT,
  N_QUEUE_MAX,
  N_QUEUED,
  N_SERVERS,
  NODE,
  OP_BITS,
  OP_COMPLETE,
  PRIORITY_PREEMPTIVE,
  R_WORD,
  S_BUSY_AREA,
  S_QUEUE_AREA,
  STATS,
  T_ARRIVED,
  T_DEMAND,
  T_PRIORITY,
  T_REMAINING,
  T_TIME,
  WORD_ACTIVE,
} from './layout';
import type { Queues } from './queues';
import { contentionFactor } from './scalability';

/** Stations that interrupt: whoever deserves it more is served, and those interrupted resume where they were. */
export interface Preemptive {
  /** Lets a request in; false: the line is full. */
  admit(node: number, frame: number): boolean;
  /** A request's service is over, or it was taken out of service: the next one begins. */
  vacate(node: number, frame: number): void;
  /** Takes a request out of service whose event may be pending. */
  withdraw(node: number, frame: number): void;
  refill(node: number): void;
  /** Every server works at this speed from now on; 0: all stop in the middle of what they do. */
  setSpeed(node: number, speed: number): void;
  reset(): void;
}

/** Builds the preemptive stations of a plan. `countWait` counts a waiting time in ns. */
export function createPreemptive(core: Core, queues: Queues, countWait: (node: number, frame: number, wait: number) => void): Preemptive {
  const { plan, records, times, nodes, stats } = core;
  const { clock, insert, remove } = core.list;
  const speed = new Float64Array(plan.nodes.length).fill(1);
  /** Work done per ns by each busy server. */
  const rate = new Float64Array(plan.nodes.length).fill(1);
  const elasticity = plan.nodes.map((node) => (node.role === 'station' && node.discipline !== 'processor-sharing' ? node.elastic : undefined));
  const contends = Int32Array.from(elasticity, (its) => (its !== undefined && (its.contention > 0 || its.coherency > 0) ? 1 : 0));

  /** Those in service are a list: first in N_FIRST, neighbours in C_PREVIOUS and C_NEXT. */
  const list = (node: number, frame: number): void => {
    const first = nodes[node * NODE + N_FIRST];
    records[frame + C_PREVIOUS] = -1;
    records[frame + C_NEXT] = first;
    if (first >= 0) records[first + C_PREVIOUS] = frame;
    nodes[node * NODE + N_FIRST] = frame;
  };
  const unlist = (node: number, frame: number): void => {
    const before = records[frame + C_PREVIOUS];
    const after = records[frame + C_NEXT];
    if (before >= 0) records[before + C_NEXT] = after;
    else nodes[node * NODE + N_FIRST] = after;
    if (after >= 0) records[after + C_PREVIOUS] = before;
  };

  /** Starts, or starts again, to work on what remains of a request. */
  const start = (node: number, frame: number): void => {
    const t = frame >> 1;
    if (rate[node] === 0) records[frame + R_WORD] = WORD_ACTIVE;
    else {
      times[t + T_TIME] = clock[0] + Math.floor(times[t + T_REMAINING] / rate[node] + 0.5);
      insert(frame, OP_COMPLETE | (node << OP_BITS));
    }
  };
  const serve = (node: number, frame: number): void => {
    list(node, frame);
    start(node, frame);
  };
  /** What remains of a request in service. */
  const remaining = (node: number, frame: number): number =>
    rate[node] === 0 ? times[(frame >> 1) + T_REMAINING] : (times[(frame >> 1) + T_TIME] - clock[0]) * rate[node];
  /** Stops working on a request and remembers what remains of it. */
  const stop = (node: number, frame: number): void => {
    if (rate[node] === 0) return;
    times[(frame >> 1) + T_REMAINING] = remaining(node, frame);
    remove(frame);
  };

  /** Brings the speed up to date after the number of busy servers has changed, or the speed of the machine. */
  const rescale = (node: number): void => {
    const its = elasticity[node];
    const wanted = speed[node] * (its === undefined ? 1 : contentionFactor(Math.max(1, nodes[node * NODE + N_BUSY]), its.contention, its.coherency));
    if (wanted === rate[node]) return;
    for (let frame = nodes[node * NODE + N_FIRST]; frame >= 0; frame = records[frame + C_NEXT]) stop(node, frame);
    rate[node] = wanted;
    for (let frame = nodes[node * NODE + N_FIRST]; frame >= 0; frame = records[frame + C_NEXT]) start(node, frame);
  };
  const setBusy = (node: number, by: number): void => {
    nodes[node * NODE + N_BUSY] += by;
    stats[node * STATS + S_BUSY_AREA] -= by * clock[0];
    if (contends[node] === 1) rescale(node);
  };

  /** How much a request in service deserves to be interrupted: the largest is interrupted first. */
  const claim = (node: number, discipline: number, frame: number): number => {
    const t = frame >> 1;
    if (discipline === LIFO_PREEMPTIVE) return -times[t + T_ARRIVED];
    if (discipline === PRIORITY_PREEMPTIVE) return times[t + T_PRIORITY];
    return remaining(node, frame);
  };

  const next = (node: number): void => {
    const n = node * NODE;
    nodes[n + N_QUEUED]--;
    stats[node * STATS + S_QUEUE_AREA] += clock[0];
    serve(node, queues.pop(node));
  };

  const vacate = (node: number, frame: number): void => {
    const n = node * NODE;
    unlist(node, frame);
    // Waiting is all the time at the station that was not service, interruptions included.
    countWait(node, frame, Math.max(0, clock[0] - times[(frame >> 1) + T_ARRIVED] - times[(frame >> 1) + T_DEMAND]));
    if (nodes[n + N_QUEUED] > 0 && nodes[n + N_BUSY] <= nodes[n + N_SERVERS]) next(node);
    else setBusy(node, -1);
  };

  return {
    admit(node, frame) {
      const n = node * NODE;
      const t = frame >> 1;
      const now = clock[0];
      times[t + T_REMAINING] = times[t + T_DEMAND];
      if (nodes[n + N_BUSY] < nodes[n + N_SERVERS]) {
        serve(node, frame);
        setBusy(node, 1);
        return true;
      }
      const discipline = nodes[n + N_DISCIPLINE] & DISCIPLINE_MASK;
      let worst = nodes[n + N_FIRST];
      let most = worst < 0 ? -Infinity : claim(node, discipline, worst);
      for (let other = worst < 0 ? -1 : records[worst + C_NEXT]; other >= 0; other = records[other + C_NEXT]) {
        const its = claim(node, discipline, other);
        if (its > most) {
          worst = other;
          most = its;
        }
      }
      const own = discipline === LIFO_PREEMPTIVE ? -Infinity : discipline === PRIORITY_PREEMPTIVE ? times[t + T_PRIORITY] : times[t + T_DEMAND];
      const interrupts = worst >= 0 && own < most;
      // A full queue refuses whoever arrives, however urgent: somebody would have to leave the queue otherwise.
      if (nodes[n + N_QUEUED] >= nodes[n + N_LIMIT]) return false;
      nodes[n + N_QUEUED]++;
      if (nodes[n + N_QUEUED] > nodes[n + N_QUEUE_MAX]) nodes[n + N_QUEUE_MAX] = nodes[n + N_QUEUED];
      stats[node * STATS + S_QUEUE_AREA] -= now;
      if (interrupts) {
        stop(node, worst);
        unlist(node, worst);
        queues.pushBack(node, worst);
        serve(node, frame);
      } else queues.push(node, frame);
      return true;
    },
    vacate,
    withdraw(node, frame) {
      if (records[frame + R_WORD] !== WORD_ACTIVE) remove(frame);
      vacate(node, frame);
    },
    refill(node) {
      while (nodes[node * NODE + N_QUEUED] > 0 && nodes[node * NODE + N_BUSY] < nodes[node * NODE + N_SERVERS]) {
        next(node);
        setBusy(node, 1);
      }
    },
    setSpeed(node, value) {
      speed[node] = value;
      rescale(node);
    },
    reset() {
      speed.fill(1);
      rate.fill(1);
    },
  };
}
