import { expect, test } from 'vitest';
import { BUCKETS, bucketOf } from '../base/histogram';
import { createHistogramDelta } from './histogram-delta';

/** Goal: a look sees each sample once, whatever was emptied in between, and the bounds never hide one. */
test('quantiles of what is new since the last look', () => {
  const counts = new Uint32Array(2 * BUCKETS);
  const largest = [0, 0];
  const add = (index: number, ns: number) => {
    counts[index * BUCKETS + bucketOf(ns)]!++;
    largest[index] = Math.max(largest[index] as number, ns);
  };
  const delta = createHistogramDelta(counts, (index) => largest[index] as number);
  expect(delta.quantiles([0.5])).toEqual([NaN]);
  add(0, 100);
  add(1, 50);
  expect(delta.quantiles([0.5, 1])).toEqual([50, 100]);
  expect(delta.quantiles([0.5])).toEqual([NaN]);
  // Zero, and a value far above all before.
  add(0, 0);
  add(0, 0);
  expect(delta.quantiles([1])).toEqual([0]);
  add(1, 2 ** 40);
  add(0, 120);
  // The window opens: counts and maxima are emptied, but what was not looked at is not lost.
  delta.beforeEmptying();
  counts.fill(0);
  largest.fill(0);
  add(0, 7);
  const [low = NaN, middle = NaN, high = NaN] = delta.quantiles([0.1, 0.5, 1]);
  expect([low, middle]).toEqual([7, 120]);
  expect(high / 2 ** 40).toBeCloseTo(1, 1);
  expect(delta.quantilesOf(1, [0.5])).toEqual([NaN]);
});
