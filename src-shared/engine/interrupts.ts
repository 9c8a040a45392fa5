import type { Core } from './core';
import * as L from './layout';
import type { Routers } from './routers';
import type { Stations } from './stations';
import type { Transit } from './transit';

/** What stops a request before its time: callers that give up or call back, instances that fail. */
export interface Interrupts {
  /** Counts a call that is under way as ended with a reason and cuts it loose from its caller; its work goes on. Returns its link. */
  giveUp(frame: number, reason: number): number;
  /** Takes a call that was given up out of wherever it is, with the calls under way for it on links that cancel, and frees its record. */
  cancel(frame: number): void;
  /** The calls that a frame has under way are not waited for any more: calls back those on links that cancel, forgets the others. */
  letGo(frame: number): void;
  /** Fails everything that is at an instance, or has come through it and is owed a reply. `silent`: nobody tells the callers. */
  failAll(node: number, reason: number, silent: boolean): void;
  /** Takes a queued request out of its station's line and answers it with a reason. */
  reject(frame: number, node: number, reason: number): void;
}

/** What interrupts need of the life of requests. */
export interface InterruptSteps {
  leave(frame: number, node: number, reason: number): void;
  finish(frame: number, node: number, reason: number): void;
  countCall(link: number, reason: number): void;
  adopt(parent: number, frame: number): void;
  disown(parent: number, frame: number): void;
  /** The caller of a guarded call has gone. */
  forget(guard: number): void;
}

/** Builds the interrupts of an engine. */
export function createInterrupts(core: Core, transit: Transit, routers: Routers, stations: Stations, steps: InterruptSteps): Interrupts {
  const { plan, records, times, nodes, links, related } = core;
  const { remove } = core.list;
  const { leave, finish, countCall, adopt, disown, forget } = steps;
  const cancels = Int32Array.from(plan.links, (link) => (link.cancels === true ? 1 : 0));

  const cutLoose = (frame: number, reason: number): number => {
    const parent = records[frame + L.C_PARENT];
    // Inside a router the call is the one that the router will answer.
    const link = records[frame + L.C_ROUTER] >= 0 ? records[frame + L.C_ROUTER_LINK] : records[frame + L.C_LINK];
    // A guard puts nothing on the link itself.
    if (records[frame + L.C_STATE] !== L.STATE_GUARD) countCall(link, reason);
    if (records[frame + L.C_TIMER] === 1) {
      records[frame + L.C_TIMER] = 0;
      remove(core.timeoutBase + frame);
    }
    if (related && parent >= 0 && records[parent + L.C_AGE] === records[frame + L.C_PARENT_AGE]) disown(parent, frame);
    records[frame + L.C_PARENT] = L.PARENT_NONE;
    return link;
  };

  const giveUp = core.tracer === null ? cutLoose : core.tracer.giveUp(cutLoose);

  /** Whether a call has been sent: of several that are made together the first may come back before the last is sent, which is sent all the same. */
  const isSent = (frame: number): boolean => records[frame + L.C_STATE] !== L.STATE_AWAY || records[frame + L.R_WORD] !== L.WORD_PREPARED;

  /** Gives up the calls that a frame has under way, and calls them back where their links do that. */
  const recallChildren = (frame: number): void => {
    if (!related) return;
    const node = records[frame + L.C_NODE];
    const routes = records[frame + L.C_STATE] === L.STATE_CALLING && (nodes[node * L.NODE + L.N_FLAGS] & L.FLAG_ROUTES) !== 0;
    for (let child = records[frame + L.C_CHILD]; child >= 0; child = records[frame + L.C_CHILD]) {
      const guards = records[child + L.C_STATE] === L.STATE_GUARD;
      // A router counts what its targets have under way; a guard tells it by itself.
      if (routes && !guards) routers.answered(node, records[child + L.C_TAG], L.REASON_CANCELLED, times[(child >> 1) + L.T_SENT]);
      const link = giveUp(child, L.REASON_CANCELLED);
      // A guard is part of its caller: it goes with it, and what it has sent goes on unless its link cancels.
      if (isSent(child) && (guards || cancels[link] === 1)) cancel(child);
    }
  };

  /** Takes a request out of the node where it is; it has not left yet. */
  const takeOut = (frame: number, node: number): void => {
    const flags = nodes[node * L.NODE + L.N_FLAGS];
    if (records[frame + L.C_STATE] === L.STATE_CALLING) {
      // By stages: the request's own event may be pending.
      if ((flags & L.FLAG_STAGES) !== 0 && records[frame + L.R_WORD] >= 0) remove(frame);
      if ((flags & L.FLAG_HOLDS) !== 0) stations.vacate(node, frame);
    } else if (nodes[node * L.NODE + L.N_ROLE] !== L.ROLE_ROUTER) stations.withdraw(node, frame);
  };

  const leaveRouter = (frame: number, reason: number): void => {
    const router = records[frame + L.C_ROUTER];
    if (router < 0) return;
    countCall(records[frame + L.C_LINK], reason);
    routers.answered(router, records[frame + L.C_ROUTER_TARGET], reason, times[(frame >> 1) + L.T_ROUTER_ARRIVED]);
    records[frame + L.C_ROUTER] = -1;
    const state = records[frame + L.C_STATE];
    times[(frame >> 1) + L.T_ARRIVED] = times[(frame >> 1) + L.T_ROUTER_ARRIVED];
    leave(frame, router, reason);
    records[frame + L.C_STATE] = state;
  };

  const cancel = (frame: number): void => {
    const state = records[frame + L.C_STATE];
    if (state === L.STATE_GUARD) {
      // Before its attempts are cut loose: it knows them as its own.
      forget(frame);
      recallChildren(frame);
      core.release(frame);
      return;
    }
    recallChildren(frame);
    const link = records[frame + L.C_LINK];
    if (state === L.STATE_AWAY) {
      const word = records[frame + L.R_WORD];
      const over = word >> L.OP_BITS;
      const op = word & L.OP_MASK;
      remove(frame);
      if (op !== L.OP_LOST) transit.arrived(over);
      // On its way by a hand-over: that has failed on its own link.
      if (op === L.OP_DELIVER && over !== link) countCall(over, L.REASON_CANCELLED);
    } else {
      const node = records[frame + L.C_NODE];
      takeOut(frame, node);
      leave(frame, node, L.REASON_CANCELLED);
    }
    leaveRouter(frame, L.REASON_CANCELLED);
    links[link * L.LINK_STATS + L.L_CANCELLED]++;
    core.release(frame);
  };

  /** A request that has come through a failing router: the caller is told by a record of its own, the work goes on for nobody. */
  const cutOff = (frame: number, router: number, reason: number, silent: boolean): void => {
    const told = core.allocate();
    core.tracer?.cutOff(frame, told);
    if (core.traces.length > 0) core.traces[told / L.RECORD] = core.traces[frame / L.RECORD];
    // A patience of an earlier use of the record may still be pending.
    const patience = records[told + L.C_PATIENCE];
    records.copyWithin(told + L.R_BUCKET, frame + L.R_BUCKET, frame + L.C_AGE);
    records.copyWithin(told + L.C_PARENT_AGE, frame + L.C_PARENT_AGE, frame + L.RECORD);
    records[told + L.C_LINK] = records[frame + L.C_ROUTER_LINK];
    records[told + L.C_ROUTER] = -1;
    records[told + L.C_NODE] = router;
    records[told + L.C_PATIENCE] = patience;
    if (related) records[told + L.C_CHILD] = -1;
    times[(told >> 1) + L.T_ARRIVED] = times[(frame >> 1) + L.T_ROUTER_ARRIVED];
    if (records[frame + L.C_TIMER] === 1) {
      records[frame + L.C_TIMER] = 0;
      const at = times[((core.timeoutBase + frame) >> 1) + L.T_TIME];
      remove(core.timeoutBase + frame);
      times[((core.timeoutBase + told) >> 1) + L.T_TIME] = at;
      core.list.insert(core.timeoutBase + told, L.OP_TIMEOUT | (told << L.OP_BITS));
    }
    const parent = records[frame + L.C_PARENT];
    if (related && parent >= 0 && records[parent + L.C_AGE] === records[frame + L.C_PARENT_AGE]) {
      disown(parent, frame);
      adopt(parent, told);
    }
    countCall(records[frame + L.C_LINK], reason);
    routers.answered(router, records[frame + L.C_ROUTER_TARGET], reason, times[(frame >> 1) + L.T_ROUTER_ARRIVED]);
    records[frame + L.C_ROUTER] = -1;
    records[frame + L.C_PARENT] = L.PARENT_NONE;
    endHere(told, router, reason, silent);
  };

  const endHere = (frame: number, node: number, reason: number, silent: boolean): void => {
    if (!silent) {
      finish(frame, node, reason);
      return;
    }
    leave(frame, node, reason);
    transit.swallow(frame, records[frame + L.C_LINK], reason);
  };

  const letGo = (frame: number): void => {
    if (!related) return;
    for (let child = records[frame + L.C_CHILD]; child >= 0; ) {
      const next = records[child + L.C_SIBLING];
      const link = records[child + L.C_ROUTER] >= 0 ? records[child + L.C_ROUTER_LINK] : records[child + L.C_LINK];
      if (cancels[link] === 1 && isSent(child)) {
        giveUp(child, L.REASON_CANCELLED);
        cancel(child);
      }
      child = next;
    }
    records[frame + L.C_CHILD] = -1;
  };

  return {
    giveUp,
    cancel,
    letGo,
    failAll(node, reason, silent) {
      const here: number[] = [];
      for (let frame = 0; frame < core.pool.used; frame += L.RECORD) {
        const state = records[frame + L.C_STATE];
        if (state === L.STATE_FREE || state === L.STATE_GUARD || state === L.STATE_APPLYING) continue;
        if (records[frame + L.C_ROUTER] === node || ((state === L.STATE_AT_NODE || state === L.STATE_CALLING) && records[frame + L.C_NODE] === node))
          here.push(frame);
      }
      const ages = here.map((frame) => records[frame + L.C_AGE]);
      for (const [i, frame] of here.entries()) {
        // What one failure sets off may have ended another request meanwhile.
        const state = records[frame + L.C_STATE];
        if (state === L.STATE_FREE || records[frame + L.C_AGE] !== ages[i]) continue;
        if (records[frame + L.C_ROUTER] === node) {
          cutOff(frame, node, reason, silent);
          continue;
        }
        if ((state !== L.STATE_AT_NODE && state !== L.STATE_CALLING) || records[frame + L.C_NODE] !== node) continue;
        recallChildren(frame);
        takeOut(frame, node);
        // Replies to calls that it has made find a frame of another age.
        records[frame + L.C_AGE]++;
        endHere(frame, node, reason, silent);
      }
    },
    reject(frame, node, reason) {
      stations.withdraw(node, frame);
      finish(frame, node, reason);
    },
  };
}
