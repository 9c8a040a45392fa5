import type { RandomVariateModel, ValidationCase } from '../case';
import { draft, UNLIMITED_SERVERS } from '../draft';
import { durationOf } from '../variate';
import type { Effort, Expression, Inexpressible } from './expression';
import { seconds, singleRun } from './expression';

/** A distribution by itself: the latency of a service at which nobody waits. */
export function expressSampling({ title, run }: ValidationCase, model: RandomVariateModel, effort: Effort): Expression | Inexpressible {
  const serviceTime = durationOf(model.variate);
  if (serviceTime === null) return { reason: 'a popularity of items, not a duration; no kind of this version has keys' };
  const trials = (run.kind === 'independent_trials' ? run.trials : 0) * effort.share;
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
