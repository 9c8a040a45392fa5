import type { Column } from '../run/series';
import type { ChartData } from './chart-data';
import { scanOf } from './column-blocks';
import type { Span } from './span';

/** What a chart draws of its points. */
export interface DrawnChart extends ChartData {
  /** Points that one point of the drawing stands for: their mean, or their lowest and highest value. 1: every point is drawn. */
  readonly merged: number;
  /** Where points are drawn as means: the lowest and the highest value behind each of them, by line. Else null. */
  readonly ranges: readonly { readonly low: Column; readonly high: Column }[] | null;
}

/** Points that a chart of means is drawn with at least: more would be noise in a chart of this size. */
const DRAWN_POINTS = 75;
/** Columns of the screen that a chart has at most, where nothing else is said. */
const COLUMNS = 1200;

/** Index of the first time above `seconds`, in ascending times. */
export function firstAfter(timesS: readonly number[], seconds: number): number {
  let low = 0;
  let high = timesS.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((timesS[middle] as number) > seconds) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Points in a span with one neighbour on either side, so that lines go on to the edges: [from, to). */
function indicesOf(timesS: readonly number[], span: Span | null): readonly [number, number] {
  if (span === null) return [0, timesS.length];
  return [Math.max(0, firstAfter(timesS, span.fromS) - 1), Math.min(timesS.length, firstAfter(timesS, span.toS) + 1)];
}

/** Means of `merged` neighbours each, with the lowest and the highest of them; buckets begin at multiples of `merged`, so that zooming does not shift them. */
function meansOf(chart: ChartData, from: number, to: number, merged: number): DrawnChart {
  const first = Math.floor(from / merged);
  const buckets = Math.ceil(to / merged) - first;
  const count = chart.timesS.length;
  const timesS = Array.from({ length: buckets }, (_, bucket) => chart.timesS[Math.min(count, (first + bucket + 1) * merged) - 1] ?? 0);
  const columns: Column[] = [];
  const ranges: { low: Column; high: Column }[] = [];
  for (const column of chart.columns) {
    const mean: (number | null)[] = [];
    const lows: (number | null)[] = [];
    const highs: (number | null)[] = [];
    for (let bucket = 0; bucket < buckets; bucket++) {
      const from = (first + bucket) * merged;
      const { low, high, sum, samples } = scanOf(column, from, Math.min(count, from + merged));
      mean.push(samples === 0 ? null : sum / samples);
      lows.push(samples === 0 ? null : low);
      highs.push(samples === 0 ? null : high);
    }
    columns.push(mean);
    ranges.push({ low: lows, high: highs });
  }
  return { ...chart, timesS, columns, merged, ranges };
}

/**
 * The lowest and the highest value of each screen column, in the order in which they came: two points for each column, at the times of its
 * first and its last point, so that no extreme is lost and none moves by more than a column.
 */
function extremesOf(chart: ChartData, from: number, to: number, merged: number): DrawnChart {
  const first = Math.floor(from / merged);
  const buckets = Math.ceil(to / merged) - first;
  const count = chart.timesS.length;
  const timesS = new Array<number>(2 * buckets);
  for (let bucket = 0; bucket < buckets; bucket++) {
    timesS[2 * bucket] = chart.timesS[(first + bucket) * merged] as number;
    timesS[2 * bucket + 1] = chart.timesS[Math.min(count, (first + bucket + 1) * merged) - 1] as number;
  }
  const columns = chart.columns.map((column) => {
    const drawn = new Array<number | null>(2 * buckets).fill(null);
    for (let bucket = 0; bucket < buckets; bucket++) {
      const start = (first + bucket) * merged;
      const { low, lowAt, high, highAt } = scanOf(column, start, Math.min(count, start + merged));
      if (lowAt < 0) continue;
      drawn[2 * bucket] = lowAt <= highAt ? low : high;
      drawn[2 * bucket + 1] = lowAt <= highAt ? high : low;
    }
    return drawn;
  });
  return { ...chart, timesS, columns, merged, ranges: null };
}

/**
 * The chart as it is drawn, of a span or the whole. Where points are means, two, four, eight … neighbours are drawn as one, their mean,
 * with the range behind it; other numbers, such as percentiles, are drawn with the lowest and highest of each of `screenColumns` columns.
 * The table behind the chart has every point.
 */
export function drawnChart(chart: ChartData, span: Span | null = null, screenColumns = COLUMNS): DrawnChart {
  const [from, to] = indicesOf(chart.timesS, span);
  const count = to - from;
  if (chart.means && count >= 2 * DRAWN_POINTS) return meansOf(chart, from, to, 2 ** Math.floor(Math.log2(count / DRAWN_POINTS)));
  if (!chart.means && count > 2 * screenColumns) return extremesOf(chart, from, to, 2 ** Math.ceil(Math.log2(count / screenColumns)));
  if (from === 0 && to === chart.timesS.length) return { ...chart, merged: 1, ranges: null };
  return { ...chart, timesS: chart.timesS.slice(from, to), columns: chart.columns.map((column) => column.slice(from, to)), merged: 1, ranges: null };
}
