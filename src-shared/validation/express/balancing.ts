import { assertNever } from '../../base/result';
import type { FarmModel, ValidationCase } from '../case';
import type { BalancerValues } from '../draft';
import { draft } from '../draft';
import type { Effort, Expression } from './expression';
import { metricsOf, queueMeasurements, seedOf, singleRun, steadyState } from './expression';
import { disciplineOf, requireDuration } from './queues';

/** Instants at which the servers are looked at. */
const SAMPLES = 5000;

/** A balancer in front of identical single servers: one service with replicas, or one service each where single servers are looked at. */
export function expressFarm({ title, run, expect }: ValidationCase, model: FarmModel, effort: Effort): Expression {
  const { arrivals, policy, d } = model;
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
  const rate = arrivals.rate_per_s;
  if (run.kind === 'deterministic') {
    const requests = run.requests ?? 0;
    // Shares of a round robin do not depend on the instants of arrival; evenly spaced ones give exactly the stated number.
    parts.client('clients', { arrivals: 'constant', ratePerS: rate, stopMs: ((requests + 0.5) / rate) * 1000 });
    return singleRun(parts.build({ warmUpMs: 0, durationMs: (requests / rate) * 1000 + 3_600_000, seed: effort.seed }), (result) => {
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

function balancerValues(policy: FarmModel['policy'], d: number | undefined): BalancerValues {
  switch (policy) {
    case 'random':
      return { algorithm: 'random' };
    case 'round_robin':
      return { algorithm: 'round-robin' };
    case 'join_shortest_queue':
      return { algorithm: 'least-connections', knows: 'live' };
    case 'power_of_d_choices':
      return { algorithm: 'power-of-d', knows: 'live', choices: d ?? 2 };
    default:
      return assertNever(policy);
  }
}
