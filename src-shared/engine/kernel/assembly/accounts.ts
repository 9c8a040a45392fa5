import * as L from '../../layout';
import * as M from '../memory-map';
import { now } from './event-list';
import * as F from './fields';
import { add, count, countDuration, double, word } from './memory';
import * as outside from './outside';
import { think } from './sources';

// How requests and calls end: ../../accounts.ts.

/** The request is no longer at the node: counts how it ended there. */
export function countLeave(frame: i32, node: i32, reason: i32): void {
  const f: usize = frame << 2;
  const s = load<usize>(M.P_STATS) + <usize>node * F.STATS;
  const n = load<usize>(M.P_NODES) + <usize>node * F.NODE;
  const at = now();
  const residence = at - load<f64>(f, F.T_ARRIVED);
  store<i32>(f, L.STATE_AWAY, F.C_STATE);
  add(s + F.S_PRESENT_AREA, at);
  const present = load<i32>(n, F.N_PRESENT) - 1;
  store<i32>(n, present, F.N_PRESENT);
  if (reason === L.REASON_OK) {
    add(s + F.S_COMPLETED, 1);
    add(s + F.S_LATENCY, residence);
    const component = load<i32>(n, F.N_COMPONENT);
    if (residence > double(M.P_LATENCY_MAX, component)) store<f64>(load<usize>(M.P_LATENCY_MAX) + ((<usize>component) << 3), residence);
    countDuration(M.P_LATENCY_COUNTS, component, residence);
  } else {
    add(s + F.S_FAILED, 1);
    add(s + F.S_FAILED_RESIDENCE, residence);
    count(M.P_NODE_FAILURES, node * L.REASONS + reason);
  }
  // Last, so that nothing has to be kept over a way outside.
  if (load<i32>(M.DRAINS) !== 0 && present === 0 && load<i32>(n, F.N_EMPTIED) > 0) outside.emptied(node);
}

/** {@link countLeave}, unless another part of the engine has taken that step over. */
export function leave(frame: i32, node: i32, reason: i32): void {
  if ((load<i32>(M.TAKEN_OVER) & M.STEP_LEAVE) !== 0) outside.leave(frame, node, reason);
  else countLeave(frame, node, reason);
}

/** A reply that nobody waits for: what was done for it was done in vain. `link`: of the call. */
export function late(frame: i32, link: i32, reason: i32): void {
  add(load<usize>(M.P_LINKS) + <usize>link * F.LINK_STATS + F.L_LATE, 1);
  // What was refused has had no service.
  if (reason !== L.REASON_OK && reason !== L.REASON_ERROR) return;
  const f: usize = frame << 2;
  const node = load<i32>(f, F.C_NODE);
  if (node >= 0) add(load<usize>(M.P_STATS) + <usize>node * F.STATS + F.S_WASTED, load<f64>(f, F.T_DEMAND));
}

/** A request of a source begins. */
export function beginRequest(operation: i32): void {
  const o = load<usize>(M.P_OPERATIONS) + <usize>operation * F.OPERATION_STATS;
  add(o + F.O_OFFERED, 1);
  add(o + F.O_AREA, -now());
}

/** A request of a source has ended, well or with a reason. */
export function countRequest(frame: i32, reason: i32): void {
  const f: usize = frame << 2;
  const operation = load<i32>(f, F.C_OPERATION);
  const o = load<usize>(M.P_OPERATIONS) + <usize>operation * F.OPERATION_STATS;
  const at = now();
  const elapsed = at - load<f64>(f, F.T_SENT);
  add(o + F.O_AREA, at);
  if (reason === L.REASON_OK) {
    add(o + F.O_COMPLETED, 1);
    add(o + F.O_LATENCY, elapsed);
    if (elapsed > load<f64>(o, F.O_LATENCY_MAX)) store<f64>(o, elapsed, F.O_LATENCY_MAX);
    countDuration(M.P_OPERATION_COUNTS, operation, elapsed);
  } else {
    add(o + F.O_FAILED, 1);
    add(o + F.O_FAILED_RESIDENCE, elapsed);
    count(M.P_OPERATION_FAILURES, operation * L.REASONS + reason);
  }
  if ((load<i32>(M.NEEDS) & M.NEEDS_LOG) !== 0) outside.log(frame, operation, reason);
  if (load<i32>(M.ATTENTION + 4 * L.WATCH_REQUESTS) === 1) store<i32>(M.ATTENTION + 4 * L.STOP, L.STOP_AT_REQUEST);
  const user = load<i32>(f, F.C_TAG);
  if (user >= 0) think(word(M.P_SOURCE_OF, operation), user);
}

/** {@link countRequest}, unless another part of the engine has taken that step over. */
export function endRequest(frame: i32, reason: i32): void {
  if ((load<i32>(M.TAKEN_OVER) & M.STEP_END_REQUEST) !== 0) outside.endRequest(frame, reason);
  else countRequest(frame, reason);
}
