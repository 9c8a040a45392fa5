import { EXPONENTIAL_X, NORMAL_X, nextExponential, nextGamma, nextNormal, nextUniform, nextWord, seedStream } from '../base/random';
import { exp, log } from '../base/transcendental';
import type { Sampler } from './plan';

/**
 * Variates of named streams, drawn in blocks: each stream owns a generator and a buffer that one tight loop fills.
 * Durations come out as integers (ns, rounded to nearest, never negative); 'unit' streams give uniforms on [0, 1).
 */
export interface Variates {
  /** Adds a stream and returns its number. `name` is (component id, purpose); equal names would be equal streams. */
  add(name: string, sampler: Sampler): number;
  /** The next value of a stream. */
  draw(stream: number): number;
  /** Seeds every stream anew. */
  reset(seed: number, replication: number): void;
}

const BLOCK = 64;

/** Builds the pool for at most `capacity` streams. */
export function createVariates(capacity: number): Variates {
  const samplers: Sampler[] = [];
  const names: string[] = [];
  const state = new Int32Array(4 * capacity);
  const buffer = new Float64Array(BLOCK * capacity);
  const position = new Int32Array(capacity).fill(BLOCK);

  const draw = (stream: number): number => {
    let at = position[stream];
    if (at === BLOCK) {
      refill(stream);
      at = 0;
    }
    position[stream] = at + 1;
    return buffer[stream * BLOCK + at];
  };

  const refill = (stream: number): void => {
    const sampler = samplers[stream] as Sampler;
    const base = stream * BLOCK;
    switch (sampler.type) {
      case 'exponential':
        fillExponential(state, 4 * stream, buffer, base, sampler.mean);
        return;
      case 'lognormal':
        fillLognormal(state, 4 * stream, buffer, base, sampler.mu, sampler.sigma);
        return;
      case 'unit':
        fillUniform(state, 4 * stream, buffer, base);
        return;
      case 'constant':
        buffer.fill(Math.floor(sampler.value + 0.5), base, base + BLOCK);
        return;
      default:
        for (let i = 0; i < BLOCK; i++) buffer[base + i] = sampleOne(sampler, state, 4 * stream);
    }
  };

  return {
    add(name, sampler) {
      const stream = samplers.push(sampler) - 1;
      if (stream >= capacity) throw new Error(`Invariant broken: more than ${capacity} random streams`);
      names.push(name);
      return stream;
    },
    draw,
    reset(seed, replication) {
      for (let stream = 0; stream < samplers.length; stream++) seedStream(state, 4 * stream, seed, replication, names[stream] as string);
      position.fill(BLOCK);
    },
  };
}

/** Uniforms on [0, 1) in a block. */
function fillUniform(state: Int32Array, offset: number, buffer: Float64Array, base: number): void {
  for (let i = base; i < base + BLOCK; i++) {
    const high = nextWord(state, offset) >>> 11;
    buffer[i] = (high * 4294967296 + (nextWord(state, offset) >>> 0)) * 1.1102230246251565e-16;
  }
}

/** Exponential variates in a block, generator state in locals; the rare cases go through {@link nextExponential}'s path. */
function fillExponential(state: Int32Array, offset: number, buffer: Float64Array, base: number, mean: number): void {
  let s0 = state[offset];
  let s1 = state[offset + 1];
  let s2 = state[offset + 2];
  let s3 = state[offset + 3];
  for (let i = 0; i < BLOCK; ) {
    const before0 = s0;
    const before1 = s1;
    const before2 = s2;
    const before3 = s3;
    let product = Math.imul(s1, 5);
    const a = Math.imul((product << 7) | (product >>> 25), 9);
    let shifted = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= shifted;
    s3 = (s3 << 11) | (s3 >>> 21);
    product = Math.imul(s1, 5);
    const b = Math.imul((product << 7) | (product >>> 25), 9);
    shifted = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= shifted;
    s3 = (s3 << 11) | (s3 >>> 21);
    const layer = a & 255;
    let x = ((a >>> 11) * 4294967296 + (b >>> 0)) * 1.1102230246251565e-16 * EXPONENTIAL_X[layer];
    if (x >= EXPONENTIAL_X[layer + 1]) {
      // About one draw in a hundred: redo it from the same state in the general routine.
      state[offset] = before0;
      state[offset + 1] = before1;
      state[offset + 2] = before2;
      state[offset + 3] = before3;
      x = nextExponential(state, offset);
      s0 = state[offset];
      s1 = state[offset + 1];
      s2 = state[offset + 2];
      s3 = state[offset + 3];
    }
    buffer[base + i++] = Math.floor(x * mean + 0.5);
  }
  state[offset] = s0;
  state[offset + 1] = s1;
  state[offset + 2] = s2;
  state[offset + 3] = s3;
}

/** Log-normal variates in a block. */
function fillLognormal(state: Int32Array, offset: number, buffer: Float64Array, base: number, mu: number, sigma: number): void {
  let s0 = state[offset];
  let s1 = state[offset + 1];
  let s2 = state[offset + 2];
  let s3 = state[offset + 3];
  for (let i = 0; i < BLOCK; ) {
    const before0 = s0;
    const before1 = s1;
    const before2 = s2;
    const before3 = s3;
    let product = Math.imul(s1, 5);
    const a = Math.imul((product << 7) | (product >>> 25), 9);
    let shifted = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= shifted;
    s3 = (s3 << 11) | (s3 >>> 21);
    product = Math.imul(s1, 5);
    const b = Math.imul((product << 7) | (product >>> 25), 9);
    shifted = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= shifted;
    s3 = (s3 << 11) | (s3 >>> 21);
    const layer = a & 255;
    let x = ((a >> 11) * 4294967296 + (b >>> 0)) * 2.220446049250313e-16 * NORMAL_X[layer];
    if (x >= NORMAL_X[layer + 1] || -x >= NORMAL_X[layer + 1]) {
      state[offset] = before0;
      state[offset + 1] = before1;
      state[offset + 2] = before2;
      state[offset + 3] = before3;
      x = nextNormal(state, offset);
      s0 = state[offset];
      s1 = state[offset + 1];
      s2 = state[offset + 2];
      s3 = state[offset + 3];
    }
    buffer[base + i++] = Math.floor(exp(mu + sigma * x) + 0.5);
  }
  state[offset] = s0;
  state[offset + 1] = s1;
  state[offset + 2] = s2;
  state[offset + 3] = s3;
}

/** Index drawn in proportion to weights that add up to `total`. */
function pick(weights: readonly number[], u: number): number {
  let total = 0;
  for (const weight of weights) total += weight;
  let rest = u * total;
  for (let i = 0; i < weights.length; i++) {
    rest -= weights[i] as number;
    if (rest < 0) return i;
  }
  return weights.length - 1;
}

function sampleOne(sampler: Sampler, state: Int32Array, offset: number): number {
  switch (sampler.type) {
    case 'unit':
      return nextUniform(state, offset);
    case 'constant':
      return Math.floor(sampler.value + 0.5);
    case 'uniform':
      return Math.floor(sampler.min + (sampler.max - sampler.min) * nextUniform(state, offset) + 0.5);
    case 'exponential':
      return Math.floor(nextExponential(state, offset) * sampler.mean + 0.5);
    case 'lognormal':
      return Math.floor(exp(sampler.mu + sampler.sigma * nextNormal(state, offset)) + 0.5);
    case 'normal': {
      // Truncated at zero by drawing again; the mean of the schema is that before truncation.
      for (let i = 0; i < 1000; i++) {
        const x = sampler.mean + sampler.sd * nextNormal(state, offset);
        if (x >= 0) return Math.floor(x + 0.5);
      }
      return 0;
    }
    case 'gamma':
      return Math.floor(nextGamma(state, offset, sampler.shape) * sampler.scale + 0.5);
    case 'weibull':
      return Math.floor(sampler.scale * exp(log(nextExponential(state, offset)) / sampler.shape) + 0.5);
    case 'pareto':
      return Math.min(8.64e15, Math.floor(sampler.min * exp(nextExponential(state, offset) / sampler.alpha) + 0.5));
    case 'mixture': {
      const branch = pick(sampler.weights, nextUniform(state, offset));
      return Math.floor(nextExponential(state, offset) * (sampler.means[branch] as number) + 0.5);
    }
    case 'empirical':
      return Math.floor((sampler.values[pick(sampler.weights, nextUniform(state, offset))] as number) + 0.5);
    case 'work':
      return 0;
  }
}
