import { invariant } from '../../base/result';
import { peakCores } from '../../engine/scalability';
import type { RunSettings } from '../../project/project';
import type { OpenQueueModel, ValidationCase } from '../case';
import type { ScalabilityModel, SplitMergeModel, TokenBucketModel } from '../case-stations';
import { draft, UNLIMITED_SERVERS } from '../draft';
import type { Effort, Expression } from './expression';
import { metricsOf, queueMeasurements, seconds, seedOf, singleRun, steadyState } from './expression';
import { arrivalValues, rateOf, requireDuration, stationValues } from './queues';

const NO_TIME = { type: 'constant', valueMs: 0 } as const;

/** Requests that leave the queue when their patience is over. */
export function expressAbandonment({ title, run }: ValidationCase, model: OpenQueueModel, effort: Effort): Expression {
  const { arrivals, service, patience } = model;
  invariant(arrivals !== undefined, 'a queue without classes has arrivals');
  const parts = draft(title);
  parts.client('clients', arrivalValues(arrivals));
  parts.service('queue', { ...stationValues(model), serviceTime: requireDuration(service), patience: requireDuration(patience) });
  parts.link('clients', 'queue');
  return singleRun(parts.build(steadyState(run, rateOf(arrivals), effort)), (result) => {
    const { completed = 0, waitShare = Number.NaN, queueMean = Number.NaN, offeredRate = Number.NaN } = metricsOf(result, 'queue');
    const abandoned = result.components.find(({ id }) => id === 'queue')?.failures.abandoned ?? 0;
    return {
      values: {
        abandonment_probability: result.endToEnd.metrics.failureShare,
        // Whoever gave up had waited.
        prob_wait: (abandoned + waitShare * completed) / (abandoned + completed),
        mean_in_queue: queueMean,
        // Of all that came, served or not: Little's law for the queue.
        mean_wait_all_s: queueMean / offeredRate,
      },
    };
  });
}

/** Servers that start when a request needs one and go off when they are idle. */
export function expressSetup({ title, run }: ValidationCase, model: OpenQueueModel, effort: Effort): Expression {
  const { arrivals, service, setup } = model;
  invariant(arrivals !== undefined && setup !== undefined, 'a queue with set-up has arrivals');
  const parts = draft(title);
  parts.client('clients', arrivalValues(arrivals));
  parts.service('queue', {
    ...stationValues(model),
    serviceTime: requireDuration(service),
    onDemand: true,
    coldStart: requireDuration(setup.time),
    keepAliveMs: typeof setup.switch_off === 'string' ? 0 : setup.switch_off.value_s * 1000,
  });
  parts.link('clients', 'queue');
  const { warmUpMs, durationMs, runs } = withinLimit(steadyState(run, rateOf(arrivals), effort));
  const sums: Record<string, number> = {};
  return {
    runs,
    project: (index) => parts.build({ warmUpMs, durationMs, seed: seedOf(effort, index) }),
    take: (result) => {
      const station = metricsOf(result, 'queue');
      const { utilisation = Number.NaN, serversMean = Number.NaN, coldShare, startingMean } = station;
      const values = {
        ...queueMeasurements(result.endToEnd.metrics, station),
        fraction_cold: coldShare,
        mean_servers_busy: utilisation * serversMean,
        mean_servers_in_setup: startingMean,
      };
      for (const [name, value] of Object.entries(values)) sums[name] = (sums[name] ?? 0) + (value ?? Number.NaN);
    },
    measure: () => ({ values: Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, sum / runs])) }),
  };
}

/** Longest run of the application, ms: simulated time is exact for a hundred days. */
const LONGEST_MS = 8.64e9;

/** Runs that together measure as long as the settings say, each within the longest that the application takes. */
function withinLimit(settings: Partial<RunSettings>): { readonly warmUpMs: number; readonly durationMs: number; readonly runs: number } {
  const { warmUpMs, durationMs } = settings;
  invariant(typeof warmUpMs === 'number' && durationMs !== undefined, 'a steady state says how long it is run');
  if (durationMs <= LONGEST_MS) return { warmUpMs, durationMs, runs: 1 };
  const warmUp = Math.min(warmUpMs, LONGEST_MS / 20);
  const runs = Math.ceil((durationMs - warmUpMs) / (LONGEST_MS - warmUp));
  return { warmUpMs: warmUp, durationMs: warmUp + (durationMs - warmUpMs) / runs, runs };
}

/** A rate limiter before a service that takes no time. */
export function expressTokenBucket({ title, run }: ValidationCase, model: TokenBucketModel, effort: Effort): Expression {
  const { arrivals } = model;
  const parts = draft(title);
  const batch = arrivals.process === 'batch';
  parts.client(
    'clients',
    batch
      ? { arrivals: 'trace', trace: Array.from({ length: arrivals.packets }, () => ({ atMs: arrivals.at_s * 1000, workMs: 0, priority: 1 })) }
      : arrivalValues(arrivals),
  );
  parts.service('bucket', {
    servers: UNLIMITED_SERVERS,
    serviceTime: NO_TIME,
    limiter: 'token-bucket',
    limitPerS: model.rate_tokens_per_s,
    limitBurst: model.depth_tokens,
    limitExcess: model.mode === 'shape' ? 'delay' : 'reject',
  });
  parts.link('clients', 'bucket');
  const settings = batch ? { warmUpMs: 0, durationMs: 10_000, seed: effort.seed, requestLog: arrivals.packets } : steadyState(run, arrivals.rate_per_s, effort);
  return singleRun(parts.build(settings), (result) => {
    const { waitingMeanMs, waitShare } = metricsOf(result, 'bucket');
    const released = result.requests.map(({ endMs }) => endMs).sort((a, b) => a - b);
    return {
      values: {
        released_at_time_zero: released.filter((endMs) => endMs === 0).length,
        release_of_packet_21_s: seconds(released[20]),
        release_of_last_packet_s: seconds(released.at(-1)),
        mean_shaping_delay_s: seconds(waitingMeanMs),
        fraction_delayed: waitShare,
        drop_probability: result.endToEnd.metrics.failureShare,
        accepted_rate_per_s: result.endToEnd.metrics.throughput,
      },
    };
  });
}

/** Cores up to which the curve is run: well beyond its peak. */
const MOST_CORES = 64;
/** Service times that the run lasts. */
const SERVICES = 200;

/** Machines of 1, 2, … cores side by side, each with as many users as cores who never pause: throughput from the instants of the replies. */
export function expressScalability({ title }: ValidationCase, model: ScalabilityModel, effort: Effort): Expression {
  const serviceMs = 1000 / model.gamma_per_s;
  const parts = draft(title);
  const sizes = Array.from({ length: MOST_CORES }, (_, index) => index + 1);
  for (const cores of sizes) {
    const operations = [{ name: `${cores} cores`, weight: 1, type: 'read' as const, requestBytes: 0, responseBytes: 0, priority: 1 }];
    parts.client(`users-${cores}`, { arrivals: 'closed', users: cores, thinkTime: NO_TIME, operations });
    parts.service(`machine-${cores}`, {
      servers: cores,
      serviceTime: { type: 'constant', valueMs: serviceMs },
      contention: model.alpha,
      coherency: model.beta,
    });
    parts.link(`users-${cores}`, `machine-${cores}`);
  }
  return singleRun(parts.build({ warmUpMs: 0, durationMs: SERVICES * serviceMs, seed: effort.seed, requestLog: 1_000_000 }), ({ requests }) => {
    const throughputs = sizes.map((cores) => {
      const ends = requests.filter(({ operation }) => operation === `${cores} cores`).map(({ endMs }) => endMs);
      const first = Math.min(...ends);
      // From the first batch of replies, not counted, to the last.
      return (ends.filter((end) => end > first).length / (Math.max(...ends) - first)) * 1000;
    });
    const peak = Math.max(...throughputs);
    return {
      values: {
        ...Object.fromEntries(throughputs.map((perS, index) => [`throughput_at_${index + 1}_per_s`, perS])),
        peak_concurrency: peakCores(model.alpha, model.beta),
        peak_integer_concurrency: throughputs.indexOf(peak) + 1,
        peak_throughput_per_s: peak,
      },
    };
  });
}

/** One request at a time goes to all branches at once: a server that is held while it calls them. */
export function expressSplitMerge({ title, run }: ValidationCase, model: SplitMergeModel, effort: Effort): Expression {
  const parts = draft(title);
  parts.client('clients', arrivalValues(model.arrivals));
  parts.service('root', { servers: 1, serviceTime: NO_TIME, calls: 'parallel', whileCalling: 'hold' });
  parts.link('clients', 'root');
  for (let branch = 1; branch <= model.branches; branch++) {
    parts.service(`branch-${branch}`, { serviceTime: requireDuration(model.branch_service) });
    parts.link('root', `branch-${branch}`);
  }
  return singleRun(parts.build(steadyState(run, rateOf(model.arrivals), effort)), (result) => ({
    values: { mean_response_s: seconds(result.endToEnd.metrics.latencyMeanMs), utilisation: metricsOf(result, 'root').utilisation },
  }));
}
