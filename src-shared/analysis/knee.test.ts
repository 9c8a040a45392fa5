import { describe, expect, it } from 'vitest';
import { findKnee, type LoadPoint, powerOf } from './knee';

/** M/M/1 with capacity 100 req/s: latency 1000 / (100 − load) ms. */
const queue = (load: number): LoadPoint => ({ load, throughput: load, latencyMs: 1000 / (100 - load) });

describe('findKnee', () => {
  it('finds half of the capacity of M/M/1 exactly, from points that do not hold it', () => {
    expect(findKnee([10, 30, 42, 61, 80, 95].map(queue))?.load).toBeCloseTo(50, 9);
    expect(findKnee([10, 42, 95].map(queue))).toEqual({ load: expect.closeTo(50, 9), between: [10, 95] });
  });

  it('finds the saturation point of a system without randomness: latency is flat up to capacity and then grows', () => {
    // D/D/1 closed with a service of 10 ms and no thinking: throughput 100 from one user on; with thinking of 40 ms the knee is at 5 users.
    const closed = (users: number): LoadPoint => ({ load: users, throughput: Math.min(users / 0.05, 100), latencyMs: Math.max(10, users * 10 - 40) });
    expect(findKnee([1, 2, 3, 4, 5, 6, 7, 8].map(closed))?.load).toBeCloseTo(5, 0);
  });

  it('says nothing where the greatest power stands at an end', () => {
    expect(findKnee([10, 20, 30].map(queue))).toBeNull();
    expect(findKnee([60, 70, 90].map(queue))).toBeNull();
    expect(findKnee([])).toBeNull();
  });

  it('gives no power to what has no latency', () => {
    expect(powerOf({ load: 1, throughput: 5, latencyMs: 0 })).toBe(0);
    expect(powerOf({ load: 1, throughput: 5, latencyMs: 2 })).toBe(2.5);
  });
});
