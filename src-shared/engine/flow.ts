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

  /** A request enters an instance. */
  const enter = (frame: number, node: number): void => {
    const c = frame;
    const n = node * L.NODE;
    const s = node * L.STATS;
    const now = clock[0];
    records[c + L.C_NODE] = node;
    records[c + L.C_STATE] = L.STATE_AT_NODE;
    records[c + L.C_STEP] = 0;
    times[(frame >> 1) + L.T_ARRIVED] = now;
    stats[s + L.S_OFFERED]++;
    stats[s + L.S_PRESENT_AREA] -= now;
    nodes[n + L.N_PRESENT]++;
    if (nodes[n + L.N_ROLE] === L.ROLE_ROUTER) route(frame, node);
    else {
      const outcome = admit(node, frame);
      if (outcome === DONE) served(frame, node, false);
      else if (outcome === REFUSED) finish(frame, node, L.REASON_QUEUE_FULL);
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
    const c = frame;
    messages[(link * operationCount + records[c + L.C_OPERATION]) * 2]++;
    if (requestFlags[link] === 0 || transit.request(frame, link, records[c + L.C_LINK] === link)) {
      if (depth < DEPTH_LIMIT) {
        depth++;
        arrive(frame, link);
        depth--;
      } else schedule(frame, clock[0], L.OP_DELIVER | (link << L.OP_BITS));
    } else if (records[c + L.C_LINK] !== link && (records[c + L.R_WORD] & L.OP_MASK) === L.OP_LOST) {
      // A hand-over that was lost has failed on its own link too; the caller's link counts it when the caller learns.
      links[link * L.LINK_STATS + L.L_FAILED]++;
      core.linkFailures[link * L.REASONS + records[c + L.C_REASON]]++;
    }
  };

  /** Prepares a call on behalf of a frame at a node; the reply will resume it. */
  const prepare = (parent: number, link: number, target: number, tag: number): number => {
    const frame = allocate();
    const c = frame;
    const p = parent;
    records[c + L.C_PARENT] = parent;
    records[c + L.C_PARENT_AGE] = records[p + L.C_AGE];
    records[c + L.C_LINK] = link;
    records[c + L.C_NODE] = target;
    records[c + L.C_OPERATION] = records[p + L.C_OPERATION];
    records[c + L.C_TAG] = tag;
    records[c + L.C_HOPS] = 0;
    records[c + L.C_ROUTER] = -1;
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

  const route = (frame: number, node: number): void => {
    const target = routers.choose(node);
    const link = routers.targetLink(node, target);
    const instance = routers.targetNode(node, target);
    if (proxies[node] === 0) {
      handOver(frame, node, link, instance);
      return;
    }
    routers.count(node, target, 1);
    const c = frame;
    if (records[c + L.C_ROUTER] < 0 && (requestFlags[link] & L.LINK_TIMEOUT) === 0) {
      // The router itself never gives up on this call, so the request can carry what the router would have to remember.
      records[c + L.C_ROUTER] = node;
      records[c + L.C_ROUTER_LINK] = records[c + L.C_LINK];
      records[c + L.C_ROUTER_TARGET] = target;
      times[(frame >> 1) + L.T_ROUTER_ARRIVED] = times[(frame >> 1) + L.T_ARRIVED];
      records[c + L.C_LINK] = link;
      records[c + L.C_NODE] = instance;
      records[c + L.C_STATE] = L.STATE_AWAY;
      send(frame, link);
    } else send(prepare(frame, link, instance, target), link);
  };

  /** The reply has come back to the router that the request came through: it passes it on. */
  const leaveRouter = (frame: number, reason: number): void => {
    const c = frame;
    const node = records[c + L.C_ROUTER];
    countCall(records[c + L.C_LINK], reason);
    routers.count(node, records[c + L.C_ROUTER_TARGET], -1);
    records[c + L.C_ROUTER] = -1;
    records[c + L.C_LINK] = records[c + L.C_ROUTER_LINK];
    times[(frame >> 1) + L.T_ARRIVED] = times[(frame >> 1) + L.T_ROUTER_ARRIVED];
    finish(frame, node, reason);
  };

  /** The request leaves the node for another, which will answer its caller. */
  const handOver = (frame: number, node: number, link: number, target: number): void => {
    const c = frame;
    if (++records[c + L.C_HOPS] > HOP_LIMIT) {
      finish(frame, node, L.REASON_HOP_LIMIT);
      return;
    }
    leave(frame, node, L.REASON_OK);
    records[c + L.C_NODE] = target;
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

  /** The request is answered: the reply goes back on the link of the call. */
  const finish = (frame: number, node: number, reason: number): void => {
    leave(frame, node, reason);
    const c = frame;
    const link = records[c + L.C_LINK];
    messages[(link * operationCount + records[c + L.C_OPERATION]) * 2 + 1]++;
    if (replyFlags[link] === 0 && depth < DEPTH_LIMIT) {
      depth++;
      settle(frame, reason);
      depth--;
      return;
    }
    records[c + L.C_REASON] = reason;
    if (replyFlags[link] === 0) schedule(frame, clock[0], L.OP_REPLY | (link << L.OP_BITS));
    else transit.reply(frame, link);
  };

  /** The outcome of a call is known on the caller's side. */
  const settle = (frame: number, reason: number): void => {
    const c = frame;
    if (records[c + L.C_ROUTER] >= 0) {
      leaveRouter(frame, reason);
      return;
    }
    const parent = records[c + L.C_PARENT];
    const l = records[c + L.C_LINK] * L.LINK_STATS;
    if (parent === L.PARENT_NONE) {
      links[l + L.L_LATE]++;
      release(frame);
      return;
    }
    if (records[c + L.C_TIMER] === 1) {
      records[c + L.C_TIMER] = 0;
      remove(core.timeoutBase + frame);
    }
    countCall(records[c + L.C_LINK], reason);
    if (parent === L.PARENT_SOURCE) {
      endRequest(frame, reason);
      release(frame);
      return;
    }
    const tag = records[c + L.C_TAG];
    const awaited = records[parent + L.C_AGE] === records[c + L.C_PARENT_AGE];
    if (awaited && logging) {
      times[(parent >> 1) + L.T_ROOT_WAIT] += times[(frame >> 1) + L.T_ROOT_WAIT];
      times[(parent >> 1) + L.T_ROOT_SERVICE] += times[(frame >> 1) + L.T_ROOT_SERVICE];
    }
    release(frame);
    if (awaited) resume(parent, reason, tag);
    else links[l + L.L_LATE]++;
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
    const c = frame;
    const operation = records[c + L.C_OPERATION];
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
    const user = records[c + L.C_TAG];
    if (user >= 0) sources.think(sourceOf[operation], user);
  };

  /** A call that a frame at a node has made is settled. */
  const resume = (frame: number, reason: number, tag: number): void => {
    const c = frame;
    const node = records[c + L.C_NODE];
    const flags = nodes[node * L.NODE + L.N_FLAGS];
    if (nodes[node * L.NODE + L.N_ROLE] === L.ROLE_ROUTER) {
      routers.count(node, tag, -1);
      finish(frame, node, reason);
    } else if ((flags & L.FLAG_PARALLEL) === 0) {
      if (reason === L.REASON_OK) proceed(frame, node, flags);
      else conclude(frame, node, flags, reason);
    } else {
      const pending = --records[c + L.C_PENDING];
      if (reason === L.REASON_OK) records[c + L.C_NEED]--;
      const need = records[c + L.C_NEED];
      if (need > 0 && pending >= need) return;
      // Decided: replies still on their way find a frame of another age.
      if (pending > 0) records[c + L.C_AGE]++;
      conclude(frame, node, flags, need > 0 ? reason : L.REASON_OK);
    }
  };

  /** After service: makes the next call of a station's program, or concludes. */
  const proceed = (frame: number, node: number, flags: number): void => {
    if ((flags & L.FLAG_CALLS) !== 0) {
      const c = frame;
      const last = callBase[node + 1];
      if ((flags & L.FLAG_PARALLEL) !== 0) {
        callAll(frame, node, flags);
        return;
      }
      for (let at = callBase[node] + records[c + L.C_STEP]; at < last; at++) {
        if (callStreams[at] >= 0 && draw(callStreams[at]) >= callShares[at]) continue;
        records[c + L.C_STEP] = at - callBase[node] + 1;
        send(prepare(frame, callLinks[at], -1, at), callLinks[at]);
        return;
      }
    }
    conclude(frame, node, flags, L.REASON_OK);
  };

  const callAll = (frame: number, node: number, flags: number): void => {
    const c = frame;
    // All frames are prepared before the first one leaves, since replies may come back, and end the request, within this loop.
    // The list is a stack: a call may come back and pick for another frame before the loop ends.
    const from = picked.length;
    for (let at = callBase[node]; at < callBase[node + 1]; at++)
      if (callStreams[at] < 0 || draw(callStreams[at]) < callShares[at]) picked.push(prepare(frame, callLinks[at], -1, at));
    const to = picked.length;
    if (to === from) {
      conclude(frame, node, flags, L.REASON_OK);
      return;
    }
    records[c + L.C_PENDING] = to - from;
    records[c + L.C_NEED] = Math.min(waitFor[node], to - from);
    for (let i = from; i < to; i++) send(picked[i], records[picked[i] + L.C_LINK]);
    picked.length = from;
  };

  /** Service and calls are over: frees a held server, then hands the request over or answers it. */
  const conclude = (frame: number, node: number, flags: number, reason: number): void => {
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

  /** Slowdown of a request: time at the station over service demand. */
  const countSlowdown = (frame: number, node: number): void => {
    const demand = times[(frame >> 1) + L.T_DEMAND];
    if (demand <= 0) return;
    stats[node * L.STATS + L.S_SLOWDOWN] += (clock[0] - times[(frame >> 1) + L.T_ARRIVED]) / demand;
    stats[node * L.STATS + L.S_SLOWED]++;
  };

  /** A server has finished with a request. */
  const served = (frame: number, node: number, vacates: boolean): void => {
    const flags = nodes[node * L.NODE + L.N_FLAGS];
    if (logging) times[(frame >> 1) + L.T_ROOT_SERVICE] += times[(frame >> 1) + L.T_DEMAND];
    if ((flags & L.FLAG_SLOWDOWN) !== 0) countSlowdown(frame, node);
    if (vacates && (flags & L.FLAG_HOLDS) === 0) vacate(node, frame);
    if ((flags & (L.FLAG_CALLS | L.FLAG_FORWARDS)) === 0) finish(frame, node, L.REASON_OK);
    else proceed(frame, node, flags);
  };

  /** A source sends a request; `user` is the event id of the user who waits for it, -1 in an open workload. */
  const begin = (node: number, user: number): void => {
    const operation = sources.pickOperation(node);
    const link = sources.pickLink(node);
    const frame = allocate();
    const c = frame;
    const t = frame >> 1;
    const now = clock[0];
    records[c + L.C_PARENT] = L.PARENT_SOURCE;
    records[c + L.C_LINK] = link;
    records[c + L.C_NODE] = -1;
    records[c + L.C_OPERATION] = operation;
    records[c + L.C_TAG] = user;
    records[c + L.C_HOPS] = 0;
    records[c + L.C_ROUTER] = -1;
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
    const c = frame;
    const parent = records[c + L.C_PARENT];
    records[c + L.C_TIMER] = 0;
    records[c + L.C_PARENT] = L.PARENT_NONE;
    // Inside a router the timeout is that of the call which the router will answer.
    countCall(records[c + L.C_ROUTER] >= 0 ? records[c + L.C_ROUTER_LINK] : records[c + L.C_LINK], L.REASON_TIMEOUT);
    if (parent === L.PARENT_SOURCE) endRequest(frame, L.REASON_TIMEOUT);
    else if (records[parent + L.C_AGE] === records[c + L.C_PARENT_AGE]) resume(parent, L.REASON_TIMEOUT, records[c + L.C_TAG]);
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
