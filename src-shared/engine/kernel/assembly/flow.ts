import * as L from '../../layout';
import * as M from '../memory-map';
import { beginRequest } from './accounts';
import * as F from './fields';
import { root } from './frames';
import * as outside from './outside';
import { pickLink, pickOperation } from './sources';
import { vacate } from './stations';
import { arrived } from './transit';
import { AFTER_SERVICE, ARRIVE, COMPLETE, FINISH, flagsOf, OVER, PUT, resumeFrom, SEND, SERVED, SETTLE, walk } from './walk';

// Events of the loop. Each begins at no depth.

/** A source sends a request; `user` is the event id of the user who waits for it, -1 in an open workload. */
export function begin(node: i32, user: i32): void {
  const operation = pickOperation(node);
  const link = pickLink(node);
  const frame = root(node, user, operation, link);
  beginRequest(operation);
  walk(SEND, frame, link, L.REASON_OK);
}

/** A server has finished with a request. */
export function completed(frame: i32, node: i32): void {
  if (OBSERVED && (load<i32>(M.TAKEN_OVER) & M.STEP_SERVED) !== 0) outside.served(frame, node, 1);
  else free(frame, node);
}

/** The same, whoever else has a part in that step. */
function free(frame: i32, node: i32): void {
  const flags = flagsOf(node);
  if ((flags & L.FLAG_HOLDS) === 0) vacate(node, frame);
  // Where nothing follows the service but the reply, and nobody adds it up, that step has nothing to do.
  const over = (flags & AFTER_SERVICE) === 0 && (load<i32>(M.NEEDS) & M.NEEDS_LOG) === 0;
  walk(over ? FINISH : OVER, frame, node, L.REASON_OK);
}

/** A request departs from an elastic station, where none holds a server. */
export function departed(frame: i32, node: i32): void {
  walk(SERVED, frame, node, L.REASON_OK);
}

/** A request has reached the far end of a link that takes time. */
export function delivered(frame: i32, link: i32): void {
  arrived(link);
  walk(ARRIVE, frame, link, L.REASON_OK);
}

/** A reply has come back, or it is known that it never will: C_REASON says the outcome. */
export function returned(frame: i32): void {
  walk(SETTLE, frame, 0, load<i32>(frame << 2, F.C_REASON));
}

// What others may ask for, at any depth.

function walkFrom(step: i32, frame: i32, place: i32, reason: i32): void {
  const depth = load<i32>(M.DEPTH);
  walk(step, frame, place, reason);
  store<i32>(M.DEPTH, depth);
}

/** Puts a request on a link, or straight into the far end where the link takes no time. */
export function send(frame: i32, link: i32): void {
  walkFrom(SEND, frame, link, L.REASON_OK);
}

/** The same, whatever the policy of the link and whoever has a part in that step. */
export function put(frame: i32, link: i32): void {
  walkFrom(PUT, frame, link, L.REASON_OK);
}

/** The service of a request is over, whoever else has a part in that step; `vacates`: 1 where its server must still be freed. */
export function endService(frame: i32, node: i32, vacates: i32): void {
  const depth = load<i32>(M.DEPTH);
  if (vacates !== 0) free(frame, node);
  else walk(OVER, frame, node, L.REASON_OK);
  store<i32>(M.DEPTH, depth);
}

/** Service and calls of a request are over. */
export function complete(frame: i32, node: i32, reason: i32): void {
  walkFrom(COMPLETE, frame, node, reason);
}

/** A request is answered at a node; it must have been withdrawn from the station. */
export function finish(frame: i32, node: i32, reason: i32): void {
  walkFrom(FINISH, frame, node, reason);
}

/** A call that a frame has made is settled; `tag` is the call's, `sentAt` when it was made. */
export function resume(frame: i32, reason: i32, tag: i32, sentAt: f64): void {
  const depth = load<i32>(M.DEPTH);
  resumeFrom(frame, reason, tag, sentAt);
  store<i32>(M.DEPTH, depth);
}
