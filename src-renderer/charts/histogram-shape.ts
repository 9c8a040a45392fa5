import type { LatencyHistogram } from '../../src-shared/run/result';

/** A bar of a histogram on a logarithmic axis. */
export interface Bar {
  readonly fromMs: number;
  readonly toMs: number;
  readonly count: number;
  /** Share of all requests that stayed below `toMs`. */
  readonly below: number;
  /** Requests for each unit of the logarithm, relative to the densest bar: what the eye takes as height must not depend on the bar's width. */
  readonly height: number;
}

/** A histogram as it is drawn, and its logarithmic axis in ms. */
export interface HistogramShape {
  readonly bars: readonly Bar[];
  readonly total: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** Powers of ten, and twice and five times them where they are few. */
  readonly ticks: readonly number[];
}

/** Requests without any latency are drawn as if they took this much, since a logarithmic axis has no place for 0: 10 ns. */
const LEAST_MS = 1e-5;

function ticksWithin(fromMs: number, toMs: number): number[] {
  const decades = Math.log10(toMs / fromMs);
  const steps = decades > 2.2 ? [1] : decades > 0.8 ? [1, 2, 5] : [1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9];
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(fromMs)); power <= Math.ceil(Math.log10(toMs)); power++)
    for (const step of steps) {
      const tick = Number((step * 10 ** power).toPrecision(3));
      if (tick >= fromMs && tick <= toMs) ticks.push(tick);
    }
  return ticks;
}

/** Bars, cumulative shares and axis of a histogram that is not empty. */
export function shapeOf({ fromMs, toMs, counts }: Pick<LatencyHistogram, 'fromMs' | 'toMs' | 'counts'>): HistogramShape {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let below = 0;
  const raw = counts.map((count, index) => {
    below += count;
    const to = Math.max(toMs[index] ?? 0, LEAST_MS * 1.1);
    const from = Math.max(fromMs[index] ?? 0, LEAST_MS);
    return { fromMs: from, toMs: to, count, below: below / total, density: count / Math.log(to / from) };
  });
  const densest = Math.max(...raw.map(({ density }) => density));
  const bars = raw.map(({ density, ...bar }) => ({ ...bar, height: density / densest }));
  const first = (bars[0]?.fromMs ?? 1) / 1.05;
  const last = (bars.at(-1)?.toMs ?? 1) * 1.05;
  // A single bar, as that of a constant, is not as wide as the axis.
  const [low, high] = last / first < 2 ? [first / 1.5, last * 1.5] : [first, last];
  return { bars, total, fromMs: low, toMs: high, ticks: ticksWithin(low, high) };
}

/** Place of a latency on the axis, 0..1. */
export function placeOn({ fromMs, toMs }: HistogramShape, ms: number): number {
  return Math.log(Math.max(ms, fromMs) / fromMs) / Math.log(toMs / fromMs);
}
