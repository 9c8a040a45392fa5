import type { Core } from './core';
import * as L from './layout';
import { countsService, createPrograms } from './programs';
import { createStages } from './stages';
import type { Stations } from './stations';

/** What a request does at a station after service: calls to other parts, then a hand-over or a reply. */
export interface Calls {
  /** A server has finished with a request; `vacates`: it must be freed (under processor sharing nobody holds one). */
  served(frame: number, node: number, vacates: boolean): void;
  /** A call that a request at a station has made is settled. */
  resume(frame: number, node: number, flags: number, reason: number): void;
  /** OP_GUARD of a request that calls by stages: it may send the next call, or a pause is over. */
  due(frame: number): void;
  reset(): void;
}

/** What calls need of the life of requests. */
export interface CallSteps {
  /** Prepares a call on behalf of a frame at a node; the reply will resume it. */
  prepare(parent: number, link: number, target: number, tag: number): number;
  send(frame: number, link: number): void;
  finish(frame: number, node: number, reason: number): void;
  handOver(frame: number, node: number, link: number, target: number): void;
  /** The calls that a frame has under way are not waited for any more: calls them back where their links do that. */
  letGo(frame: number): void;
  /** Sends the request on to a target of the router that the node is. */
  route(frame: number, node: number): void;
}

/** Builds the programs of all stations. */
export function createCalls(core: Core, stations: Stations, { prepare, send, finish, handOver, letGo, route }: CallSteps): Calls {
  const { plan, records, times, nodes } = core;
  const { draw, add } = core.variates;
  const { vacate } = stations;
  const logging = countsService(plan);
  const programs = createPrograms(core);
  const { callBase, callLinks, callShares, callStreams, forwardBase, forwardLinks, forwardShares, forwardStream, waitFor } = programs;
  const stages = createStages(core, programs, {
    prepare,
    send,
    letGo,
    done: (frame, node, reason) => complete(frame, node, nodes[node * L.NODE + L.N_FLAGS], reason),
  });
  const failureShare = Float64Array.from(plan.nodes, (node) => (node.role === 'station' ? (node.failureShare ?? 0) : 0));
  const failureStream = Int32Array.from(plan.nodes, (node, index) =>
    node.role === 'station' && failureShare[index] > 0 ? add(`${plan.components[node.component]?.id}#${node.instance}/failure`, { type: 'unit' }) : -1,
  );
  const picked: number[] = [];

  /** A call that a frame at a node has made is settled. */
  const resume = (frame: number, node: number, flags: number, reason: number): void => {
    if ((flags & L.FLAG_STAGES) !== 0) {
      stages.answered(frame, node, reason);
      return;
    }
    if ((flags & L.FLAG_PARALLEL) === 0) {
      if (reason === L.REASON_OK) proceed(frame, node, flags);
      else complete(frame, node, flags, reason);
      return;
    }
    const pending = --records[frame + L.C_PENDING];
    if (reason === L.REASON_OK) records[frame + L.C_NEED]--;
    const need = records[frame + L.C_NEED];
    if (need > 0 && pending >= need) return;
    // Decided: replies still on their way find a frame of another age.
    if (pending > 0) {
      letGo(frame);
      records[frame + L.C_AGE]++;
    }
    complete(frame, node, flags, need > 0 ? reason : L.REASON_OK);
  };

  /** After service: makes the next call of a station's program, or completes it. */
  const proceed = (frame: number, node: number, flags: number): void => {
    if ((flags & L.FLAG_CALLS) !== 0) {
      const last = callBase[node + 1];
      if ((flags & L.FLAG_STAGES) !== 0) {
        stages.begin(frame, node);
        return;
      }
      if ((flags & L.FLAG_PARALLEL) !== 0) {
        callAll(frame, node, flags);
        return;
      }
      for (let at = callBase[node] + records[frame + L.C_STEP]; at < last; at++) {
        if (callStreams[at] >= 0 && draw(callStreams[at]) >= callShares[at]) continue;
        records[frame + L.C_STATE] = L.STATE_CALLING;
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
    records[frame + L.C_STATE] = L.STATE_CALLING;
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
    if ((flags & L.FLAG_ROUTES) !== 0 && reason === L.REASON_OK) route(frame, node);
    else finish(frame, node, reason);
  };

  /** A server has finished with a request. */
  const served = (frame: number, node: number, vacates: boolean): void => {
    const flags = nodes[node * L.NODE + L.N_FLAGS];
    if (logging) times[(frame >> 1) + L.T_ROOT_SERVICE] += times[(frame >> 1) + L.T_DEMAND];
    if ((flags & L.FLAG_SLOWDOWN) !== 0) stations.countSlowdown(node, frame);
    if (vacates && (flags & L.FLAG_HOLDS) === 0) vacate(node, frame);
    if ((flags & (L.FLAG_CALLS | L.FLAG_FORWARDS | L.FLAG_ERRORS | L.FLAG_ROUTES)) === 0) finish(frame, node, L.REASON_OK);
    else if ((flags & L.FLAG_ERRORS) !== 0 && draw(failureStream[node]) < failureShare[node]) complete(frame, node, flags, L.REASON_ERROR);
    else proceed(frame, node, flags);
  };

  return {
    served,
    resume,
    due: stages.due,
    reset() {
      picked.length = 0;
      stages.reset();
    },
  };
}
