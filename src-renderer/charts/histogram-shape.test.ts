import { describe, expect, it } from 'vitest';
import { bucketOf, bucketStart } from '../../src-shared/base/histogram';
import { labelledTicks, placeOn, shapeOf } from './histogram-shape';

it('bars are as high as their requests are dense on the logarithmic axis, and shares add up', () => {
  // Both bars hold ten; the second is two octaves wide, the first one.
  const shape = shapeOf({ fromMs: [1, 2], toMs: [2, 8], counts: [10, 10] });
  expect(shape.bars.map(({ height }) => height)).toEqual([1, 0.5]);
  expect(shape.bars.map(({ below }) => below)).toEqual([0.5, 1]);
  expect(shape.total).toBe(20);
  expect([placeOn(shape, shape.fromMs), placeOn(shape, shape.toMs), placeOn(shape, Math.sqrt(shape.fromMs * shape.toMs))]).toEqual([0, 1, 0.5]);
  expect(shape.ticks).toEqual([1, 2, 5]);
});

it('a constant has an axis too, and so has a latency of nothing', () => {
  const constant = shapeOf({ fromMs: [10], toMs: [10.4], counts: [7] });
  expect(constant.fromMs).toBeLessThan(9);
  expect(constant.toMs).toBeGreaterThan(12);
  expect(constant.ticks).toContain(10);
  const nothing = shapeOf({ fromMs: [0, 1], toMs: [1e-6, 2], counts: [1, 1] });
  expect(nothing.bars.every(({ fromMs, toMs, height }) => fromMs > 0 && toMs > fromMs && height > 0)).toBe(true);
});

it('a histogram over many octaves is drawn in fewer bars, with every request in one of them', () => {
  // 25 octaves of 16 buckets, from 1 µs on: bounds as the engine makes them.
  const start = bucketOf(1000) - 1;
  const edges = Array.from({ length: 401 }, (_, index) => bucketStart((Math.floor(start / 8) + index) * 8 + 1) / 1e6);
  const counts = Array.from({ length: 400 }, (_, index) => index % 7);
  const shape = shapeOf({ fromMs: edges.slice(0, -1), toMs: edges.slice(1), counts });
  expect(shape.bars.length).toBeLessThanOrEqual(80);
  expect(shape.bars.length).toBeGreaterThan(40);
  expect(shape.total).toBe(counts.reduce((sum, count) => sum + count, 0));
  for (const [index, bar] of shape.bars.slice(1).entries()) expect(bar.fromMs).toBeCloseTo(shape.bars[index]?.toMs ?? 0, 12);
  expect(shape.bars.at(-1)?.below).toBe(1);
});

describe('words of the axis', () => {
  const ticks = [200, 300, 400, 500, 600, 700];
  /** A logarithmic axis from 100 to 1000, so many pixels long; words of 50 pixels. */
  const at = (pixels: number) => (tick: number) => [Math.log10(tick / 100) * pixels - 25, Math.log10(tick / 100) * pixels + 25] as const;

  it('are all there where they have room', () => {
    expect([...labelledTicks(ticks, at(2000))].sort((one, other) => one - other)).toEqual(ticks);
  });

  it('do not stand on each other: round ones stay, others give way', () => {
    const labelled = [...labelledTicks(ticks, at(220))].sort((one, other) => one - other);
    expect(labelled).toEqual([200, 500]);
  });
});
