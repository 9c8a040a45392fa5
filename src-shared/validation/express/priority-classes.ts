import type { RunResult } from '../../run/result';
import type { CaseRun, OpenQueueModel } from '../case';
import { draft } from '../draft';
import type { Effort, Expression } from './expression';
import { listedRuns, metricsOf, operationMetricsOf, seconds, singleRun, steadyState } from './expression';
import { arrivalValues, rateOf, requireDuration, stationValues } from './queues';

/** Classes of requests by priority: one population of clients each, whose operation carries the class's name and priority. */
export function priorityClasses(title: string, model: OpenQueueModel, run: CaseRun, effort: Effort): Expression {
  const list = model.classes ?? [];
  const parts = draft(title);
  for (const { name, priority, arrivals } of list)
    parts.client(`clients-${name}`, {
      ...arrivalValues(arrivals),
      operations: [{ name, weight: 1, type: 'read', requestBytes: 0, responseBytes: 0, priority }],
    });
  parts.service('queue', {
    ...stationValues(model),
    serviceTime: { type: 'constant', valueMs: 0 },
    perOperation: list.map(({ name, service }) => ({ operation: name, serviceTime: requireDuration(service) })),
  });
  for (const { name } of list) parts.link(`clients-${name}`, 'queue');
  const total = list.reduce((sum, { arrivals }) => sum + rateOf(arrivals), 0);
  if (run.kind === 'steady_state' && model.discipline === 'priority_nonpreemptive') {
    // Waiting by class: stations report it for all requests together, the list of requests for each one.
    const { runs, settings, measured } = listedRuns(run, total, effort);
    const sums = new Map(list.map(({ name }) => [name, { count: 0, waiting: 0, response: 0 }]));
    return {
      runs,
      project: (index) => parts.build(settings(index)),
      take: (result) => {
        for (const { operation, arrivalMs, endMs, waitingMs } of measured(result)) {
          const sum = sums.get(operation);
          if (sum === undefined) continue;
          sum.count++;
          sum.waiting += waitingMs;
          sum.response += endMs - arrivalMs;
        }
      },
      measure: () => ({
        values: Object.fromEntries(
          [...sums].flatMap(([name, { count, waiting, response }]) => [
            [`${name}_mean_wait_s`, waiting / count / 1000],
            [`${name}_mean_response_s`, response / count / 1000],
          ]),
        ),
      }),
    };
  }
  const measuredS = run.kind === 'time_horizon' ? run.measured_s * effort.share : 0;
  const settings =
    run.kind === 'time_horizon'
      ? { warmUpMs: run.warmup_s * 1000, durationMs: (run.warmup_s + measuredS) * 1000, seed: effort.seed }
      : steadyState(run, total, effort);
  return singleRun(parts.build(settings), (result: RunResult) => {
    const values: Record<string, number | undefined> = { server_utilisation: metricsOf(result, 'queue').utilisation };
    for (const { name } of list) {
      const { latencyMeanMs, throughput, offered, completed, failed } = operationMetricsOf(result, name);
      values[`${name}_mean_response_s`] = seconds(latencyMeanMs);
      values[`${name}_throughput_per_s`] = throughput;
      values[`${name}_backlog_growth_per_s`] = offered === undefined || completed === undefined ? undefined : (offered - completed - (failed ?? 0)) / measuredS;
    }
    return { values };
  });
}
