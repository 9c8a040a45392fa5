import type { Distribution } from '../../kinds/distribution';
import type { RunResult } from '../../run/result';
import type { HedgedRequestModel, ValidationCase } from '../case';
import { type Draft, draft, type LinkValues, UNLIMITED_SERVERS } from '../draft';
import { meanOf } from '../variate';
import type { Effort, Expression } from './expression';
import { linkMetricsOf, metricsOf, seconds, seedOf, singleRun } from './expression';
import { requireDuration } from './queues';

/** Requests of one run that are looked at one by one. */
const LISTED = 500_000;
/** A request is slow when it takes at least this long, ms. */
const SLOW_MS = 1000;
/** Requests to many hedged leaves at once: their number, and that of the leaves. */
const FAN_OUT_REQUESTS = 20_000;
const LEAVES = 100;

/** Requests that are sent a second time when the first takes long, to a part where nobody waits; and the same as leaves of a fan-out. */
export function expressHedgedRequest({ title, run, expect }: ValidationCase, model: HedgedRequestModel, effort: Effort): Expression {
  const trials = (run.kind === 'independent_trials' ? run.trials : 0) * effort.share;
  const runs = Math.max(1, Math.ceil(trials / LISTED));
  const fansOut = expect.some(({ metric }) => metric.startsWith('fraction_slow_fanout'));
  const hedged: LinkValues = {
    hedging: 'delay',
    hedgeAfterMs: model.hedge_after_s * 1000,
    hedgeCopies: model.max_copies,
    hedgeCancel: model.cancel_loser,
  };
  const leaf = { servers: UNLIMITED_SERVERS, serviceTime: requireDuration(model.latency) };
  // Any rate gives the same latencies where nothing queues.
  const ratePerS = 1 / meanOf(model.latency);
  const sums = { latency: 0, hedged: 0, slow: 0, listed: 0, slowFanOut: 0, fanOut: 0 };
  let last: RunResult | undefined;

  const build = (parts: Draft, requests: number, index: number) =>
    parts.build({ warmUpMs: 0, durationMs: (requests / ratePerS) * 1000, seed: seedOf(effort, index), requestLog: Math.ceil(requests * 1.1) });
  const single = (index: number) => {
    const parts = draft(title);
    parts.client('clients', { ratePerS });
    parts.service('leaf', leaf);
    parts.link('clients', 'leaf', hedged);
    return build(parts, trials / runs, index);
  };
  const fanOut = (index: number) => {
    const parts = draft(title);
    parts.client('clients', { ratePerS });
    parts.service('root', { servers: UNLIMITED_SERVERS, serviceTime: { type: 'constant', valueMs: 0 }, calls: 'parallel' });
    parts.link('clients', 'root');
    for (let each = 1; each <= LEAVES; each++) {
      parts.service(`leaf-${each}`, leaf);
      parts.link('root', `leaf-${each}`, hedged);
    }
    return build(parts, FAN_OUT_REQUESTS * effort.share, index);
  };
  return {
    runs: fansOut ? runs + 1 : runs,
    project: (index) => (index < runs ? single(index) : fanOut(index)),
    take: (result, index) => {
      const slow = result.requests.filter(({ arrivalMs, endMs }) => endMs - arrivalMs >= SLOW_MS - 1e-6).length;
      if (index >= runs) {
        sums.slowFanOut += slow;
        sums.fanOut += result.requests.length;
        return;
      }
      last = result;
      sums.slow += slow;
      sums.listed += result.requests.length;
      sums.latency += result.endToEnd.metrics.latencyMeanMs ?? Number.NaN;
      sums.hedged += linkMetricsOf(result, 'clients', 'leaf').hedgeShare ?? Number.NaN;
    },
    measure: () => ({
      values: {
        mean_latency_s: seconds(sums.latency / runs),
        p99_latency_s: seconds(last?.endToEnd.metrics.latencyP99Ms),
        p999_latency_s: seconds(last?.endToEnd.metrics.latencyP999Ms),
        fraction_hedged: sums.hedged / runs,
        fraction_slow: sums.slow / sums.listed,
        fraction_slow_fanout_100: sums.slowFanOut / sums.fanOut,
      },
    }),
  };
}

/** Keys that one request reads, and the wait before a key is asked for again, ms: as published. */
const KEYS = 1000;
const HEDGE_AFTER_MS = 10;
/** Latency of a key: 2 % above 10 ms and one in a million above 1.8 s, which is what the published figures without hedging ask for. */
const KEY_LATENCY: Distribution = { type: 'pareto', minMs: 1.276, alpha: 1.9 };

/** Requests for many keys at once, with and without hedging: the figures of a publication that names no distribution, beside one that is ours. */
export function bigtableHedging(title: string, effort: Effort): Expression {
  const parts = draft(title);
  parts.client('clients', { arrivals: 'constant', ratePerS: 1 });
  for (const [id, link] of [
    ['plain', {}],
    ['hedged', { hedging: 'delay', hedgeAfterMs: HEDGE_AFTER_MS }],
  ] as const) {
    parts.service(`keys-${id}`, { servers: UNLIMITED_SERVERS, serviceTime: KEY_LATENCY });
    parts.part(id, 'job', { serialTime: { type: 'constant', valueMs: 0 }, tasks: KEYS, work: 'workers', jobsAtOnce: 100 });
    parts.link('clients', id);
    parts.link(id, `keys-${id}`, link);
  }
  return singleRun(parts.build({ warmUpMs: 0, durationMs: 10_000_000 * effort.share, seed: effort.seed }), (result) => ({
    values: {
      p999_without_hedging_s: seconds(metricsOf(result, 'plain').latencyP999Ms),
      p999_with_hedging_s: seconds(metricsOf(result, 'hedged').latencyP999Ms),
      extra_requests_fraction: (linkMetricsOf(result, 'hedged', 'keys-hedged').amplification ?? Number.NaN) - 1,
    },
  }));
}
