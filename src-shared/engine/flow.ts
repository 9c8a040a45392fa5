import { BUCKETS, bucketOf } from '../base/histogram';
import { createCalls } from './calls';
import type { Core } from './core';
import type { Gates } from './gates';
import { createGuards } from './guards';
import { createInterrupts, type Interrupts } from './interrupts';
import { createKinship } from './kinship';
import * as L from './layout';
import type { Observer } from './observer';
import type { Plan } from './plan';
import { countsService } from './programs';
import { NO_TARGET, type Routers } from './routers';
import type { Sources } from './sources';
import { DONE, REFUSED, type Stations } from './stations';
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
  readonly interrupts: Interrupts;
  reset(): void;
}

export function createFlow(core: Core, transit: Transit, routers: Routers, stations: Stations, gates: Gates, sources: Sources, observer: Observer): Flow {
  const {
    plan,
    records,
    times,
    nodes,
    stats,
    links,
    messages,
    requestFlags,
    replyFlags,
    linkTarget,
    operations,
    latencyCounts,
    operationCounts,
    attention,
    allocate,
    release,
    related,
  } = core;
  const { clock, insert, remove } = core.list;
  const { admit } = stations;
  const { adopt, disown } = createKinship(core);
  const operationCount = plan.operations.length;
  const logging = countsService(plan);
  let depth = 0;
  /** Makes a record's event pending. The instant goes through memory: as an argument of a call that is not inlined it would be boxed. */
  const schedule = (id: number, at: number, word: number): void => {
    times[(id >> 1) + L.T_TIME] = at;
    insert(id, word);
  };
  /** Whether requests carry a demand or a priority that some station reads. */
  const carries = plan.nodes.some(
    (node) =>
      node.role === 'station' &&
      (node.discipline.startsWith('priority') || node.shedding?.type === 'priority' || node.demands.some((demand) => demand.type === 'work')),
  );
  /** Whether requests carry their session, their deadline, and know the calls under way for them. */
  const keyed = plan.components.some((component) => (component.sessions ?? 0) > 0);
  const dated = plan.links.some((link) => link.propagatesDeadline === true);
  const cancels = Int32Array.from(plan.links, (link) => (link.cancels === true ? 1 : 0));
  const propagates = Int32Array.from(plan.links, (link) => (link.propagatesDeadline === true ? 1 : 0));
  /** Whether instances drain, so that somebody waits for their last request to leave. */
  const scales = plan.components.some((component) => component.scaling !== undefined);
  const timeouts = Float64Array.from(plan.links, (link) => Math.min(link.timeout, link.policy?.deadline ?? Infinity));

  const proxies = Int32Array.from(plan.nodes, (node) => (node.role === 'router' && node.proxy ? 1 : 0));
  /** Source node of each operation. */
  const sourceOf = Int32Array.from(plan.operations, ({ component }) => plan.components[component]?.firstNode ?? -1);

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
      const reason = gates.enter(frame, node);
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
  const dispatch = (frame: number, link: number): void => {
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

  /** Prepares a call on behalf of a frame at a node; the reply will resume it. */
  const prepare = (parent: number, link: number, target: number, tag: number): number => {
    const frame = allocate();
    records[frame + L.C_PARENT] = parent;
    records[frame + L.C_PARENT_AGE] = records[parent + L.C_AGE];
    records[frame + L.C_LINK] = link;
    records[frame + L.C_NODE] = target;
    records[frame + L.C_OPERATION] = records[parent + L.C_OPERATION];
    records[frame + L.C_TAG] = tag;
    records[frame + L.C_HOPS] = 0;
    records[frame + L.C_ROUTER] = -1;
    if (keyed) records[frame + L.C_KEY] = records[parent + L.C_KEY];
    if (related) {
      records[frame + L.R_WORD] = L.WORD_PREPARED;
      records[frame + L.C_CHILD] = -1;
      adopt(parent, frame);
    }
    const t = frame >> 1;
    const from = parent >> 1;
    times[t + L.T_SENT] = clock[0];
    if (carries) {
      times[t + L.T_WORK] = times[from + L.T_WORK];
      times[t + L.T_PRIORITY] = times[from + L.T_PRIORITY];
    }
    if (logging) {
      times[t + L.T_ROOT_WAIT] = 0;
      times[t + L.T_ROOT_SERVICE] = 0;
    }
    if (dated) times[t + L.T_DEADLINE] = Math.min(times[from + L.T_DEADLINE], propagates[link] === 1 ? clock[0] + timeouts[link] : Infinity);
    return frame;
  };

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

  /** The request is no longer at the node: counts how it ended there. */
  const leave = (frame: number, node: number, reason: number): void => {
    const s = node * L.STATS;
    const now = clock[0];
    const residence = now - times[(frame >> 1) + L.T_ARRIVED];
    records[frame + L.C_STATE] = L.STATE_AWAY;
    stats[s + L.S_PRESENT_AREA] += now;
    nodes[node * L.NODE + L.N_PRESENT]--;
    if (scales && nodes[node * L.NODE + L.N_EMPTIED] > 0 && nodes[node * L.NODE + L.N_PRESENT] === 0)
      core.controls.at(nodes[node * L.NODE + L.N_EMPTIED] - 1, now);
    if (reason === L.REASON_OK) {
      stats[s + L.S_COMPLETED]++;
      stats[s + L.S_LATENCY] += residence;
      const component = nodes[node * L.NODE + L.N_COMPONENT];
      if (residence > core.latencyMax[component]) core.latencyMax[component] = residence;
      latencyCounts[component * BUCKETS + bucketOf(residence)]++;
    } else {
      stats[s + L.S_FAILED]++;
      stats[s + L.S_FAILED_RESIDENCE] += residence;
      core.nodeFailures[node * L.REASONS + reason]++;
    }
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
    if (parent === L.PARENT_SOURCE) {
      endRequest(frame, reason);
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

  /** A reply that nobody waits for: what was done for it was done in vain. `l`: row of its link's statistics. */
  const late = (frame: number, l: number, reason: number): void => {
    links[l + L.L_LATE]++;
    // What was refused has had no service.
    if (reason !== L.REASON_OK && reason !== L.REASON_ERROR) return;
    const node = records[frame + L.C_NODE];
    if (node >= 0) stats[node * L.STATS + L.S_WASTED] += times[(frame >> 1) + L.T_DEMAND];
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

  const countCall = (link: number, reason: number): void => {
    if (reason === L.REASON_OK) links[link * L.LINK_STATS + L.L_COMPLETED]++;
    else {
      links[link * L.LINK_STATS + L.L_FAILED]++;
      core.linkFailures[link * L.REASONS + reason]++;
    }
  };

  /** A request of a source has ended, well or with a reason. */
  const endRequest = (frame: number, reason: number): void => {
    const operation = records[frame + L.C_OPERATION];
    const o = operation * L.OPERATION_STATS;
    const now = clock[0];
    const elapsed = now - times[(frame >> 1) + L.T_SENT];
    operations[o + L.O_AREA] += now;
    if (reason === L.REASON_OK) {
      operations[o + L.O_COMPLETED]++;
      operations[o + L.O_LATENCY] += elapsed;
      if (elapsed > operations[o + L.O_LATENCY_MAX]) operations[o + L.O_LATENCY_MAX] = elapsed;
      operationCounts[operation * BUCKETS + bucketOf(elapsed)]++;
    } else {
      operations[o + L.O_FAILED]++;
      operations[o + L.O_FAILED_RESIDENCE] += elapsed;
      core.operationFailures[operation * L.REASONS + reason]++;
    }
    if (logging)
      observer.log(operation, times[(frame >> 1) + L.T_SENT], now, reason, times[(frame >> 1) + L.T_ROOT_WAIT], times[(frame >> 1) + L.T_ROOT_SERVICE]);
    if (attention[L.WATCH_REQUESTS] === 1) attention[L.STOP] = L.STOP_AT_REQUEST;
    const user = records[frame + L.C_TAG];
    if (user >= 0) sources.think(sourceOf[operation], user);
  };

  /** A source sends a request; `user` is the event id of the user who waits for it, -1 in an open workload. */
  const begin = (node: number, user: number): void => {
    const operation = sources.pickOperation(node);
    const link = sources.pickLink(node);
    const frame = allocate();
    const t = frame >> 1;
    const now = clock[0];
    records[frame + L.C_PARENT] = L.PARENT_SOURCE;
    records[frame + L.C_LINK] = link;
    records[frame + L.C_NODE] = -1;
    records[frame + L.C_OPERATION] = operation;
    records[frame + L.C_TAG] = user;
    records[frame + L.C_HOPS] = 0;
    records[frame + L.C_ROUTER] = -1;
    times[t + L.T_SENT] = now;
    if (keyed) records[frame + L.C_KEY] = sources.session(node, user);
    if (related) records[frame + L.C_CHILD] = -1;
    if (dated) times[t + L.T_DEADLINE] = propagates[link] === 1 ? now + timeouts[link] : Infinity;
    if (carries) {
      const work = sources.traceWork(node);
      times[t + L.T_WORK] = Math.max(work, 0);
      times[t + L.T_PRIORITY] = work < 0 ? (plan.operations[operation] as Plan['operations'][number]).priority : sources.tracePriority(node);
    }
    if (logging) {
      times[t + L.T_ROOT_WAIT] = 0;
      times[t + L.T_ROOT_SERVICE] = 0;
    }
    const o = operation * L.OPERATION_STATS;
    operations[o + L.O_OFFERED]++;
    operations[o + L.O_AREA] -= now;
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
  const { served } = calls;
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
