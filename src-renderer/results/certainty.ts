import { formatDuration, formatNumber } from '../../src-shared/base/format';
import { expectedHalfWidth, replicationsToAdd } from '../../src-shared/base/statistics/more-replications';
import { ENOUGH_BEYOND, isTooFew, samplesBeyond, samplesNeeded } from '../../src-shared/base/statistics/percentile-samples';
import { biasOfStart, findTransient } from '../../src-shared/base/statistics/transient';
import type { MetricName } from '../../src-shared/engine/metrics';
import type { Measured, RunResult } from '../../src-shared/run/result';

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
  /** Warm-up in ms that would leave the transient out, where the one in use does not and that moves the mean; else null. */
  readonly betterMs: number | null;
}

/** Bias below which nobody has to do anything. */
const HARMLESS = 0.01;

/** Says what MSER-5 finds about the beginning of a run. */
export function warmUpWord({ series, warmUpMs }: RunResult): WarmUpWord {
  const { inFlight } = series.endToEnd;
  const found = findTransient(series.timeMs, inFlight);
  if (found === null) return { text: 'too few points to look for it', betterMs: null };
  if (!found.settled) return { text: 'no end in the first half', betterMs: null };
  if (found.end === 0) return { text: 'none found', betterMs: null };
  const text = `until ${formatDuration(found.end)}`;
  if (found.end <= warmUpMs) return { text: `${text}, left out`, betterMs: null };
  const bias = biasOfStart(series.timeMs, inFlight, warmUpMs, found.end);
  if (bias === null || Math.abs(bias) < HARMLESS) return { text: `${text}, harmless`, betterMs: null };
  return { text, betterMs: Math.ceil(found.end) };
}
