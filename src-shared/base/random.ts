import { exp, log } from './transcendental';
import { EXPONENTIAL_TAIL, NORMAL_TAIL } from './ziggurat';

/**
 * Named random streams: xoshiro128** (D. Blackman, S. Vigna, 2018), seeded from a name, so that adding a component
 * leaves the numbers of every other one as they were. State is four words in an Int32Array.
 */

/** Mixes all bits of a 32-bit word (murmur3 finaliser constants, A. Appleby). */
export function mix(word: number): number {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** Fills four words of `state` at `offset` from (seed, replication, name). Equal names give equal streams on every platform. */
export function seedStream(state: Int32Array, offset: number, seed: number, replication: number, name: string): void {
  let a = 0x243f6a88;
  let b = 0x13198a2e;
  let c = mix(seed | 0) ^ 0x3707344;
  let d = mix((replication | 0) + 0x299f31d0);
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b + code, 0x5bd1e995) ^ (b >>> 15);
    c = Math.imul((c << 5) ^ (c >>> 27) ^ code, 0x2c1b3c6d);
    d = (Math.imul(d, 31) + code) | 0;
  }
  for (let round = 0; round < 2; round++) {
    a = mix(a ^ d);
    b = mix(b + a);
    c = mix(c ^ b);
    d = mix(d + c);
  }
  state[offset] = a;
  state[offset + 1] = b;
  state[offset + 2] = c;
  // Never all zero, which is the one state the generator cannot leave.
  state[offset + 3] = a === 0 && b === 0 && c === 0 && d === 0 ? 1 : d;
}

/** Next 32 random bits of the stream at `offset`, as a signed integer. */
export function nextWord(state: Int32Array, offset: number): number {
  const s1 = state[offset + 1] as number;
  const product = Math.imul(s1, 5);
  const result = Math.imul((product << 7) | (product >>> 25), 9);
  const s0 = state[offset] as number;
  const s2 = (state[offset + 2] as number) ^ s0;
  const s3 = (state[offset + 3] as number) ^ s1;
  state[offset + 1] = s1 ^ s2;
  state[offset] = s0 ^ s3;
  state[offset + 2] = s2 ^ (s1 << 9);
  state[offset + 3] = (s3 << 11) | (s3 >>> 21);
  return result;
}

/** Uniform on [0, 1) with 53 bits. */
export function nextUniform(state: Int32Array, offset: number): number {
  const high = nextWord(state, offset) >>> 11;
  const low = nextWord(state, offset) >>> 0;
  return (high * 4294967296 + low) * 1.1102230246251565e-16;
}

/**
 * Ziggurat tables with 256 layers (G. Marsaglia, W. W. Tsang, "The Ziggurat Method for Generating Random Variables", 2000).
 * x: right edges of the layers, y: density there. Constants of the paper: tail start and layer area.
 */
function layers(tail: number, area: number, density: (x: number) => number, inverse: (y: number) => number): { x: Float64Array; y: Float64Array } {
  const x = new Float64Array(257);
  const y = new Float64Array(257);
  x[0] = area / density(tail);
  x[1] = tail;
  for (let i = 2; i < 256; i++) x[i] = inverse(area / (x[i - 1] as number) + density(x[i - 1] as number));
  for (let i = 0; i < 257; i++) y[i] = density(x[i] as number);
  return { x, y };
}

const exponentialLayers = layers(
  EXPONENTIAL_TAIL,
  0.0039496598225815571993,
  (x) => exp(-x),
  (y) => -log(y),
);
export const EXPONENTIAL_X = exponentialLayers.x;
export const EXPONENTIAL_Y = exponentialLayers.y;
const normalLayers = layers(
  NORMAL_TAIL,
  0.00492867323399,
  (x) => exp(-0.5 * x * x),
  (y) => Math.sqrt(-2 * log(y)),
);
export const NORMAL_X = normalLayers.x;
export const NORMAL_Y = normalLayers.y;

/** Exponential variate with mean 1. */
export function nextExponential(state: Int32Array, offset: number): number {
  for (;;) {
    const a = nextWord(state, offset);
    const b = nextWord(state, offset);
    const i = a & 255;
    const x = ((a >>> 11) * 4294967296 + (b >>> 0)) * 1.1102230246251565e-16 * (EXPONENTIAL_X[i] as number);
    if (x < (EXPONENTIAL_X[i + 1] as number)) return x;
    if (i === 0) return EXPONENTIAL_TAIL - log(1 - nextUniform(state, offset));
    const low = EXPONENTIAL_Y[i] as number;
    if (low + nextUniform(state, offset) * ((EXPONENTIAL_Y[i + 1] as number) - low) < exp(-x)) return x;
  }
}

/** Standard normal variate. */
export function nextNormal(state: Int32Array, offset: number): number {
  for (;;) {
    const a = nextWord(state, offset);
    const b = nextWord(state, offset);
    const i = a & 255;
    const x = ((a >> 11) * 4294967296 + (b >>> 0)) * 2.220446049250313e-16 * (NORMAL_X[i] as number);
    const size = x < 0 ? -x : x;
    if (size < (NORMAL_X[i + 1] as number)) return x;
    if (i === 0) {
      let p: number;
      let q: number;
      do {
        p = -log(1 - nextUniform(state, offset)) / NORMAL_TAIL;
        q = -log(1 - nextUniform(state, offset));
      } while (q + q < p * p);
      return x < 0 ? -(NORMAL_TAIL + p) : NORMAL_TAIL + p;
    }
    const low = NORMAL_Y[i] as number;
    if (low + nextUniform(state, offset) * ((NORMAL_Y[i + 1] as number) - low) < exp(-0.5 * x * x)) return x;
  }
}

/** Gamma variate with this shape and scale 1 (G. Marsaglia, W. W. Tsang, "A Simple Method for Generating Gamma Variables", 2000). */
export function nextGamma(state: Int32Array, offset: number, shape: number): number {
  if (shape < 1) {
    const boost = nextUniform(state, offset);
    return nextGamma(state, offset, shape + 1) * exp(log(1 - boost) / shape);
  }
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const z = nextNormal(state, offset);
    const t = 1 + c * z;
    if (t <= 0) continue;
    const v = t * t * t;
    const u = 1 - nextUniform(state, offset);
    if (log(u) < 0.5 * z * z + d - d * v + d * log(v)) return d * v;
  }
}
