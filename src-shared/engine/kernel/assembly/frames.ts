import * as L from '../../layout';
import * as M from '../memory-map';
import { now } from './event-list';
import * as F from './fields';
import { allocate, double, word } from './memory';
import * as outside from './outside';

/** A call is made on behalf of a frame; see ../../kinship.ts. */
export function adopt(parent: i32, frame: i32): void {
  const before = load<i32>(M.TIMEOUT_BASE);
  const first = load<i32>(parent << 2, F.C_CHILD);
  store<i32>(frame << 2, first, F.C_SIBLING);
  store<i32>((frame + before) << 2, -1, F.C_SIBLING);
  if (first >= 0) store<i32>((first + before) << 2, frame, F.C_SIBLING);
  store<i32>(parent << 2, frame, F.C_CHILD);
}

/** A call is under way for its parent no longer. */
export function disown(parent: i32, frame: i32): void {
  const before = load<i32>(M.TIMEOUT_BASE);
  const previous = load<i32>((frame + before) << 2, F.C_SIBLING);
  const next = load<i32>(frame << 2, F.C_SIBLING);
  if (previous >= 0) store<i32>(previous << 2, next, F.C_SIBLING);
  else store<i32>(parent << 2, next, F.C_CHILD);
  if (next >= 0) store<i32>((next + before) << 2, previous, F.C_SIBLING);
}

/** Prepares a call on behalf of a frame; see ../../frames.ts. */
export function prepareCall(parent: i32, link: i32, target: i32, tag: i32): i32 {
  const frame = allocate();
  const f: usize = frame << 2;
  const p: usize = parent << 2;
  store<i32>(f, parent, F.C_PARENT);
  store<i32>(f, load<i32>(p, F.C_AGE), F.C_PARENT_AGE);
  store<i32>(f, link, F.C_LINK);
  store<i32>(f, target, F.C_NODE);
  store<i32>(f, load<i32>(p, F.C_OPERATION), F.C_OPERATION);
  store<i32>(f, tag, F.C_TAG);
  store<i32>(f, 0, F.C_HOPS);
  store<i32>(f, -1, F.C_ROUTER);
  const needs = load<i32>(M.NEEDS);
  store<f64>(f, now(), F.T_SENT);
  if (needs === 0) return frame;
  if ((needs & M.NEEDS_KEY) !== 0) store<i32>(f, load<i32>(p, F.C_KEY), F.C_KEY);
  if ((needs & M.NEEDS_KIN) !== 0) {
    store<i32>(f, L.WORD_PREPARED, F.R_WORD);
    store<i32>(f, -1, F.C_CHILD);
    adopt(parent, frame);
  }
  if ((needs & M.NEEDS_WORK) !== 0) {
    store<f64>(f, load<f64>(p, F.T_WORK), F.T_WORK);
    store<f64>(f, load<f64>(p, F.T_PRIORITY), F.T_PRIORITY);
  }
  if ((needs & M.NEEDS_LOG) !== 0) {
    store<f64>(f, 0, F.T_ROOT_WAIT);
    store<f64>(f, 0, F.T_ROOT_SERVICE);
  }
  if ((needs & M.NEEDS_DATE) !== 0) {
    const own = word(M.P_PROPAGATES, link) === 1 ? now() + double(M.P_DEADLINES, link) : Infinity;
    store<f64>(f, min<f64>(load<f64>(p, F.T_DEADLINE), own), F.T_DEADLINE);
  }
  return frame;
}

/** {@link prepareCall}, unless another part of the engine has taken that step over. */
export function prepare(parent: i32, link: i32, target: i32, tag: i32): i32 {
  return (load<i32>(M.TAKEN_OVER) & M.STEP_PREPARE) !== 0 ? outside.prepare(parent, link, target, tag) : prepareCall(parent, link, target, tag);
}

/** Makes the frame of a request that a source sends; see ../../frames.ts. */
export function makeRoot(node: i32, user: i32, operation: i32, link: i32): i32 {
  const frame = allocate();
  const f: usize = frame << 2;
  store<i32>(f, L.PARENT_SOURCE, F.C_PARENT);
  store<i32>(f, link, F.C_LINK);
  store<i32>(f, -1, F.C_NODE);
  store<i32>(f, operation, F.C_OPERATION);
  store<i32>(f, user, F.C_TAG);
  store<i32>(f, 0, F.C_HOPS);
  store<i32>(f, -1, F.C_ROUTER);
  store<f64>(f, now(), F.T_SENT);
  const needs = load<i32>(M.NEEDS);
  if (needs === 0) return frame;
  if ((needs & M.NEEDS_KEY) !== 0) store<i32>(f, outside.session(node, user), F.C_KEY);
  if ((needs & M.NEEDS_KIN) !== 0) store<i32>(f, -1, F.C_CHILD);
  if ((needs & M.NEEDS_DATE) !== 0) store<f64>(f, word(M.P_PROPAGATES, link) === 1 ? now() + double(M.P_DEADLINES, link) : Infinity, F.T_DEADLINE);
  if ((needs & M.NEEDS_WORK) !== 0) outside.carry(frame, node, operation);
  if ((needs & M.NEEDS_LOG) !== 0) {
    store<f64>(f, 0, F.T_ROOT_WAIT);
    store<f64>(f, 0, F.T_ROOT_SERVICE);
  }
  return frame;
}

/** {@link makeRoot}, unless another part of the engine has taken that step over. */
export function root(node: i32, user: i32, operation: i32, link: i32): i32 {
  return (load<i32>(M.TAKEN_OVER) & M.STEP_ROOT) !== 0 ? outside.root(node, user, operation, link) : makeRoot(node, user, operation, link);
}
