import { C_NEXT, C_PREVIOUS, CALL, FIFO, LIFO, LIFO_PREEMPTIVE, N_DISCIPLINE, N_FIRST, N_HEAD, N_TAIL, NODE, PRIORITY, PRIORITY_PREEMPTIVE, SHORTEST_JOB, T_ARRIVED, T_DEMAND, T_PRIORITY, T_REMAINING, TIMES } from './layout';
import type { Core } from './core';

/** Priority levels 0 (most urgent) to 7. */
const LEVELS = 8;

/**
 * The waiting lines of stations. A line is an intrusive list or pairing heap over call frames: it allocates nothing and has no
 * size of its own. FIFO's push and pop also stand in the engine's fast path.
 */
export interface Queues {
  /** Puts a frame into the line of a node by the node's discipline. */
  push(node: number, frame: number): void;
  /** Puts an interrupted frame back where it belongs: before its equals. */
  pushBack(node: number, frame: number): void;
  /** Takes the next frame; the line must not be empty. */
  pop(node: number): number;
  reset(): void;
}

/** Pairing heap of frames (M. Fredman et al., 1986): first child in C_PREVIOUS, next sibling in C_NEXT, least key at the root. */
export interface FrameHeap {
  insert(root: number, frame: number): number;
  /** Root without its least frame; -1 when empty. */
  removeFirst(root: number): number;
}

/** A heap keyed by field `key` of the frames' times, ties by arrival. */
export function createFrameHeap(calls: Int32Array, times: Float64Array, key: number): FrameHeap {
  const before = (a: number, b: number): boolean => {
    const ka = times[a * TIMES + key];
    const kb = times[b * TIMES + key];
    return ka < kb || (ka === kb && times[a * TIMES + T_ARRIVED] <= times[b * TIMES + T_ARRIVED]);
  };
  const meld = (a: number, b: number): number => {
    if (a < 0) return b;
    if (b < 0) return a;
    const [first, second] = before(a, b) ? [a, b] : [b, a];
    calls[second * CALL + C_NEXT] = calls[first * CALL + C_PREVIOUS];
    calls[first * CALL + C_PREVIOUS] = second;
    return first;
  };
  return {
    insert(root, frame) {
      calls[frame * CALL + C_PREVIOUS] = -1;
      calls[frame * CALL + C_NEXT] = -1;
      // The older frame stays first on a full tie.
      return meld(root, frame);
    },
    removeFirst(root) {
      // Two passes: pair the children from the left, then meld from the right.
      let child = calls[root * CALL + C_PREVIOUS];
      let pairs = -1;
      while (child >= 0) {
        const second = calls[child * CALL + C_NEXT];
        const rest = second >= 0 ? calls[second * CALL + C_NEXT] : -1;
        calls[child * CALL + C_NEXT] = -1;
        if (second >= 0) calls[second * CALL + C_NEXT] = -1;
        const pair = meld(child, second);
        calls[pair * CALL + C_NEXT] = pairs;
        pairs = pair;
        child = rest;
      }
      let merged = -1;
      while (pairs >= 0) {
        const rest = calls[pairs * CALL + C_NEXT];
        calls[pairs * CALL + C_NEXT] = -1;
        merged = meld(pairs, merged);
        pairs = rest;
      }
      return merged;
    },
  };
}

export function createQueues(core: Core): Queues {
  const { calls, times, nodes } = core;
  const { next } = core.list;
  const byDemand = createFrameHeap(calls, times, T_DEMAND);
  const byRemaining = createFrameHeap(calls, times, T_REMAINING);
  const heads = new Int32Array(core.plan.nodes.length * LEVELS);
  const tails = new Int32Array(core.plan.nodes.length * LEVELS);
  const levelOf = (frame: number): number => Math.min(LEVELS - 1, Math.max(0, times[frame * TIMES + T_PRIORITY] | 0));

  const pushTail = (node: number, frame: number): void => {
    const n = node * NODE;
    next[frame] = -1;
    if (nodes[n + N_HEAD] < 0) nodes[n + N_HEAD] = frame;
    else next[nodes[n + N_TAIL]] = frame;
    nodes[n + N_TAIL] = frame;
  };
  const pushHead = (node: number, frame: number): void => {
    const n = node * NODE;
    next[frame] = nodes[n + N_HEAD];
    nodes[n + N_HEAD] = frame;
  };

  const push = (node: number, frame: number): void => {
    const n = node * NODE;
    switch (nodes[n + N_DISCIPLINE]) {
      case FIFO:
        pushTail(node, frame);
        return;
      case LIFO:
      case LIFO_PREEMPTIVE:
        pushHead(node, frame);
        return;
      case PRIORITY:
      case PRIORITY_PREEMPTIVE: {
        const line = node * LEVELS + levelOf(frame);
        next[frame] = -1;
        if (heads[line] < 0) heads[line] = frame;
        else next[tails[line]] = frame;
        tails[line] = frame;
        return;
      }
      default: {
        // N_HEAD holds the heap's root: stations of these disciplines have no other line.
        const heap = nodes[n + N_DISCIPLINE] === SHORTEST_JOB ? byDemand : byRemaining;
        nodes[n + N_HEAD] = heap.insert(nodes[n + N_HEAD], frame);
      }
    }
  };

  return {
    push,
    pushBack(node, frame) {
      if (nodes[node * NODE + N_DISCIPLINE] !== PRIORITY_PREEMPTIVE) {
        push(node, frame);
        return;
      }
      const line = node * LEVELS + levelOf(frame);
      next[frame] = heads[line];
      if (heads[line] < 0) tails[line] = frame;
      heads[line] = frame;
    },
    pop(node) {
      const n = node * NODE;
      switch (nodes[n + N_DISCIPLINE]) {
        case FIFO:
        case LIFO:
        case LIFO_PREEMPTIVE: {
          const frame = nodes[n + N_HEAD];
          nodes[n + N_HEAD] = next[frame];
          return frame;
        }
        case PRIORITY:
        case PRIORITY_PREEMPTIVE: {
          let line = node * LEVELS;
          while (heads[line] < 0) line++;
          const frame = heads[line];
          heads[line] = next[frame];
          return frame;
        }
        default: {
          const frame = nodes[n + N_HEAD];
          nodes[n + N_HEAD] = (nodes[n + N_DISCIPLINE] === SHORTEST_JOB ? byDemand : byRemaining).removeFirst(frame);
          return frame;
        }
      }
    },
    reset() {
      heads.fill(-1);
      tails.fill(-1);
      for (let node = 0; node < core.plan.nodes.length; node++) nodes[node * NODE + N_FIRST] = -1;
    },
  };
}
