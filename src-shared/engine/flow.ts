import { BUCKETS, bucketOf } from '../base/histogram';
import type { Core } from './core';
import * as L from './layout';
import type { Observer } from './observer';
import type { Plan } from './plan';
import { createPrograms } from './programs';
import type { Routers } from './routers';
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
  reset(): void;
}

export function createFlow(core: Core, transit: Transit, routers: Routers, stations: Stations, sources: Sources, observer: Observer): Flow {
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
  } = core;
  const { clock, insert, remove } = core.list;
  const { draw } = core.variates;
  const { admit, vacate } = stations;
  const operationCount = plan.operations.length;
  const logging = plan.requestLog > 0;
  let depth = 0;
  /** Makes a record's event pending. The instant goes through memory: as an argument of a call that is not inlined it would be boxed. */
  const schedule = (id: number, at: number, word: number): void => {
    times[(id >> 1) + L.T_TIME] = at;
    insert(id, word);
  };
  /** Whether requests carry a demand or a priority that some station reads. */
  const carries = plan.nodes.some(
    (node) => node.role === 'station' && (node.discipline.startsWith('priority') || node.demands.some((demand) => demand.type === 'work')),
  );

  const { callBase, callLinks, callShares, callStreams, forwardBase, forwardLinks, forwardShares, forwardStream, waitFor } = createPrograms(core);
  const picked: number[] = [];
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
      if (nodes[n + L.N_ROLE] === L.ROLE_STATION) {
        const outcome = admit(node, frame);
        if (outcome === DONE) served(frame, node, false);
        else if (outcome === REFUSED) finish(frame, node, L.REASON_QUEUE_FULL);
        return;
      }
      node = route(frame, node);
      if (node < 0) return;
    }
  };

  const arrive = (frame: number, link: number): void => {
    let node = records[frame + L.C_NODE];
    if (node < 0) {
      node = linkTarget[link];
      if (node < 0) node = routers.spread((plan.links[link] as Plan['links'][number]).to);
    }
    if (records[frame + L.C_LINK] !== link) links[link * L.LINK_STATS + L.L_COMPLETED]++;
    enter(frame, node);
  };

  /** Puts a request on a link, or straight into the far end where the link takes no time. */
  const send = (frame: number, link: number): void => {
    messages[(link * operationCount + records[frame + L.C_OPERATION]) * 2]++;
    if (requestFlags[link] === 0 || transit.request(frame, link, records[frame + L.C_LINK] === link)) {
      if (depth < DEPTH_LIMIT) {
        depth++;
        arrive(frame, link);
        depth--;
      } else schedule(frame, clock[0], L.OP_DELIVER | (link << L.OP_BITS));
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
    return frame;
  };

  /** Sends a request on from a router. Returns the instance that it has reached already, or -1. */
  const route = (frame: number, node: number): number => {
    const target = routers.choose(node);
    const link = routers.targetLink(node, target);
    const instance = routers.targetNode(node, target);
    if (proxies[node] === 0) {
      handOver(frame, node, link, instance);
      return -1;
    }
    routers.count(node, target, 1);
    if (records[frame + L.C_ROUTER] >= 0 || (requestFlags[link] & L.LINK_TIMEOUT) !== 0) {
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
    routers.count(node, records[frame + L.C_ROUTER_TARGET], -1);
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
    send(frame, link);
  };

  /** The request is no longer at the node: counts how it ended there. */
  const leave = (frame: number, node: number, reason: number): void => {
    const s = node * L.STATS;
    const now = clock[0];
    const residence = now - times[(frame >> 1) + L.T_ARRIVED];
    records[frame + L.C_STATE] = L.STATE_AWAY;
    stats[s + L.S_PRESENT_AREA] += now;
    nodes[node * L.NODE + L.N_PRESENT]--;
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
      links[l + L.L_LATE]++;
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
    if (awaited && logging) {
      times[(parent >> 1) + L.T_ROOT_WAIT] += times[(frame >> 1) + L.T_ROOT_WAIT];
      times[(parent >> 1) + L.T_ROOT_SERVICE] += times[(frame >> 1) + L.T_ROOT_SERVICE];
    }
    release(frame);
    if (!awaited) links[l + L.L_LATE]++;
    else {
      depth++;
      resume(parent, reason, tag);
      depth--;
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

  /** A call that a frame at a node has made is settled. */
  const resume = (frame: number, reason: number, tag: number): void => {
    const node = records[frame + L.C_NODE];
    const flags = nodes[node * L.NODE + L.N_FLAGS];
    if (nodes[node * L.NODE + L.N_ROLE] === L.ROLE_ROUTER) {
      routers.count(node, tag, -1);
      finish(frame, node, reason);
    } else if ((flags & L.FLAG_PARALLEL) === 0) {
      if (reason === L.REASON_OK) proceed(frame, node, flags);
      else complete(frame, node, flags, reason);
    } else {
      const pending = --records[frame + L.C_PENDING];
      if (reason === L.REASON_OK) records[frame + L.C_NEED]--;
      const need = records[frame + L.C_NEED];
      if (need > 0 && pending >= need) return;
      // Decided: replies still on their way find a frame of another age.
      if (pending > 0) records[frame + L.C_AGE]++;
      complete(frame, node, flags, need > 0 ? reason : L.REASON_OK);
    }
  };

  /** After service: makes the next call of a station's program, or completes it. */
  const proceed = (frame: number, node: number, flags: number): void => {
    if ((flags & L.FLAG_CALLS) !== 0) {
      const last = callBase[node + 1];
      if ((flags & L.FLAG_PARALLEL) !== 0) {
        callAll(frame, node, flags);
        return;
      }
      for (let at = callBase[node] + records[frame + L.C_STEP]; at < last; at++) {
        if (callStreams[at] >= 0 && draw(callStreams[at]) >= callShares[at]) continue;
        records[frame + L.C_STEP] = at - callBase[node] + 1;
        send(prepare(frame, callLinks[at], -1, at), callLinks[at]);
        return;
      }
    }
    complete(frame, node, flags, L.REASON_OK);
  };

  const callAll = (frame: number, node: number, flags: number): void => {
    // All frames are prepared before the first one leaves, since replies may come back, and end the request, within this loop.
    // The list is a stack: a call may come back and pick for another frame before the loop ends.
    const from = picked.length;
    for (let at = callBase[node]; at < callBase[node + 1]; at++)
      if (callStreams[at] < 0 || draw(callStreams[at]) < callShares[at]) picked.push(prepare(frame, callLinks[at], -1, at));
    const to = picked.length;
    if (to === from) {
      complete(frame, node, flags, L.REASON_OK);
      return;
    }
    records[frame + L.C_PENDING] = to - from;
    records[frame + L.C_NEED] = Math.min(waitFor[node], to - from);
    for (let i = from; i < to; i++) send(picked[i], records[picked[i] + L.C_LINK]);
    picked.length = from;
  };

  /** Service and calls are over: frees a held server, then hands the request over or answers it. */
  const complete = (frame: number, node: number, flags: number, reason: number): void => {
    if ((flags & L.FLAG_HOLDS) !== 0) vacate(node, frame);
    if ((flags & L.FLAG_FORWARDS) !== 0 && reason === L.REASON_OK) {
      let u = draw(forwardStream[node]);
      for (let at = forwardBase[node]; at < forwardBase[node + 1]; at++) {
        u -= forwardShares[at];
        if (u < 0) {
          handOver(frame, node, forwardLinks[at], -1);
          return;
        }
      }
    }
    finish(frame, node, reason);
  };

  /** A server has finished with a request. */
  const served = (frame: number, node: number, vacates: boolean): void => {
    const flags = nodes[node * L.NODE + L.N_FLAGS];
    if (logging) times[(frame >> 1) + L.T_ROOT_SERVICE] += times[(frame >> 1) + L.T_DEMAND];
    if ((flags & L.FLAG_SLOWDOWN) !== 0) stations.countSlowdown(node, frame);
    if (vacates && (flags & L.FLAG_HOLDS) === 0) vacate(node, frame);
    if ((flags & (L.FLAG_CALLS | L.FLAG_FORWARDS)) === 0) finish(frame, node, L.REASON_OK);
    else proceed(frame, node, flags);
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
    const parent = records[frame + L.C_PARENT];
    records[frame + L.C_TIMER] = 0;
    records[frame + L.C_PARENT] = L.PARENT_NONE;
    // Inside a router the timeout is that of the call which the router will answer.
    countCall(records[frame + L.C_ROUTER] >= 0 ? records[frame + L.C_ROUTER_LINK] : records[frame + L.C_LINK], L.REASON_TIMEOUT);
    if (parent === L.PARENT_SOURCE) endRequest(frame, L.REASON_TIMEOUT);
    else if (records[parent + L.C_AGE] === records[frame + L.C_PARENT_AGE]) resume(parent, L.REASON_TIMEOUT, records[frame + L.C_TAG]);
  };

  return {
    begin,
    arrive,
    served,
    settle,
    timeOut,
    reset() {
      depth = 0;
      picked.length = 0;
    },
  };
}
