import type { Core } from './core';
import { UNLIMITED } from './elastic';
import {
  C_AGE,
  C_NODE,
  C_PATIENCE,
  C_REASON,
  C_STATE,
  LIFO_PREEMPTIVE,
  N_ACTIVE,
  N_DISCIPLINE,
  N_HELD,
  N_LIMIT,
  N_QUEUE_MAX,
  N_QUEUED,
  N_SERVERS,
  N_THREADS,
  NODE,
  OP_BITS,
  OP_MASK,
  OP_PATIENCE,
  OP_RELEASE,
  R_WORD,
  REASON_ABANDONED,
  REASON_DEADLINE,
  REASON_ERROR,
  REASON_OK,
  REASON_RATE_LIMITED,
  REASON_SHED,
  S_QUEUE_AREA,
  SHARING,
  STATE_AT_NODE,
  STATS,
  T_ARRIVED,
  T_DEADLINE,
  T_DEMAND,
  T_PRIORITY,
  T_REMAINING,
  T_TIME,
  WORD_QUEUED,
} from './layout';
import { createLimiter } from './limiter';

/** What stands before a station: deadlines, errors injected by a fault, shedding by priority, rate limits, patience. */
export interface Gates {
  /**
   * A request reaches a gated station (ROLE_GATED). Returns REASON_OK: it may enter; a reason: it is refused;
   * HELD: the gate keeps it and will let it in by OP_RELEASE.
   */
  enter(frame: number, node: number): number;
  /** The request was admitted, to service or to the queue. */
  queued(frame: number, node: number): void;
  /** OP_RELEASE: a request that the gate has held goes on. Returns REASON_OK, or why it may not any more. */
  released(frame: number, node: number): number;
  /** OP_PATIENCE: a request may have waited too long. */
  impatient(frame: number): void;
  /** This share (0..1) of the requests at a station fails at once; the station must be gated (Instances.gate) for it to show. */
  setErrorShare(node: number, share: number): void;
  /** Says how a waiting request is taken out of its station and answered with a reason; called once while the engine is built. */
  connect(reject: (frame: number, node: number, reason: number) => void): void;
  reset(): void;
}

/** The gate keeps the request. */
export const HELD = -1;

/** Builds the gates of a plan. */
export function createGates(core: Core): Gates {
  const { plan, records, times, nodes, stats, dated, patienceBase } = core;
  const { clock, insert, remove } = core.list;
  const { add, draw } = core.variates;
  const limiter = createLimiter(core);
  const named = (purpose: string, node: Exclude<Core['plan']['nodes'][number], { role: 'source' }>): string =>
    `${plan.components[node.component]?.id}#${node.instance ?? 0}/${purpose}`;
  const patience = Int32Array.from(plan.nodes, (node) =>
    node.role === 'station' && node.patience !== undefined ? add(named('patience', node), node.patience) : -1,
  );
  const errors = Int32Array.from(plan.nodes, (node) => (node.role === 'source' ? -1 : add(named('errors', node), { type: 'unit' })));
  const errorShare = new Float64Array(plan.nodes.length);
  const sheds = plan.nodes.map((node) => (node.role === 'station' && node.shedding?.type === 'priority' ? node.shedding : null));
  const shedFrom = Float64Array.from(sheds, (its) => its?.queue ?? Infinity);
  const shedLevel = Float64Array.from(sheds, (its) => its?.level ?? Infinity);
  let reject: (frame: number, node: number, reason: number) => void = () => {};

  /** Requests that wait; under processor sharing, those beyond the number of servers. */
  const waiting = (node: number): number => {
    const n = node * NODE;
    const sharing = nodes[n + N_DISCIPLINE] >= SHARING && nodes[n + N_THREADS] === UNLIMITED;
    return nodes[n + N_QUEUED] + nodes[n + N_HELD] + (sharing ? Math.max(0, nodes[n + N_ACTIVE] - nodes[n + N_SERVERS]) : 0);
  };
  const overdue = (frame: number): boolean => dated && times[(frame >> 1) + T_DEADLINE] <= clock[0];

  /** Whether the pending patience of a frame is that of its present stay. */
  const isOfThisStay = (frame: number): boolean => {
    const timer = patienceBase + frame;
    return (
      records[timer + C_AGE] === records[frame + C_AGE] &&
      records[timer + C_NODE] === records[frame + C_NODE] &&
      times[(timer >> 1) + T_ARRIVED] === times[(frame >> 1) + T_ARRIVED]
    );
  };

  /** Makes the instant pending at which a waiting request will leave unserved, where there is one. */
  const limit = (frame: number, node: number): void => {
    const stream = patience[node];
    const deadline = dated ? times[(frame >> 1) + T_DEADLINE] : Infinity;
    if (stream < 0 && deadline === Infinity) return;
    const timer = patienceBase + frame;
    if (records[frame + C_PATIENCE] === 1) {
      if (isOfThisStay(frame)) return;
      // Left behind by a stay that ended in service: such timers are only taken out when the record is needed again.
      remove(timer);
    }
    const arrived = times[(frame >> 1) + T_ARRIVED];
    const leaves = stream < 0 ? Infinity : arrived + draw(stream);
    records[frame + C_PATIENCE] = 1;
    records[timer + C_AGE] = records[frame + C_AGE];
    records[timer + C_NODE] = node;
    records[timer + C_REASON] = leaves < deadline ? REASON_ABANDONED : REASON_DEADLINE;
    times[(timer >> 1) + T_ARRIVED] = arrived;
    times[(timer >> 1) + T_TIME] = Math.max(clock[0], Math.ceil(Math.min(leaves, deadline)));
    insert(timer, OP_PATIENCE | (frame << OP_BITS));
  };

  /** A rate limiter makes a request wait. */
  const hold = (frame: number, node: number, wait: number): number => {
    const n = node * NODE;
    if (waiting(node) >= nodes[n + N_LIMIT]) return REASON_RATE_LIMITED;
    nodes[n + N_HELD]++;
    if (nodes[n + N_HELD] + nodes[n + N_QUEUED] > nodes[n + N_QUEUE_MAX]) nodes[n + N_QUEUE_MAX] = nodes[n + N_HELD] + nodes[n + N_QUEUED];
    stats[node * STATS + S_QUEUE_AREA] -= clock[0];
    times[(frame >> 1) + T_TIME] = clock[0] + wait;
    insert(frame, OP_RELEASE | (node << OP_BITS));
    limit(frame, node);
    return HELD;
  };

  return {
    enter(frame, node) {
      if (overdue(frame)) return REASON_DEADLINE;
      if (errorShare[node] > 0 && draw(errors[node]) < errorShare[node]) return REASON_ERROR;
      if (waiting(node) >= shedFrom[node] && times[(frame >> 1) + T_PRIORITY] > shedLevel[node]) return REASON_SHED;
      const wait = limiter.delay(node);
      if (wait === 0) return REASON_OK;
      return wait === Infinity ? REASON_RATE_LIMITED : hold(frame, node, wait);
    },
    queued(frame, node) {
      if (records[frame + R_WORD] === WORD_QUEUED) limit(frame, node);
    },
    released(frame, node) {
      nodes[node * NODE + N_HELD]--;
      stats[node * STATS + S_QUEUE_AREA] += clock[0];
      return overdue(frame) ? REASON_DEADLINE : REASON_OK;
    },
    impatient(frame) {
      records[frame + C_PATIENCE] = 0;
      if (records[frame + C_STATE] !== STATE_AT_NODE || !isOfThisStay(frame)) return;
      const node = records[frame + C_NODE];
      const word = records[frame + R_WORD];
      const waits = word === WORD_QUEUED || (word >= 0 && (word & OP_MASK) === OP_RELEASE);
      // Whoever was interrupted in service has been served already, in part.
      const discipline = nodes[node * NODE + N_DISCIPLINE];
      const begun = discipline >= LIFO_PREEMPTIVE && discipline < SHARING && times[(frame >> 1) + T_REMAINING] < times[(frame >> 1) + T_DEMAND];
      if (waits && !begun) reject(frame, node, records[patienceBase + frame + C_REASON]);
    },
    setErrorShare(node, share) {
      errorShare[node] = share;
    },
    connect(its) {
      reject = its;
    },
    reset() {
      limiter.reset();
      errorShare.fill(0);
    },
  };
}
