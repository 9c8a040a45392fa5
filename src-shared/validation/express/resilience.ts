import { retryLoads } from '../../project/retry-loads';
import { topologyOf } from '../../project/topology';
import type { LoggedRequest } from '../../run/result';
import type {
  BackoffModel,
  CircuitBreakerModel,
  LayeredRetriesModel,
  OpenQueueModel,
  RetrialQueueModel,
  RetryingClientModel,
  RetryStormModel,
  ValidationCase,
} from '../case';
import { draft, type LinkValues, UNLIMITED_SERVERS } from '../draft';
import type { Effort, Expression } from './expression';
import { linkMetricsOf, metricsOf, seconds, seedOf, singleRun, steadyState } from './expression';
import { arrivalValues, disciplineOf, rateOf, requireDuration, stationValues } from './queues';

const NO_TIME = { type: 'constant', valueMs: 0 } as const;
/** Requests per second where nothing depends on the load. */
const ANY_RATE = 1000;

const elapsedMs = ({ arrivalMs, endMs }: LoggedRequest): number => endMs - arrivalMs;

function trialsOf({ run }: ValidationCase, effort: Effort): number {
  return run.kind === 'independent_trials' ? run.trials * effort.share : 0;
}

/** Retries at once, so many attempts. */
function atOnce(attempts: number): LinkValues {
  return { retries: 'backoff', attempts, backoffBaseMs: 0, backoffCapMs: 0, backoffJitter: 'none' };
}

/** A part that fails a share of its calls, and a caller that retries. */
export function expressRetryingClient(example: ValidationCase, model: RetryingClientModel, effort: Effort): Expression {
  const { attempt_failure_probability, attempt_duration_s, max_attempts, backoff } = model;
  const trials = trialsOf(example, effort);
  const parts = draft(example.title);
  parts.client('clients', { ratePerS: ANY_RATE });
  parts.service('backend', {
    servers: UNLIMITED_SERVERS,
    serviceTime: { type: 'constant', valueMs: attempt_duration_s * 1000 },
    failureShare: attempt_failure_probability,
  });
  parts.link('clients', 'backend', {
    retries: 'backoff',
    attempts: max_attempts,
    backoffBaseMs: backoff.base_s * 1000,
    backoffFactor: backoff.factor,
    backoffCapMs: backoff.cap_s === 'none' ? 8.64e9 : backoff.cap_s * 1000,
    backoffJitter: backoff.jitter,
  });
  const settings = { warmUpMs: 0, durationMs: (trials / ANY_RATE) * 1000, seed: effort.seed, requestLog: Math.ceil(trials * 1.1) };
  return singleRun(parts.build(settings), (result) => {
    const link = linkMetricsOf(result, 'clients', 'backend');
    return {
      values: {
        mean_attempts: link.amplification,
        success_probability: link.callSuccessShare,
        mean_latency_s: seconds(result.requests.reduce((sum, request) => sum + elapsedMs(request), 0) / result.requests.length),
      },
    };
  });
}

/** A chain of parts that each retry calls to the next; the last one fails. */
export function expressLayeredRetries(example: ValidationCase, model: LayeredRetriesModel, effort: Effort): Expression {
  const parts = draft(example.title);
  parts.client('clients', { ratePerS: ANY_RATE });
  let near = 'clients';
  for (let layer = 1; layer <= model.layers; layer++) {
    const far = layer === model.layers ? 'backend' : `layer-${layer}`;
    parts.service(far, { servers: UNLIMITED_SERVERS, serviceTime: NO_TIME, failureShare: far === 'backend' ? model.backend_failure_probability : 0 });
    parts.link(near, far, atOnce(model.max_attempts_per_layer));
    near = far;
  }
  const durationMs = (trialsOf(example, effort) / ANY_RATE) * 1000;
  return singleRun(parts.build({ warmUpMs: 0, durationMs, seed: effort.seed }), (result) => {
    const { completed = 0, offered = Number.NaN } = result.endToEnd.metrics;
    return {
      values: {
        backend_requests_per_user_request: (metricsOf(result, 'backend').offered ?? Number.NaN) / offered,
        user_success_probability: completed / offered,
      },
    };
  });
}

/** A server without a line; calls that find it busy try again after a while. */
export function expressRetrialQueue({ title, run }: ValidationCase, model: RetrialQueueModel, effort: Effort): Expression {
  const { arrivals, servers, waiting_room, service, retry_delay, max_retries } = model;
  const parts = draft(title);
  parts.client('clients', { ratePerS: arrivals.rate_per_s });
  parts.service('server', { servers, queueLimit: waiting_room, serviceTime: requireDuration(service) });
  parts.link('clients', 'server', {
    retries: 'drawn',
    attempts: max_retries === 'unlimited' ? null : max_retries + 1,
    retryDelay: requireDuration(retry_delay),
  });
  return singleRun(parts.build(steadyState(run, arrivals.rate_per_s, effort)), (result) => {
    const server = metricsOf(result, 'server');
    const { latencyMeanMs } = result.endToEnd.metrics;
    return {
      values: {
        mean_in_orbit: linkMetricsOf(result, 'clients', 'server').backoffMean,
        mean_time_in_orbit_s: seconds((latencyMeanMs ?? Number.NaN) - (server.latencyMeanMs ?? Number.NaN)),
        utilisation: server.utilisation,
      },
    };
  });
}

/** A breaker before a part that fails a share of its calls. */
export function expressCircuitBreaker({ title, run }: ValidationCase, model: CircuitBreakerModel, effort: Effort): Expression {
  const parts = draft(title);
  parts.client('clients', { ratePerS: model.arrivals.rate_per_s });
  parts.service('backend', {
    servers: UNLIMITED_SERVERS,
    serviceTime: { type: 'constant', valueMs: model.call_duration_s * 1000 },
    failureShare: model.call_failure_probability,
  });
  parts.link('clients', 'backend', {
    breaker: 'consecutive',
    breakerFailures: model.consecutive_failures_to_open,
    breakerOpenMs: model.open_duration_s * 1000,
    breakerProbes: model.half_open_probes,
  });
  return singleRun(parts.build(steadyState(run, model.arrivals.rate_per_s, effort)), (result) => {
    const link = linkMetricsOf(result, 'clients', 'backend');
    return {
      values: {
        fraction_rejected: link.rejectedShare,
        fraction_time_open: link.breakerOpenShare,
        fraction_of_calls_reaching_backend_and_failing: (link.failed ?? Number.NaN) / (result.endToEnd.metrics.offered ?? Number.NaN),
      },
    };
  });
}

/** Calls whose attempts all fail at once: the time that they take is that of their waits. */
export function expressBackoff(example: ValidationCase, model: BackoffModel, effort: Effort): Expression {
  const { base_s, factor, cap_s, jitter, attempts } = model;
  const project = (most: number, requests: number, seed: number) => {
    const parts = draft(example.title);
    if (requests === 1) parts.client('clients', { arrivals: 'trace', trace: [{ atMs: 0, workMs: 0, priority: 1 }] });
    else parts.client('clients', { ratePerS: ANY_RATE, stopMs: (requests / ANY_RATE) * 1000 });
    parts.service('backend', { servers: UNLIMITED_SERVERS, serviceTime: NO_TIME, failureShare: 1 });
    parts.link('clients', 'backend', {
      retries: 'backoff',
      attempts: most,
      backoffBaseMs: base_s * 1000,
      backoffFactor: factor,
      backoffCapMs: cap_s * 1000,
      backoffJitter: jitter,
    });
    const longestMs = attempts * cap_s * 1000;
    return parts.build({ warmUpMs: 0, durationMs: (requests / ANY_RATE) * 1000 + longestMs, seed, requestLog: Math.ceil(requests * 1.1) + 10 });
  };
  if (jitter !== 'none') {
    return singleRun(project(attempts, trialsOf(example, effort), effort.seed), ({ requests }) => {
      const totals = requests.map((request) => elapsedMs(request) / 1000);
      const mean = totals.reduce((sum, total) => sum + total, 0) / totals.length;
      const variance = totals.reduce((sum, total) => sum + (total - mean) ** 2, 0) / (totals.length - 1);
      return { values: { mean_total_delay_s: mean, sd_total_delay_s: Math.sqrt(variance) } };
    });
  }
  // A call with n attempts shows the sum of n - 1 waits; the difference between n and n - 1 attempts is the last of them.
  const totals = [0, 0];
  return {
    runs: attempts - 1,
    project: (index) => project(index + 2, 1, seedOf(effort, index)),
    take: ({ requests }, index) => {
      const [request] = requests;
      totals[index + 2] = request === undefined ? Number.NaN : elapsedMs(request) / 1000;
    },
    measure: () => ({
      values: {
        ...Object.fromEntries(totals.slice(2).map((total, index) => [`delay_before_attempt_${index + 2}_s`, total - (totals[index + 1] ?? Number.NaN)])),
        [`total_delay_${attempts}_attempts_s`]: totals[attempts],
      },
    }),
  };
}

/** A queue whose callers give up after a while; what they have sent is served all the same. */
export function expressTimeout({ title, run }: ValidationCase, model: OpenQueueModel, timeoutS: number, effort: Effort): Expression {
  const parts = draft(title);
  const arrivals = model.arrivals ?? { process: 'poisson', rate_per_s: Number.NaN };
  parts.client('clients', arrivalValues(arrivals));
  parts.service('queue', { ...stationValues(model), serviceTime: requireDuration(model.service) });
  parts.link('clients', 'queue', { timeoutMs: timeoutS * 1000 });
  return singleRun(parts.build(steadyState(run, rateOf(arrivals), effort)), ({ endToEnd }) => ({
    values: { timeout_fraction: endToEnd.metrics.failureShare },
  }));
}

/** Clients that retry after a timeout, at a server that stops for a while and then goes on. */
export function expressRetryStorm({ title, run }: ValidationCase, model: RetryStormModel, effort: Effort): Expression {
  const { arrivals, server, client_timeout_s, max_retries, retry_delay_s, trigger, observation_window_s } = model;
  const [fromS, toS] = observation_window_s;
  const horizonS = run.kind === 'time_horizon' ? run.warmup_s + run.measured_s : toS;
  const runs = Math.max(1, Math.round((run.kind === 'time_horizon' ? run.replications : 1) * effort.share));
  const parts = draft(title);
  parts.client('clients', { ratePerS: arrivals.rate_per_s });
  parts.service('server', { servers: server.servers, discipline: disciplineOf(server.discipline), serviceTime: requireDuration(server.service) });
  parts.link('clients', 'server', {
    timeoutMs: client_timeout_s * 1000,
    cancelAbandoned: server.cancels_timed_out_work,
    retries: 'backoff',
    attempts: max_retries + 1,
    backoffBaseMs: retry_delay_s * 1000,
    backoffFactor: 1,
    backoffCapMs: retry_delay_s * 1000,
    backoffJitter: 'none',
  });
  const { server_stops_from_s: stopS, until_s: goesOnS } = trigger;
  parts.fault('server', { type: 'pause' }, { type: 'once', atMs: stopS * 1000, lastsMs: (goesOnS - stopS) * 1000 });
  // The last requests of the window are followed to their end.
  const longestS = (max_retries + 1) * (client_timeout_s + retry_delay_s);
  const durationMs = (horizonS + longestS) * 1000;
  const project = (index: number) =>
    parts.build({ warmUpMs: 0, durationMs, seed: seedOf(effort, index), requestLog: Math.ceil(arrivals.rate_per_s * (horizonS + longestS) * 1.2) });
  const seen = { before: 0, wellBefore: 0, after: 0, wellAfter: 0 };
  return {
    runs,
    project,
    take: ({ requests }) => {
      for (const { arrivalMs, outcome } of requests) {
        const well = outcome === 'completed' ? 1 : 0;
        if (arrivalMs < stopS * 1000) {
          seen.before++;
          seen.wellBefore += well;
        } else if (arrivalMs >= fromS * 1000 && arrivalMs < toS * 1000) {
          seen.after++;
          seen.wellAfter += well;
        }
      }
    },
    measure: () => {
      // What the check before a run tells of the part: the load when every call needs all its attempts.
      const built = project(0);
      const [design] = built.designs;
      const load = design === undefined ? undefined : retryLoads(topologyOf(built, design)).get('server');
      return {
        values: {
          success_fraction_before_trigger: seen.wellBefore / seen.before,
          success_fraction_after_trigger: seen.wellAfter / seen.after,
          offered_load_with_all_retries_per_s: load?.worstPerS,
          vulnerable_above_arrival_rate_per_s: load?.vulnerableAbovePerS,
        },
      };
    },
  };
}
