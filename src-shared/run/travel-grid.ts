import { invariant } from '../base/result';
import { NS_PER_MS } from '../kinds/lowering';
import type { RunSettings } from '../project/project';

/** Memory for pictures at the ends of intervals, in bytes. Where all of them would take more, every second, third … is kept. */
const PICTURE_BYTES = 32 * 1024 * 1024;

/** The ends of the intervals of a run's charts, in ms of simulated time; number 0 is the beginning. */
export interface TravelGrid {
  readonly intervals: number;
  /** Instant of the end of an interval, exactly as the charts have it. */
  readonly ms: (index: number) => number;
  /** Number of the last interval that has ended at an instant. */
  readonly at: (ms: number) => number;
}

/** The intervals that the settings of a run ask for. */
export function travelGrid({ durationMs, seriesPoints }: Pick<RunSettings, 'durationMs' | 'seriesPoints'>): TravelGrid {
  // The same roundings as the compiler's and the engine's, so that an instant of this grid is one of theirs to the nanosecond.
  const duration = Math.floor(durationMs * NS_PER_MS + 0.5);
  const instant = (index: number): number => Math.floor((duration / seriesPoints) * index + 0.5);
  return {
    intervals: seriesPoints,
    ms: (index) => instant(index) / NS_PER_MS,
    at: (ms) => {
      const wanted = Math.floor(ms * NS_PER_MS + 0.5);
      let index = Math.min(seriesPoints, Math.max(0, Math.floor((wanted / duration) * seriesPoints)));
      while (index < seriesPoints && instant(index + 1) <= wanted) index++;
      while (index > 0 && instant(index) > wanted) index--;
      return index;
    },
  };
}

/** The instant one interval before or after another; null where there is none. */
export function neighbourMs(grid: TravelGrid, ms: number, back: boolean): number | null {
  const index = grid.at(ms);
  if (!back) return index < grid.intervals ? grid.ms(index + 1) : null;
  if (grid.ms(index) < ms) return grid.ms(index);
  return index > 0 ? grid.ms(index - 1) : null;
}

/** How many intervals apart pictures are kept when each takes this many bytes: 1 in all but very large designs. */
export function pictureStride(intervals: number, bytesEach: number): number {
  invariant(bytesEach > 0, 'a picture takes memory');
  return Math.max(1, Math.ceil((intervals * bytesEach) / PICTURE_BYTES));
}
