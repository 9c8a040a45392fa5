import { biasOfStart, findTransient } from '../base/statistics/transient';
import type { RunResult } from './result';

/**
 * What MSER-5 finds at the beginning of a run: `none`; `left-out` by the warm-up; `harmless`, since the means hardly move; `biased`: the means
 * move and the warm-up is too short; `load` or `fault`: the beginning differs because the load changes or something was wrong, which no
 * warm-up should hide; `unsettled`: it may still last at the end of the first half.
 */
export type TransientVerdict = 'none' | 'left-out' | 'harmless' | 'biased' | 'load' | 'fault' | 'unsettled';

/** The transient of a run, from the first replication. */
export interface RunTransient {
  readonly verdict: TransientVerdict;
  /** End in ms of simulated time; 0 where there is none. */
  readonly endMs: number;
  /** What keeping it does to the mean number in flight after the warm-up, relative to the mean without it, less 1; null where that is not known. */
  readonly bias: number | null;
}

/** Bias from which it matters. */
const HARMLESS = 0.01;
/** Change of the offered load that explains a change of what is in flight. */
const LOAD_CHANGE = 0.05;

type Beginning = Pick<RunResult, 'series' | 'warmUpMs' | 'faults'>;

/** Looks for the transient of a run in the number in flight, the one series that every part moves; null where the run has too few points. */
export function runTransient({ series, warmUpMs, faults }: Beginning): RunTransient | null {
  const { inFlight, offeredPerS } = series.endToEnd;
  const found = findTransient(series.timeMs, inFlight);
  if (found === null) return null;
  const { end: endMs, settled } = found;
  if (endMs === 0 && settled) return { verdict: 'none', endMs, bias: null };
  const bias = biasOfStart(series.timeMs, inFlight, warmUpMs, endMs);
  // Whenever it began: where what follows differs because something broke, the beginning is what was normal.
  if (faults.some(({ windows }) => windows.length > 0)) return { verdict: 'fault', endMs, bias };
  const last = series.timeMs.at(-1) ?? 0;
  // The whole beginning, whether or not the warm-up leaves some of it out: does the load itself differ, in the same direction?
  const ofFlight = biasOfStart(series.timeMs, inFlight, 0, settled ? endMs : last / 2) ?? 0;
  const ofLoad = biasOfStart(series.timeMs, offeredPerS, 0, settled ? endMs : last / 2) ?? 0;
  const explained = Math.abs(ofLoad) >= LOAD_CHANGE * shareBefore(series.timeMs, settled ? endMs : last / 2) && ofLoad * ofFlight > 0;
  if (explained) return { verdict: 'load', endMs, bias };
  if (!settled) return { verdict: 'unsettled', endMs, bias };
  if (endMs <= warmUpMs) return { verdict: 'left-out', endMs, bias: null };
  return { verdict: bias === null || Math.abs(bias) < HARMLESS ? 'harmless' : 'biased', endMs, bias };
}

/** Share of the points up to an instant: a change of the load there moves the mean of all points by this part of itself. */
function shareBefore(timeMs: readonly number[], untilMs: number): number {
  return timeMs.filter((at) => at <= untilMs).length / timeMs.length;
}
