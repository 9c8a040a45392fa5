import { EXPONENTIAL_X, EXPONENTIAL_Y, NORMAL_X, NORMAL_Y, nextExponential, nextGamma, nextNormal, nextUniform, seedStream } from '../base/random';
import { exp, log, ROOTS_OF_TWO } from '../base/transcendental';
import type { Kernel } from './kernel/kernel';
import * as M from './kernel/memory-map';
import type { Sampler } from './plan';

/**
 * Variates of named streams, drawn in blocks: each stream owns a generator and a buffer that one tight loop fills, in the kernel
 * (kernel/assembly/variates.ts) for the common distributions.
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

/** Bytes of a kernel's tables that each stream takes. */
export const STREAM_BYTES = BLOCK * 8 + 4 + 16 + 4 + 16;

/** Builds the pool for at most `capacity` streams. */
export function createVariates(kernel: Kernel, capacity: number): Variates {
  const samplers: Sampler[] = [];
  const names: string[] = [];
  const state = kernel.int32(M.P_STREAM_STATE, 4 * capacity);
  const family = kernel.int32(M.P_STREAM_FAMILY, capacity);
  const parameters = kernel.float64(M.P_STREAM_PARAMETERS, 2 * capacity);
  kernel.float64(M.P_EXPONENTIAL_LAYERS, EXPONENTIAL_X.length).set(EXPONENTIAL_X);
  kernel.float64(M.P_NORMAL_LAYERS, NORMAL_X.length).set(NORMAL_X);
  kernel.float64(M.P_EXPONENTIAL_HEIGHTS, EXPONENTIAL_Y.length).set(EXPONENTIAL_Y);
  kernel.float64(M.P_NORMAL_HEIGHTS, NORMAL_Y.length).set(NORMAL_Y);
  kernel.float64(M.P_ROOTS_OF_TWO, ROOTS_OF_TWO.length).set(ROOTS_OF_TWO);
  const buffer = kernel.float64(M.P_BUFFER, BLOCK * capacity);
  const position = kernel.int32(M.P_POSITION, capacity).fill(BLOCK);

  const refill = (stream: number): void => {
    const sampler = samplers[stream] as Sampler;
    const base = stream * BLOCK;
    for (let i = 0; i < BLOCK; i++) buffer[base + i] = sampleOne(sampler, state, 4 * stream);
  };
  kernel.outside.refill = refill;
  kernel.outside.exponential = exp;

  return {
    add(name, sampler) {
      const stream = samplers.push(sampler) - 1;
      if (stream >= capacity) throw new Error(`Invariant broken: more than ${capacity} random streams`);
      names.push(name);
      if (sampler.type === 'unit') family[stream] = M.FAMILY_UNIT;
      else if (sampler.type === 'exponential') {
        family[stream] = M.FAMILY_EXPONENTIAL;
        parameters[2 * stream] = sampler.mean;
      } else if (sampler.type === 'lognormal') {
        family[stream] = M.FAMILY_LOGNORMAL;
        parameters[2 * stream] = sampler.mu;
        parameters[2 * stream + 1] = sampler.sigma;
      }
      return stream;
    },
    draw: kernel.call.draw,
    reset(seed, replication) {
      for (let stream = 0; stream < samplers.length; stream++) seedStream(state, 4 * stream, seed, replication, names[stream] as string);
      position.fill(BLOCK);
    },
  };
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
