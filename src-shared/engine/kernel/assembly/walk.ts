import * as L from '../../layout';
import * as M from '../memory-map';
import { beginRequest, endRequest, late, leave } from './accounts';
import { callAll, countReply, ENOUGH, forwardLink, nextCall, UNDECIDED } from './calls';
import { now, remove, schedule, take } from './event-list';
import * as F from './fields';
import { disown, prepare, root } from './frames';
import { add, double, release, word } from './memory';
import * as outside from './outside';
import { rare } from './rare';
import { answered, choose, sent, spread } from './routers';
import { isOpen, pickLink, pickOperation, scheduleNext } from './sources';
import { ADMITTED, admit, countSlowdown, REFUSED, vacate } from './stations';
import { ARRIVE, COMPLETE, CONCLUDE, DISPATCH, ENTER, FINISH, NOTHING, OVER, PROCEED, PUT, RESUME, ROUTE, SEND, SERVED, SETTLE } from './steps';
import { arrived, countCall, later, reply, request } from './transit';
import { draw } from './variates';

/**
 * The life of requests and calls: from a source over links through instances and back, as steps that follow one another as long as
 * no simulated time passes. A step needs no stack: it either ends with an event that is pending, or names the next one. Only who
 * makes several calls at once, or asks outside, walks on from within a walk. ../../flow.ts has what is rare.
 */

/** Inline hops on links that take no time before one is taken as an event, so that the host's stack stays small. */
const DEPTH_LIMIT: i32 = 48;
/** Hand-overs of one request before it is given up. */
const HOP_LIMIT: i32 = 10_000;
/** `choose`: no target is left. */
const NO_TARGET: i32 = -1;
/** The budget of a walk that comes back as soon as something is pending, instead of going on with the next event. */
const ONE_WALK: i32 = -1;
/** Flags of stations at which something follows the service but the reply. */
const AFTER_SERVICE: i32 = L.FLAG_CALLS | L.FLAG_FORWARDS | L.FLAG_ERRORS | L.FLAG_ROUTES | L.FLAG_SLOWDOWN;

function nodeRow(node: i32): usize {
  return load<usize>(M.P_NODES) + <usize>node * F.NODE;
}

export function flagsOf(node: i32): i32 {
  return load<i32>(nodeRow(node), F.N_FLAGS);
}

function countMessage(frame: i32, link: i32, direction: i32): void {
  const at = (link * load<i32>(M.OPERATIONS) + load<i32>(frame << 2, F.C_OPERATION)) * 2 + direction;
  add(load<usize>(M.P_MESSAGES) + ((<usize>at) << 3), 1);
}

/** What a resumed caller must know of the call that is settled: its tag, and when it was made. */
let settledTag: i32 = 0;
let settledSent: f64 = 0;

/** A call that a frame has made is settled. */
export function resumeFrom(frame: i32, reason: i32, tag: i32, sentAt: f64): void {
  settledTag = tag;
  settledSent = sentAt;
  walk(RESUME, frame, 0, reason);
}

/**
 * Walks a request on from a step until something is pending for it or it is gone. `place`: the link of SEND, DISPATCH, PUT and
 * ARRIVE; else the instance, where the step is at one. `outcome`: how it has ended, of the steps on the way back.
 */
export function walk(step: i32, frame: i32, place: i32, outcome: i32): void {
  go(step, frame, place, outcome, ONE_WALK);
}

/** Executes at most `budget` events, fewer where the loop is asked to stop. Returns how many of them were not executed. */
export function loop(budget: i32): i32 {
  return go(NOTHING, 0, 0, L.REASON_OK, budget);
}

/** A walk, and behind it as many events, each with the walk that it begins, as the budget allows: one function, so that nothing has to be handed over. */
function go(first: i32, walker: i32, place: i32, outcome: i32, budget: i32): i32 {
  let step = first;
  let frame = walker;
  let f: usize = frame << 2;
  let at = place;
  let reason = outcome;
  let left = budget;
  while (true) {
    switch (step) {
      case L.OP_THINK: {
        store<i32>(M.LAST_NODE, at);
        if (!isOpen(at)) break;
      }
      case L.OP_ARRIVAL: {
        const operation = pickOperation(at);
        const link = pickLink(at);
        const source = at;
        store<i32>(M.LAST_NODE, source);
        frame = root(source, step === L.OP_THINK ? frame : -1, operation, link);
        f = frame << 2;
        beginRequest(operation);
        if (step === L.OP_ARRIVAL) scheduleNext(source);
        at = link;
      }
      case SEND: {
        if ((word(M.P_REQUEST_FLAGS, at) & L.LINK_POLICY) !== 0) {
          outside.guardStart(frame, at);
          break;
        }
      }
      case DISPATCH: {
        if ((load<i32>(M.TAKEN_OVER) & M.STEP_DISPATCH) !== 0) {
          outside.dispatch(frame, at);
          break;
        }
      }
      case PUT: {
        countMessage(frame, at, 0);
        const flags = word(M.P_REQUEST_FLAGS, at);
        if (flags !== 0 && !request(frame, at, flags, load<i32>(f, F.C_LINK) === at)) {
          // A hand-over that was lost has failed on its own link too; the caller's link counts it when the caller learns.
          if (load<i32>(f, F.C_LINK) !== at && (load<i32>(f, F.R_WORD) & L.OP_MASK) === L.OP_LOST) countCall(at, load<i32>(f, F.C_REASON));
          break;
        }
        const depth = load<i32>(M.DEPTH);
        if (depth >= DEPTH_LIMIT) {
          later(frame, at);
          break;
        }
        store<i32>(M.DEPTH, depth + 1);
      }
      case L.OP_DELIVER:
      case ARRIVE: {
        if (step === L.OP_DELIVER) arrived(at);
        let node = load<i32>(f, F.C_NODE);
        if (node < 0) {
          node = word(M.P_LINK_TARGET, at);
          if (node < 0) node = spread(word(M.P_LINK_COMPONENT, at), frame);
        }
        if (load<i32>(f, F.C_LINK) !== at) add(load<usize>(M.P_LINKS) + <usize>at * F.LINK_STATS + F.L_COMPLETED, 1);
        at = node;
      }
      case ENTER: {
        const n = nodeRow(at);
        const s = load<usize>(M.P_STATS) + <usize>at * F.STATS;
        const instant = now();
        store<i32>(f, at, F.C_NODE);
        store<i32>(f, L.STATE_AT_NODE, F.C_STATE);
        store<i32>(f, 0, F.C_STEP);
        store<f64>(f, instant, F.T_ARRIVED);
        add(s + F.S_OFFERED, 1);
        add(s + F.S_PRESENT_AREA, -instant);
        store<i32>(n, load<i32>(n, F.N_PRESENT) + 1, F.N_PRESENT);
        const role = load<i32>(n, F.N_ROLE);
        if (role === L.ROLE_STATION) {
          const admitted = admit(at, frame, n, s);
          if (admitted === ADMITTED) break;
          if (admitted === REFUSED) {
            reason = L.REASON_QUEUE_FULL;
            step = FINISH;
          } else step = SERVED;
          continue;
        }
        if (role !== L.ROLE_ROUTER) {
          outside.pass(frame, at, role);
          break;
        }
      }
      case ROUTE: {
        const target = choose(at, frame);
        if (target < 0) {
          reason = target === NO_TARGET ? L.REASON_NO_TARGET : L.REASON_SESSION_LOST;
          step = FINISH;
          continue;
        }
        const row = word(M.P_TARGET_BASE, at) + target;
        const link = word(M.P_TARGET_LINK, row);
        const instance = word(M.P_TARGET_NODE, row);
        if (word(M.P_TARGET_PROXY, at) === 0) {
          if (!leaveFor(frame, at, instance)) break;
          at = link;
          step = DISPATCH;
          continue;
        }
        sent(at, target);
        const flags = word(M.P_REQUEST_FLAGS, link);
        if (load<i32>(f, F.C_ROUTER) >= 0 || (flags & (L.LINK_TIMEOUT | L.LINK_POLICY)) !== 0) {
          store<i32>(f, L.STATE_CALLING, F.C_STATE);
          frame = prepare(frame, link, instance, target);
          f = frame << 2;
          at = link;
          step = SEND;
          continue;
        }
        // The router itself never gives up on this call, so the request can carry what the router would have to remember.
        store<i32>(f, at, F.C_ROUTER);
        store<i32>(f, load<i32>(f, F.C_LINK), F.C_ROUTER_LINK);
        store<i32>(f, target, F.C_ROUTER_TARGET);
        store<f64>(f, load<f64>(f, F.T_ARRIVED), F.T_ROUTER_ARRIVED);
        store<i32>(f, link, F.C_LINK);
        if (flags === 0) {
          countMessage(frame, link, 0);
          at = instance;
          step = ENTER;
          continue;
        }
        store<i32>(f, instance, F.C_NODE);
        store<i32>(f, L.STATE_AWAY, F.C_STATE);
        at = link;
        step = SEND;
        continue;
      }
      case L.OP_REPLY:
      case L.OP_LOST: {
        if (step === L.OP_REPLY) arrived(at);
        reason = load<i32>(f, F.C_REASON);
      }
      case SETTLE: {
        if (load<i32>(f, F.C_ROUTER) >= 0) {
          at = backAtRouter(frame, reason);
          step = FINISH;
        } else step = CONCLUDE;
        continue;
      }
      case L.OP_SHARED:
      case L.OP_COMPLETE: {
        store<i32>(M.LAST_NODE, at);
        if (step === L.OP_SHARED) {
          frame = outside.depart(at);
          f = frame << 2;
        } else {
          if ((load<i32>(M.TAKEN_OVER) & M.STEP_SERVED) !== 0) {
            outside.served(frame, at, 1);
            break;
          }
          if ((flagsOf(at) & L.FLAG_HOLDS) === 0) vacate(at, frame);
        }
      }
      case SERVED: {
        if ((load<i32>(M.TAKEN_OVER) & M.STEP_SERVED) !== 0) {
          outside.served(frame, at, 0);
          break;
        }
      }
      case OVER: {
        const flags = flagsOf(at);
        if ((load<i32>(M.NEEDS) & M.NEEDS_LOG) !== 0) store<f64>(f, load<f64>(f, F.T_ROOT_SERVICE) + load<f64>(f, F.T_DEMAND), F.T_ROOT_SERVICE);
        reason = L.REASON_OK;
        if ((flags & AFTER_SERVICE) === 0) {
          step = FINISH;
          continue;
        }
        if ((flags & L.FLAG_SLOWDOWN) !== 0) countSlowdown(at, frame);
        if ((flags & L.FLAG_ERRORS) !== 0 && draw(word(M.P_FAILURE_STREAM, at)) < double(M.P_FAILURE_SHARE, at)) {
          reason = L.REASON_ERROR;
          step = COMPLETE;
          continue;
        }
      }
      case PROCEED: {
        const flags = flagsOf(at);
        if ((flags & L.FLAG_CALLS) !== 0) {
          if ((flags & L.FLAG_STAGES) !== 0) {
            outside.stageBegin(frame, at);
            break;
          }
          if ((flags & L.FLAG_PARALLEL) !== 0) {
            if (callAll(frame, at)) break;
          } else {
            const call = nextCall(frame, at);
            if (call >= 0) {
              at = word(M.P_CALL_LINKS, call);
              frame = prepare(frame, at, -1, call);
              f = frame << 2;
              step = SEND;
              continue;
            }
          }
        }
        reason = L.REASON_OK;
      }
      case COMPLETE: {
        const flags = flagsOf(at);
        if ((flags & L.FLAG_HOLDS) !== 0) vacate(at, frame);
        if (reason === L.REASON_OK && (flags & (L.FLAG_FORWARDS | L.FLAG_ROUTES)) !== 0) {
          const link = (flags & L.FLAG_FORWARDS) !== 0 ? forwardLink(at) : -1;
          if (link >= 0) {
            if (!leaveFor(frame, at, -1)) break;
            at = link;
            step = DISPATCH;
            continue;
          }
          if ((flags & L.FLAG_ROUTES) !== 0) {
            step = ROUTE;
            continue;
          }
        }
      }
      case FINISH: {
        leave(frame, at, reason);
        const link = load<i32>(f, F.C_LINK);
        countMessage(frame, link, 1);
        const flags = word(M.P_REPLY_FLAGS, link);
        if (flags !== 0) {
          store<i32>(f, reason, F.C_REASON);
          reply(frame, link, flags);
          break;
        }
        if (load<i32>(f, F.C_ROUTER) >= 0) {
          at = backAtRouter(frame, reason);
          step = FINISH;
          continue;
        }
        if (load<i32>(M.DEPTH) >= DEPTH_LIMIT && load<i32>(f, F.C_PARENT) >= 0) {
          store<i32>(f, reason, F.C_REASON);
          add(load<usize>(M.P_LINKS) + <usize>link * F.LINK_STATS + F.L_IN_TRANSIT, 1);
          schedule(frame, now(), L.OP_REPLY | (link << L.OP_BITS));
          break;
        }
      }
      case CONCLUDE: {
        const parent = load<i32>(f, F.C_PARENT);
        const link = load<i32>(f, F.C_LINK);
        if (parent === L.PARENT_NONE) {
          late(frame, link, reason);
          release(frame);
          break;
        }
        if (load<i32>(f, F.C_TIMER) === 1) {
          store<i32>(f, 0, F.C_TIMER);
          remove(load<i32>(M.TIMEOUT_BASE) + frame);
        }
        countCall(link, reason);
        if (parent < 0) {
          if (parent === L.PARENT_SOURCE) endRequest(frame, reason);
          else outside.reportEnded(frame, reason);
          release(frame);
          break;
        }
        const p: usize = parent << 2;
        settledTag = load<i32>(f, F.C_TAG);
        settledSent = load<f64>(f, F.T_SENT);
        const awaited = load<i32>(p, F.C_AGE) === load<i32>(f, F.C_PARENT_AGE);
        if (!awaited) {
          late(frame, link, reason);
          release(frame);
          break;
        }
        const needs = load<i32>(M.NEEDS);
        if ((needs & M.NEEDS_KIN) !== 0) disown(parent, frame);
        if ((needs & M.NEEDS_LOG) !== 0) {
          store<f64>(p, load<f64>(p, F.T_ROOT_WAIT) + load<f64>(f, F.T_ROOT_WAIT), F.T_ROOT_WAIT);
          store<f64>(p, load<f64>(p, F.T_ROOT_SERVICE) + load<f64>(f, F.T_ROOT_SERVICE), F.T_ROOT_SERVICE);
        }
        release(frame);
        store<i32>(M.DEPTH, load<i32>(M.DEPTH) + 1);
        frame = parent;
        f = p;
      }
      case RESUME: {
        at = load<i32>(f, F.C_NODE);
        const flags = flagsOf(at);
        if ((flags & L.FLAG_GUARD) !== 0) {
          outside.guardSettled(frame, reason, settledTag, settledSent);
          break;
        }
        if ((flags & L.FLAG_ROUTES) !== 0) {
          answered(at, settledTag, reason, settledSent);
          step = FINISH;
          continue;
        }
        if ((flags & L.FLAG_STAGES) !== 0) {
          outside.stageAnswered(frame, at, reason);
          break;
        }
        if ((flags & L.FLAG_PARALLEL) !== 0) {
          const left = countReply(frame, reason);
          if (left === UNDECIDED) break;
          reason = left === ENOUGH ? L.REASON_OK : reason;
          step = COMPLETE;
          continue;
        }
        step = reason === L.REASON_OK ? PROCEED : COMPLETE;
        continue;
      }
      case NOTHING:
        break;
      default:
        left += rare(frame, step, at);
    }
    // The walk has come to its end: the next event.
    if (left < 0) return left;
    store<i32>(M.DEPTH, 0);
    if (left === 0 || load<i32>(M.ATTENTION + 4 * L.STOP) !== 0) return left;
    left--;
    frame = take();
    f = frame << 2;
    const event = load<i32>(f, F.R_WORD);
    step = event & L.OP_MASK;
    at = event >> L.OP_BITS;
    reason = L.REASON_OK;
  }
}

/** A request leaves an instance for another, which will answer its caller. False: it has been handed over too often, and is answered. */
function leaveFor(frame: i32, node: i32, target: i32): bool {
  const f: usize = frame << 2;
  const hops = load<i32>(f, F.C_HOPS) + 1;
  store<i32>(f, hops, F.C_HOPS);
  if (hops > HOP_LIMIT) {
    walk(FINISH, frame, node, L.REASON_HOP_LIMIT);
    return false;
  }
  leave(frame, node, L.REASON_OK);
  store<i32>(f, target, F.C_NODE);
  // Nobody waits for a hand-over, so that there is nothing to guard: DISPATCH comes next.
  return true;
}

/** The reply is back at the router that the request came through. Returns the router, which owes it to its own caller. */
function backAtRouter(frame: i32, reason: i32): i32 {
  const f: usize = frame << 2;
  const node = load<i32>(f, F.C_ROUTER);
  countCall(load<i32>(f, F.C_LINK), reason);
  answered(node, load<i32>(f, F.C_ROUTER_TARGET), reason, load<f64>(f, F.T_ROUTER_ARRIVED));
  store<i32>(f, -1, F.C_ROUTER);
  store<i32>(f, load<i32>(f, F.C_ROUTER_LINK), F.C_LINK);
  store<f64>(f, load<f64>(f, F.T_ROUTER_ARRIVED), F.T_ARRIVED);
  return node;
}
