import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextUniform, seedStream } from '../base/random';
import { addRingShares, createRing, fillRing, hashToUnit, type Ring, successor } from './hashing';

/** A ring whose targets have points of their own, whatever the number of targets. */
function ringOf(targets: number, points: number, seed: number): Ring {
  const ring = createRing(targets, points);
  const state = new Int32Array(4 * targets);
  for (let target = 0; target < targets; target++) seedStream(state, 4 * target, seed, 0, `target ${target}`);
  fillRing(ring, targets, points, (target) => nextUniform(state, 4 * target));
  return ring;
}

/** Target of a key among those in use. */
function ownerOf(ring: Ring, key: number, used: (target: number) => boolean): number {
  let at = successor(ring, hashToUnit(key, 17, 42));
  while (!used(ring.owners[at] as number)) at = (at + 1) % ring.places.length;
  return ring.owners[at] as number;
}

test('keys are spread evenly, whatever the salts: chi-square over 100 cells within five standard deviations', () => {
  for (const [high, low] of [
    [0, 0],
    [1, 2],
    [-5, 123456789],
  ] as const) {
    const cells = new Array<number>(100).fill(0);
    for (let key = 0; key < 100_000; key++) {
      const u = hashToUnit(key, high, low);
      expect(u >= 0 && u < 1).toBe(true);
      const cell = Math.floor(u * 100);
      cells[cell] = (cells[cell] ?? 0) + 1;
    }
    const chiSquare = cells.reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0);
    expect(Math.abs(chiSquare - 99) / Math.sqrt(2 * 99)).toBeLessThan(5);
  }
});

test('[K1] a target that comes takes keys for itself and moves none between the others; one that goes gives up its own only', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 40 }), fc.integer(), (targets, points, seed) => {
      const before = ringOf(targets, points, seed);
      const after = ringOf(targets + 1, points, seed);
      for (let key = 0; key < 300; key++) {
        const was = ownerOf(before, key, () => true);
        const is = ownerOf(after, key, () => true);
        expect([was, targets]).toContain(is);
        // Leaving out a target is the same as a ring without it.
        expect(ownerOf(after, key, (target) => target !== targets)).toBe(was);
      }
    }),
    { numRuns: 60 },
  );
});

test('shares are the arcs before the points: they add up to 1 and are what keys find', () => {
  const ring = ringOf(5, 20, 3);
  for (const used of [() => true, (target: number) => target !== 2, (target: number) => target === 4]) {
    const shares = new Float64Array(5);
    addRingShares(ring, used, shares);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    const found = new Array<number>(5).fill(0);
    for (let key = 0; key < 50_000; key++) {
      const owner = ownerOf(ring, key, used);
      found[owner] = (found[owner] ?? 0) + 1 / 50_000;
    }
    // Five standard errors of a share of 50,000 keys are at most 0.0112.
    for (let target = 0; target < 5; target++) expect(Math.abs((found[target] ?? 0) - (shares[target] ?? 0))).toBeLessThan(0.0112);
  }
});

test('points lie in order, each with its own target, and the last is followed by the first', () => {
  const ring = ringOf(3, 4, 9);
  expect([...ring.places]).toEqual([...ring.places].sort((a, b) => a - b));
  expect([0, 1, 2].map((target) => ring.owners.filter((owner) => owner === target).length)).toEqual([4, 4, 4]);
  expect(successor(ring, 0.999999999)).toBe(0);
  expect(successor(ring, ring.places[3] as number)).toBe(4);
});
