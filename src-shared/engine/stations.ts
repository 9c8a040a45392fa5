import { BUCKETS, bucketOf } from '../base/histogram';
import type { Core } from './core';
import { createElastic } from './elastic';
import { serves } from './instances';
import {
  C_OPERATION,
  FIFO,
  FLAG_HOLDS,
  LIFO_PREEMPTIVE,
  N_BUSY,
  N_COMPONENT,
  N_DEMAND,
  N_DISCIPLINE,
  N_FLAGS,
  N_FULL_SERVERS,
  N_HEAD,
  N_HELD,
  N_LIMIT,
  N_QUEUE_MAX,
  N_QUEUED,
  N_SERVERS,
  N_STATE,
  N_TAIL,
  NODE,
  OP_BITS,
  OP_COMPLETE,
  OP_MASK,
  OP_RELEASE,
  R_BUCKET,
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
  T_ROOT_WAIT,
  T_TIME,
  T_WORK,
  WORD_LEAVING,
  WORD_QUEUED,
} from './layout';
import { createPreemptive } from './preemptive';
import { createQueues } from './queues';
import { createControlledDelay } from './shedding';
import type { Telemetry } from './telemetry';

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
  /** Handles OP_SHARED: returns the request that departs from an elastic station. The caller vacates nothing. */
  depart(node: number): number;
  /**
   * Takes a request out before its service is over, queued or in service; a server that falls free takes the next one. What
   * became of the request is counted by the caller.
   */
  withdraw(node: number, frame: number): void;
  /** Starts queued requests as long as servers are free: after servers were added. */
  refill(node: number): void;
  /** Changes the number of servers that serve now. Call `refill` after it where there may be more. */
  setServers(node: number, servers: number): void;
  /**
   * Every server works at this multiple of its normal speed from now on, what is in service included; 0: everything stops where it
   * is. Several causes are multiplied by the caller.
   */
  setSpeed(node: number, factor: number): void;
  /** Another machine from now on: servers when all is well, and speed relative to the cores that service times were measured on. */
  setMachine(node: number, servers: number, speed: number): void;
  /** Makes a plain station elastic, so that its speed and servers can change under what it has in service. */
  makeElastic(node: number): void;
  /** Says how a request at a node is answered with a reason; called once while the engine is built. */
  connect(finish: (frame: number, node: number, reason: number) => void): void;
  /** Counts time at the station over service demand, for a request whose service is over. */
  countSlowdown(node: number, frame: number): void;
  reset(): void;
}

/** Builds the stations of a plan. `logging`: keep each request's waiting time for the request log; `telemetry`: what adds to service times. */
export function createStations(core: Core, logging: boolean, telemetry: Pick<Telemetry, 'reports' | 'overhead'> | null = null): Stations {
  const { plan, records, times, nodes, stats, waitingCounts } = core;
  const { clock, insert, remove } = core.list;
  const { draw } = core.variates;
  const queues = createQueues(core);
  const shedding = createControlledDelay(core);
  /** Demand streams by node and operation, for stations with more than one; -1: the work of the request. */
  const streams: (Int32Array | null)[] = plan.nodes.map((node, index) => {
    // A station that reports looks at each request: it does not take the way where one stream says all.
    const reports = telemetry !== null && telemetry.reports[index] === 1;
    if (node.role === 'router' && node.work !== undefined) {
      const routing = core.variates.add(`${plan.components[node.component]?.id}#${node.instance ?? 0}/routing`, node.work.demand);
      nodes[index * NODE + N_DEMAND] = reports ? -1 : routing;
      return reports ? new Int32Array(plan.operations.length).fill(routing) : null;
    }
    if (node.role !== 'station') return null;
    const name = `${plan.components[node.component]?.id}#${node.instance}/service`;
    const numbers = node.demands.map((sampler, i) => (sampler.type === 'work' ? -1 : core.variates.add(i === 0 ? name : `${name}-${i}`, sampler)));
    const distinct = new Set(node.demandOf);
    const only = !reports && distinct.size <= 1 ? (numbers[node.demandOf[0] ?? 0] ?? -1) : -1;
    nodes[index * NODE + N_DEMAND] = only;
    return only >= 0 ? null : Int32Array.from(node.demandOf, (i) => numbers[i] ?? -1);
  });
  /** What the work that a request carries is multiplied by, by node and operation. */
  const scales: (Float64Array | null)[] = plan.nodes.map((node) =>
    node.role === 'station'
      ? Float64Array.from(node.demandOf, (i) => {
          const sampler = node.demands[i];
          return sampler?.type === 'work' ? (sampler.scale ?? 1) : 1;
        })
      : null,
  );
  const planSpeed = Float64Array.from(plan.nodes, (node) => (node.role === 'station' ? (node.machineSpeed ?? 1) : 1));
  /** Speed of the machine relative to that of the plan, and what faults make of it. */
  const machine = new Float64Array(plan.nodes.length).fill(1);
  const factors = new Float64Array(plan.nodes.length).fill(1);

  const ownDemand = (node: number, frame: number): number => {
    const stream = (streams[node] as Int32Array)[records[frame + C_OPERATION]];
    if (stream >= 0) return draw(stream);
    const scale = (scales[node] as Float64Array)[records[frame + C_OPERATION]];
    return scale === 1 ? times[(frame >> 1) + T_WORK] : Math.floor(times[(frame >> 1) + T_WORK] * scale + 0.5);
  };

  const demandByOperation =
    telemetry === null
      ? ownDemand
      : (node: number, frame: number): number =>
          telemetry.reports[node] === 0 ? ownDemand(node, frame) : ownDemand(node, frame) + telemetry.overhead(frame, node);

  /** Counts a waiting time. */
  const tally = (node: number, frame: number, wait: number): void => {
    stats[node * STATS + S_WAITED] += wait;
    stats[node * STATS + S_STARTED]++;
    stats[node * STATS + S_SERVICE] += times[(frame >> 1) + T_DEMAND];
    waitingCounts[nodes[node * NODE + N_COMPONENT] * BUCKETS + bucketOf(wait)]++;
    if (logging) times[(frame >> 1) + T_ROOT_WAIT] += wait;
  };
  const countWait = core.tracer === null ? tally : core.tracer.wait(tally);
  const elastic = createElastic(core, queues, shedding, countWait);
  const preemptive = createPreemptive(core, queues, countWait);

  const admit = (node: number, frame: number): number => {
    const n = node * NODE;
    const t = frame >> 1;
    const stream = nodes[n + N_DEMAND];
    const demand = stream >= 0 ? draw(stream) : demandByOperation(node, frame);
    times[t + T_DEMAND] = demand;
    const discipline = nodes[n + N_DISCIPLINE];
    if (discipline >= LIFO_PREEMPTIVE) return (discipline >= SHARING ? elastic.admit(node, frame) : preemptive.admit(node, frame)) ? ADMITTED : REFUSED;
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
      else {
        records[nodes[n + N_TAIL] + R_NEXT] = frame;
        records[frame + R_BUCKET] = nodes[n + N_TAIL];
      }
      nodes[n + N_TAIL] = frame;
    } else queues.push(node, frame);
    return ADMITTED;
  };

  const vacate = (node: number, frame: number): void => {
    const n = node * NODE;
    const discipline = nodes[n + N_DISCIPLINE];
    if (discipline >= LIFO_PREEMPTIVE) {
      if (discipline >= SHARING) elastic.vacate(node);
      else preemptive.vacate(node, frame);
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

  const makeElastic = (node: number): void => {
    if (nodes[node * NODE + N_DISCIPLINE] < LIFO_PREEMPTIVE) elastic.adopt(node);
  };
  const setServers = (node: number, servers: number): void => {
    if (nodes[node * NODE + N_DISCIPLINE] >= SHARING) elastic.setServers(node, servers);
    else core.setServers(node, servers);
  };
  const applySpeed = (node: number): void => {
    const discipline = nodes[node * NODE + N_DISCIPLINE];
    const speed = machine[node] * factors[node];
    if (discipline >= LIFO_PREEMPTIVE && discipline < SHARING) preemptive.setSpeed(node, speed);
    else if (discipline >= SHARING || speed !== 1) {
      makeElastic(node);
      elastic.setSpeed(node, speed);
    }
  };
  const refill = (node: number): void => {
    const n = node * NODE;
    if (nodes[n + N_DISCIPLINE] >= LIFO_PREEMPTIVE) {
      if (nodes[n + N_DISCIPLINE] >= SHARING) elastic.refill(node);
      else preemptive.refill(node);
      return;
    }
    while (nodes[n + N_QUEUED] > 0 && nodes[n + N_BUSY] < nodes[n + N_SERVERS]) {
      // A server that falls free and takes the next request is a server that was busy the moment before.
      nodes[n + N_BUSY]++;
      stats[node * STATS + S_BUSY_AREA] -= clock[0];
      vacate(node, -1);
    }
  };

  return {
    admit,
    vacate,
    withdraw(node, frame) {
      const n = node * NODE;
      const word = records[frame + R_WORD];
      const discipline = nodes[n + N_DISCIPLINE];
      if (word === WORD_LEAVING) return;
      if (word === WORD_QUEUED) {
        queues.remove(node, frame);
        nodes[n + N_QUEUED]--;
        stats[node * STATS + S_QUEUE_AREA] += clock[0];
        if (discipline >= SHARING) elastic.gone(node);
      } else if (word >= 0 && (word & OP_MASK) === OP_RELEASE) {
        remove(frame);
        nodes[n + N_HELD]--;
        stats[node * STATS + S_QUEUE_AREA] += clock[0];
      } else if (discipline >= SHARING) elastic.withdraw(node, frame);
      else if (discipline >= LIFO_PREEMPTIVE) preemptive.withdraw(node, frame);
      else {
        remove(frame);
        vacate(node, frame);
      }
    },
    refill,
    setServers,
    setSpeed(node, factor) {
      factors[node] = factor;
      applySpeed(node);
    },
    setMachine(node, servers, speed) {
      const n = node * NODE;
      makeElastic(node);
      nodes[n + N_FULL_SERVERS] = servers;
      machine[node] = speed / planSpeed[node];
      if (serves(nodes[n + N_STATE])) {
        setServers(node, servers);
        refill(node);
      }
      applySpeed(node);
    },
    makeElastic,
    connect(finish) {
      shedding.connect(finish);
    },
    countSlowdown(node, frame) {
      const demand = times[(frame >> 1) + T_DEMAND];
      if (demand <= 0) return;
      stats[node * STATS + S_SLOWDOWN] += (clock[0] - times[(frame >> 1) + T_ARRIVED]) / demand;
      stats[node * STATS + S_SLOWED]++;
    },
    depart: elastic.depart,
    reset() {
      machine.fill(1);
      factors.fill(1);
      queues.reset();
      shedding.reset();
      preemptive.reset();
      elastic.reset();
    },
  };
}
