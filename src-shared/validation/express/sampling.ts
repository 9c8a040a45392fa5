import type { RandomVariateModel, ValidationCase } from '../case';
import { draft, UNLIMITED_SERVERS } from '../draft';
import { durationOf, type Variate } from '../variate';
import type { Effort, Expression, Inexpressible } from './expression';
import { seconds, singleRun } from './expression';

/** A distribution by itself: the latency of a service at which nobody waits. */
export function expressSampling({ title, run }: ValidationCase, model: RandomVariateModel, effort: Effort): Expression | Inexpressible {
  const serviceTime = durationOf(model.variate);
  const trials = (run.kind === 'independent_trials' ? run.trials : 0) * effort.share;
  if (model.variate.distribution === 'zipf') return popularity(title, model.variate, trials, effort);
  if (serviceTime === null) return { reason: 'a variate that no distribution of the application stands for' };
  const ratePerS = 10;
  const parts = draft(title);
  parts.client('clients', { arrivals: 'poisson', ratePerS });
  parts.service('sampler', { servers: UNLIMITED_SERVERS, serviceTime });
  parts.link('clients', 'sampler');
  return singleRun(parts.build({ warmUpMs: 0, durationMs: (trials / ratePerS) * 1000, seed: effort.seed }), ({ endToEnd: { metrics } }) => ({
    values: {
      mean_s: seconds(metrics.latencyMeanMs),
      sd_s: seconds(metrics.latencySdMs),
      p50_s: seconds(metrics.latencyP50Ms),
      p95_s: seconds(metrics.latencyP95Ms),
      p99_s: seconds(metrics.latencyP99Ms),
    },
  }));
}

/** Requests a run that lists them has room for. */
const LISTED = 500_000;

/** How often each item is asked for: requests that are listed one by one, at a database whose copies read items. */
function popularity(title: string, { items, exponent }: Extract<Variate, { readonly distribution: 'zipf' }>, trials: number, effort: Effort): Expression {
  const runs = Math.ceil(trials / LISTED);
  const counts = new Float64Array(items);
  const ratePerS = 1000;
  return {
    runs,
    project: (run) => {
      const parts = draft(title);
      const operation = { name: 'read', weight: 1, type: 'read' as const, requestBytes: 0, responseBytes: 0, priority: 1, items, itemSkew: exponent };
      parts.client('clients', { ratePerS, operations: [operation] });
      parts.database('data', { copies: 2, readTime: { type: 'constant', valueMs: 0 } });
      parts.link('clients', 'data');
      return parts.build({ warmUpMs: 0, durationMs: (trials / runs / ratePerS) * 1000, requestLog: 2 * LISTED, seed: effort.seed + run });
    },
    take: ({ requests }) => {
      for (const { item = 0 } of requests) counts[item] = (counts[item] as number) + 1;
    },
    measure: () => {
      const total = counts.reduce((sum, count) => sum + count, 0);
      const share = (from: number, to: number): number => counts.slice(from, to).reduce((sum, count) => sum + count, 0) / total;
      return { values: { prob_rank1: share(0, 1), prob_top10: share(0, 10), prob_rank_last_half: share(items / 2, items) } };
    },
  };
}
