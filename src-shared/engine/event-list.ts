import { OP_MASK } from './layout';

/**
 * Pending events in the total order (time, opcode, sequence). Each id has at most one pending event, so the list stores ids only.
 *
 * Short lists (a handful of pending events) are one sorted linked list. Long ones are a calendar queue (R. Brown, 1988) in typed
 * arrays whose bucket width follows the mean spacing of recent events. Both insert behind equals, which keeps the sequence of
 * insertion without storing it. `next` may be used by others while an id is not pending.
 */
export interface EventList {
  /** `clock[0]` is the current simulated time in ns: the instant of the event taken last. */
  readonly clock: Float64Array;
  /** Time of each id's event in ns. */
  readonly time: Float64Array;
  /** Opcode and payload of each id's event. */
  readonly word: Int32Array;
  readonly next: Int32Array;
  /** Makes `id` pending at `time` with `word`; it must not be pending. */
  insert(id: number, time: number, word: number): void;
  /** Removes and returns the first id, and moves the clock to its time. The list must not be empty. */
  take(): number;
  /** Takes a pending id out. */
  remove(id: number): void;
  /** Forgets everything and sets the clock to 0. */
  clear(): void;
  /** Number of pending events. */
  count(): number;
}

const SHORT_TO_LONG = 40;
const LONG_TO_SHORT = 12;
/** Virtual bucket of everything too far away to number. */
const FAR = 1073741823;
const CHECK_EVERY = 8192;

/** An event list for ids 0 .. capacity - 1. Arrays are of full size from the start; memory that is never touched costs nothing. */
export function createEventList(capacity: number): EventList {
  const clock = new Float64Array(8); // 0 now, 1 buckets per ns, 2 origin, 3 time of the last check
  const time = new Float64Array(capacity);
  const word = new Int32Array(capacity);
  const next = new Int32Array(capacity);
  const bucketOf = new Int32Array(capacity);
  let heads = new Int32Array(1).fill(-1);
  let mask = 0;
  let short = true;
  let current = 0;
  let count = 0;
  let taken = 0;
  let check = CHECK_EVERY;

  const link = (head: number, id: number, at: number, op: number): number => {
    // Walks past everything that comes before the new event or is its equal.
    if (head < 0 || time[head] > at || (time[head] === at && (word[head] & OP_MASK) > op)) {
      next[id] = head;
      return id;
    }
    let previous = head;
    let follower = next[head];
    while (follower >= 0 && (time[follower] < at || (time[follower] === at && (word[follower] & OP_MASK) <= op))) {
      previous = follower;
      follower = next[follower];
    }
    next[id] = follower;
    next[previous] = id;
    return head;
  };

  const insert = (id: number, at: number, w: number): void => {
    count++;
    time[id] = at;
    word[id] = w;
    if (short) {
      heads[0] = link(heads[0], id, at, w & OP_MASK);
      if (count > SHORT_TO_LONG) rebuild(0);
      return;
    }
    const virtual = (at - clock[2]) * clock[1];
    let bucket = virtual > FAR ? FAR : virtual | 0;
    if (bucket < current) bucket = current;
    bucketOf[id] = bucket;
    const slot = bucket & mask;
    heads[slot] = link(heads[slot], id, at, w & OP_MASK);
  };

  /** All pending ids in order. Rare: a sort is fine. */
  const inOrder = (): number[] => {
    const ids: number[] = [];
    for (let slot = 0; slot <= mask; slot++) for (let id = heads[slot]; id >= 0; id = next[id]) ids.push(id);
    // Stable, and equals share a bucket: their sequence survives.
    return ids.sort((a, b) => time[a] - time[b] || (word[a] & OP_MASK) - (word[b] & OP_MASK));
  };

  /** Lays the list out anew: short, or a calendar with this bucket width in ns (0: from the spacing of what is pending). */
  const rebuild = (width: number): void => {
    const ids = inOrder();
    short = ids.length <= LONG_TO_SHORT;
    let wanted = 1;
    if (!short) {
      wanted = 16;
      while (wanted < 2 * ids.length) wanted *= 2;
    }
    mask = wanted - 1;
    heads = new Int32Array(wanted).fill(-1);
    if (width === 0 && ids.length > 1) {
      // Median gap, so that one event in the far future does not make every bucket huge.
      const gaps: number[] = [];
      for (let i = 1; i < ids.length; i++) gaps.push(time[ids[i] as number] - time[ids[i - 1] as number]);
      gaps.sort((a, b) => a - b);
      width = (gaps[gaps.length >> 1] as number) * 1.5;
    }
    clock[1] = 1 / Math.max(width, 1e-3);
    clock[2] = clock[0];
    clock[3] = clock[0];
    taken = 0;
    check = width === 0 ? 512 : CHECK_EVERY;
    current = 0;
    for (let i = ids.length - 1; i >= 0; i--) {
      const id = ids[i] as number;
      const virtual = short ? 0 : (time[id] - clock[2]) * clock[1];
      const bucket = virtual > FAR ? FAR : virtual | 0;
      bucketOf[id] = bucket;
      next[id] = heads[bucket & mask];
      heads[bucket & mask] = id;
    }
  };

  const adapt = (): void => {
    const spacing = ((clock[0] - clock[3]) / taken) * 1.5;
    const width = 1 / clock[1];
    clock[3] = clock[0];
    taken = 0;
    check = CHECK_EVERY;
    if (short) return;
    if (spacing > 0 && (spacing < width * 0.5 || spacing > width * 2 || count > mask + 1 || (count * 8 < mask + 1 && mask > 15) || count < LONG_TO_SHORT || current > FAR / 2)) rebuild(spacing);
  };

  /** No event within a whole turn of the calendar: jump to the first. */
  const jump = (): void => {
    let best = -1;
    for (let slot = 0; slot <= mask; slot++) {
      const head = heads[slot];
      if (head >= 0 && (best < 0 || time[head] < time[best] || (time[head] === time[best] && (word[head] & OP_MASK) < (word[best] & OP_MASK)))) best = head;
    }
    current = bucketOf[best];
    if (current === FAR) rebuild(Math.max(1, (time[best] - clock[0]) / 16));
  };

  const takeLong = (): number => {
    if (++taken >= check) {
      adapt();
      if (short) return take();
    }
    let bucket = current;
    let last = bucket + mask;
    for (;;) {
      const head = heads[bucket & mask];
      if (head >= 0 && bucketOf[head] === bucket) {
        heads[bucket & mask] = next[head];
        current = bucket;
        count--;
        clock[0] = time[head];
        return head;
      }
      if (++bucket > last) {
        jump();
        if (short) return take();
        bucket = current;
        last = bucket + mask;
      }
    }
  };

  const take = (): number => {
    if (short) {
      const head = heads[0];
      heads[0] = next[head];
      count--;
      clock[0] = time[head];
      return head;
    }
    return takeLong();
  };

  const remove = (id: number): void => {
    const slot = short ? 0 : bucketOf[id] & mask;
    let at = heads[slot];
    if (at === id) heads[slot] = next[id];
    else {
      while (next[at] !== id) at = next[at];
      next[at] = next[id];
    }
    count--;
  };

  const clear = (): void => {
    heads = new Int32Array(1).fill(-1);
    mask = 0;
    short = true;
    current = 0;
    count = 0;
    taken = 0;
    check = CHECK_EVERY;
    clock.fill(0);
    clock[1] = 1;
  };
  clear();
  return { clock, time, word, next, insert, take, remove, clear, count: () => count };
}
