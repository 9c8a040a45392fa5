import { OP_MASK } from '../../layout';
import * as M from '../memory-map';
import { R_BUCKET, R_NEXT, R_WORD, T_TIME } from './fields';
import * as outside from './outside';

// The event list of ../../event-list.ts, which has its rules and its rare parts: this is what happens at every event.

const SHORT_TO_LONG: i32 = 14;
const LONG_TO_SHORT: i32 = 6;
/** Virtual bucket of everything too far away to number. */
const FAR: i32 = 1073741823;
const CHECK_EVERY: i32 = 8192;
/** Buckets of the smallest calendar. */
const FEWEST_BUCKETS: i32 = 64;
/** Width of a bucket in mean gaps between events: passing empty buckets is cheaper than a step down a line. */
const WIDTH: f64 = 0.2;
/** Steps past which it is worth while to remember where a walk ended. */
const LONG_WALK: i32 = 64;

export function now(): f64 {
  return load<f64>(M.CLOCK);
}

function timeOf(id: i32): f64 {
  return load<f64>(id << 2, T_TIME);
}

/** The bits of an instant. Instants are not negative, so that their bits, taken as integers, are in the same order, and cheaper to compare. */
function instantOf(id: i32): i64 {
  return load<i64>(id << 2, T_TIME);
}

function opOf(id: i32): i32 {
  return load<i32>(id << 2, R_WORD) & OP_MASK;
}

/** Whether the hint is pending in the bucket of a record and comes before it. What was taken lies at or before the present. */
function hinted(hint: i32, id: i32, at: i64, op: i32): bool {
  const its = instantOf(hint);
  return (
    hint !== id && its > load<i64>(M.CLOCK) && load<i32>(hint << 2, R_BUCKET) === load<i32>(id << 2, R_BUCKET) && (its < at || (its === at && opOf(hint) <= op))
  );
}

/** Whether a record comes before another, or is its equal. */
function precedes(id: i32, at: i64, op: i32): bool {
  const its = instantOf(id);
  if (its < at) return true;
  return its === at && opOf(id) <= op;
}

/** Walks down a line from a record that comes before another, to the last one that does: behind that the other belongs. */
function lastBefore(head: i32, id: i32, at: i64, op: i32): i32 {
  const hint = load<i32>(M.LIST_HINT);
  let previous = hint >= 0 && hinted(hint, id, at, op) ? hint : head;
  let follower = load<i32>(previous << 2, R_NEXT);
  let steps = 0;
  while (follower >= 0 && precedes(follower, at, op)) {
    previous = follower;
    follower = load<i32>(follower << 2, R_NEXT);
    steps++;
  }
  if (steps > LONG_WALK || previous === hint) store<i32>(M.LIST_HINT, id);
  return previous;
}

/** Puts a record into the sorted line whose head stands at an address: behind everything that comes before it or is its equal. */
function link(slot: usize, id: i32, op: i32): void {
  const head = load<i32>(slot);
  const at = instantOf(id);
  if (head >= 0 && precedes(head, at, op)) {
    let previous = head;
    let follower = load<i32>(head << 2, R_NEXT);
    if (follower >= 0 && precedes(follower, at, op)) {
      previous = lastBefore(follower, id, at, op);
      follower = load<i32>(previous << 2, R_NEXT);
    }
    store<i32>(id << 2, follower, R_NEXT);
    store<i32>(previous << 2, id, R_NEXT);
    return;
  }
  store<i32>(id << 2, head, R_NEXT);
  store<i32>(slot, id);
}

/** Address of the bits of the 64 buckets among which a bucket of the calendar is. */
function bitsOf(slot: i32): usize {
  return load<usize>(M.P_OCCUPIED) + ((<usize>(slot >> 6)) << 3);
}

/** A number from 0 to 2^31 as an integer, rounded to the nearest: cheaper than cutting its fraction off. */
function nearest(x: f64): i32 {
  return <i32>reinterpret<i64>(x + 4503599627370496);
}

/** Makes a record pending with an event word at the instant in its T_TIME. */
export function insertEvent(id: i32, word: i32): void {
  const count = load<i32>(M.LIST_COUNT) + 1;
  store<i32>(M.LIST_COUNT, count);
  store<i32>(id << 2, word, R_WORD);
  const heads = load<usize>(M.P_HEADS);
  if (load<i32>(M.LIST_SHORT) !== 0) {
    link(heads, id, word & OP_MASK);
    if (count > SHORT_TO_LONG) outside.rebuild(0);
    return;
  }
  const virtual = (timeOf(id) - load<f64>(M.CLOCK + 16)) * load<f64>(M.CLOCK + 8);
  const current = load<i32>(M.LIST_CURRENT);
  let bucket = virtual > <f64>FAR ? FAR : nearest(virtual);
  if (bucket < current) bucket = current;
  store<i32>(id << 2, bucket, R_BUCKET);
  const slot = bucket & load<i32>(M.LIST_MASK);
  const bits = bitsOf(slot);
  store<i64>(bits, load<i64>(bits) | ((<i64>1) << (<i64>slot)));
  link(heads + ((<usize>slot) << 2), id, word & OP_MASK);
}

/** {@link insertEvent}, unless another part of the engine has taken that step over. */
export function insert(id: i32, word: i32): void {
  if ((load<i32>(M.TAKEN_OVER) & M.STEP_INSERT) !== 0) outside.insert(id, word);
  else insertEvent(id, word);
}

/** Whether the calendar should be laid out anew: buckets too wide or too narrow for what is pending. */
function adapt(): void {
  const taken = load<i32>(M.LIST_TAKEN);
  const spacing = ((now() - load<f64>(M.CLOCK + 24)) / <f64>taken) * WIDTH;
  const width = 1 / load<f64>(M.CLOCK + 8);
  store<f64>(M.CLOCK + 24, now());
  store<i32>(M.LIST_TAKEN, 0);
  store<i32>(M.LIST_CHECK, CHECK_EVERY);
  if (load<i32>(M.LIST_SHORT) !== 0) return;
  const count = load<i32>(M.LIST_COUNT);
  const mask = load<i32>(M.LIST_MASK);
  if (
    spacing > 0 &&
    (spacing < width * 0.5 ||
      spacing > width * 2 ||
      (count * 8 > mask + 1 && mask + 1 < load<i32>(M.LIST_ROOM)) ||
      (count * 64 < mask + 1 && mask >= FEWEST_BUCKETS) ||
      count < LONG_TO_SHORT ||
      load<i32>(M.LIST_CURRENT) > FAR / 2)
  )
    outside.rebuild(spacing);
}

/** No event within a whole turn of the calendar: jumps to the first. */
function jump(): void {
  const heads = load<usize>(M.P_HEADS);
  const mask = load<i32>(M.LIST_MASK);
  let best = -1;
  for (let slot = 0; slot <= mask; slot++) {
    const head = load<i32>(heads + ((<usize>slot) << 2));
    if (head >= 0 && (best < 0 || timeOf(head) < timeOf(best) || (timeOf(head) === timeOf(best) && opOf(head) < opOf(best)))) best = head;
  }
  const bucket = load<i32>(best << 2, R_BUCKET);
  store<i32>(M.LIST_CURRENT, bucket);
  if (bucket === FAR) outside.rebuild(max<f64>(1, (timeOf(best) - now()) / 16));
}

function takeShort(): i32 {
  const heads = load<usize>(M.P_HEADS);
  const head = load<i32>(heads);
  store<i32>(heads, load<i32>(head << 2, R_NEXT));
  store<i32>(M.LIST_COUNT, load<i32>(M.LIST_COUNT) - 1);
  store<f64>(M.CLOCK, timeOf(head));
  return head;
}

function takeLong(): i32 {
  const taken = load<i32>(M.LIST_TAKEN) + 1;
  store<i32>(M.LIST_TAKEN, taken);
  if (taken >= load<i32>(M.LIST_CHECK)) {
    adapt();
    if (load<i32>(M.LIST_SHORT) !== 0) return takeShort();
  }
  let mask = load<i32>(M.LIST_MASK);
  const heads = load<usize>(M.P_HEADS);
  let bucket = load<i32>(M.LIST_CURRENT);
  let last = bucket + mask;
  while (true) {
    const bits = bitsOf(bucket & mask);
    const ahead = load<u64>(bits) >> <u64>bucket;
    bucket += ahead === 0 ? 64 - (bucket & 63) : <i32>ctz<u64>(ahead);
    if (ahead !== 0 && bucket <= last) {
      const slot = heads + ((<usize>(bucket & mask)) << 2);
      const head = load<i32>(slot);
      if (load<i32>(head << 2, R_BUCKET) === bucket) {
        const follower = load<i32>(head << 2, R_NEXT);
        store<i32>(slot, follower);
        // Without a branch, which would often be mistaken: the last one leaves its bucket empty.
        store<u64>(bits, load<u64>(bits) & ~((<u64>(follower >>> 31)) << (<u64>bucket)));
        store<i32>(M.LIST_CURRENT, bucket);
        store<i32>(M.LIST_COUNT, load<i32>(M.LIST_COUNT) - 1);
        store<f64>(M.CLOCK, timeOf(head));
        return head;
      }
      bucket++;
    }
    if (bucket > last) {
      jump();
      if (load<i32>(M.LIST_SHORT) !== 0) return takeShort();
      mask = load<i32>(M.LIST_MASK);
      bucket = load<i32>(M.LIST_CURRENT);
      last = bucket + mask;
    }
  }
}

/** Removes and returns the first id, and moves the clock to its time. The list must not be empty. */
export function take(): i32 {
  return load<i32>(M.LIST_SHORT) !== 0 ? takeShort() : takeLong();
}

/** Takes a pending id out. */
export function removeEvent(id: i32): void {
  if (id === load<i32>(M.LIST_HINT)) store<i32>(M.LIST_HINT, -1);
  const place = load<i32>(M.LIST_SHORT) !== 0 ? 0 : load<i32>(id << 2, R_BUCKET) & load<i32>(M.LIST_MASK);
  const slot = load<usize>(M.P_HEADS) + ((<usize>place) << 2);
  let at = load<i32>(slot);
  if (at === id) {
    const follower = load<i32>(id << 2, R_NEXT);
    store<i32>(slot, follower);
    const bits = bitsOf(place);
    if (follower < 0 && load<i32>(M.LIST_SHORT) === 0) store<i64>(bits, load<i64>(bits) & ~((<i64>1) << (<i64>place)));
  } else {
    while (true) {
      const following = load<i32>(at << 2, R_NEXT);
      if (following === id) break;
      at = following;
    }
    store<i32>(at << 2, load<i32>(id << 2, R_NEXT), R_NEXT);
  }
  store<i32>(M.LIST_COUNT, load<i32>(M.LIST_COUNT) - 1);
}

/** {@link removeEvent}, unless another part of the engine has taken that step over. */
export function remove(id: i32): void {
  if ((load<i32>(M.TAKEN_OVER) & M.STEP_REMOVE) !== 0) outside.remove(id);
  else removeEvent(id);
}

/** Makes a record pending at an instant. */
export function schedule(id: i32, at: f64, word: i32): void {
  store<f64>(id << 2, at, T_TIME);
  insert(id, word);
}
