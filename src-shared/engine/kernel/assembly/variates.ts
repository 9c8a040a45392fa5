import { EXPONENTIAL_TAIL, NORMAL_TAIL } from '../../../base/ziggurat';
import * as M from '../memory-map';
import * as outside from './outside';

/**
 * Random streams: the common distributions of ../../variates.ts, filled block by block, and bit by bit as base/random.ts and
 * base/transcendental.ts would draw them one by one.
 */

/** Values of a stream that stand ready. */
const BLOCK: usize = 64;

const HIGH_TO_UNIFORM: f64 = 1.1102230246251565e-16;
const HIGH_TO_SIGNED: f64 = 2.220446049250313e-16;

/** 53 bits of two words as a number: the upper ones of the first, all of the second. */
function joined(high: i32, low: i32): f64 {
  return <f64>(((<i64>high) << 32) | <i64>(<u32>low));
}

// The generator, xoshiro128** of base/random.ts, is written out in each loop: its state stays in registers only as local variables.

function fillUniform(state: usize, buffer: usize): void {
  let s0 = load<i32>(state);
  let s1 = load<i32>(state, 4);
  let s2 = load<i32>(state, 8);
  let s3 = load<i32>(state, 12);
  for (let i: usize = 0; i < BLOCK; i++) {
    let product = s1 * 5;
    const a = rotl<i32>(product, 7) * 9;
    let shifted = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= shifted;
    s3 = rotl<i32>(s3, 11);
    product = s1 * 5;
    const b = rotl<i32>(product, 7) * 9;
    shifted = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= shifted;
    s3 = rotl<i32>(s3, 11);
    store<f64>(buffer + (i << 3), joined(a >>> 11, b) * HIGH_TO_UNIFORM);
  }
  store<i32>(state, s0);
  store<i32>(state, s1, 4);
  store<i32>(state, s2, 8);
  store<i32>(state, s3, 12);
}

/** Ziggurat; one draw in a hundred falls outside the layers' rectangles and is drawn again from the same state in the general routine. */
function fillExponential(state: usize, buffer: usize, mean: f64): void {
  const layers = load<usize>(M.P_EXPONENTIAL_LAYERS);
  let s0 = load<i32>(state);
  let s1 = load<i32>(state, 4);
  let s2 = load<i32>(state, 8);
  let s3 = load<i32>(state, 12);
  for (let i: usize = 0; i < BLOCK; i++) {
    const b0 = s0;
    const b1 = s1;
    const b2 = s2;
    const b3 = s3;
    let product = s1 * 5;
    const a = rotl<i32>(product, 7) * 9;
    let shifted = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= shifted;
    s3 = rotl<i32>(s3, 11);
    product = s1 * 5;
    const b = rotl<i32>(product, 7) * 9;
    shifted = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= shifted;
    s3 = rotl<i32>(s3, 11);
    const layer = layers + ((<usize>(a & 255)) << 3);
    let x = joined(a >>> 11, b) * HIGH_TO_UNIFORM * load<f64>(layer);
    if (x >= load<f64>(layer, 8)) {
      store<i32>(state, b0);
      store<i32>(state, b1, 4);
      store<i32>(state, b2, 8);
      store<i32>(state, b3, 12);
      x = nextExponential(state);
      s0 = load<i32>(state);
      s1 = load<i32>(state, 4);
      s2 = load<i32>(state, 8);
      s3 = load<i32>(state, 12);
    }
    store<f64>(buffer + (i << 3), floor<f64>(x * mean + 0.5));
  }
  store<i32>(state, s0);
  store<i32>(state, s1, 4);
  store<i32>(state, s2, 8);
  store<i32>(state, s3, 12);
}

function fillLognormal(state: usize, buffer: usize, mu: f64, sigma: f64): void {
  const layers = load<usize>(M.P_NORMAL_LAYERS);
  let s0 = load<i32>(state);
  let s1 = load<i32>(state, 4);
  let s2 = load<i32>(state, 8);
  let s3 = load<i32>(state, 12);
  for (let i: usize = 0; i < BLOCK; i++) {
    const b0 = s0;
    const b1 = s1;
    const b2 = s2;
    const b3 = s3;
    let product = s1 * 5;
    const a = rotl<i32>(product, 7) * 9;
    let shifted = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= shifted;
    s3 = rotl<i32>(s3, 11);
    product = s1 * 5;
    const b = rotl<i32>(product, 7) * 9;
    shifted = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= shifted;
    s3 = rotl<i32>(s3, 11);
    const layer = layers + ((<usize>(a & 255)) << 3);
    let x = joined(a >> 11, b) * HIGH_TO_SIGNED * load<f64>(layer);
    if (abs<f64>(x) >= load<f64>(layer, 8)) {
      store<i32>(state, b0);
      store<i32>(state, b1, 4);
      store<i32>(state, b2, 8);
      store<i32>(state, b3, 12);
      x = nextNormal(state);
      s0 = load<i32>(state);
      s1 = load<i32>(state, 4);
      s2 = load<i32>(state, 8);
      s3 = load<i32>(state, 12);
    }
    store<f64>(buffer + (i << 3), floor<f64>(exp(mu + sigma * x) + 0.5));
  }
  store<i32>(state, s0);
  store<i32>(state, s1, 4);
  store<i32>(state, s2, 8);
  store<i32>(state, s3, 12);
}

// What falls outside the rectangles of a layer: the general routines of base/random.ts, on the state in memory.

function nextWord(state: usize): i32 {
  const s1 = load<i32>(state, 4);
  const result = rotl<i32>(s1 * 5, 7) * 9;
  const s0 = load<i32>(state);
  const s2 = load<i32>(state, 8) ^ s0;
  const s3 = load<i32>(state, 12) ^ s1;
  store<i32>(state, s1 ^ s2, 4);
  store<i32>(state, s0 ^ s3);
  store<i32>(state, s2 ^ (s1 << 9), 8);
  store<i32>(state, rotl<i32>(s3, 11), 12);
  return result;
}

function nextUniform(state: usize): f64 {
  const high = nextWord(state) >>> 11;
  return joined(high, nextWord(state)) * HIGH_TO_UNIFORM;
}

/** Exponential variate with mean 1. */
function nextExponential(state: usize): f64 {
  const layers = load<usize>(M.P_EXPONENTIAL_LAYERS);
  const heights = load<usize>(M.P_EXPONENTIAL_HEIGHTS);
  while (true) {
    const a = nextWord(state);
    const b = nextWord(state);
    const i: usize = (a & 255) << 3;
    const x = joined(a >>> 11, b) * HIGH_TO_UNIFORM * load<f64>(layers + i);
    if (x < load<f64>(layers + i, 8)) return x;
    if (i === 0) return EXPONENTIAL_TAIL - log(1 - nextUniform(state));
    const low = load<f64>(heights + i);
    if (low + nextUniform(state) * (load<f64>(heights + i, 8) - low) < exp(-x)) return x;
  }
}

/** Standard normal variate. */
function nextNormal(state: usize): f64 {
  const layers = load<usize>(M.P_NORMAL_LAYERS);
  const heights = load<usize>(M.P_NORMAL_HEIGHTS);
  while (true) {
    const a = nextWord(state);
    const b = nextWord(state);
    const i: usize = (a & 255) << 3;
    const x = joined(a >> 11, b) * HIGH_TO_SIGNED * load<f64>(layers + i);
    if (abs<f64>(x) < load<f64>(layers + i, 8)) return x;
    if (i === 0) return normalTail(state, x < 0);
    const low = load<f64>(heights + i);
    if (low + nextUniform(state) * (load<f64>(heights + i, 8) - low) < exp(-0.5 * x * x)) return x;
  }
}

function normalTail(state: usize, negative: bool): f64 {
  let p: f64 = 0;
  let q: f64 = 0;
  do {
    p = -log(1 - nextUniform(state)) / NORMAL_TAIL;
    q = -log(1 - nextUniform(state));
  } while (q + q < p * p);
  return negative ? -(NORMAL_TAIL + p) : NORMAL_TAIL + p;
}

const LN2_HIGH: f64 = 0.6931471803691238;
const LN2_LOW: f64 = 1.9082149292705877e-10;

/** base/transcendental.ts, for normal numbers above 0. */
function log(x: f64): f64 {
  const bits = reinterpret<i64>(x);
  let exponent = <i32>(bits >> 52) - 1023;
  let mantissa = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  if (mantissa > Math.SQRT2) {
    mantissa *= 0.5;
    exponent++;
  }
  const s = (mantissa - 1) / (mantissa + 1);
  const z = s * s;
  let tail: f64 = 1.0 / 21 + z / 23;
  tail = 1.0 / 19 + z * tail;
  tail = 1.0 / 17 + z * tail;
  tail = 1.0 / 15 + z * tail;
  tail = 1.0 / 13 + z * tail;
  tail = 1.0 / 11 + z * tail;
  tail = 1.0 / 9 + z * tail;
  tail = 1.0 / 7 + z * tail;
  tail = 1.0 / 5 + z * tail;
  tail = z * (1.0 / 3 + z * tail);
  return <f64>exponent * LN2_HIGH + (<f64>exponent * LN2_LOW + 2 * s * tail + 2 * s);
}

const LOG2_E: f64 = Math.LOG2E;
const STEP_HIGH: f64 = LN2_HIGH / 64;
const STEP_LOW: f64 = LN2_LOW / 64;

/** base/transcendental.ts, for results that are neither 0 nor infinite. */
function exp(x: f64): f64 {
  if (!(x > -700 && x < 700)) return outside.exponential(x);
  const whole = floor<f64>(x * (64 * LOG2_E) + 0.5);
  const k = <i32>whole;
  const r = x - whole * STEP_HIGH - whole * STEP_LOW;
  const z = r * r;
  const series = r + z * (0.5 + r * (1.0 / 6) + z * (1.0 / 24 + r * (1.0 / 120)));
  const root = load<f64>(load<usize>(M.P_ROOTS_OF_TWO) + ((<usize>(k & 63)) << 3));
  return (root + root * series) * reinterpret<f64>((<i64>((k >> 6) + 1023)) << 52);
}

/** Makes the next values of a stream ready. */
function refill(stream: i32): void {
  const state = load<usize>(M.P_STREAM_STATE) + ((<usize>stream) << 4);
  const buffer = load<usize>(M.P_BUFFER) + <usize>stream * BLOCK * 8;
  const parameters = load<usize>(M.P_STREAM_PARAMETERS) + ((<usize>stream) << 4);
  switch (load<i32>(load<usize>(M.P_STREAM_FAMILY) + ((<usize>stream) << 2))) {
    case M.FAMILY_UNIT:
      fillUniform(state, buffer);
      return;
    case M.FAMILY_EXPONENTIAL:
      fillExponential(state, buffer, load<f64>(parameters));
      return;
    case M.FAMILY_LOGNORMAL:
      fillLognormal(state, buffer, load<f64>(parameters), load<f64>(parameters, 8));
      return;
    default:
      outside.refill(stream);
  }
}

/** The next value of a stream: a duration in whole ns, or a uniform on [0, 1). */
export function draw(stream: i32): f64 {
  const position = load<usize>(M.P_POSITION) + ((<usize>stream) << 2);
  let at = load<i32>(position);
  if (at === <i32>BLOCK) {
    refill(stream);
    at = 0;
  }
  store<i32>(position, at + 1);
  return load<f64>(load<usize>(M.P_BUFFER) + ((<usize>(stream * BLOCK + at)) << 3));
}
