import { RECORD, STATE_AWAY, STATE_FREE, STOP, STOP_AT_LIMIT } from '../../layout';
import * as M from '../memory-map';
import { C_AGE, C_STATE } from './fields';
import * as outside from './outside';

/** What `broken` reports. */
const POOL_OVERFLOW: i32 = 1;

/** Word `index` of a table whose address stands at `table`. */
export function word(table: usize, index: i32): i32 {
  return load<i32>(load<usize>(table) + ((<usize>index) << 2));
}

/** Double `index` of a table. */
export function double(table: usize, index: i32): f64 {
  return load<f64>(load<usize>(table) + ((<usize>index) << 3));
}

/** Adds to a double of a row. */
export function add(row: usize, amount: f64): void {
  store<f64>(row, load<f64>(row) + amount);
}

/** Adds one to a double `index` of a table. */
export function count(table: usize, index: i32): void {
  add(load<usize>(table) + ((<usize>index) << 3), 1);
}

/** Takes a call frame from the pool. */
export function allocate(): i32 {
  const inUse = load<i32>(M.POOL_IN_USE) + 1;
  store<i32>(M.POOL_IN_USE, inUse);
  if (inUse >= load<i32>(M.POOL_LIMIT)) store<i32>(M.ATTENTION + 4 * STOP, STOP_AT_LIMIT);
  const free = load<i32>(M.POOL_FREE);
  let frame: i32;
  if (free > 0) {
    store<i32>(M.POOL_FREE, free - 1);
    frame = load<i32>(load<usize>(M.P_FREE) + ((<usize>(free - 1)) << 2));
  } else {
    frame = load<i32>(M.POOL_USED);
    store<i32>(M.POOL_USED, frame + RECORD);
    if (frame >= load<i32>(M.TIMEOUT_BASE)) outside.broken(POOL_OVERFLOW);
  }
  store<i32>(frame << 2, STATE_AWAY, C_STATE);
  return frame;
}

/** Gives a call frame back; replies still on their way to it will be dropped. */
export function releaseFrame(frame: i32): void {
  const f: usize = frame << 2;
  store<i32>(M.POOL_IN_USE, load<i32>(M.POOL_IN_USE) - 1);
  store<i32>(f, load<i32>(f, C_AGE) + 1, C_AGE);
  store<i32>(f, STATE_FREE, C_STATE);
  const free = load<i32>(M.POOL_FREE);
  store<i32>(load<usize>(M.P_FREE) + ((<usize>free) << 2), frame);
  store<i32>(M.POOL_FREE, free + 1);
}

/** {@link releaseFrame}, unless another part of the engine has taken that step over. */
export function release(frame: i32): void {
  if ((load<i32>(M.TAKEN_OVER) & M.STEP_RELEASE) !== 0) outside.release(frame);
  else releaseFrame(frame);
}

/** Buckets of a latency histogram, and the bucket of a duration in ns: see ../../../base/histogram.ts. */
export const BUCKETS: i32 = 53 * 128 + 2;
export function bucketOf(ns: f64): i32 {
  return ns < 1 ? 0 : <i32>(reinterpret<i64>(ns) >> 45) - 1023 * 128 + 1;
}

/** Counts a duration in histogram `index` of a table of histograms. */
export function countDuration(table: usize, index: i32, ns: f64): void {
  const cell = load<usize>(table) + ((<usize>(index * BUCKETS + bucketOf(ns))) << 2);
  store<i32>(cell, load<i32>(cell) + 1);
}

/** First share above `u` among those of a table from `from` to `to`; the last one if none is. */
export function pick(table: usize, from: i32, to: i32, u: f64): i32 {
  const shares = load<usize>(table);
  let i = from;
  while (i < to - 1 && load<f64>(shares + ((<usize>i) << 3)) <= u) i++;
  return i;
}
