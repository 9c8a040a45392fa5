import type { Distribution } from '../../kinds/distribution';
import type { ForkJoinModel, ScatterGatherModel, ValidationCase } from '../case';
import { draft, UNLIMITED_SERVERS } from '../draft';
import { meanOf } from '../variate';
import type { Effort, Expression } from './expression';
import { metricsOf, seconds, singleRun, steadyState } from './expression';
import { expressLargeFanOut } from './jobs';
import { disciplineOf, requireDuration } from './queues';

const NO_TIME: Distribution = { type: 'constant', valueMs: 0 };

/** One request to n parts at once, done after k replies; no part ever makes it wait. */
export function expressScatterGather(example: ValidationCase, model: ScatterGatherModel, effort: Effort): Expression {
  const { title, run } = example;
  const { fan_out, wait_for, branch_latency } = model;
  // Leaves that are slow now and then come in thousands.
  if (branch_latency.distribution === 'two_point') return expressLargeFanOut(example, model, effort);
  const parts = draft(title);
  // Any rate gives the same latencies where nothing queues.
  const ratePerS = 1 / (10 * meanOf(branch_latency));
  const trials = (run.kind === 'independent_trials' ? run.trials : 0) * effort.share;
  parts.client('clients', { arrivals: 'poisson', ratePerS });
  parts.service('root', { servers: UNLIMITED_SERVERS, serviceTime: NO_TIME, calls: 'parallel', waitFor: wait_for });
  parts.link('clients', 'root');
  for (let branch = 1; branch <= fan_out; branch++) {
    parts.service(`branch-${branch}`, { servers: UNLIMITED_SERVERS, serviceTime: requireDuration(branch_latency) });
    parts.link('root', `branch-${branch}`);
  }
  return singleRun(parts.build({ warmUpMs: 0, durationMs: (trials / ratePerS) * 1000, seed: effort.seed }), ({ endToEnd }) => ({
    values: {
      mean_latency_s: seconds(endToEnd.metrics.latencyMeanMs),
      p95_latency_s: seconds(endToEnd.metrics.latencyP95Ms),
      p99_latency_s: seconds(endToEnd.metrics.latencyP99Ms),
    },
  }));
}

/** One request to n queues at once, done when all have answered. */
export function expressForkJoin({ title, run }: ValidationCase, model: ForkJoinModel, effort: Effort): Expression {
  const { arrivals, branches, branch } = model;
  const parts = draft(title);
  parts.client('clients', { arrivals: 'poisson', ratePerS: arrivals.rate_per_s });
  parts.service('root', { servers: UNLIMITED_SERVERS, serviceTime: NO_TIME, calls: 'parallel' });
  parts.link('clients', 'root');
  const ids = Array.from({ length: branches }, (_, index) => `branch-${index + 1}`);
  for (const id of ids) {
    parts.service(id, { servers: branch.servers, discipline: disciplineOf(branch.discipline), serviceTime: requireDuration(branch.service) });
    parts.link('root', id);
  }
  return singleRun(parts.build(steadyState(run, arrivals.rate_per_s, effort)), (result) => {
    const ofBranches = ids.map((id) => metricsOf(result, id).latencyMeanMs ?? Number.NaN);
    return {
      values: {
        mean_response_s: seconds(result.endToEnd.metrics.latencyMeanMs),
        mean_branch_response_s: seconds(ofBranches.reduce((sum, mean) => sum + mean, 0) / branches),
      },
    };
  });
}
