import { formatDuration, formatNumber } from '../../src-shared/base/format';
import { expectedHalfWidth, replicationsToAdd } from '../../src-shared/base/statistics/more-replications';
import { ENOUGH_BEYOND, isTooFew, samplesBeyond, samplesNeeded } from '../../src-shared/base/statistics/percentile-samples';
import type { MetricName } from '../../src-shared/engine/metrics';
import type { Measured, RunResult } from '../../src-shared/run/result';
import { runTransient } from '../../src-shared/run/run-transient';

/** Share that each percentile leaves below it. */
const SHARES: Partial<Readonly<Record<MetricName, number>>> = {
  latencyP50Ms: 0.5,
  latencyP95Ms: 0.95,
  latencyP99Ms: 0.99,
  latencyP999Ms: 0.999,
};

/** Why a percentile is uncertain: too few of the completed requests, of all replications together, lie beyond it. Null where it is not. */
export function uncertaintyOf(name: MetricName, { metrics }: Measured, replications: number): string | null {
  const share = SHARES[name];
  if (share === undefined || metrics[name] === undefined || metrics.completed === undefined) return null;
  const count = Math.round(metrics.completed * replications);
  if (!isTooFew(count, share)) return null;
  return `Only ${formatNumber(samplesBeyond(count, share), 2)} of ${formatNumber(count, 9)} requests are expected beyond it; ${ENOUGH_BEYOND} are needed to place it, so ${formatNumber(samplesNeeded(share), 9)} requests. Lengthen the run or add replications.`;
}

/** What more replications would buy. */
export interface Suggestion {
  /** Number whose interval is the widest for its size. */
  readonly title: string;
  /** Half-width as a share of the value, now and with `more` further replications. */
  readonly now: number;
  readonly after: number;
  readonly more: number;
  readonly total: number;
}

/** Replications that a run should have at least to say how sure it is: with five, the quantile of t is below three. */
export const FIRST_REPLICATIONS = 5;
/** No more than this are suggested at once. */
const MOST_MORE = 200;

const JUDGED: readonly (readonly [MetricName, string])[] = [
  ['latencyMeanMs', 'the mean latency'],
  ['latencyP95Ms', 'p95'],
  ['latencyP99Ms', 'p99'],
];

/** How many more replications would halve the widest of the intervals of mean, p95 and p99 end to end, each as a share of its value; null without any. */
export function suggestionOf({ endToEnd, replications, settings }: RunResult): Suggestion | null {
  if (replications < 2) return null;
  let widest: { readonly title: string; readonly share: number } | null = null;
  for (const [name, title] of JUDGED) {
    const value = endToEnd.metrics[name];
    const halfWidth = endToEnd.halfWidths?.[name];
    if (value === undefined || halfWidth === undefined || !(value > 0) || !(halfWidth > 0)) continue;
    if (widest === null || halfWidth / value > widest.share) widest = { title, share: halfWidth / value };
  }
  if (widest === null) return null;
  const { title, share: now } = widest;
  const more = replicationsToAdd(now, replications, now / 2, settings.confidence, MOST_MORE) ?? MOST_MORE;
  return { title, now, after: expectedHalfWidth(now, replications, more, settings.confidence), more, total: replications + more };
}

/** What MSER-5 finds in the first replication, beside the warm-up in use. */
export interface WarmUpWord {
  readonly text: string;
  /** Warm-up in ms that would leave the transient out, where the one in use does not and that moves the means; else null. */
  readonly betterMs: number | null;
}

/** Says what MSER-5 finds about the beginning of a run. */
export function warmUpWord(result: RunResult): WarmUpWord {
  const found = runTransient(result);
  const word = (text: string): WarmUpWord => ({ text, betterMs: null });
  if (found === null) return word('too few points to tell');
  const until = `until ${formatDuration(found.endMs)}`;
  switch (found.verdict) {
    case 'none':
      return word('none found');
    case 'left-out':
      return word(`${until}, left out`);
    case 'harmless':
      return word(`${until}, harmless`);
    case 'load':
      return word('none: load changes');
    case 'fault':
      return word('none: faults');
    case 'unsettled':
      return word('no end in the first half');
    case 'biased':
      return { text: until, betterMs: Math.ceil(found.endMs) };
  }
}
