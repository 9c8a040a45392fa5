import type { ValidationCase } from '../case';
import { draft, UNLIMITED_SERVERS } from '../draft';
import type { Effort, Expression, Inexpressible } from './expression';
import { metricsOf, seconds, singleRun } from './expression';
import { bigtableHedging } from './hedging';

/** Leaves of the service tree; the publication does not say how many it had. */
const LEAVES = 100;

/** Figures that were published without the model behind them: shown beside a model of ours, never judged. */
export function expressPublished(example: ValidationCase, effort: Effort): Expression | Inexpressible {
  if (example.id === 'forkjoin.tail_at_scale.table1_published') return tailAtScale(example.title, effort);
  if (example.id === 'forkjoin.hedged.bigtable_published') return bigtableHedging(example.title, effort);
  return { reason: 'the published figure names no model that could be run' };
}

/** Independent leaves with the published median and 99th percentile; one root waits for 95 % of them, one for all. */
function tailAtScale(title: string, effort: Effort): Expression {
  const parts = draft(title);
  const share = Math.round(LEAVES * 0.95);
  parts.client('clients', { arrivals: 'constant', ratePerS: 1 });
  parts.service('leaves', { servers: UNLIMITED_SERVERS, serviceTime: { type: 'fit', p50Ms: 1, p99Ms: 10 } });
  for (const [id, waitFor] of [
    ['most', share],
    ['all', LEAVES],
  ] as const) {
    parts.part(id, 'job', { serialTime: { type: 'constant', valueMs: 0 }, tasks: LEAVES, waitFor, work: 'workers', jobsAtOnce: 100 });
    parts.link('clients', id);
    parts.link(id, 'leaves');
  }
  return singleRun(parts.build({ warmUpMs: 0, durationMs: 100_000_000 * effort.share, seed: effort.seed }), (result) => {
    const most = seconds(metricsOf(result, 'most').latencyP99Ms) ?? Number.NaN;
    const all = seconds(metricsOf(result, 'all').latencyP99Ms) ?? Number.NaN;
    return {
      values: {
        one_leaf_p99_s: seconds(metricsOf(result, 'leaves').latencyP99Ms),
        leaves_95pct_p99_s: most,
        leaves_100pct_p99_s: all,
        share_of_p99_due_to_slowest_5pct: 1 - most / all,
      },
    };
  });
}
