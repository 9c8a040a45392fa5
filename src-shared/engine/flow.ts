import { createAccounts } from './accounts';
import { createCalls } from './calls';
import type { Core } from './core';
import { createFrames } from './frames';
import type { Gates } from './gates';
import { createGuards } from './guards';
import { createInterrupts, type Interrupts } from './interrupts';
import { type Items, loggingItems } from './items';
import * as M from './kernel/memory-map';
import * as L from './layout';
import type { Observer } from './observer';
import { countsService } from './programs';
import type { Replication } from './replication';
import type { Routers } from './routers';
import type { Sources } from './sources';
import type { Staleness } from './staleness';
import { DONE, REFUSED, type Stations } from './stations';
import type { Telemetry } from './telemetry';
import type { Transit } from './transit';

/**
 * The life of requests and calls: from a source over links through instances and back. The kernel has the ordinary steps of it; here
 * is what is rare: callers that give up, gates, guarded calls, calls by stages, interrupts.
 */
export interface Flow {
  /** A request at a node is answered with a reason (REASON_OK: well). It must have been withdrawn from the station. */
  finish(frame: number, node: number, reason: number): void;
  /** Puts a prepared frame on a link, whatever the policy of the link. */
  dispatch(frame: number, link: number): void;
  readonly interrupts: Interrupts;
  reset(): void;
}

/** What an engine has where a component replicates data. */
export interface ReplicatedData {
  readonly items: Items;
  readonly staleness: Staleness;
  readonly replication: Replication;
}

/** Builds the flow of an engine, and puts what the kernel asks of it in place. */
export function createFlow(
  core: Core,
  transit: Transit,
  routers: Routers,
  stations: Stations,
  gates: Gates,
  sources: Sources,
  observer: Observer,
  telemetry: Telemetry | null,
  data: ReplicatedData | null,
): Flow {
  const { plan, records, times, nodes, links, tracer, kernel } = core;
  const { words, outside } = kernel;
  const { remove } = core.list;
  const { endService, finish, send, resume, adopt, disown } = kernel.call;
  const { admit } = stations;
  const plainFrames = createFrames(core, sources);
  const itemFrames = data === null ? plainFrames : data.staleness.frames(data.items.frames(plainFrames));
  const frames = telemetry === null ? itemFrames : telemetry.frames(itemFrames);
  const { root, prepare } = tracer === null ? frames : tracer.frames(frames);
  const plainAccounts = createAccounts(core, observer);
  const markedAccounts = data === null ? plainAccounts : data.staleness.accounts(loggingItems(core, observer, plainAccounts));
  const accounts = telemetry === null ? markedAccounts : telemetry.accounts(markedAccounts);
  const { leave, countCall, endRequest } = tracer === null ? accounts : tracer.accounts(accounts);
  const { put } = kernel.call;
  const dispatch = tracer === null ? put : tracer.dispatch(put);
  // The kernel takes the steps that others add something to only through them.
  const served = data === null ? endService : data.replication.served(endService);
  Object.assign(outside, { root, prepare, leave, endRequest, dispatch, served });
  if (frames !== plainFrames || tracer !== null) kernel.takeOver(M.STEP_ROOT | M.STEP_PREPARE);
  if (accounts !== plainAccounts || tracer !== null) kernel.takeOver(M.STEP_LEAVE | M.STEP_END_REQUEST);
  if (tracer !== null) kernel.takeOver(M.STEP_DISPATCH);
  if (data !== null) kernel.takeOver(M.STEP_SERVED);
  if (telemetry !== null) outside.reportEnded = telemetry.ended;

  const logging = countsService(plan);
  const cancels = Int32Array.from(plan.links, (link) => (link.cancels === true ? 1 : 0));
  const deeper = (by: number): void => {
    words[M.DEPTH >> 2] += by;
  };

  /** A request enters an instance where something stands before the station. */
  outside.pass = (frame, node, role) => {
    if (role === L.ROLE_DOWN) finish(frame, node, L.REASON_DOWN);
    else if (role === L.ROLE_SILENT) {
      // Nobody answers: the caller learns of it as of a lost message.
      leave(frame, node, L.REASON_DOWN);
      transit.swallow(frame, records[frame + L.C_LINK], L.REASON_DOWN);
    } else {
      const reason = role === L.ROLE_COPY && data?.replication.refuses(frame, node) ? L.REASON_NO_PRIMARY : gates.enter(frame, node);
      if (reason === L.REASON_OK) letIn(frame, node);
      else if (reason > 0) finish(frame, node, reason);
    }
  };

  /** A request has passed the gate of a station. */
  const letIn = (frame: number, node: number): void => {
    const outcome = admit(node, frame);
    if (outcome === DONE) served(frame, node, 0);
    else if (outcome === REFUSED) finish(frame, node, L.REASON_QUEUE_FULL);
    else gates.queued(frame, node);
  };

  outside.goOn = (frame, node) => {
    const reason = gates.released(frame, node);
    if (reason === L.REASON_OK) letIn(frame, node);
    else finish(frame, node, reason);
  };

  /** A guarded call has ended. Its attempts have been counted on their links and at the router, if there is one. */
  const concludeGuard = (guard: number, reason: number): void => {
    const parent = records[guard + L.C_PARENT];
    if (records[guard + L.C_TIMER] === 1) {
      records[guard + L.C_TIMER] = 0;
      remove(core.timeoutBase + guard);
    }
    if (parent === L.PARENT_SOURCE) {
      endRequest(guard, reason);
      core.release(guard);
      return;
    }
    const tag = records[guard + L.C_TAG];
    const sent = times[(guard >> 1) + L.T_SENT];
    const awaited = parent >= 0 && records[parent + L.C_AGE] === records[guard + L.C_PARENT_AGE];
    if (awaited) disown(parent, guard);
    else links[records[guard + L.C_LINK] * L.LINK_STATS + L.L_LATE]++;
    if (awaited && logging) {
      times[(parent >> 1) + L.T_ROOT_WAIT] += times[(guard >> 1) + L.T_ROOT_WAIT];
      times[(parent >> 1) + L.T_ROOT_SERVICE] += times[(guard >> 1) + L.T_ROOT_SERVICE];
    }
    core.release(guard);
    if (!awaited) return;
    const node = records[parent + L.C_NODE];
    deeper(1);
    // The guard has told the router of each attempt by itself.
    if ((nodes[node * L.NODE + L.N_FLAGS] & L.FLAG_ROUTES) !== 0) finish(parent, node, reason);
    else resume(parent, reason, tag, sent);
    deeper(-1);
  };

  outside.timeOut = (frame) => {
    if (records[frame + L.C_STATE] === L.STATE_GUARD) {
      guards.expire(frame);
      return;
    }
    const parent = records[frame + L.C_PARENT];
    records[frame + L.C_TIMER] = 0;
    const link = interrupts.giveUp(frame, L.REASON_TIMEOUT);
    const tag = records[frame + L.C_TAG];
    const age = records[frame + L.C_PARENT_AGE];
    const sent = times[(frame >> 1) + L.T_SENT];
    if (parent === L.PARENT_SOURCE) endRequest(frame, L.REASON_TIMEOUT);
    if (cancels[link] === 1) interrupts.cancel(frame);
    if (parent >= 0 && records[parent + L.C_AGE] === age) resume(parent, L.REASON_TIMEOUT, tag, sent);
  };

  const calls = createCalls(core, { prepare, send, letGo: (frame) => interrupts.letGo(frame) });
  const interrupts = createInterrupts(core, transit, routers, stations, { leave, finish, countCall, adopt, disown, forget: (guard) => guards.forget(guard) });
  const guards = createGuards(core, routers, { prepare, dispatch, conclude: concludeGuard, giveUp: interrupts.giveUp, cancel: interrupts.cancel });
  outside.guardStart = guards.start;
  outside.guardSettled = guards.settled;
  outside.guardDue = (id) => {
    if (records[id + L.C_STATE] === L.STATE_GUARD) guards.due(id);
    else calls.due(id);
  };
  return {
    finish,
    dispatch,
    interrupts,
    reset() {
      calls.reset();
      guards.reset();
    },
  };
}
