import { createAccounts } from './accounts';
import { createCalls } from './calls';
import type { Core } from './core';
import { createFrames } from './frames';
import type { Gates } from './gates';
import { createGuards } from './guards';
import { createInterrupts, type Interrupts } from './interrupts';
import { type Items, loggingItems } from './items';
import { createKinship } from './kinship';
import * as L from './layout';
import type { Observer } from './observer';
import type { Plan } from './plan';
import { countsService } from './programs';
import type { Replication } from './replication';
import { NO_TARGET, type Routers } from './routers';
import type { Sources } from './sources';
import type { Staleness } from './staleness';
import { DONE, REFUSED, type Stations } from './stations';
import type { Telemetry } from './telemetry';
import type { Transit } from './transit';

/** Inline hops on links that take no time before one is taken as an event, so that the host's stack stays small. */
const DEPTH_LIMIT = 48;
/** Hand-overs of one request before it is given up. */
const HOP_LIMIT = 10_000;

/** The life of requests and calls: from a source over links through instances and back. Each function is the body of an event. */
export interface Flow {
  /** A source sends a request; `user` is the event id of the user who waits for it, -1 in an open workload. */
  begin(node: number, user: number): void;
  /** A request reaches the far end of a link. */
  arrive(frame: number, link: number): void;
  /** A server has finished with a request; `vacates`: it must be freed (under processor sharing nobody holds one). */
  served(frame: number, node: number, vacates: boolean): void;
  /** The outcome of a call is known on the caller's side. */
  settle(frame: number, reason: number): void;
  /** The caller of a call gives up; the work that was sent goes on. */
  timeOut(frame: number): void;
  /** A request that a gate has held is let into its station. */
  goOn(frame: number, node: number): void;
  /** A request at a node is answered with a reason (REASON_OK: well). It must have been withdrawn from the station. */
  finish(frame: number, node: number, reason: number): void;
  /** A guarded call retries or hedges, or a request that calls by stages goes on. */
  guardDue(guard: number): void;
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
  const { plan, records, times, nodes, stats, links, messages, requestFlags, replyFlags, linkTarget, release, related } = core;
  const { clock, insert, remove } = core.list;
  const { admit } = stations;
  const kinship = createKinship(core);
  const { adopt, disown } = kinship;
  const { tracer } = core;
  const plainFrames = createFrames(core, sources, kinship);
  const itemFrames = data === null ? plainFrames : data.staleness.frames(data.items.frames(plainFrames));
  const frames = telemetry === null ? itemFrames : telemetry.frames(itemFrames);
  const { root, prepare } = tracer === null ? frames : tracer.frames(frames);
  const plainAccounts = createAccounts(core, sources, observer);
  const markedAccounts = data === null ? plainAccounts : data.staleness.accounts(loggingItems(core, observer, plainAccounts));
  const accounts = telemetry === null ? markedAccounts : telemetry.accounts(markedAccounts);
  const { leave, countCall, late, beginRequest, endRequest } = tracer === null ? accounts : tracer.accounts(accounts);
  const operationCount = plan.operations.length;
  const logging = countsService(plan);
  let depth = 0;
  /** Makes a record's event pending. The instant goes through memory: as an argument of a call that is not inlined it would be boxed. */
  const schedule = (id: number, at: number, word: number): void => {
    times[(id >> 1) + L.T_TIME] = at;
    insert(id, word);
  };
  const cancels = Int32Array.from(plan.links, (link) => (link.cancels === true ? 1 : 0));

  const proxies = Int32Array.from(plan.nodes, (node) => (node.role === 'router' && node.proxy ? 1 : 0));

  /** A request enters an instance; from a router it goes on to the target at once where the link takes no time. */
  const enter = (frame: number, at: number): void => {
    const now = clock[0];
    for (let node = at; ; ) {
      const n = node * L.NODE;
      const s = node * L.STATS;
      records[frame + L.C_NODE] = node;
      records[frame + L.C_STATE] = L.STATE_AT_NODE;
      records[frame + L.C_STEP] = 0;
      times[(frame >> 1) + L.T_ARRIVED] = now;
      stats[s + L.S_OFFERED]++;
      stats[s + L.S_PRESENT_AREA] -= now;
      nodes[n + L.N_PRESENT]++;
      const role = nodes[n + L.N_ROLE];
      if (role === L.ROLE_STATION) {
        const outcome = admit(node, frame);
        if (outcome === DONE) served(frame, node, false);
        else if (outcome === REFUSED) finish(frame, node, L.REASON_QUEUE_FULL);
        return;
      }
      if (role !== L.ROLE_ROUTER) {
        pass(frame, node, role);
        return;
      }
      node = route(frame, node);
      if (node < 0) return;
    }
  };

  /** A request enters an instance where something stands before the station. */
  const pass = (frame: number, node: number, role: number): void => {
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
    if (outcome === DONE) served(frame, node, false);
    else if (outcome === REFUSED) finish(frame, node, L.REASON_QUEUE_FULL);
    else gates.queued(frame, node);
  };

  const goOn = (frame: number, node: number): void => {
    const reason = gates.released(frame, node);
    if (reason === L.REASON_OK) letIn(frame, node);
    else finish(frame, node, reason);
  };

  const arrive = (frame: number, link: number): void => {
    let node = records[frame + L.C_NODE];
    if (node < 0) {
      node = linkTarget[link];
      if (node < 0) node = routers.spread((plan.links[link] as Plan['links'][number]).to, frame);
    }
    if (records[frame + L.C_LINK] !== link) links[link * L.LINK_STATS + L.L_COMPLETED]++;
    enter(frame, node);
  };

  /** Puts a request on a link, or straight into the far end where the link takes no time. */
  const send = (frame: number, link: number): void => {
    if ((requestFlags[link] & L.LINK_POLICY) !== 0) guards.start(frame, link);
    else dispatch(frame, link);
  };

  /** Puts a request on a link, whatever the policy of the link. */
  const put = (frame: number, link: number): void => {
    messages[(link * operationCount + records[frame + L.C_OPERATION]) * 2]++;
    if (requestFlags[link] === 0 || transit.request(frame, link, records[frame + L.C_LINK] === link)) {
      if (depth < DEPTH_LIMIT) {
        depth++;
        arrive(frame, link);
        depth--;
      } else transit.later(frame, link);
    } else if (records[frame + L.C_LINK] !== link && (records[frame + L.R_WORD] & L.OP_MASK) === L.OP_LOST) {
      // A hand-over that was lost has failed on its own link too; the caller's link counts it when the caller learns.
      links[link * L.LINK_STATS + L.L_FAILED]++;
      core.linkFailures[link * L.REASONS + records[frame + L.C_REASON]]++;
    }
  };

  const dispatch = tracer === null ? put : tracer.dispatch(put);

  /** Sends a request on from a router. Returns the instance that it has reached already, or -1. */
  const route = (frame: number, node: number): number => {
    const target = routers.choose(node, frame);
    if (target < 0) {
      finish(frame, node, target === NO_TARGET ? L.REASON_NO_TARGET : L.REASON_SESSION_LOST);
      return -1;
    }
    const link = routers.targetLink(node, target);
    const instance = routers.targetNode(node, target);
    if (proxies[node] === 0) {
      handOver(frame, node, link, instance);
      return -1;
    }
    routers.sent(node, target);
    if (records[frame + L.C_ROUTER] >= 0 || (requestFlags[link] & (L.LINK_TIMEOUT | L.LINK_POLICY)) !== 0) {
      records[frame + L.C_STATE] = L.STATE_CALLING;
      send(prepare(frame, link, instance, target), link);
      return -1;
    }
    // The router itself never gives up on this call, so the request can carry what the router would have to remember.
    records[frame + L.C_ROUTER] = node;
    records[frame + L.C_ROUTER_LINK] = records[frame + L.C_LINK];
    records[frame + L.C_ROUTER_TARGET] = target;
    times[(frame >> 1) + L.T_ROUTER_ARRIVED] = times[(frame >> 1) + L.T_ARRIVED];
    records[frame + L.C_LINK] = link;
    if (requestFlags[link] === 0) {
      messages[(link * operationCount + records[frame + L.C_OPERATION]) * 2]++;
      return instance;
    }
    records[frame + L.C_NODE] = instance;
    records[frame + L.C_STATE] = L.STATE_AWAY;
    send(frame, link);
    return -1;
  };

  /** The reply is back at the router that the request came through. Returns the router, which owes it to its own caller. */
  const backAtRouter = (frame: number, reason: number): number => {
    const node = records[frame + L.C_ROUTER];
    countCall(records[frame + L.C_LINK], reason);
    routers.answered(node, records[frame + L.C_ROUTER_TARGET], reason, times[(frame >> 1) + L.T_ROUTER_ARRIVED]);
    records[frame + L.C_ROUTER] = -1;
    records[frame + L.C_LINK] = records[frame + L.C_ROUTER_LINK];
    times[(frame >> 1) + L.T_ARRIVED] = times[(frame >> 1) + L.T_ROUTER_ARRIVED];
    return node;
  };

  /** The request leaves the node for another, which will answer its caller. */
  const handOver = (frame: number, node: number, link: number, target: number): void => {
    if (++records[frame + L.C_HOPS] > HOP_LIMIT) {
      finish(frame, node, L.REASON_HOP_LIMIT);
      return;
    }
    leave(frame, node, L.REASON_OK);
    records[frame + L.C_NODE] = target;
    // Nobody waits for a hand-over, so that there is nothing to guard.
    dispatch(frame, link);
  };

  /** The request is answered at a node: the reply goes back on the link of the call, and on through a router that the request came through. */
  const finish = (frame: number, at: number, reason: number): void => {
    for (let node = at; ; ) {
      leave(frame, node, reason);
      const link = records[frame + L.C_LINK];
      messages[(link * operationCount + records[frame + L.C_OPERATION]) * 2 + 1]++;
      if (replyFlags[link] !== 0) {
        records[frame + L.C_REASON] = reason;
        transit.reply(frame, link);
        return;
      }
      if (records[frame + L.C_ROUTER] < 0) break;
      node = backAtRouter(frame, reason);
    }
    if (depth < DEPTH_LIMIT || records[frame + L.C_PARENT] < 0) conclude(frame, reason);
    else {
      records[frame + L.C_REASON] = reason;
      links[records[frame + L.C_LINK] * L.LINK_STATS + L.L_IN_TRANSIT]++;
      schedule(frame, clock[0], L.OP_REPLY | (records[frame + L.C_LINK] << L.OP_BITS));
    }
  };

  /** The outcome of a call is known at the near end of its link. */
  const settle = (frame: number, reason: number): void => {
    if (records[frame + L.C_ROUTER] >= 0) finish(frame, backAtRouter(frame, reason), reason);
    else conclude(frame, reason);
  };

  /** The outcome of a call is known to its caller. */
  const conclude = (frame: number, reason: number): void => {
    const parent = records[frame + L.C_PARENT];
    const l = records[frame + L.C_LINK] * L.LINK_STATS;
    if (parent === L.PARENT_NONE) {
      late(frame, l, reason);
      release(frame);
      return;
    }
    if (records[frame + L.C_TIMER] === 1) {
      records[frame + L.C_TIMER] = 0;
      remove(core.timeoutBase + frame);
    }
    countCall(records[frame + L.C_LINK], reason);
    if (parent < 0) {
      if (parent === L.PARENT_SOURCE) endRequest(frame, reason);
      else telemetry?.ended(frame, reason);
      release(frame);
      return;
    }
    const tag = records[frame + L.C_TAG];
    const awaited = records[parent + L.C_AGE] === records[frame + L.C_PARENT_AGE];
    if (related && awaited) disown(parent, frame);
    if (awaited && logging) {
      times[(parent >> 1) + L.T_ROOT_WAIT] += times[(frame >> 1) + L.T_ROOT_WAIT];
      times[(parent >> 1) + L.T_ROOT_SERVICE] += times[(frame >> 1) + L.T_ROOT_SERVICE];
    }
    const sent = times[(frame >> 1) + L.T_SENT];
    if (!awaited) late(frame, l, reason);
    release(frame);
    if (awaited) {
      depth++;
      resume(parent, reason, tag, sent);
      depth--;
    }
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
      release(guard);
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
    release(guard);
    if (!awaited) return;
    const node = records[parent + L.C_NODE];
    depth++;
    if ((nodes[node * L.NODE + L.N_FLAGS] & L.FLAG_ROUTES) !== 0) finish(parent, node, reason);
    else resume(parent, reason, tag, sent);
    depth--;
  };

  /** A call that a frame has made is settled; `sent`: when it was made. */
  const resume = (frame: number, reason: number, tag: number, sent: number): void => {
    const node = records[frame + L.C_NODE];
    const flags = nodes[node * L.NODE + L.N_FLAGS];
    if ((flags & (L.FLAG_ROUTES | L.FLAG_GUARD)) === 0) calls.resume(frame, node, flags, reason);
    else if ((flags & L.FLAG_GUARD) !== 0) guards.settled(frame, reason, tag, sent);
    else {
      routers.answered(node, tag, reason, sent);
      finish(frame, node, reason);
    }
  };

  const begin = (node: number, user: number): void => {
    const operation = sources.pickOperation(node);
    const link = sources.pickLink(node);
    const frame = root(node, user, operation, link);
    beginRequest(operation);
    send(frame, link);
  };

  const timeOut = (frame: number): void => {
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

  const calls = createCalls(core, stations, {
    prepare,
    send,
    finish,
    handOver,
    letGo: (frame) => interrupts.letGo(frame),
    route: (frame, node) => {
      const next = route(frame, node);
      if (next >= 0) enter(frame, next);
    },
  });
  const served = data === null ? calls.served : data.replication.served(calls.served);
  const interrupts = createInterrupts(core, transit, routers, stations, { leave, finish, countCall, adopt, disown, forget: (guard) => guards.forget(guard) });
  const guards = createGuards(core, routers, { prepare, dispatch, conclude: concludeGuard, giveUp: interrupts.giveUp, cancel: interrupts.cancel });
  return {
    begin,
    arrive,
    served,
    settle,
    timeOut,
    goOn,
    finish,
    dispatch,
    guardDue(id) {
      if (records[id + L.C_STATE] === L.STATE_GUARD) guards.due(id);
      else calls.due(id);
    },
    interrupts,
    reset() {
      depth = 0;
      calls.reset();
      guards.reset();
    },
  };
}
