import type { Accounts } from './accounts';
import type { Core } from './core';
import type { Frames } from './frames';
import type { Gates } from './gates';
import * as L from './layout';
import type { Routers } from './routers';
import type { Stations } from './stations';
import * as M from './trace-memory';

/**
 * Records what happens to requests. A tracing engine is an engine some of whose parts have been exchanged, when it was built, for
 * ones that also tell the tracer; it changes nothing in what they do, draws no random number and adds no event. Rules: SPEC.md,
 * "Traces". Each method below is given a part and returns the one to use in its place.
 */
export interface Tracer {
  core(its: Core): Core;
  stations(its: Stations): Stations;
  gates(its: Gates): Gates;
  routers(its: Routers): Routers;
  frames(its: Frames): Frames;
  accounts(its: Accounts): Accounts;
  /** What puts a request on a link. */
  dispatch(its: (frame: number, link: number) => void): (frame: number, link: number) => void;
  /** What cuts a call loose from its caller. */
  giveUp(its: (frame: number, reason: number) => number): (frame: number, reason: number) => number;
  /** What ends a guarded call, with a reason that its fallback may still cover. */
  guardEnd(its: (guard: number, reason: number) => void): (guard: number, reason: number) => void;
  /** What counts a wait when the service of an elastic station begins. */
  wait(its: (node: number, frame: number, wait: number) => void): (node: number, frame: number, wait: number) => void;
  /** A caller will be told by a record of its own that the router has failed; the work goes on for nobody. */
  cutOff(frame: number, told: number): void;
  /** Requests that began, and those of them that were not recorded since too many were under way. */
  readonly counts: { begun: number; unrecorded: number };
  /** Tells `over` of every request that is still recorded, and forgets them: those that have not ended, or whose work goes on. */
  flush(): void;
}

/** The record of a request is complete: its outcome is known and nothing is under way for it. It may be read until this returns. */
export type TraceOver = (memory: M.TraceMemory, slot: number) => void;

/** C_NEED of a guard that waits to retry, and of a job that pauses. */
const WAITS_TO_RETRY = 1;
const PAUSING = -1;

/** Builds the tracer of one engine. */
export function createTracer(over: TraceOver): Tracer {
  const memory = M.createTraceMemory();
  const { end, more, place, reason: outcome, cause, note, behind, endOf, reasonOf, staleOf, framesOf } = memory;
  const counts = { begun: 0, unrecorded: 0 };
  let core!: Core;
  let { records, times, nodes } = {} as Core;
  let clock!: Float64Array;
  // By frame, at frame / RECORD: its request; its call; the instance where it is; the router that it has come through; its latest
  // stretch of time; the link that it took last.
  let slotOf!: Int32Array;
  let callOf!: Int32Array;
  let innerOf!: Int32Array;
  let outerOf!: Int32Array;
  let stretchOf!: Int32Array;
  let linkOf!: Int32Array;
  /** End of the latest stretch at the present instance, ns. */
  let coveredTo!: Float64Array;
  /** 1: service has begun there. */
  let begun!: Uint8Array;
  let fallback!: Uint8Array;

  const forget = (): void => {
    memory.reset();
    slotOf.fill(-1);
    counts.begun = 0;
    counts.unrecorded = 0;
  };

  /** A frame belongs to a request from now on, and stands for this call. */
  const enlist = (frame: number, slot: number, call: number): void => {
    const f = frame / L.RECORD;
    slotOf[f] = slot;
    callOf[f] = call;
    innerOf[f] = -1;
    outerOf[f] = -1;
    stretchOf[f] = -1;
    linkOf[f] = -1;
    framesOf[slot]++;
  };

  /** Innermost span that contains what a frame does now. */
  const holder = (f: number): number => (innerOf[f] >= 0 ? innerOf[f] : outerOf[f] >= 0 ? outerOf[f] : callOf[f]);

  /** Adds a stretch of time to whatever the frame is in. Stretches of no length are left out. */
  const stretch = (f: number, kind: number, at: number, since: number, until: number): number => {
    if (until <= since) return -1;
    const row = memory.add(slotOf[f], kind, holder(f), at, since);
    if (row >= 0) {
      end[row] = until;
      stretchOf[f] = row;
    }
    return row;
  };

  /** What has passed unexplained at an instance was waiting: in the queue, or interrupted. */
  const explain = (f: number, frame: number, node: number): void => {
    const now = clock[0];
    if (now <= coveredTo[f]) return;
    const row = stretchOf[f];
    // At an elastic station, or stopped in the middle of it, a request is in service although no event is pending for it.
    if (begun[f] === 1 && row >= 0 && records[frame + L.R_WORD] === L.WORD_ACTIVE) end[row] = now;
    else stretch(f, begun[f] === 1 ? M.SPAN_INTERRUPTED : M.SPAN_QUEUE, node, coveredTo[f], now);
    coveredTo[f] = now;
  };

  const serve = (frame: number, node: number, until: number): void => {
    const f = frame / L.RECORD;
    const row = stretchOf[f];
    const last = begun[f] === 1 && row >= 0 ? row : -1;
    explain(f, frame, node);
    // Service that goes on at another speed is the same stretch.
    if (last >= 0 && stretchOf[f] === last && end[last] === clock[0]) end[last] = until;
    else {
      const its = stretch(f, M.SPAN_SERVICE, node, clock[0], until);
      if (its >= 0 && begun[f] === 0) more[its] = times[(frame >> 1) + L.T_DEMAND];
    }
    begun[f] = 1;
    coveredTo[f] = until;
  };

  /** A request has come to an instance. */
  const enter = (frame: number, node: number): void => {
    const f = frame / L.RECORD;
    const slot = slotOf[f];
    if (slot < 0) return;
    const inner = innerOf[f];
    if (inner >= 0) {
      if (place[inner] === node) return;
      outerOf[f] = inner;
      innerOf[f] = -1;
    }
    const row = memory.add(slot, M.SPAN_VISIT, holder(f), node, clock[0]);
    // A router may hand the request over a link that takes no time without anybody noticing; then it is the link of the call.
    if (row >= 0) note[row] = linkOf[f] >= 0 ? linkOf[f] : records[frame + L.C_LINK];
    linkOf[f] = -1;
    innerOf[f] = row;
    stretchOf[f] = -1;
    coveredTo[f] = clock[0];
    begun[f] = 0;
  };

  /** Whether a write waits for other copies. */
  const isCommitting = (frame: number): boolean => records[frame + L.C_STATE] === L.STATE_CALLING && records[frame + L.R_WORD] === L.WORD_COMMITTING;

  const closeVisit = (row: number, reason: number): void => {
    end[row] = clock[0];
    outcome[row] = reason;
  };

  const leave = (frame: number, node: number, reason: number): void => {
    const f = frame / L.RECORD;
    if (slotOf[f] < 0) return;
    const inner = innerOf[f];
    if (inner >= 0 && place[inner] === node) {
      if (records[frame + L.C_STATE] === L.STATE_AT_NODE) {
        const row = stretchOf[f];
        // Taken out in the middle.
        if (row >= 0 && end[row] > clock[0]) end[row] = clock[0];
        explain(f, frame, node);
      } else if (isCommitting(frame)) stretch(f, M.SPAN_COMMIT, node, coveredTo[f], clock[0]);
      const spec = core.plan.nodes[node];
      const mark = spec.role === 'station' && spec.copy === true && reason === L.REASON_OK ? core.marks[f] : 0;
      if (mark >= 2) {
        more[inner] = mark - 2;
        behind[inner] = core.behind[f];
      }
      closeVisit(inner, reason);
      innerOf[f] = -1;
    } else if (outerOf[f] >= 0 && place[outerOf[f]] === node) {
      closeVisit(outerOf[f], reason);
      outerOf[f] = -1;
    } else {
      // Refused at the door.
      const row = memory.add(slotOf[f], M.SPAN_VISIT, holder(f), node, clock[0]);
      if (row >= 0) {
        note[row] = linkOf[f] >= 0 ? linkOf[f] : records[frame + L.C_LINK];
        closeVisit(row, reason);
      }
    }
    stretchOf[f] = -1;
    if (end[callOf[f]] === Infinity) outcome[callOf[f]] = reason;
  };

  /** An event of a frame becomes pending; its instant stands in memory already. */
  const inserted = (frame: number, word: number): void => {
    const f = frame / L.RECORD;
    if (slotOf[f] < 0) return;
    const now = clock[0];
    const at = times[(frame >> 1) + L.T_TIME];
    const payload = word >> L.OP_BITS;
    switch (word & L.OP_MASK) {
      case L.OP_COMPLETE:
        serve(frame, payload, at);
        return;
      case L.OP_DELIVER:
      case L.OP_REPLY: {
        const reply = (word & L.OP_MASK) === L.OP_REPLY;
        const row = stretch(f, M.SPAN_PASSAGE, payload, now, at);
        if (row < 0) return;
        note[row] = reply ? M.WAY_REPLY : M.WAY_REQUEST;
        const link = core.plan.links[payload];
        more[row] = link.nsPerByte > 0 ? queueing(payload, records[frame + L.C_OPERATION], reply) : 0;
        return;
      }
      case L.OP_LOST:
        stretch(f, M.SPAN_LOST, payload, now, at);
        if (end[callOf[f]] === Infinity) outcome[callOf[f]] = records[frame + L.C_REASON];
        return;
      case L.OP_RELEASE:
        if (stretch(f, M.SPAN_HELD, payload, now, at) >= 0) coveredTo[f] = at;
        return;
      case L.OP_GUARD:
        if (records[frame + L.C_STATE] !== L.STATE_GUARD)
          stretch(f, records[frame + L.C_NEED] === PAUSING ? M.SPAN_PAUSE : M.SPAN_DISPATCH, records[frame + L.C_NODE], now, at);
        else if (records[frame + L.C_NEED] === WAITS_TO_RETRY) stretch(f, M.SPAN_BACKOFF, records[frame + L.C_LINK], now, at);
        return;
    }
  };

  /** Wait for the transmitter of a message that has just been put on a link with a bandwidth. */
  const queueing = (link: number, operation: number, reply: boolean): number => {
    const its = core.plan.links[link];
    const { requestBytes, responseBytes } = core.plan.operations[operation];
    const bytes = reply ? (its.responseBytes ?? responseBytes) : (its.requestBytes ?? requestBytes);
    const until = core.links[link * L.LINK_STATS + (reply ? L.L_BUSY_UNTIL_BACK : L.L_BUSY_UNTIL)];
    return Math.max(0, until - clock[0] - Math.floor(bytes * its.nsPerByte + 0.5));
  };

  /** The pending event of a frame is taken back: whatever it was waiting for ends now. */
  const removed = (frame: number): void => {
    const f = frame / L.RECORD;
    const row = slotOf[f] < 0 ? -1 : stretchOf[f];
    if (row < 0 || end[row] <= clock[0]) return;
    end[row] = clock[0];
    if (innerOf[f] >= 0) coveredTo[f] = Math.min(coveredTo[f], clock[0]);
  };

  const endCall = (call: number, reason: number): void => {
    end[call] = clock[0];
    outcome[call] = reason;
  };

  const retire = (slot: number): void => {
    over(memory, slot);
    memory.close(slot);
  };

  const released = (frame: number): void => {
    const f = frame / L.RECORD;
    const slot = slotOf[f];
    if (slot < 0) return;
    const call = callOf[f];
    const parent = records[frame + L.C_PARENT];
    if (end[call] === Infinity) endCall(call, outcome[call]);
    if (parent >= 0 && records[parent + L.C_AGE] !== records[frame + L.C_PARENT_AGE]) note[call] |= M.NOTE_UNAWAITED;
    more[call] = clock[0];
    slotOf[f] = -1;
    if (--framesOf[slot] === 0 && endOf[slot] < Infinity) retire(slot);
  };

  return {
    counts,
    core(its) {
      const { timeoutBase } = its;
      const { insert, remove } = its.list;
      ({ records, times, nodes } = its);
      clock = its.list.clock;
      const frames = timeoutBase / L.RECORD;
      slotOf = new Int32Array(frames).fill(-1);
      callOf = new Int32Array(frames);
      innerOf = new Int32Array(frames);
      outerOf = new Int32Array(frames);
      stretchOf = new Int32Array(frames);
      linkOf = new Int32Array(frames);
      coveredTo = new Float64Array(frames);
      begun = new Uint8Array(frames);
      fallback = Uint8Array.from(its.plan.links, (link) => (link.policy?.fallback === true ? 1 : 0));
      core = {
        ...its,
        tracer: this,
        list: {
          ...its.list,
          insert(id, word) {
            if (id < timeoutBase) inserted(id, word);
            insert(id, word);
          },
          remove(id) {
            if (id < timeoutBase) removed(id);
            remove(id);
          },
        },
        release(frame) {
          released(frame);
          its.release(frame);
        },
        reset(seed, replication) {
          forget();
          its.reset(seed, replication);
        },
      };
      return core;
    },
    stations: (its) => ({
      ...its,
      admit(node, frame) {
        enter(frame, node);
        return its.admit(node, frame);
      },
      depart(node) {
        const frame = its.depart(node);
        const f = frame / L.RECORD;
        if (slotOf[f] >= 0 && stretchOf[f] >= 0) end[stretchOf[f]] = clock[0];
        coveredTo[f] = clock[0];
        return frame;
      },
    }),
    gates: (its) => ({
      ...its,
      enter(frame, node) {
        enter(frame, node);
        return its.enter(frame, node);
      },
    }),
    routers: (its) => ({
      ...its,
      choose(node, frame) {
        enter(frame, node);
        linkOf[frame / L.RECORD] = -1;
        return its.choose(node, frame);
      },
    }),
    frames: (its) => ({
      root(node, user, operation, link) {
        const frame = its.root(node, user, operation, link);
        const number = counts.begun++;
        const slot = memory.open(number, operation, clock[0]);
        const call = slot < 0 ? -1 : memory.add(slot, M.SPAN_CALL, -1, link, clock[0]);
        if (call < 0) counts.unrecorded++;
        if (slot >= 0 && call < 0) memory.close(slot);
        if (call >= 0) enlist(frame, slot, call);
        return frame;
      },
      prepare(parent, link, target, tag) {
        const frame = its.prepare(parent, link, target, tag);
        const p = parent / L.RECORD;
        const slot = slotOf[p];
        if (slot < 0) return frame;
        const call = memory.add(slot, M.SPAN_CALL, holder(p), link, clock[0]);
        if (call < 0) return frame;
        // An attempt of a guarded call: its tag says what sort of attempt, the guard how many there were.
        if (records[parent + L.C_STATE] === L.STATE_GUARD) note[call] = (tag & (M.NOTE_HEDGE | M.NOTE_PROBE)) | (records[parent + L.C_STEP] << M.NOTE_BITS);
        enlist(frame, slot, call);
        return frame;
      },
    }),
    accounts: (its) => ({
      ...its,
      leave(frame, node, reason) {
        leave(frame, node, reason);
        its.leave(frame, node, reason);
      },
      endRequest(frame, reason) {
        const f = frame / L.RECORD;
        const slot = slotOf[f];
        if (slot >= 0) {
          endOf[slot] = clock[0];
          reasonOf[slot] = reason;
          if (reason === L.REASON_OK && core.marks.length > 0 && core.marks[f] >= 2) staleOf[slot] = core.marks[f] - 2;
          if (end[callOf[f]] === Infinity) endCall(callOf[f], reason);
        }
        its.endRequest(frame, reason);
      },
    }),
    dispatch: (its) => (frame, link) => {
      linkOf[frame / L.RECORD] = link;
      its(frame, link);
    },
    giveUp: (its) => (frame, reason) => {
      const f = frame / L.RECORD;
      const call = slotOf[f] < 0 ? -1 : callOf[f];
      if (call >= 0 && end[call] === Infinity) {
        endCall(call, reason);
        note[call] |= M.NOTE_ABANDONED;
      }
      return its(frame, reason);
    },
    guardEnd: (its) => (guard, reason) => {
      const f = guard / L.RECORD;
      const call = slotOf[f] < 0 ? -1 : callOf[f];
      if (call >= 0 && end[call] === Infinity) {
        const covered = reason !== L.REASON_OK && fallback[records[guard + L.C_LINK]] === 1;
        cause[call] = reason;
        if (covered) note[call] |= M.NOTE_FALLBACK;
        endCall(call, covered ? L.REASON_OK : reason);
      }
      its(guard, reason);
    },
    wait: (its) => (node, frame, wait) => {
      if (slotOf[frame / L.RECORD] >= 0 && nodes[node * L.NODE + L.N_DISCIPLINE] >= L.SHARING) serve(frame, node, Infinity);
      its(node, frame, wait);
    },
    cutOff(frame, told) {
      const f = frame / L.RECORD;
      const slot = slotOf[f];
      if (slot < 0) return;
      const call = callOf[f];
      enlist(told, slot, call);
      innerOf[told / L.RECORD] = outerOf[f];
      // The rest is a call that nobody waits for.
      const own = memory.add(slot, M.SPAN_CALL, holder(f), records[frame + L.C_LINK], clock[0]);
      outerOf[f] = -1;
      if (own < 0) {
        slotOf[f] = -1;
        framesOf[slot]--;
        return;
      }
      note[own] = M.NOTE_ABANDONED;
      endCall(own, L.REASON_CANCELLED);
      callOf[f] = own;
    },
    flush() {
      for (let frame = 0; frame < core.pool.used; frame += L.RECORD) {
        const f = frame / L.RECORD;
        if (slotOf[f] < 0 || innerOf[f] < 0 || coveredTo[f] >= clock[0]) continue;
        if (isCommitting(frame)) stretch(f, M.SPAN_COMMIT, place[innerOf[f]], coveredTo[f], clock[0]);
        else if (records[frame + L.C_STATE] === L.STATE_AT_NODE) explain(f, frame, place[innerOf[f]]);
        else continue;
        if (stretchOf[f] >= 0) end[stretchOf[f]] = Infinity;
      }
      for (const slot of memory.inUse()) retire(slot);
    },
  };
}
