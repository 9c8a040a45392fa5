import { BUCKETS, bucketOf, histogramQuantile } from '../base/histogram';
import type { Plan } from './plan';

/** How long callers wait for an answer before they send a further copy. */
export interface HedgeDelays {
  /** The wait on a link at present, ns. */
  delay(link: number): number;
  /** A link has answered after `ns`. */
  answered(link: number, ns: number): void;
  reset(): void;
}

/** Answers that a quantile is taken of: the latest ones. */
const KEPT = 1024;
/** Answers known before a quantile is believed. */
const ENOUGH = 100;
/** Answers after which the quantile is taken anew. */
const REFRESH = 32;

/** Builds the waits before hedges: fixed, or a quantile of the link's latest answers. */
export function createHedgeDelays(plan: Plan): HedgeDelays {
  const fixed = Float64Array.from(plan.links, (link) => link.policy?.hedge?.after ?? Infinity);
  const delays = Float64Array.from(fixed);
  /** Place of a link among those that keep answers; -1: not one of them. */
  const place = new Int32Array(plan.links.length).fill(-1);
  const quantiles: number[] = [];
  for (const [index, link] of plan.links.entries()) {
    const quantile = link.policy?.hedge?.quantile;
    if (quantile != null) place[index] = quantiles.push(quantile) - 1;
  }
  const counts = new Uint32Array(quantiles.length * BUCKETS);
  const kept = new Int32Array(quantiles.length * KEPT);
  const known = new Float64Array(quantiles.length);
  return {
    delay: (link) => delays[link],
    answered(link, ns) {
      const at = place[link];
      if (at < 0) return;
      const slot = at * KEPT + (known[at] % KEPT);
      if (known[at] >= KEPT) counts[at * BUCKETS + kept[slot]]--;
      const bucket = bucketOf(ns);
      kept[slot] = bucket;
      counts[at * BUCKETS + bucket]++;
      const total = ++known[at];
      if (total < ENOUGH || total % REFRESH !== 0) return;
      delays[link] = Math.max(1, Math.floor(histogramQuantile(counts, at * BUCKETS, Math.min(total, KEPT), quantiles[at]) + 0.5));
    },
    reset() {
      delays.set(fixed);
      counts.fill(0);
      known.fill(0);
    },
  };
}
