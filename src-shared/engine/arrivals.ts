import { cos, sin } from '../base/transcendental';
import type { Arrivals, RatePiece } from './plan';

type Shaped = Extract<Arrivals, { type: 'pieces' | 'wave' }>;

/**
 * Next instant of a stream whose rate changes over time: the point at which the integral of the rate since `now` reaches `mass`
 * (time change of a unit-rate process; E. Cinlar, Introduction to Stochastic Processes, 1975, ch. 4.7).
 * @param now simulated time in ns
 * @returns simulated time in ns, Infinity if the rate stays zero
 */
export function nextShapedInstant(arrivals: Shaped, now: number, mass: number): number {
  return arrivals.type === 'pieces' ? inPieces(arrivals.pieces, now, mass) : inWave(arrivals, now, mass);
}

function inPieces(pieces: readonly RatePiece[], now: number, mass: number): number {
  let at = now;
  let left = mass;
  for (const piece of pieces) {
    if (at >= piece.to) continue;
    const length = piece.to - piece.from;
    const slope = Number.isFinite(length) ? (piece.endRate - piece.startRate) / length : 0;
    const rate = piece.startRate + slope * (at - piece.from);
    const rest = piece.to - at;
    const available = Number.isFinite(rest) ? rest * (rate + 0.5 * slope * rest) : rate > 0 ? Infinity : 0;
    if (available >= left && available > 0) {
      // rate x + slope x^2 / 2 = left, in the form that does not cancel.
      const root = Math.sqrt(Math.max(0, rate * rate + 2 * slope * left));
      return at + (2 * left) / (rate + root);
    }
    left -= available;
    at = piece.to;
  }
  return Infinity;
}

function inWave(wave: Extract<Arrivals, { type: 'wave' }>, now: number, mass: number): number {
  if (!(wave.rate > 0)) return Infinity;
  const omega = 6.283185307179586 / wave.period;
  // Phases are taken within one period, where sine and cosine are exact enough.
  const startPhase = now % wave.period;
  const cumulated = (t: number): number => wave.rate * (t + (wave.amplitude / omega) * (1 - cos(omega * t)));
  const target = cumulated(startPhase) + mass;
  const spread = (2 * wave.amplitude) / omega;
  let low = Math.max(startPhase, target / wave.rate - spread);
  let high = target / wave.rate + 1e-9;
  let t = 0.5 * (low + high);
  for (let i = 0; i < 80; i++) {
    const error = cumulated(t) - target;
    if (error > 0) high = t;
    else low = t;
    const slope = wave.rate * (1 + wave.amplitude * sin(omega * t));
    let better = slope > 0 ? t - error / slope : t;
    if (!(better > low && better < high)) better = 0.5 * (low + high);
    if (Math.abs(better - t) < 0.01) return now - startPhase + better;
    t = better;
  }
  return now - startPhase + t;
}

/**
 * Integral of the rate of a stream between two instants: the number of arrivals to be expected in between.
 * @param from ns
 * @param to ns, not before `from`
 */
export function shapedMass(arrivals: Shaped, from: number, to: number): number {
  if (arrivals.type === 'wave') {
    const omega = 6.283185307179586 / arrivals.period;
    const cumulated = (t: number): number => arrivals.rate * (t - (arrivals.amplitude / omega) * cos(omega * (t % arrivals.period)));
    return cumulated(to) - cumulated(from);
  }
  let mass = 0;
  for (const piece of arrivals.pieces) {
    const begin = Math.max(from, piece.from);
    const end = Math.min(to, piece.to);
    if (end <= begin) continue;
    const length = piece.to - piece.from;
    const slope = Number.isFinite(length) ? (piece.endRate - piece.startRate) / length : 0;
    mass += (end - begin) * (piece.startRate + slope * (0.5 * (begin + end) - piece.from));
  }
  return mass;
}
