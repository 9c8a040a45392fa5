import type { Core } from './core';
import {
  C_NEXT,
  C_PREVIOUS,
  DISCIPLINE_MASK,
  FIFO,
  LIFO,
  LIFO_PREEMPTIVE,
  N_DISCIPLINE,
  N_FIRST,
  N_HEAD,
  N_TAIL,
  NODE,
  PRIORITY,
  PRIORITY_PREEMPTIVE,
  R_BUCKET,
  R_NEXT,
  R_WORD,
  SHARING,
  SHORTEST_JOB,
  SHORTEST_REMAINING,
  T_ARRIVED,
  T_DEMAND,
  T_PRIORITY,
  T_REMAINING,
  WORD_QUEUED,
} from './layout';

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
  /** Takes a frame out of the line, wherever it stands. */
  remove(node: number, frame: number): void;
  /** Takes the next frame; the line must not be empty. */
  pop(node: number): number;
  reset(): void;
}

/**
 * Pairing heap of frames (M. Fredman et al., 1986), least key at the root: first child in C_PREVIOUS, next sibling in C_NEXT; the
 * sibling before, or the parent of a first child, in R_NEXT, which is free while a frame has no event pending.
 */
export interface FrameHeap {
  insert(root: number, frame: number): number;
  /** Root without its least frame; -1 when empty. */
  removeFirst(root: number): number;
  /** Root without a frame that is somewhere in the heap; -1 when empty. */
  remove(root: number, frame: number): number;
}

/** A heap keyed by field `key` of the frames' times, ties by arrival. */
export function createFrameHeap(records: Int32Array, times: Float64Array, key: number): FrameHeap {
  const before = (a: number, b: number): boolean => {
    const ka = times[(a >> 1) + key];
    const kb = times[(b >> 1) + key];
    return ka < kb || (ka === kb && times[(a >> 1) + T_ARRIVED] <= times[(b >> 1) + T_ARRIVED]);
  };
  const meld = (a: number, b: number): number => {
    if (a < 0) return b;
    if (b < 0) return a;
    let first = a;
    let second = b;
    if (!before(a, b)) {
      first = b;
      second = a;
    }
    const child = records[first + C_PREVIOUS];
    records[second + C_NEXT] = child;
    if (child >= 0) records[child + R_NEXT] = second;
    records[second + R_NEXT] = first;
    records[first + C_PREVIOUS] = second;
    return first;
  };
  const removeFirst = (root: number): number => {
    // Two passes: pair the children from the left, then meld from the right.
    let child = records[root + C_PREVIOUS];
    let pairs = -1;
    while (child >= 0) {
      const second = records[child + C_NEXT];
      const rest = second >= 0 ? records[second + C_NEXT] : -1;
      records[child + C_NEXT] = -1;
      if (second >= 0) records[second + C_NEXT] = -1;
      const pair = meld(child, second);
      records[pair + C_NEXT] = pairs;
      pairs = pair;
      child = rest;
    }
    let merged = -1;
    while (pairs >= 0) {
      const rest = records[pairs + C_NEXT];
      records[pairs + C_NEXT] = -1;
      merged = meld(pairs, merged);
      pairs = rest;
    }
    return merged;
  };
  return {
    insert(root, frame) {
      records[frame + C_PREVIOUS] = -1;
      records[frame + C_NEXT] = -1;
      // The older frame stays first on a full tie.
      return meld(root, frame);
    },
    removeFirst,
    remove(root, frame) {
      if (frame === root) return removeFirst(root);
      const neighbour = records[frame + R_NEXT];
      const next = records[frame + C_NEXT];
      if (records[neighbour + C_PREVIOUS] === frame) records[neighbour + C_PREVIOUS] = next;
      else records[neighbour + C_NEXT] = next;
      if (next >= 0) records[next + R_NEXT] = neighbour;
      return meld(root, removeFirst(frame));
    },
  };
}

export function createQueues(core: Core): Queues {
  const { records, times, nodes } = core;
  const byDemand = createFrameHeap(records, times, T_DEMAND);
  const byRemaining = createFrameHeap(records, times, T_REMAINING);
  const heads = new Int32Array(core.plan.nodes.length * LEVELS);
  const tails = new Int32Array(core.plan.nodes.length * LEVELS);
  const levelOf = (frame: number): number => Math.min(LEVELS - 1, Math.max(0, times[(frame >> 1) + T_PRIORITY] | 0));

  /** A line is linked both ways, forward in R_NEXT and back in R_BUCKET, so that a request can leave from its middle. What the first one has in R_BUCKET means nothing. */
  const pushTail = (node: number, frame: number): void => {
    const n = node * NODE;
    records[frame + R_NEXT] = -1;
    if (nodes[n + N_HEAD] < 0) nodes[n + N_HEAD] = frame;
    else {
      records[nodes[n + N_TAIL] + R_NEXT] = frame;
      records[frame + R_BUCKET] = nodes[n + N_TAIL];
    }
    nodes[n + N_TAIL] = frame;
  };
  const pushHead = (node: number, frame: number): void => {
    const n = node * NODE;
    const head = nodes[n + N_HEAD];
    records[frame + R_NEXT] = head;
    if (head >= 0) records[head + R_BUCKET] = frame;
    nodes[n + N_HEAD] = frame;
  };

  const push = (node: number, frame: number): void => {
    const n = node * NODE;
    records[frame + R_WORD] = WORD_QUEUED;
    switch (nodes[n + N_DISCIPLINE] & DISCIPLINE_MASK) {
      case FIFO:
      case SHARING:
        pushTail(node, frame);
        return;
      case LIFO:
      case LIFO_PREEMPTIVE:
        pushHead(node, frame);
        return;
      case PRIORITY:
      case PRIORITY_PREEMPTIVE: {
        const line = node * LEVELS + levelOf(frame);
        records[frame + R_NEXT] = -1;
        if (heads[line] < 0) heads[line] = frame;
        else {
          records[tails[line] + R_NEXT] = frame;
          records[frame + R_BUCKET] = tails[line];
        }
        tails[line] = frame;
        return;
      }
      default: {
        // N_HEAD holds the heap's root: stations of these disciplines have no other line.
        const heap = (nodes[n + N_DISCIPLINE] & DISCIPLINE_MASK) === SHORTEST_JOB ? byDemand : byRemaining;
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
      records[frame + R_WORD] = WORD_QUEUED;
      records[frame + R_NEXT] = heads[line];
      if (heads[line] < 0) tails[line] = frame;
      else records[heads[line] + R_BUCKET] = frame;
      heads[line] = frame;
    },
    pop(node) {
      const n = node * NODE;
      switch (nodes[n + N_DISCIPLINE] & DISCIPLINE_MASK) {
        case FIFO:
        case SHARING:
        case LIFO:
        case LIFO_PREEMPTIVE: {
          const frame = nodes[n + N_HEAD];
          nodes[n + N_HEAD] = records[frame + R_NEXT];
          return frame;
        }
        case PRIORITY:
        case PRIORITY_PREEMPTIVE: {
          let line = node * LEVELS;
          while (heads[line] < 0) line++;
          const frame = heads[line];
          heads[line] = records[frame + R_NEXT];
          return frame;
        }
        default: {
          const frame = nodes[n + N_HEAD];
          nodes[n + N_HEAD] = ((nodes[n + N_DISCIPLINE] & DISCIPLINE_MASK) === SHORTEST_JOB ? byDemand : byRemaining).removeFirst(frame);
          return frame;
        }
      }
    },
    remove(node, frame) {
      const n = node * NODE;
      const discipline = nodes[n + N_DISCIPLINE] & DISCIPLINE_MASK;
      if (discipline === SHORTEST_JOB || discipline === SHORTEST_REMAINING) {
        nodes[n + N_HEAD] = (discipline === SHORTEST_JOB ? byDemand : byRemaining).remove(nodes[n + N_HEAD], frame);
        return;
      }
      const leveled = discipline === PRIORITY || discipline === PRIORITY_PREEMPTIVE;
      const line = node * LEVELS + levelOf(frame);
      const next = records[frame + R_NEXT];
      if (frame === (leveled ? heads[line] : nodes[n + N_HEAD])) {
        if (leveled) heads[line] = next;
        else nodes[n + N_HEAD] = next;
        return;
      }
      const previous = records[frame + R_BUCKET];
      records[previous + R_NEXT] = next;
      if (next >= 0) records[next + R_BUCKET] = previous;
      else if (leveled) tails[line] = previous;
      else nodes[n + N_TAIL] = previous;
    },
    reset() {
      heads.fill(-1);
      tails.fill(-1);
      for (let node = 0; node < core.plan.nodes.length; node++) nodes[node * NODE + N_FIRST] = -1;
    },
  };
}
