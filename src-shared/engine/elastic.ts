import type { Core } from './core';
import {
  C_NODE,
  C_STATE,
  ELASTIC,
  FLAG_HOLDS,
  N_ACTIVE,
  N_BUSY,
  N_DISCIPLINE,
  N_EVENT,
  N_FIRST,
  N_FLAGS,
  N_FULL_SERVERS,
  N_LIMIT,
  N_QUEUE_MAX,
  N_QUEUED,
  N_SERVERS,
  N_THREADS,
  NODE,
  OP_BITS,
  OP_COMPLETE,
  OP_SHARED,
  R_WORD,
  RECORD,
  S_BUSY_AREA,
  S_QUEUE_AREA,
  STATE_AT_NODE,
  STATS,
  T_ARRIVED,
  T_DEMAND,
  T_REMAINING,
  T_TIME,
  WORD_ACTIVE,
} from './layout';
import { createOnDemand } from './on-demand';
import type { PlanNode } from './plan';
import { createFrameHeap, type Queues } from './queues';
import { contentionFactor } from './scalability';
import type { ControlledDelay } from './shedding';

/** N_THREADS where there is no limit. */
export const UNLIMITED = 2_000_000_000;

/**
 * Stations whose speed depends on what they do, or may change. At most `threads` requests are in service at once, the others wait;
 * k = min(in service, servers) cores work, and every request in service progresses at the same rate. So they finish in the order of
 * their finish in virtual time, which advances by the service that each of them has received.
 */
export interface Elastic {
  /** Lets a request in; false: there is no room. */
  admit(node: number, frame: number): boolean;
  /** The next departure is due: returns the request. Where it will call and keeps its thread, the thread stays taken. */
  depart(node: number): number;
  /** A thread that was held while calling falls free. */
  vacate(node: number): void;
  /** Takes a request out of service. */
  withdraw(node: number, frame: number): void;
  /** A request has left the line without service. */
  gone(node: number): void;
  refill(node: number): void;
  setServers(node: number, servers: number): void;
  /** Speed of one core relative to the plan's; 0: everything stops in the middle of what it does. */
  setSpeed(node: number, speed: number): void;
  /** Makes a plain station elastic, with what it has in service: one thread for each server. */
  adopt(node: number): void;
  reset(): void;
}

/** Whether the plan itself makes a station elastic. */
export function elasticByPlan(node: PlanNode): boolean {
  if (node.role !== 'station' || node.discipline.endsWith('preemptive') || node.discipline === 'shortest-remaining') return false;
  const delays = node.limiter?.type === 'token-bucket' && node.limiter.excess === 'delay';
  return (
    node.discipline === 'processor-sharing' || node.elastic !== undefined || node.onDemand !== undefined || node.shedding?.type === 'codel' || delays === true
  );
}

/** Builds the elastic stations of a plan. `countWait` counts a waiting time in ns. */
export function createElastic(core: Core, queues: Queues, shedding: ControlledDelay, countWait: (node: number, frame: number, wait: number) => void): Elastic {
  const { plan, records, times, nodes, stats } = core;
  const { clock, insert, remove } = core.list;
  const heap = createFrameHeap(records, times, T_REMAINING);
  const count = plan.nodes.length;
  /** Virtual time: service received by everyone in service, in ns at full speed, and when it was brought up to date. */
  const virtual = new Float64Array(count);
  const virtualAt = new Float64Array(count);
  const speed = new Float64Array(count).fill(1);
  /** Progress of each request in service per ns. */
  const rate = new Float64Array(count);
  /** Threads held by requests that are calling. */
  const held = new Int32Array(count);
  /** 1: one thread for each server, so that a held thread is a busy server. */
  const tied = new Uint8Array(count);
  /** 1 while the next departure is pending. */
  const pending = new Uint8Array(count);
  const elasticity = plan.nodes.map((node) => (node.role === 'station' ? node.elastic : undefined));
  const contention = Float64Array.from(elasticity, (its) => its?.contention ?? 0);
  const coherency = Float64Array.from(elasticity, (its) => its?.coherency ?? 0);
  const ownSpeed = Float64Array.from(elasticity, (its) => its?.speed ?? 1);
  const byPlan = plan.nodes.map(elasticByPlan);
  for (const [node, its] of byPlan.entries()) if (its) nodes[node * NODE + N_EVENT] = core.reserveEvent();

  /** Brings virtual time up to date; before anything changes. */
  const advance = (node: number): void => {
    const now = clock[0];
    if (nodes[node * NODE + N_ACTIVE] > 0) virtual[node] += (now - virtualAt[node]) * rate[node];
    virtualAt[node] = now;
  };

  /** Brings busy servers, rate and next departure up to date; after something has changed. */
  const settle = (node: number): void => {
    const n = node * NODE;
    const active = nodes[n + N_ACTIVE];
    const servers = nodes[n + N_SERVERS];
    const working = Math.min(active, servers);
    const busy = tied[node] === 1 ? Math.min(active + held[node], servers) : working;
    stats[node * STATS + S_BUSY_AREA] -= (busy - nodes[n + N_BUSY]) * clock[0];
    nodes[n + N_BUSY] = busy;
    if (pending[node] === 1) {
      pending[node] = 0;
      remove(nodes[n + N_EVENT]);
    }
    if (working === 0) {
      rate[node] = 0;
      return;
    }
    const share = servers < active ? servers / active : 1;
    const slowed = contention[node] > 0 || coherency[node] > 0 ? contentionFactor(working, contention[node], coherency[node]) : 1;
    rate[node] = speed[node] * share * slowed;
    if (rate[node] === 0) return;
    const rest = Math.max(0, times[(nodes[n + N_FIRST] >> 1) + T_REMAINING] - virtual[node]);
    const event = nodes[n + N_EVENT];
    pending[node] = 1;
    times[(event >> 1) + T_TIME] = clock[0] + Math.ceil(rest / rate[node] - 1e-6);
    insert(event, OP_SHARED | (node << OP_BITS));
  };

  const begin = (node: number, frame: number): void => {
    const n = node * NODE;
    const t = frame >> 1;
    times[t + T_REMAINING] = virtual[node] + times[t + T_DEMAND];
    records[frame + R_WORD] = WORD_ACTIVE;
    nodes[n + N_FIRST] = heap.insert(nodes[n + N_FIRST], frame);
    nodes[n + N_ACTIVE]++;
    countWait(node, frame, clock[0] - times[t + T_ARRIVED]);
  };

  const leaveLine = (node: number): void => {
    nodes[node * NODE + N_QUEUED]--;
    stats[node * STATS + S_QUEUE_AREA] += clock[0];
  };

  /** Everything that follows from a change, before which virtual time was brought up to date. */
  const after = (node: number): void => {
    const n = node * NODE;
    while (nodes[n + N_QUEUED] > 0 && nodes[n + N_ACTIVE] + held[node] < nodes[n + N_THREADS]) {
      const frame = queues.pop(node);
      leaveLine(node);
      if (shedding.uses[node] === 1 && shedding.turnsAway(node, frame, nodes[n + N_QUEUED])) shedding.answer(node, frame);
      else begin(node, frame);
    }
    if (onDemand.uses[node] === 1) onDemand.settle(node, held[node]);
    settle(node);
  };
  const onDemand = createOnDemand(core, { before: advance, after });

  return {
    admit(node, frame) {
      const n = node * NODE;
      if (onDemand.uses[node] === 1) onDemand.arriving(node);
      const inService = nodes[n + N_ACTIVE] + held[node];
      if (nodes[n + N_THREADS] === UNLIMITED) {
        // Nobody waits: the limit is that of the requests beyond the servers that may share them.
        if (inService >= nodes[n + N_FULL_SERVERS] + nodes[n + N_LIMIT]) return false;
      } else if (inService >= nodes[n + N_THREADS]) {
        if (nodes[n + N_QUEUED] >= nodes[n + N_LIMIT]) return false;
        nodes[n + N_QUEUED]++;
        if (nodes[n + N_QUEUED] > nodes[n + N_QUEUE_MAX]) nodes[n + N_QUEUE_MAX] = nodes[n + N_QUEUED];
        stats[node * STATS + S_QUEUE_AREA] -= clock[0];
        queues.push(node, frame);
        if (onDemand.uses[node] === 1) onDemand.settle(node, held[node]);
        return true;
      }
      advance(node);
      begin(node, frame);
      if (onDemand.uses[node] === 1) onDemand.settle(node, held[node]);
      settle(node);
      return true;
    },
    depart(node) {
      const n = node * NODE;
      pending[node] = 0;
      advance(node);
      const frame = nodes[n + N_FIRST];
      nodes[n + N_FIRST] = heap.removeFirst(frame);
      nodes[n + N_ACTIVE]--;
      if ((nodes[n + N_FLAGS] & FLAG_HOLDS) !== 0) held[node]++;
      after(node);
      return frame;
    },
    vacate(node) {
      advance(node);
      held[node]--;
      after(node);
    },
    withdraw(node, frame) {
      const n = node * NODE;
      advance(node);
      nodes[n + N_FIRST] = heap.remove(nodes[n + N_FIRST], frame);
      nodes[n + N_ACTIVE]--;
      after(node);
    },
    gone(node) {
      if (onDemand.uses[node] === 1) onDemand.settle(node, held[node]);
    },
    refill(node) {
      advance(node);
      after(node);
    },
    setServers(node, servers) {
      advance(node);
      if (onDemand.uses[node] === 1) onDemand.setServers(node, servers);
      else {
        core.setServers(node, servers);
        if (tied[node] === 1) nodes[node * NODE + N_THREADS] = servers;
      }
      after(node);
    },
    setSpeed(node, its) {
      advance(node);
      speed[node] = its * ownSpeed[node];
      settle(node);
    },
    adopt(node) {
      const n = node * NODE;
      nodes[n + N_DISCIPLINE] |= ELASTIC;
      if (nodes[n + N_EVENT] === 0) nodes[n + N_EVENT] = core.reserveEvent();
      tied[node] = 1;
      nodes[n + N_THREADS] = nodes[n + N_SERVERS];
      virtual[node] = 0;
      virtualAt[node] = clock[0];
      const word = OP_COMPLETE | (node << OP_BITS);
      for (let frame = 0; frame < core.pool.used; frame += RECORD) {
        if (records[frame + C_STATE] !== STATE_AT_NODE || records[frame + C_NODE] !== node || records[frame + R_WORD] !== word) continue;
        remove(frame);
        times[(frame >> 1) + T_REMAINING] = times[(frame >> 1) + T_TIME] - clock[0];
        records[frame + R_WORD] = WORD_ACTIVE;
        nodes[n + N_FIRST] = heap.insert(nodes[n + N_FIRST], frame);
        nodes[n + N_ACTIVE]++;
      }
      held[node] = nodes[n + N_BUSY] - nodes[n + N_ACTIVE];
      settle(node);
    },
    reset() {
      for (const array of [virtual, virtualAt, rate, held, tied, pending]) array.fill(0);
      for (let node = 0; node < count; node++) {
        const n = node * NODE;
        speed[node] = ownSpeed[node];
        if (byPlan[node] !== true) continue;
        nodes[n + N_DISCIPLINE] |= ELASTIC;
        const threads = (plan.nodes[node] as { discipline?: string }).discipline === 'processor-sharing' ? Infinity : (elasticity[node]?.threads ?? null);
        tied[node] = threads === null ? 1 : 0;
        nodes[n + N_THREADS] = threads === null ? nodes[n + N_SERVERS] : Math.min(threads, UNLIMITED);
      }
      onDemand.reset();
    },
  };
}
