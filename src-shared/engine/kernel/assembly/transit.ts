import * as L from '../../layout';
import * as M from '../memory-map';
import { now, schedule } from './event-list';
import * as F from './fields';
import { add, count, countDuration, double, word } from './memory';
import { draw } from './variates';

// Messages on links: ../../transit.ts.

function linkRow(link: i32): usize {
  return load<usize>(M.P_LINKS) + <usize>link * F.LINK_STATS;
}

/** The message does not arrive: the caller learns of it in a while. */
function drop(frame: i32, link: i32, reason: i32): void {
  add(linkRow(link) + F.L_LOST, 1);
  store<i32>(frame << 2, reason, F.C_REASON);
  schedule(frame, now() + double(M.P_DETECTION, link), L.OP_LOST | (link << L.OP_BITS));
}

/** Sends one message; `eventWord` is the event of its arrival. */
function send(frame: i32, link: i32, direction: i32, flags: i32, eventWord: i32): void {
  const at = now();
  const l = linkRow(link);
  const way = 2 * link + direction;
  let delay: f64 = 0;
  if ((flags & L.LINK_BANDWIDTH) !== 0) {
    const size = double(M.P_BYTES, (link * load<i32>(M.OPERATIONS) + load<i32>(frame << 2, F.C_OPERATION)) * 2 + direction);
    const until = l + (direction === 0 ? F.L_BUSY_UNTIL : F.L_BUSY_UNTIL_BACK);
    const backlog = max<f64>(0, load<f64>(until) - at);
    const perByte = double(M.P_NS_PER_BYTE, link);
    if (backlog > double(M.P_BUFFER_BYTES, link) * perByte) {
      drop(frame, link, L.REASON_LINK_FULL);
      return;
    }
    const sending = floor<f64>(size * perByte + 0.5);
    store<f64>(until, at + backlog + sending);
    add(l + F.L_QUEUEING, backlog);
    add(l + (direction === 0 ? F.L_SENDING : F.L_SENDING_BACK), sending);
    countDuration(M.P_QUEUEING_COUNTS, link, backlog);
    delay = backlog + sending;
  }
  // A lost message has used the transmitter all the same.
  if ((flags & L.LINK_LOSS) !== 0 && draw(word(M.P_LOSS, way)) < double(M.P_LOSS_SHARE, link)) {
    drop(frame, link, L.REASON_LINK_LOST);
    return;
  }
  if ((flags & L.LINK_FAULT) !== 0) {
    const share = double(M.P_FAULT_LOSS, way);
    if (share > 0 && draw(word(M.P_FAULT_STREAM, way)) < share) {
      drop(frame, link, L.REASON_LINK_LOST);
      return;
    }
    delay += double(M.P_ADDED_NS, link);
  }
  if ((flags & L.LINK_DELAY) !== 0) {
    let propagation = draw(word(M.P_LATENCY, way));
    const jitter = word(M.P_JITTER, way);
    if (jitter >= 0) propagation = max<f64>(0, propagation + floor<f64>((2 * draw(jitter) - 1) * double(M.P_JITTER_NS, link) + 0.5));
    delay += propagation;
  }
  add(l + F.L_MESSAGES, 1);
  add(l + F.L_NETWORK, delay);
  add(l + F.L_IN_TRANSIT, 1);
  countDuration(M.P_NETWORK_COUNTS, link, delay);
  schedule(frame, at + delay, eventWord);
}

/** Puts a request on a link. `asCall`: the sender waits for the reply on this link, so that its timeout applies. True: it is there at once. */
export function request(frame: i32, link: i32, flags: i32, asCall: bool): bool {
  if (asCall && (flags & L.LINK_TIMEOUT) !== 0) {
    store<i32>(frame << 2, 1, F.C_TIMER);
    schedule(load<i32>(M.TIMEOUT_BASE) + frame, now() + double(M.P_TIMEOUT, link), L.OP_TIMEOUT | (frame << L.OP_BITS));
  }
  if ((flags & L.LINK_PASSAGE) === 0) return true;
  send(frame, link, 0, flags, L.OP_DELIVER | (link << L.OP_BITS));
  return false;
}

/** Puts the reply to a call on its link. */
export function reply(frame: i32, link: i32, flags: i32): void {
  send(frame, link, 1, flags, L.OP_REPLY | (link << L.OP_BITS));
}

/** Delivers a request at this very instant, but as an event of its own. */
export function later(frame: i32, link: i32): void {
  add(linkRow(link) + F.L_IN_TRANSIT, 1);
  schedule(frame, now(), L.OP_DELIVER | (link << L.OP_BITS));
}

/** A message has arrived at the end of a link. */
export function arrived(link: i32): void {
  add(linkRow(link) + F.L_IN_TRANSIT, -1);
}

/** A call has ended on its link. */
export function countCall(link: i32, reason: i32): void {
  if (reason === L.REASON_OK) add(linkRow(link) + F.L_COMPLETED, 1);
  else {
    add(linkRow(link) + F.L_FAILED, 1);
    count(M.P_LINK_FAILURES, link * L.REASONS + reason);
  }
}
