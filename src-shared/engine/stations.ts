import { BUCKETS, bucketOf } from '../base/histogram';
import type { Core } from './core';
import { createElastic } from './elastic';
import { serves } from './instances';
import * as M from './kernel/memory-map';
import {
  C_OPERATION,
  LIFO_PREEMPTIVE,
  N_BUSY,
  N_COMPONENT,
  N_DEMAND,
  N_DISCIPLINE,
  N_FULL_SERVERS,
  N_HELD,
  N_QUEUED,
  N_SERVERS,
  N_STATE,
  NODE,
  OP_MASK,
  OP_RELEASE,
  R_WORD,
  S_BUSY_AREA,
  S_QUEUE_AREA,
  S_SERVICE,
  S_STARTED,
  S_WAITED,
  SHARING,
  STATS,
  T_DEMAND,
  T_ROOT_WAIT,
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

/** N_DEMAND of stations whose demand depends on the operation, and of those at which others add to it. */
const DEMAND_BY_OPERATION = -1;
const DEMAND_OUTSIDE = -2;

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
  reset(): void;
}

/** Builds the stations of a plan. `logging`: keep each request's waiting time for the request log; `telemetry`: what adds to service times. */
export function createStations(core: Core, logging: boolean, telemetry: Pick<Telemetry, 'reports' | 'overhead'> | null = null): Stations {
  const { plan, records, times, nodes, stats, waitingCounts, kernel } = core;
  const { clock, remove } = core.list;
  const { draw } = core.variates;
  const queues = createQueues(core);
  const shedding = createControlledDelay(core);
  /** Demand streams by node and operation, for stations with more than one, -1: the work of the request; and what that is multiplied by. */
  // One more than there are operations: copies of data do work that no operation asked for.
  const operationCount = plan.operations.length + 1;
  const streams = kernel.int32(M.P_DEMAND_STREAM, plan.nodes.length * operationCount).fill(-1);
  const scales = kernel.float64(M.P_DEMAND_SCALE, plan.nodes.length * operationCount).fill(1);
  for (const [index, node] of plan.nodes.entries()) {
    // A station that reports looks at each request: it does not take the way where one stream says all.
    const reports = telemetry !== null && telemetry.reports[index] === 1;
    const first = index * operationCount;
    if (node.role === 'router' && node.work !== undefined) {
      const routing = core.variates.add(`${plan.components[node.component]?.id}#${node.instance ?? 0}/routing`, node.work.demand);
      nodes[index * NODE + N_DEMAND] = reports ? DEMAND_OUTSIDE : routing;
      streams.fill(routing, first, first + operationCount);
    }
    if (node.role !== 'station') continue;
    const name = `${plan.components[node.component]?.id}#${node.instance}/service`;
    const numbers = node.demands.map((sampler, i) => (sampler.type === 'work' ? -1 : core.variates.add(i === 0 ? name : `${name}-${i}`, sampler)));
    const distinct = new Set(node.demandOf);
    const only = distinct.size <= 1 ? (numbers[node.demandOf[0] ?? 0] ?? -1) : -1;
    nodes[index * NODE + N_DEMAND] = reports ? DEMAND_OUTSIDE : only >= 0 ? only : DEMAND_BY_OPERATION;
    for (const [operation, i] of node.demandOf.entries()) {
      const sampler = node.demands[i];
      streams[first + operation] = numbers[i] ?? -1;
      if (sampler?.type === 'work') scales[first + operation] = sampler.scale ?? 1;
    }
  }
  const planSpeed = Float64Array.from(plan.nodes, (node) => (node.role === 'station' ? (node.machineSpeed ?? 1) : 1));
  /** Speed of the machine relative to that of the plan, and what faults make of it. */
  const machine = new Float64Array(plan.nodes.length).fill(1);
  const factors = new Float64Array(plan.nodes.length).fill(1);

  if (telemetry !== null)
    kernel.outside.demand = (node, frame) => {
      const at = node * operationCount + records[frame + C_OPERATION];
      const work = times[(frame >> 1) + T_WORK];
      const own = streams[at] >= 0 ? draw(streams[at]) : scales[at] === 1 ? work : Math.floor(work * scales[at] + 0.5);
      times[(frame >> 1) + T_DEMAND] = own + telemetry.overhead(frame, node);
    };

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

  kernel.outside.admitOther = (node, frame) =>
    (nodes[node * NODE + N_DISCIPLINE] >= SHARING ? elastic.admit(node, frame) : preemptive.admit(node, frame)) ? ADMITTED : REFUSED;
  kernel.outside.vacateOther = (node, frame) => {
    if (nodes[node * NODE + N_DISCIPLINE] >= SHARING) elastic.vacate(node);
    else preemptive.vacate(node, frame);
  };
  kernel.outside.push = queues.push;
  kernel.outside.pop = queues.pop;
  const { vacate, admitRequest } = kernel.call;

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
    admit: admitRequest,
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
