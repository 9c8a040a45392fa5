import type { Objective } from '../project/objective';
import { type Reading, slackOf } from './objective-readings';
import type { ObjectiveWindow } from './result';

/** Cuts the points after the warm-up into windows that follow on each other, and tells the value of each that has become whole. */
export interface WindowCutter {
  /** Takes the next point; gives the windows that it ends, those in which nothing was counted left out. */
  add(reading: Reading): readonly ObjectiveWindow[];
}

/**
 * A cutter for the windows of an objective. Shares are exact. The percentile of a window is taken as the largest of its points, which the
 * true one never exceeds.
 */
export function createWindowCutter({ demand }: Objective, lengthMs: number, warmUpMs: number): WindowCutter {
  const slack = slackOf(lengthMs);
  const percentile = 'percentile' in demand ? demand.percentile : null;
  const complement = demand.type === 'availability';
  let begin: number | null = null;
  let window = 0;
  let tooShort = false;
  let good = 0;
  let bad = 0;
  let slowest = -Infinity;
  const close = (): readonly ObjectiveWindow[] => {
    const fromMs = (begin as number) + window * lengthMs;
    const all = good + bad;
    const value = percentile !== null ? slowest : all > 0 ? (complement ? 1 - bad / all : bad / all) : -Infinity;
    window++;
    good = 0;
    bad = 0;
    slowest = -Infinity;
    return value > -Infinity ? [{ fromMs, toMs: fromMs + lengthMs, value }] : [];
  };
  return {
    add(reading) {
      if (begin === null) {
        // Windows shorter than a point cannot be told apart.
        tooShort = lengthMs < reading.toMs - reading.fromMs - slack;
        if (reading.fromMs < warmUpMs - slack) return [];
        begin = reading.fromMs;
      }
      if (tooShort) return [];
      const closed: ObjectiveWindow[] = [];
      const end = (): number => (begin as number) + (window + 1) * lengthMs;
      while (reading.toMs > end() + slack) closed.push(...close());
      good += reading.good;
      bad += reading.bad;
      const longest = percentile === 50 ? reading.p50Ms : percentile === 95 ? reading.p95Ms : reading.p99Ms;
      if (longest > slowest) slowest = longest;
      if (reading.toMs >= end() - slack) closed.push(...close());
      return closed;
    },
  };
}
