import * as L from '../../layout';
import * as M from '../memory-map';
import { take } from './event-list';
import { R_WORD } from './fields';
import { begin, completed, delivered, departed, returned } from './flow';
import * as outside from './outside';
import { isOpen, scheduleNext } from './sources';
import { arrived } from './transit';

// The loop of events, and what other parts of the engine may ask of the kernel.

export { beginRequest, countLeave, countRequest, late } from './accounts';
export { insertEvent, removeEvent, take } from './event-list';
export { complete, endService, finish, put, resume, send } from './flow';
export { adopt, disown, makeRoot, prepareCall } from './frames';
export { allocate, releaseFrame } from './memory';
export { answered, chooseTarget, spread } from './routers';
export { pickLink, pickOperation, scheduleNext, think } from './sources';
export { admitRequest, countSlowdown, vacate } from './stations';
export { countCall } from './transit';
export { draw } from './variates';

function at(node: i32): void {
  store<i32>(M.LAST_NODE, node);
}

/** Executes an event that is no ordinary step of a request. Returns 1 where it does not count as one of the run. */
function rare(id: i32, op: i32, payload: i32): i32 {
  switch (op) {
    case L.OP_SHARED:
      at(payload);
      departed(outside.depart(payload), payload);
      return 0;
    case L.OP_THINK:
      at(payload);
      if (isOpen(payload)) begin(payload, id);
      return 0;
    case L.OP_LOST:
      returned(id);
      return 0;
    case L.OP_TIMEOUT:
      outside.timeOut(payload);
      return 0;
    case L.OP_GUARD:
      outside.guardDue(id);
      return 0;
    case L.OP_RELEASE:
      at(payload);
      outside.goOn(id, payload);
      return 0;
    case L.OP_PATIENCE:
      outside.impatient(payload);
      return 0;
    case L.OP_CONTROL:
      outside.control(payload);
      return 0;
    case L.OP_WARM:
      outside.openWindow();
      return 1;
    case L.OP_SAMPLE:
      outside.sample();
      return 1;
    case L.OP_BREAK:
      store<i32>(M.ATTENTION + 4 * L.STOP, L.STOP_AT_BREAK);
      return 1;
    default:
      store<i32>(M.ATTENTION + 4 * L.STOP, L.STOP_AT_END);
      return 1;
  }
}

/** Executes at most `budget` events; STATUS says why it returned, LEFT how many of them were not executed. */
export function run(budget: i32): void {
  store<i32>(M.STATUS, M.RUNNING);
  store<i32>(M.ATTENTION + 4 * L.STOP, 0);
  let left = budget;
  while (left > 0) {
    const id = take();
    const w = load<i32>(id << 2, R_WORD);
    const payload = w >> L.OP_BITS;
    left--;
    switch (w & L.OP_MASK) {
      case L.OP_COMPLETE:
        at(payload);
        completed(id, payload);
        break;
      case L.OP_ARRIVAL:
        at(payload);
        begin(payload, -1);
        scheduleNext(payload);
        break;
      case L.OP_DELIVER:
        delivered(id, payload);
        break;
      case L.OP_REPLY:
        arrived(payload);
        returned(id);
        break;
      default:
        left += rare(id, w & L.OP_MASK, payload);
    }
    store<i32>(M.DEPTH, 0);
    const stop = load<i32>(M.ATTENTION + 4 * L.STOP);
    if (stop !== 0) {
      store<i32>(M.STATUS, stop === L.STOP_AT_LIMIT ? M.LIMIT : stop === L.STOP_AT_END ? M.ENDED : M.BROKEN_OFF);
      break;
    }
  }
  store<i32>(M.LEFT, left);
}
