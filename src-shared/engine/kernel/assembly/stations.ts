import { FIFO, FLAG_HOLDS, LIFO_PREEMPTIVE, OP_BITS, OP_COMPLETE, WORD_QUEUED } from '../../layout';
import * as M from '../memory-map';
import { insert, now } from './event-list';
import * as F from './fields';
import { add, BUCKETS, countDuration, double, word } from './memory';
import * as outside from './outside';
import { draw } from './variates';

// Stations of ../../stations.ts that serve one request after the other on servers of one speed. The others are asked for outside.

export const REFUSED: i32 = 0;
export const ADMITTED: i32 = 1;
export const DONE: i32 = 2;

/** N_DEMAND of stations whose demand depends on the operation, and of those at which others add to it. */
const BY_OPERATION: i32 = -1;

function setDemand(node: i32, frame: i32, stream: i32): void {
  const f: usize = frame << 2;
  if (stream >= 0) {
    store<f64>(f, draw(stream), F.T_DEMAND);
    return;
  }
  if (stream !== BY_OPERATION) {
    outside.demand(node, frame);
    return;
  }
  // A row has one place more than there are operations: see ../../stations.ts.
  const at = node * (load<i32>(M.OPERATIONS) + 1) + load<i32>(f, F.C_OPERATION);
  const own = word(M.P_DEMAND_STREAM, at);
  if (own >= 0) {
    store<f64>(f, draw(own), F.T_DEMAND);
    return;
  }
  const scale = double(M.P_DEMAND_SCALE, at);
  const work = load<f64>(f, F.T_WORK);
  store<f64>(f, scale === 1 ? work : floor<f64>(work * scale + 0.5), F.T_DEMAND);
}

/** Lets a request into a station: REFUSED, ADMITTED, or DONE at once. */
export function admitRequest(node: i32, frame: i32): i32 {
  return admitAt(node, frame, load<usize>(M.P_NODES) + <usize>node * F.NODE, load<usize>(M.P_STATS) + <usize>node * F.STATS);
}

/** The same; `n` and `s` are the rows of the station, which whoever asks has at hand. */
function admitAt(node: i32, frame: i32, n: usize, s: usize): i32 {
  const f: usize = frame << 2;
  setDemand(node, frame, load<i32>(n, F.N_DEMAND));
  const discipline = load<i32>(n, F.N_DISCIPLINE);
  if (discipline >= LIFO_PREEMPTIVE) return outside.admitOther(node, frame);
  const at = now();
  const busy = load<i32>(n, F.N_BUSY);
  if (busy < load<i32>(n, F.N_SERVERS)) {
    const demand = load<f64>(f, F.T_DEMAND);
    add(s + F.S_STARTED, 1);
    const cell = load<usize>(M.P_WAITING_COUNTS) + ((<usize>(load<i32>(n, F.N_COMPONENT) * BUCKETS)) << 2);
    store<i32>(cell, load<i32>(cell) + 1);
    // Work that takes no time costs no event, unless its server is held while the request calls.
    if (demand === 0 && (load<i32>(n, F.N_FLAGS) & FLAG_HOLDS) === 0) return DONE;
    store<i32>(n, busy + 1, F.N_BUSY);
    add(s + F.S_BUSY_AREA, -at);
    add(s + F.S_SERVICE, demand);
    store<f64>(f, at + demand, F.T_TIME);
    insert(frame, OP_COMPLETE | (node << OP_BITS));
    return ADMITTED;
  }
  const queued = load<i32>(n, F.N_QUEUED);
  if (queued >= load<i32>(n, F.N_LIMIT)) return REFUSED;
  store<i32>(n, queued + 1, F.N_QUEUED);
  if (queued >= load<i32>(n, F.N_QUEUE_MAX)) store<i32>(n, queued + 1, F.N_QUEUE_MAX);
  add(s + F.S_QUEUE_AREA, -at);
  if (discipline === FIFO) {
    store<i32>(f, -1, F.R_NEXT);
    store<i32>(f, WORD_QUEUED, F.R_WORD);
    if (queued === 0) store<i32>(n, frame, F.N_HEAD);
    else {
      const tail = load<i32>(n, F.N_TAIL);
      store<i32>(tail << 2, frame, F.R_NEXT);
      store<i32>(f, tail, F.R_BUCKET);
    }
    store<i32>(n, frame, F.N_TAIL);
  } else outside.push(node, frame);
  return ADMITTED;
}

/** {@link admitAt}, unless another part of the engine has taken that step over. */
export function admit(node: i32, frame: i32, n: usize, s: usize): i32 {
  return (load<i32>(M.TAKEN_OVER) & M.STEP_ADMIT) !== 0 ? outside.admit(node, frame) : admitAt(node, frame, n, s);
}

/** Frees the server of a request whose service is over, and starts the next one. */
export function vacate(node: i32, frame: i32): void {
  const n = load<usize>(M.P_NODES) + <usize>node * F.NODE;
  const discipline = load<i32>(n, F.N_DISCIPLINE);
  if (discipline >= LIFO_PREEMPTIVE) {
    outside.vacateOther(node, frame);
    return;
  }
  const at = now();
  const queued = load<i32>(n, F.N_QUEUED);
  const s = load<usize>(M.P_STATS) + <usize>node * F.STATS;
  const busy = load<i32>(n, F.N_BUSY);
  // More are busy than may serve where servers were taken away meanwhile.
  if (queued === 0 || busy > load<i32>(n, F.N_SERVERS)) {
    store<i32>(n, busy - 1, F.N_BUSY);
    add(s + F.S_BUSY_AREA, at);
    return;
  }
  store<i32>(n, queued - 1, F.N_QUEUED);
  let following: i32;
  if (discipline === FIFO) {
    following = load<i32>(n, F.N_HEAD);
    store<i32>(n, load<i32>(following << 2, F.R_NEXT), F.N_HEAD);
  } else following = outside.pop(node);
  const f: usize = following << 2;
  const wait = at - load<f64>(f, F.T_ARRIVED);
  const demand = load<f64>(f, F.T_DEMAND);
  add(s + F.S_QUEUE_AREA, at);
  add(s + F.S_WAITED, wait);
  add(s + F.S_STARTED, 1);
  add(s + F.S_SERVICE, demand);
  countDuration(M.P_WAITING_COUNTS, load<i32>(n, F.N_COMPONENT), wait);
  if ((load<i32>(M.NEEDS) & M.NEEDS_LOG) !== 0) store<f64>(f, load<f64>(f, F.T_ROOT_WAIT) + wait, F.T_ROOT_WAIT);
  store<f64>(f, at + demand, F.T_TIME);
  insert(following, OP_COMPLETE | (node << OP_BITS));
}

/** Counts time at the station over service demand, for a request whose service is over. */
export function countSlowdown(node: i32, frame: i32): void {
  const f: usize = frame << 2;
  const demand = load<f64>(f, F.T_DEMAND);
  if (demand <= 0) return;
  const s = load<usize>(M.P_STATS) + <usize>node * F.STATS;
  add(s + F.S_SLOWDOWN, (now() - load<f64>(f, F.T_ARRIVED)) / demand);
  add(s + F.S_SLOWED, 1);
}
