import type { RunResult } from '../../run/result';
import type { ClosedNetworkModel, OpenNetworkModel, ValidationCase } from '../case';
import type { Draft } from '../draft';
import { draft } from '../draft';
import { meanOf } from '../variate';
import type { Effort, Expression } from './expression';
import { metricsOf, seconds, singleRun, steadyState } from './expression';
import { disciplineOf, requireDuration } from './queues';

type Stations = readonly (ClosedNetworkModel | OpenNetworkModel)['stations'][number][];

/** The stations as services, and the routing as forward links; the same name serves as the id. */
function addStations(parts: Draft, stations: Stations, routing: readonly (readonly number[])[]): void {
  for (const { name, servers, discipline, service } of stations)
    parts.service(name, { servers, discipline: disciplineOf(discipline), serviceTime: requireDuration(service) });
  for (const [from, row] of routing.entries())
    for (const [to, probability] of row.entries()) {
      const [source, target] = [stations[from], stations[to]];
      if (source !== undefined && target !== undefined && probability > 0) parts.link(source.name, target.name, { mode: 'forward', probability });
    }
}

function stationMeasurements(result: RunResult, stations: Stations): Record<string, number | undefined> {
  const values: Record<string, number | undefined> = {};
  for (const [index, { name }] of stations.entries()) {
    const metrics = metricsOf(result, name);
    values[`station${index + 1}_utilisation`] = metrics.utilisation;
    values[`station${index + 1}_mean_in_system`] = metrics.inSystemMean;
    values[`station${index + 1}_mean_response_s`] = seconds(metrics.latencyMeanMs);
    values[`station${index + 1}_arrival_rate_per_s`] = metrics.offeredRate;
  }
  return values;
}

/** Users who think, then pass through the stations: in a row, or around the first one where visits are given. */
export function expressClosedNetwork({ title, run, expect }: ValidationCase, model: ClosedNetworkModel, effort: Effort): Expression {
  const { stations, population, think_time } = model;
  const parts = draft(title);
  parts.client('users', { arrivals: 'closed', users: population, thinkTime: requireDuration(think_time) });
  const hub = stations[0]?.visits_per_interaction;
  const routing =
    hub === undefined
      ? stations.map((_, from) => stations.map((_, to) => (to === from + 1 ? 1 : 0)))
      : stations.map((_, from) =>
          stations.map((station, to) => (from === 0 ? (to === 0 ? 0 : (station.visits_per_interaction ?? 0) / hub) : to === 0 ? 1 : 0)),
        );
  addStations(parts, stations, routing);
  parts.link('users', stations[0]?.name ?? '');
  const rate = expect.find(({ metric }) => metric === 'throughput_per_s')?.value ?? 1;
  return singleRun(parts.build(steadyState(run, rate, effort)), (result) => {
    const { throughput, latencyMeanMs } = result.endToEnd.metrics;
    const response = seconds(latencyMeanMs);
    return {
      values: {
        throughput_per_s: throughput,
        mean_response_s: response,
        interactive_law_residual_s: throughput === undefined || response === undefined ? undefined : population / throughput - meanOf(think_time) - response,
        ...stationMeasurements(result, stations),
      },
    };
  });
}

/** Stations with arrivals from outside and random routing between them. */
export function expressOpenNetwork({ title, run }: ValidationCase, model: OpenNetworkModel, effort: Effort): Expression {
  const { stations, routing_matrix } = model;
  const parts = draft(title);
  const entries = stations.filter(({ external_arrivals }) => external_arrivals.rate_per_s > 0);
  for (const { name, external_arrivals } of entries) parts.client(`clients-${name}`, { arrivals: 'poisson', ratePerS: external_arrivals.rate_per_s });
  addStations(parts, stations, routing_matrix);
  for (const { name } of entries) parts.link(`clients-${name}`, name);
  const rate = entries.reduce((sum, { external_arrivals }) => sum + external_arrivals.rate_per_s, 0);
  return singleRun(parts.build(steadyState(run, rate, effort)), (result) => {
    const { latencyMeanMs, latencyP95Ms, latencyP99Ms } = result.endToEnd.metrics;
    const present = stations.map(({ name }) => metricsOf(result, name).inSystemMean);
    return {
      values: {
        mean_response_s: seconds(latencyMeanMs),
        p95_response_s: seconds(latencyP95Ms),
        p99_response_s: seconds(latencyP99Ms),
        mean_in_system: present.reduce<number | undefined>((sum, number) => (sum === undefined || number === undefined ? undefined : sum + number), 0),
        ...stationMeasurements(result, stations),
      },
    };
  });
}
