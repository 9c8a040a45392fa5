import { expect, test } from 'vitest';
import { mser5 } from './mser5';

/** Noise of mean zero that sums to zero over every batch of five, so that batch means are exactly the level. */
const ripple = [0.2, -0.1, 0.3, -0.4, 0];
const around = (level: number, batches: number, wobble: (batch: number) => number = () => 0): number[] =>
  Array.from({ length: batches * 5 }, (_, i) => level + (ripple[i % 5] ?? 0) + wobble(Math.floor(i / 5)));
const alternating = (batch: number): number => (batch % 2 === 0 ? 0.1 : -0.1);

test('leaves a series without a transient alone', () => {
  expect(mser5(around(7, 40, alternating))).toEqual({ index: 0, settled: true });
});

test('cuts a step exactly where it ends', () => {
  // Three batches at 0, then thirty at 10: what remains is free of the step from value 15 on.
  expect(mser5([...around(0, 3, alternating), ...around(10, 30, alternating)])).toEqual({ index: 15, settled: true });
});

test('matches the statistic computed by hand', () => {
  // Batch means 4, 2, 1, 1, 1, 1, 1, 1, 1, 2. Sum of squares over (kept)^2: from 0: 8.5/100, from 1: 1.5556/81 = 0.0192,
  // from 2: 0.875/64 = 0.01367, from 3: 0.857/49 = 0.0175, growing after that: two batches, ten values, are left out.
  const series = [4, 2, 1, 1, 1, 1, 1, 1, 1, 2].flatMap((mean) => [mean, mean, mean, mean, mean]);
  expect(mser5(series)).toEqual({ index: 10, settled: true });
});

test('a series that keeps climbing is not settled', () => {
  const climbing = Array.from({ length: 200 }, (_, i) => i * i);
  expect(mser5(climbing).settled).toBe(false);
});

test('a constant series needs no truncation, a short one is left alone and not called settled', () => {
  expect(mser5(new Float64Array(100).fill(3))).toEqual({ index: 0, settled: true });
  expect(mser5([1, 2, 3])).toEqual({ index: 0, settled: false });
});

test('is not misled by the offset of the series', () => {
  const series = [...around(0, 4, alternating), ...around(1, 40, alternating)];
  expect(mser5(series.map((value) => value + 1e9)).index).toBe(mser5(series).index);
});
