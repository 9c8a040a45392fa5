import { OP_ARRIVAL, OP_BITS, OP_THINK } from '../../layout';
import * as M from '../memory-map';
import { insert, now } from './event-list';
import { N_EVENT, NODE, T_TIME } from './fields';
import { double, pick, word } from './memory';
import * as outside from './outside';
import { draw } from './variates';

/** Makes the next arrival of an open source pending; see ../../sources.ts. */
export function scheduleNext(node: i32): void {
  const event = load<i32>(load<usize>(M.P_NODES) + <usize>node * NODE, N_EVENT);
  const e: usize = event << 2;
  // The common case is one draw away; schedules, shapes and traces are worked out elsewhere.
  if (word(M.P_RENEWAL, node) === 1) store<f64>(e, now() + draw(word(M.P_GAP, node)), T_TIME);
  else outside.nextArrival(node);
  if (load<f64>(e, T_TIME) > double(M.P_UNTIL, node)) return;
  insert(event, OP_ARRIVAL | (node << OP_BITS));
}

/** Makes a user of a closed source think. */
export function think(node: i32, user: i32): void {
  const time = draw(word(M.P_GAP, node));
  const factor = double(M.P_SOURCE_FACTOR, node);
  store<f64>(user << 2, now() + (factor === 1 ? time : floor<f64>(time / factor + 0.5)), T_TIME);
  insert(user, OP_THINK | (node << OP_BITS));
}

/** Whether a source still sends at this instant. */
export function isOpen(node: i32): bool {
  return now() < double(M.P_STOP, node);
}

/** What the next request of a source asks for, and the link that it takes: the only one, or one that is drawn. */
export function pickOperation(node: i32): i32 {
  const sole = word(M.P_SOLE_OPERATION, node);
  return sole >= 0 ? sole : drawn(M.P_OPERATION_BASE, M.P_OPERATION_LIST, M.P_OPERATION_SHARES, M.P_OPERATION_MIX, node);
}

export function pickLink(node: i32): i32 {
  const sole = word(M.P_SOLE_LINK, node);
  return sole >= 0 ? sole : drawn(M.P_LINK_BASE, M.P_LINK_LIST, M.P_LINK_SHARES, M.P_LINK_MIX, node);
}

/** An entry of a source's list, drawn in proportion to the shares beside it. */
function drawn(base: usize, list: usize, shares: usize, streams: usize, node: i32): i32 {
  return word(list, pick(shares, word(base, node), word(base, node + 1), draw(word(streams, node))));
}
