import type { Kernel } from './kernel/kernel';
import * as M from './kernel/memory-map';
import { OP_MASK, R_BUCKET, R_NEXT, R_WORD, RECORD, T_TIME } from './layout';

/**
 * Pending events in the total order (time, opcode, sequence). Each record has at most one pending event, so the list links records.
 *
 * Short lists (a handful of pending events) are one sorted linked list. Long ones are a calendar queue (R. Brown, 1988) whose
 * bucket width follows the mean spacing of recent events, and whose empty buckets are skipped by a bit for each. Both insert behind equals, which keeps the sequence of insertion without
 * storing it. R_NEXT may be used by others while a record is not pending. What happens at every event is in the kernel
 * (kernel/assembly/event-list.ts); laying the list out anew is rare and stands here.
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

const LONG_TO_SHORT = 6;
/** Virtual bucket of everything too far away to number. */
const FAR = 1073741823;
const CHECK_EVERY = 8192;
/** Width of a bucket in mean gaps between events. */
const WIDTH = 0.2;
/** Buckets for each pending event, at least, as long as there is room for so many. */
const BUCKETS_PER_EVENT = 16;
/** Buckets of the smallest calendar: bits of their occupancy come in words of 64. */
const FEWEST_BUCKETS = 64;

/** The nearest whole number, exactly as the kernel finds it. */
const nearest = (x: number): number => x + 2 ** 52 - 2 ** 52;

/** The event list over the records of a kernel. */
export function createEventList(kernel: Kernel): EventList {
  const { words, records, times } = kernel;
  const clock = kernel.doubles.subarray(M.CLOCK / 8, M.CLOCK / 8 + 8); // 0 now, 1 buckets per ns, 2 origin, 3 time of the last check
  const heads = kernel.int32(M.P_HEADS, headsFor(records.length / RECORD));
  /** Bits of the buckets of a calendar that are not empty. */
  const occupied = kernel.int32(M.P_OCCUPIED, heads.length / 32);
  const set = (address: number, value: number): void => {
    words[address >> 2] = value;
  };

  set(M.LIST_ROOM, heads.length);

  const timeOf = (id: number): number => times[(id >> 1) + T_TIME];

  /** All pending ids in order. Rare: a sort is fine. */
  const inOrder = (): number[] => {
    const ids: number[] = [];
    const mask = words[M.LIST_MASK >> 2];
    for (let slot = 0; slot <= mask; slot++) for (let id = heads[slot]; id >= 0; id = records[id + R_NEXT]) ids.push(id);
    // Stable, and equals share a bucket: their sequence survives.
    return ids.sort((a, b) => timeOf(a) - timeOf(b) || (records[a + R_WORD] & OP_MASK) - (records[b + R_WORD] & OP_MASK));
  };

  /** Lays the list out anew: short, or a calendar with this bucket width in ns (0: from the spacing of what is pending). */
  const rebuild = (given: number): void => {
    let width = given;
    set(M.LIST_HINT, -1);
    const ids = inOrder();
    const short = ids.length <= LONG_TO_SHORT;
    set(M.LIST_SHORT, short ? 1 : 0);
    let wanted = 1;
    if (!short) {
      wanted = FEWEST_BUCKETS;
      while (wanted < BUCKETS_PER_EVENT * ids.length && wanted < heads.length) wanted *= 2;
    }
    const mask = wanted - 1;
    set(M.LIST_MASK, mask);
    heads.fill(-1, 0, wanted);
    occupied.fill(0, 0, Math.ceil(wanted / 32));
    if (width === 0 && ids.length > 1) {
      // Median gap, so that one event in the far future does not make every bucket huge.
      const gaps: number[] = [];
      for (let i = 1; i < ids.length; i++) gaps.push(timeOf(ids[i] as number) - timeOf(ids[i - 1] as number));
      gaps.sort((a, b) => a - b);
      width = (gaps[gaps.length >> 1] as number) * WIDTH;
    }
    clock[1] = 1 / Math.max(width, 1e-3);
    clock[2] = clock[0];
    clock[3] = clock[0];
    set(M.LIST_TAKEN, 0);
    set(M.LIST_CHECK, given === 0 ? 512 : CHECK_EVERY);
    set(M.LIST_CURRENT, 0);
    for (let i = ids.length - 1; i >= 0; i--) {
      const id = ids[i] as number;
      const virtual = short ? 0 : (timeOf(id) - clock[2]) * clock[1];
      const bucket = virtual > FAR ? FAR : nearest(virtual);
      records[id + R_BUCKET] = bucket;
      records[id + R_NEXT] = heads[bucket & mask];
      heads[bucket & mask] = id;
      occupied[(bucket & mask) >> 5] |= 1 << (bucket & 31);
    }
  };

  kernel.outside.rebuild = rebuild;

  const clear = (): void => {
    set(M.LIST_HINT, -1);
    heads[0] = -1;
    set(M.LIST_MASK, 0);
    set(M.LIST_SHORT, 1);
    set(M.LIST_CURRENT, 0);
    set(M.LIST_COUNT, 0);
    set(M.LIST_TAKEN, 0);
    set(M.LIST_CHECK, CHECK_EVERY);
    clock.fill(0);
    clock[1] = 1;
  };
  clear();
  const { insertEvent, removeEvent, take } = kernel.call;
  return { clock, insert: insertEvent, take, remove: removeEvent, clear, count: () => words[M.LIST_COUNT >> 2] };
}

/** Room for the list of so many records, in bytes. */
export function listBytes(records: number): number {
  return headsFor(records) * 4 + headsFor(records) / 8;
}

/** Buckets that there is room for; a power of two. Records are more than can be pending at once by far. */
function headsFor(records: number): number {
  let power = 1;
  while (power < records) power *= 2;
  return Math.max(2 * power, FEWEST_BUCKETS);
}
