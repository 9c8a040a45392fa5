import * as L from '../../layout';
import * as M from '../memory-map';
import { vacate } from './stations';
import { COMPLETE, FINISH, OVER, PUT, SEND } from './steps';
import { flagsOf, resumeFrom, walk } from './walk';

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
  if (vacates !== 0 && (flagsOf(node) & L.FLAG_HOLDS) === 0) vacate(node, frame);
  walk(OVER, frame, node, L.REASON_OK);
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
