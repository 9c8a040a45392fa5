import * as L from '../../layout';
import * as M from '../memory-map';
import { loop } from './walk';

// The run of events, and what other parts of the engine may ask of the kernel.

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

/** Executes at most `budget` events; STATUS says why it returned, LEFT how many of them were not executed. */
export function run(budget: i32): void {
  store<i32>(M.ATTENTION + 4 * L.STOP, 0);
  store<i32>(M.LEFT, loop(budget));
  const stop = load<i32>(M.ATTENTION + 4 * L.STOP);
  let status = M.RUNNING;
  if (stop === L.STOP_AT_LIMIT) status = M.LIMIT;
  else if (stop === L.STOP_AT_END) status = M.ENDED;
  else if (stop !== 0) status = M.BROKEN_OFF;
  store<i32>(M.STATUS, status);
}
