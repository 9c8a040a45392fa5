import { assertNever } from '../../base/result';
import type { RunResult } from '../../run/result';
import type { FarmModel, ValidationCase } from '../case';
import type { BalancerValues, Draft } from '../draft';
import { draft } from '../draft';
import type { Effort, Expression } from './expression';
import { metricsOf, queueMeasurements, seconds, seedOf, singleRun, steadyState } from './expression';
import { disciplineOf, requireDuration } from './queues';

/** Instants at which the servers are looked at. */
const SAMPLES = 5000;
/** Longest time that a session may be idle. */
const FOR_EVER_MS = 8.64e9;

interface Server {
  readonly id: string;
  readonly weight: number;
  /** Latency of the link to it, ms: tells servers apart in a list of requests. */
  readonly latencyMs: number;
}

/** A balancer in front of single servers: one service with replicas where all are alike, one service each where they differ or are looked at singly. */
export function expressFarm(example: ValidationCase, model: FarmModel, effort: Effort): Expression {
  const { title, run, expect } = example;
  const { policy, d } = model;
  const single = expect.some(({ metric }) => /^(share|server\d|max_consecutive)/.test(metric)) || model.weights !== undefined;
  if (single || policy === 'least_connections' || policy === 'shortest_expected_delay' || policy === 'sticky_sessions')
    return expressUnequalFarm(example, model, effort);
  const farm = 'count' in model.servers ? model.servers : { count: model.servers.length, ...model.servers[0] };
  const { count, discipline, service } = farm;
  const apart = expect.some(({ metric }) => metric.startsWith('fraction_servers'));
  const parts = draft(title);
  const values = { servers: 1, discipline: disciplineOf(discipline ?? 'fcfs'), serviceTime: requireDuration(service) };
  const ids = apart ? Array.from({ length: count }, (_, index) => `server-${index + 1}`) : ['servers'];
  for (const id of ids) parts.service(id, { ...values, replicas: apart ? 1 : count });
  parts.balancer('balancer', balancerValues(policy, d));
  parts.link('clients', 'balancer');
  for (const id of ids) parts.link('balancer', id);
  const rate = rateOf(model);
  if (run.kind === 'deterministic') {
    const settings = { ...evenRequests(parts, rate, run.requests ?? 0), seed: effort.seed };
    return singleRun(parts.build(settings), (result) => {
      const offered =
        result.components.find((component) => component.id === 'servers')?.instances.map((instance) => instance.metrics.offered ?? Number.NaN) ?? [];
      return {
        values: {
          max_minus_min_requests: Math.max(...offered) - Math.min(...offered),
          ...Object.fromEntries(offered.map((number, index) => [`requests_server${index + 1}`, number])),
        },
      };
    });
  }
  parts.client('clients', { arrivals: 'poisson', ratePerS: rate });
  const settings = steadyState(run, rate, effort);
  return singleRun(parts.build({ ...settings, seed: seedOf(effort, 0), seriesPoints: apart ? SAMPLES : 300 }), (result) => {
    const { endToEnd, series } = result;
    if (!apart) return { values: queueMeasurements(endToEnd.metrics, metricsOf(result, 'servers')) };
    // present.length servers at each sample; those of the warm-up are left out.
    const warmUpMs = typeof settings.warmUpMs === 'number' ? settings.warmUpMs : 0;
    const atLeast: number[] = [];
    let looks = 0;
    for (const { id, columns } of series.components) {
      if (!id.startsWith('server-')) continue;
      for (const [point, present] of columns.present.entries()) {
        if ((series.timeMs[point] ?? 0) <= warmUpMs) continue;
        looks++;
        for (let k = 1; k <= (present ?? 0); k++) atLeast[k] = (atLeast[k] ?? 0) + 1;
      }
    }
    const fractions = Object.fromEntries([1, 2, 3, 4].map((k) => [`fraction_servers_with_ge_${k}`, (atLeast[k] ?? 0) / looks]));
    return { values: { ...queueMeasurements(endToEnd.metrics, {}), ...fractions } };
  });
}

/** Servers that differ in speed, weight or sessions: a service each. */
function expressUnequalFarm({ title, run }: ValidationCase, model: FarmModel, effort: Effort): Expression {
  const { policy, d, sessions_per_server: sessions } = model;
  const stations =
    'count' in model.servers
      ? Array.from({ length: model.servers.count }, () => model.servers as Exclude<FarmModel['servers'], readonly unknown[]>)
      : model.servers;
  const parts = draft(title);
  parts.balancer('balancer', balancerValues(policy, d));
  parts.link('clients', 'balancer');
  const listed = run.kind === 'deterministic';
  const servers = stations.map(({ discipline, service }, index): Server => {
    const id = `server-${index + 1}`;
    const meanS = 'mean_s' in service ? service.mean_s : 1;
    parts.service(id, { servers: 1, discipline: disciplineOf(discipline), serviceTime: requireDuration(service) });
    return { id, weight: model.weights?.[index] ?? sessions?.[index] ?? 1 / meanS, latencyMs: listed ? index : 0 };
  });
  for (const { id, weight, latencyMs } of servers) parts.link('balancer', id, { weight, latency: { type: 'constant', valueMs: latencyMs } });
  const rate = rateOf(model);
  if (listed) {
    const requests = run.requests ?? 0;
    const settings = { ...evenRequests(parts, rate, requests), seed: effort.seed, requestLog: requests };
    return singleRun(parts.build(settings), (result) => ({ values: { ...countsOf(result, servers), max_consecutive_to_server1: longestRun(result) } }));
  }
  const total = sessions?.reduce((sum, number) => sum + number, 0) ?? null;
  parts.client('clients', { arrivals: 'poisson', ratePerS: rate, sessions: total });
  return singleRun(parts.build({ ...steadyState(run, rate, effort), seed: seedOf(effort, 0) }), (result) => ({
    values: { ...queueMeasurements(result.endToEnd.metrics, metricsOf(result, 'balancer')), ...countsOf(result, servers) },
  }));
}

/** Requests per second that come to the balancer. */
function rateOf({ arrivals, arrivals_per_session: each, sessions_per_server: sessions = [] }: FarmModel): number {
  // Independent Poisson streams add up to one, of which each request belongs to any of them with equal chance.
  return arrivals?.rate_per_s ?? (each?.rate_per_s ?? 0) * sessions.reduce((sum, number) => sum + number, 0);
}

/** Sends exactly `requests` requests: shares in turn do not depend on the instants of arrival. */
function evenRequests(parts: Draft, rate: number, requests: number): { readonly warmUpMs: number; readonly durationMs: number } {
  parts.client('clients', { arrivals: 'constant', ratePerS: rate, stopMs: ((requests + 0.5) / rate) * 1000 });
  return { warmUpMs: 0, durationMs: (requests / rate) * 1000 + 3_600_000 };
}

/** What each server got, and how it answered. */
function countsOf(result: RunResult, servers: readonly Server[]): Record<string, number | undefined> {
  const offered = servers.map(({ id }) => metricsOf(result, id).offered ?? Number.NaN);
  const all = offered.reduce((sum, number) => sum + number, 0);
  return Object.fromEntries(
    servers.flatMap(({ id }, index): [string, number | undefined][] => [
      [`requests_server${index + 1}`, offered[index]],
      [`share_server${index + 1}`, (offered[index] ?? Number.NaN) / all],
      [`server${index + 1}_mean_response_s`, seconds(metricsOf(result, id).latencyMeanMs)],
    ]),
  );
}

/** Most requests in a row to the first server, the only one that is reached without latency. */
function longestRun({ requests }: RunResult): number {
  let longest = 0;
  let run = 0;
  for (const { arrivalMs, endMs, waitingMs, serviceMs } of [...requests].sort((a, b) => a.arrivalMs - b.arrivalMs)) {
    run = endMs - arrivalMs - waitingMs - serviceMs < 0.5 ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

function balancerValues(policy: FarmModel['policy'], d: number | undefined): BalancerValues {
  switch (policy) {
    case 'random':
      return { algorithm: 'random' };
    case 'round_robin':
      return { algorithm: 'round-robin' };
    case 'join_shortest_queue':
    case 'least_connections':
      return { algorithm: 'least-connections', knows: 'live' };
    case 'power_of_d_choices':
      return { algorithm: 'power-of-d', knows: 'live', choices: d ?? 2 };
    case 'weighted_random':
      return { algorithm: 'weighted-random' };
    case 'weighted_round_robin':
      return { algorithm: 'weighted-round-robin' };
    case 'shortest_expected_delay':
      return { algorithm: 'weighted-least-connections', knows: 'live' };
    case 'sticky_sessions':
      return { algorithm: 'weighted-round-robin', affinityMs: FOR_EVER_MS };
    default:
      return assertNever(policy);
  }
}
