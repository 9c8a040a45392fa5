import * as L from '../../layout';
import * as M from '../memory-map';
import * as F from './fields';
import { send } from './flow';
import { prepare } from './frames';
import { double, word } from './memory';
import * as outside from './outside';
import { draw } from './variates';

// The programs of stations: calls one after the other or all at once, and hand-overs. Those by stages are asked for outside.

/** Room on the stack of prepared calls, and what `broken` reports when it does not suffice. */
const MOST_PICKED: i32 = 262_144;
const PICKED_OVERFLOW: i32 = 2;

/** The next call of a station's program that a request makes; -1: there is none. */
export function nextCall(frame: i32, node: i32): i32 {
  const f: usize = frame << 2;
  const first = word(M.P_CALL_BASE, node);
  const last = word(M.P_CALL_BASE, node + 1);
  for (let call = first + load<i32>(f, F.C_STEP); call < last; call++) {
    const stream = word(M.P_CALL_STREAMS, call);
    if (stream >= 0 && draw(stream) >= double(M.P_CALL_SHARES, call)) continue;
    store<i32>(f, L.STATE_CALLING, F.C_STATE);
    store<i32>(f, call - first + 1, F.C_STEP);
    return call;
  }
  return -1;
}

/** Makes all calls of a station's program at once. False: there are none. */
export function callAll(frame: i32, node: i32): bool {
  // All frames are prepared before the first one leaves, since replies may come back, and end the request, within this loop.
  // The list is a stack: a call may come back and pick for another frame before the loop ends.
  const picked = load<usize>(M.P_PICKED);
  const from = load<i32>(M.PICKED);
  let to = from;
  for (let call = word(M.P_CALL_BASE, node); call < word(M.P_CALL_BASE, node + 1); call++) {
    const stream = word(M.P_CALL_STREAMS, call);
    if (stream >= 0 && draw(stream) >= double(M.P_CALL_SHARES, call)) continue;
    if (to === MOST_PICKED) outside.broken(PICKED_OVERFLOW);
    store<i32>(picked + ((<usize>to) << 2), prepare(frame, word(M.P_CALL_LINKS, call), -1, call));
    to++;
  }
  if (to === from) return false;
  const f: usize = frame << 2;
  store<i32>(M.PICKED, to);
  store<i32>(f, L.STATE_CALLING, F.C_STATE);
  store<i32>(f, to - from, F.C_PENDING);
  store<i32>(f, <i32>min<f64>(double(M.P_WAIT_FOR, node), <f64>(to - from)), F.C_NEED);
  for (let i = from; i < to; i++) {
    const call = load<i32>(picked + ((<usize>i) << 2));
    send(call, load<i32>(call << 2, F.C_LINK));
  }
  store<i32>(M.PICKED, from);
  return true;
}

export const UNDECIDED: i32 = 0;
export const ENOUGH: i32 = 1;
const TOO_FEW: i32 = 2;

/** Counts the reply to one of several calls that were made at once: whether those that the request waits for have come, or cannot come any more. */
export function countReply(frame: i32, reason: i32): i32 {
  const f: usize = frame << 2;
  const pending = load<i32>(f, F.C_PENDING) - 1;
  store<i32>(f, pending, F.C_PENDING);
  const need = load<i32>(f, F.C_NEED) - (reason === L.REASON_OK ? 1 : 0);
  store<i32>(f, need, F.C_NEED);
  if (need > 0 && pending >= need) return UNDECIDED;
  // Decided: replies still on their way find a frame of another age.
  if (pending > 0) {
    if ((load<i32>(M.NEEDS) & M.NEEDS_KIN) !== 0) outside.letGo(frame);
    store<i32>(f, load<i32>(f, F.C_AGE) + 1, F.C_AGE);
  }
  return need > 0 ? TOO_FEW : ENOUGH;
}

/** Link by which a request is handed on after service; -1: it is answered. */
export function forwardLink(node: i32): i32 {
  let u = draw(word(M.P_FORWARD_STREAM, node));
  for (let at = word(M.P_FORWARD_BASE, node); at < word(M.P_FORWARD_BASE, node + 1); at++) {
    u -= double(M.P_FORWARD_SHARES, at);
    if (u < 0) return word(M.P_FORWARD_LINKS, at);
  }
  return -1;
}
