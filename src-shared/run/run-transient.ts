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
const CHANCE = 3;

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
  const until = settled ? endMs : last / 2;
  const ofFlight = biasOfStart(series.timeMs, inFlight, 0, until) ?? 0;
  if (loadChange(series.timeMs, offeredPerS, until) * ofFlight > 0) return { verdict: 'load', endMs, bias };
  if (!settled) return { verdict: 'unsettled', endMs, bias };
  if (endMs <= warmUpMs) return { verdict: 'left-out', endMs, bias: null };
  return { verdict: bias === null || Math.abs(bias) < HARMLESS ? 'harmless' : 'biased', endMs, bias };
}

/**
 * How the offered load up to an instant differs from that after it, relative to the latter; 0 where that is less than it takes to matter, or
 * could be chance: three standard errors of the difference of two Poisson rates.
 */
function loadChange(timeMs: readonly number[], offeredPerS: readonly (number | null)[], untilMs: number): number {
  const sums = { before: 0, after: 0, lastedBefore: 0, lastedAfter: 0 };
  for (const [index, at] of timeMs.entries()) {
    const lasted = (at - (timeMs[index - 1] ?? 0)) / 1000;
    const requests = (offeredPerS[index] ?? 0) * lasted;
    if (at <= untilMs) {
      sums.before += requests;
      sums.lastedBefore += lasted;
    } else {
      sums.after += requests;
      sums.lastedAfter += lasted;
    }
  }
  if (sums.lastedBefore === 0 || sums.lastedAfter === 0 || sums.after === 0) return 0;
  const before = sums.before / sums.lastedBefore;
  const after = sums.after / sums.lastedAfter;
  const error = Math.sqrt(before / sums.lastedBefore + after / sums.lastedAfter);
  const change = before / after - 1;
  return Math.abs(change) < LOAD_CHANGE || Math.abs(before - after) < CHANCE * error ? 0 : change;
}
