import { describe, expect, it } from 'vitest';
import type { Column } from '../run/series';
import type { ChartData } from './chart-data';
import { drawnChart, firstAfter } from './drawn-chart';

const chart = (columns: Column[], means = true): ChartData => ({
  id: 'x',
  title: 'X',
  help: '',
  unit: 'share',
  means,
  lines: columns.map((_, index) => ({ key: String(index), label: String(index), color: '#000000', dash: [] })),
  timesS: (columns[0] ?? []).map((_, index) => index + 1),
  columns,
});
const counting = (length: number): number[] => Array.from({ length }, (_, index) => index);

describe('what a chart of means draws', () => {
  it('is every point where there are few', () => {
    const few = chart([counting(149)]);
    expect(drawnChart(few)).toMatchObject({ merged: 1, columns: few.columns, ranges: null });
  });

  it('is the mean of neighbours where there are many, at the time that the last of them ends, with their range', () => {
    const drawn = drawnChart(chart([counting(301)]));
    expect(drawn.merged).toBe(4);
    expect(drawn.timesS.slice(0, 2)).toEqual([4, 8]);
    expect(drawn.columns[0]?.slice(0, 2)).toEqual([1.5, 5.5]);
    expect(drawn.ranges?.[0]?.low.slice(0, 2)).toEqual([0, 4]);
    expect(drawn.ranges?.[0]?.high.slice(0, 2)).toEqual([3, 7]);
    expect([drawn.timesS.at(-1), drawn.columns[0]?.at(-1)], 'the last may stand for fewer').toEqual([301, 300]);
  });

  it('leaves out intervals without a sample', () => {
    const drawn = drawnChart(chart([Array.from({ length: 150 }, (_, index) => (index < 2 || index % 2 === 0 ? null : 7))]));
    expect(drawn.columns[0]?.slice(0, 2)).toEqual([null, 7]);
  });

  it('has more detail where it is zoomed, in the same buckets', () => {
    const whole = chart([counting(1200)]);
    expect(drawnChart(whole).merged).toBe(16);
    const zoomed = drawnChart(whole, { fromS: 400, toS: 700 });
    expect(zoomed.merged).toBe(4);
    expect((zoomed.timesS[0] ?? 0) % 4, 'buckets end at multiples of their length').toBe(0);
    expect(zoomed.timesS[0]).toBeLessThanOrEqual(404);
    expect(zoomed.timesS.at(-1)).toBeGreaterThanOrEqual(700);
    expect(drawnChart(whole, { fromS: 400, toS: 410 })).toMatchObject({ merged: 1 });
  });
});

describe('what a chart of percentiles draws', () => {
  it('is never an average', () => {
    expect(drawnChart(chart([counting(2000)], false)).merged).toBe(1);
  });

  it('is the lowest and the highest of each screen column, in the order in which they came', () => {
    const column: (number | null)[] = Array.from({ length: 4096 }, (_, index) => index % 10);
    column[1000] = 99;
    column[1001] = -5;
    column[2048] = null;
    const drawn = drawnChart(chart([column], false), null, 64);
    expect(drawn.merged).toBe(64);
    expect(drawn.timesS).toHaveLength(128);
    // 1000 and 1001 lie in the column from 960 to 1023: the high one came first.
    const at = drawn.timesS.indexOf(961);
    expect([drawn.columns[0]?.[at], drawn.columns[0]?.[at + 1], drawn.timesS[at + 1]]).toEqual([99, -5, 1024]);
    expect(Math.max(...(drawn.columns[0] as number[]))).toBe(99);
    expect(Math.min(...(drawn.columns[0] as number[]))).toBe(-5);
  });

  it('goes on to the edges of a zoomed span', () => {
    const drawn = drawnChart(chart([counting(100)], false), { fromS: 10.5, toS: 20.5 });
    expect([drawn.timesS[0], drawn.timesS.at(-1)]).toEqual([10, 21]);
  });

  it('draws a million points of three lines with no extreme lost, fast enough for every redraw', () => {
    const million = 1_000_000;
    const columns = [1, 2, 3].map((factor) => Array.from({ length: million }, (_, index) => ((index * 7919) % 1000) * factor));
    (columns[1] as number[])[777_777] = 1e6;
    const whole = chart(columns, false);
    let drawn = drawnChart(whole);
    // The best of five: other work on the machine is not the chart's.
    let bestMs = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 5; round++) {
      const begun = performance.now();
      drawn = drawnChart(whole);
      bestMs = Math.min(bestMs, performance.now() - begun);
    }
    expect(drawn.timesS.length).toBeLessThanOrEqual(2400);
    expect(drawn.columns[1]).toContain(1e6);
    // Charts are drawn every 120 ms at most; half of that is left for drawing.
    expect(bestMs).toBeLessThan(60);
  });
});

it('finds the first time after an instant', () => {
  expect([0, 1, 1.5, 3, 4].map((seconds) => firstAfter([1, 2, 3], seconds))).toEqual([0, 1, 1, 3, 3]);
});
