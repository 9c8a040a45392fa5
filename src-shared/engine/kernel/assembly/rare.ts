import * as L from '../../layout';
import * as M from '../memory-map';
import * as outside from './outside';

/** What `broken` reports. */
const NO_STEP: i32 = 3;

/** Executes an event that is no step of a request. Returns 1 where it does not count as one of the run. */
export function rare(id: i32, op: i32, payload: i32): i32 {
  switch (op) {
    case L.OP_TIMEOUT:
      outside.timeOut(payload);
      return 0;
    case L.OP_GUARD:
      outside.guardDue(id);
      return 0;
    case L.OP_RELEASE:
      store<i32>(M.LAST_NODE, payload);
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
    case L.OP_END:
      store<i32>(M.ATTENTION + 4 * L.STOP, L.STOP_AT_END);
      return 1;
    default:
      outside.broken(NO_STEP);
      return 0;
  }
}
