import { type Reading, slackOf } from './objective-readings';
import type { BurnRule } from './result';

/**
 * The two rules with the widest windows that the Workbook recommends for a budget of 30 days, as shares of the period: 5 % of the budget in
 * 6 hours, and 10 % of it in 3 days, each confirmed by a window of a twelfth, by which an alert also ends soon after its cause. The period
 * of a run is its measured time. The third rule, an hour of 30 days, is shorter than a point of most runs and left out.
 * B. Beyer and others, The Site Reliability Workbook, 2018, chapter 5, table 5-8.
 */
const RULES = [
  { name: 'fast-burn', budget: 0.05, period: 1 / 120 },
  { name: 'slow-burn', budget: 0.1, period: 1 / 10 },
] as const;
const CONFIRMED_BY = 1 / 12;

/** One rule at the end of a point: whether it alerts, and at what burn rate of its long window. */
export interface BurnState {
  readonly name: BurnRule['name'];
  readonly threshold: number;
  readonly alerting: boolean;
  readonly burn: number;
}

/** Follows the error budget of one objective point by point. */
export interface BurnMeter {
  /** Takes the next point, also those of the warm-up, which do not count. */
  add(reading: Reading): readonly BurnState[];
  /** Share of the budget of the measured run that is left by now, by its time: 1 at the beginning. */
  left(): number;
  rules(): readonly BurnRule[];
}

interface Rule {
  readonly name: BurnRule['name'];
  readonly long: number;
  readonly short: number;
  readonly threshold: number;
  alerting: boolean;
  worst: number | null;
  alerts: number;
}

/** A meter for a budget of `allowed` (a share of requests or reads above 0) over a measured run of `periodMs` after the warm-up. */
export function createBurnMeter(allowed: number, warmUpMs: number, periodMs: number): BurnMeter {
  // Sums over the points so far, from the end of the warm-up: those of a window are differences.
  const missed: number[] = [0];
  const counted: number[] = [0];
  let rules: Rule[] | null = null;
  let pointMs = 0;
  const begin = (reading: Reading): Rule[] => {
    pointMs = reading.toMs - reading.fromMs;
    return RULES.map(({ name, budget, period }) => {
      const long = Math.max(1, Math.ceil((period * periodMs) / pointMs - 1e-9));
      return {
        name,
        long,
        short: Math.max(1, Math.ceil(long * CONFIRMED_BY - 1e-9)),
        threshold: (budget * periodMs) / (long * pointMs),
        alerting: false,
        worst: null,
        alerts: 0,
      };
    });
  };
  /** Burn rate of the latest points; NaN where nothing was counted in them. */
  const burn = (points: number): number => {
    const last = missed.length - 1;
    const bad = (missed[last] as number) - (missed[last - points] as number);
    const all = (counted[last] as number) - (counted[last - points] as number);
    return bad / all / allowed;
  };
  return {
    add(reading) {
      if (reading.fromMs < warmUpMs - slackOf(warmUpMs)) return [];
      rules ??= begin(reading);
      missed.push((missed.at(-1) as number) + reading.bad);
      counted.push((counted.at(-1) as number) + reading.good + reading.bad);
      return rules.map((rule): BurnState => {
        const { name, long, short, threshold } = rule;
        if (missed.length <= long) return { name, threshold, alerting: false, burn: 0 };
        const slow = burn(long);
        const recent = burn(short);
        const both = Math.min(slow, recent);
        if (!Number.isNaN(both) && both > (rule.worst ?? -1)) rule.worst = both;
        // Nothing that was counted tells nothing: the alert stays as it is.
        const alerting = rule.alerting ? !(recent < threshold) : both >= threshold;
        if (alerting && !rule.alerting) rule.alerts++;
        rule.alerting = alerting;
        return { name, threshold, alerting, burn: Number.isNaN(slow) ? 0 : slow };
      });
    },
    left() {
      const all = counted.at(-1) as number;
      if (!(all > 0)) return 1;
      return 1 - ((missed.at(-1) as number) / all / allowed) * (((missed.length - 1) * pointMs) / periodMs);
    },
    rules: () =>
      (rules ?? []).map(({ name, long, short, threshold, worst, alerts }) => ({
        name,
        longMs: long * pointMs,
        shortMs: short * pointMs,
        threshold,
        worst,
        alerts,
      })),
  };
}
