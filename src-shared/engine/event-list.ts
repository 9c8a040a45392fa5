import { OP_MASK, R_BUCKET, R_NEXT, R_WORD, RECORD, T_TIME } from './layout';

/**
 * Pending events in the total order (time, opcode, sequence). Each record has at most one pending event, so the list links records.
 *
 * Short lists (a handful of pending events) are one sorted linked list. Long ones are a calendar queue (R. Brown, 1988) whose
 * bucket width follows the mean spacing of recent events. Both insert behind equals, which keeps the sequence of insertion without
 * storing it. R_NEXT may be used by others while a record is not pending.
 */
export interface EventList {
  /** `clock[0]` is the current simulated time in ns: the instant of the event taken last. */
  readonly clock: Float64Array;
  /** Makes record `id` pending with `word` at the instant in its T_TIME; it must not be pending. Times are not passed as arguments, which would box them. */
  insert(id: number, word: number): void;
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
/** Steps past which it is worth while to remember where a walk ended. */
const LONG_WALK = 64;

/** An event list over records: `records` and `times` are two views of their buffer. */
export function createEventList(records: Int32Array, times: Float64Array): EventList {
  const clock = new Float64Array(8); // 0 now, 1 buckets per ns, 2 origin, 3 time of the last check
  const heads = new Int32Array(8 * ceilingPowerOfTwo(records.length / RECORD));
  let mask = 0;
  let short = true;
  let current = 0;
  let count = 0;
  let taken = 0;
  let check = CHECK_EVERY;

  /**
   * Where the latest long walk ended, -1: nowhere. Thousands of events at one instant (the tasks of a job) share a bucket; each would
   * walk past all those before it.
   */
  let hint = -1;
  /** Whether the hint is pending in the bucket of a record and comes before it. What was taken lies at or before the present. */
  const hinted = (id: number, at: number, op: number): boolean => {
    const its = times[(hint >> 1) + T_TIME];
    return (
      hint !== id &&
      its > clock[0] &&
      records[hint + R_BUCKET] === records[id + R_BUCKET] &&
      (its < at || (its === at && (records[hint + R_WORD] & OP_MASK) <= op))
    );
  };

  /** Puts a record into a sorted list; returns the new head. Walks past everything that comes before it or is its equal. */
  const link = (head: number, id: number, op: number): number => {
    const at = times[(id >> 1) + T_TIME];
    if (head < 0) {
      records[id + R_NEXT] = -1;
      return id;
    }
    let its = times[(head >> 1) + T_TIME];
    if (its > at || (its === at && (records[head + R_WORD] & OP_MASK) > op)) {
      records[id + R_NEXT] = head;
      return id;
    }
    let previous = head;
    if (hint >= 0 && hinted(id, at, op)) previous = hint;
    let follower = records[previous + R_NEXT];
    let steps = 0;
    while (follower >= 0) {
      its = times[(follower >> 1) + T_TIME];
      if (its > at || (its === at && (records[follower + R_WORD] & OP_MASK) > op)) break;
      previous = follower;
      follower = records[follower + R_NEXT];
      steps++;
    }
    if (steps > LONG_WALK || previous === hint) hint = id;
    records[id + R_NEXT] = follower;
    records[previous + R_NEXT] = id;
    return head;
  };

  const insert = (id: number, word: number): void => {
    count++;
    records[id + R_WORD] = word;
    if (short) {
      heads[0] = link(heads[0], id, word & OP_MASK);
      if (count > SHORT_TO_LONG) rebuild(0);
      return;
    }
    const virtual = (times[(id >> 1) + T_TIME] - clock[2]) * clock[1];
    let bucket = virtual > FAR ? FAR : virtual | 0;
    if (bucket < current) bucket = current;
    records[id + R_BUCKET] = bucket;
    const slot = bucket & mask;
    heads[slot] = link(heads[slot], id, word & OP_MASK);
  };

  const timeOf = (id: number): number => times[(id >> 1) + T_TIME];

  /** All pending ids in order. Rare: a sort is fine. */
  const inOrder = (): number[] => {
    const ids: number[] = [];
    for (let slot = 0; slot <= mask; slot++) for (let id = heads[slot]; id >= 0; id = records[id + R_NEXT]) ids.push(id);
    // Stable, and equals share a bucket: their sequence survives.
    return ids.sort((a, b) => timeOf(a) - timeOf(b) || (records[a + R_WORD] & OP_MASK) - (records[b + R_WORD] & OP_MASK));
  };

  /** Lays the list out anew: short, or a calendar with this bucket width in ns (0: from the spacing of what is pending). */
  const rebuild = (given: number): void => {
    let width = given;
    hint = -1;
    const ids = inOrder();
    short = ids.length <= LONG_TO_SHORT;
    let wanted = 1;
    if (!short) {
      wanted = 16;
      while (wanted < 4 * ids.length) wanted *= 2;
    }
    mask = wanted - 1;
    heads.fill(-1, 0, wanted);
    if (width === 0 && ids.length > 1) {
      // Median gap, so that one event in the far future does not make every bucket huge.
      const gaps: number[] = [];
      for (let i = 1; i < ids.length; i++) gaps.push(timeOf(ids[i] as number) - timeOf(ids[i - 1] as number));
      gaps.sort((a, b) => a - b);
      width = (gaps[gaps.length >> 1] as number) * 1.5;
    }
    clock[1] = 1 / Math.max(width, 1e-3);
    clock[2] = clock[0];
    clock[3] = clock[0];
    taken = 0;
    check = given === 0 ? 512 : CHECK_EVERY;
    current = 0;
    for (let i = ids.length - 1; i >= 0; i--) {
      const id = ids[i] as number;
      const virtual = short ? 0 : (timeOf(id) - clock[2]) * clock[1];
      const bucket = virtual > FAR ? FAR : virtual | 0;
      records[id + R_BUCKET] = bucket;
      records[id + R_NEXT] = heads[bucket & mask];
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
    if (
      spacing > 0 &&
      (spacing < width * 0.5 ||
        spacing > width * 2 ||
        count * 2 > mask + 1 ||
        (count * 16 < mask + 1 && mask > 15) ||
        count < LONG_TO_SHORT ||
        current > FAR / 2)
    )
      rebuild(spacing);
  };

  /** No event within a whole turn of the calendar: jump to the first. */
  const jump = (): void => {
    let best = -1;
    for (let slot = 0; slot <= mask; slot++) {
      const head = heads[slot];
      if (
        head >= 0 &&
        (best < 0 || timeOf(head) < timeOf(best) || (timeOf(head) === timeOf(best) && (records[head + R_WORD] & OP_MASK) < (records[best + R_WORD] & OP_MASK)))
      )
        best = head;
    }
    current = records[best + R_BUCKET];
    if (current === FAR) rebuild(Math.max(1, (timeOf(best) - clock[0]) / 16));
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
      if (head >= 0 && records[head + R_BUCKET] === bucket) {
        heads[bucket & mask] = records[head + R_NEXT];
        current = bucket;
        count--;
        clock[0] = timeOf(head);
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
      heads[0] = records[head + R_NEXT];
      count--;
      clock[0] = timeOf(head);
      return head;
    }
    return takeLong();
  };

  const remove = (id: number): void => {
    if (id === hint) hint = -1;
    const slot = short ? 0 : records[id + R_BUCKET] & mask;
    let at = heads[slot];
    if (at === id) heads[slot] = records[id + R_NEXT];
    else {
      while (records[at + R_NEXT] !== id) at = records[at + R_NEXT];
      records[at + R_NEXT] = records[id + R_NEXT];
    }
    count--;
  };

  const clear = (): void => {
    hint = -1;
    heads[0] = -1;
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
  return { clock, insert, take, remove, clear, count: () => count };
}

function ceilingPowerOfTwo(n: number): number {
  let power = 1;
  while (power < n) power *= 2;
  return power;
}
