import { mix } from '../base/random';

/**
 * A number on [0, 1) with 53 bits for a key, the same for the same key and salts. Two rounds of an avalanche over a word stand in for
 * the ideal hash that theory assumes.
 */
export function hashToUnit(key: number, high: number, low: number): number {
  const first = mix(Math.imul(key, 0x9e3779b1) ^ high);
  const second = mix((key + low) ^ Math.imul(first, 0x85ebca6b));
  return ((first >>> 11) * 4294967296 + (second >>> 0)) * 1.1102230246251565e-16;
}

/**
 * Points of targets on a circle of circumference 1, in order of their places. A key belongs to the next point clockwise: consistent
 * hashing (D. Karger et al., "Consistent hashing and random trees", 1997).
 */
export interface Ring {
  /** Places of the points, ascending, 0..1. */
  readonly places: Float64Array;
  /** Target of each point. */
  readonly owners: Int32Array;
}

/** Room for a ring of `targets` targets with `points` points each. */
export function createRing(targets: number, points: number): Ring {
  return { places: new Float64Array(targets * points), owners: new Int32Array(targets * points) };
}

/** Puts `points` points of each target on a ring; `uniform(target)` gives the place of its next point, on [0, 1). */
export function fillRing({ places, owners }: Ring, targets: number, points: number, uniform: (target: number) => number): void {
  // Place and owner share a double while the points are sorted, which a typed array does without calling back.
  let owned = 1;
  while (owned < targets) owned *= 2;
  const steps = 9007199254740992 / owned;
  let i = 0;
  for (let target = 0; target < targets; target++)
    for (let point = 0; point < points; point++) places[i++] = Math.floor(uniform(target) * steps) * owned + target;
  places.sort();
  for (i = 0; i < places.length; i++) {
    const owner = places[i] % owned;
    owners[i] = owner;
    places[i] = (places[i] - owner) / owned / steps;
  }
}

/** Index of the first point beyond a place; the first of all where there is none. */
export function successor({ places }: Ring, place: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (places[middle] > place) high = middle;
    else low = middle + 1;
  }
  return low === places.length ? 0 : low;
}

/** Adds to `shares` (by target) the parts of the circle that belong to each target in use: the arcs that end at its points. */
export function addRingShares({ places, owners }: Ring, used: (target: number) => boolean, shares: Float64Array): void {
  let last = -1;
  for (let i = places.length - 1; i >= 0 && last < 0; i--) if (used(owners[i])) last = i;
  if (last < 0) return;
  let from = places[last] - 1;
  for (let i = 0; i <= last; i++) {
    if (!used(owners[i])) continue;
    shares[owners[i]] += places[i] - from;
    from = places[i];
  }
}
