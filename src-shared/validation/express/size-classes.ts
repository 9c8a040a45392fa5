import { invariant } from '../../base/result';
import type { CaseRun, OpenQueueModel } from '../case';
import { draft } from '../draft';
import type { Effort, Expression } from './expression';
import { listedRuns, metricsOf, queueMeasurements } from './expression';

import { arrivalValues, rateOf, requireDuration, stationValues } from './queues';

/**
 * Slowdown by the size of the demand, from the list of single requests. That list ends after a million requests, so a longer
 * case becomes several runs of that length, which together measure as many requests as the case states.
 */
export function sizeClasses(title: string, model: OpenQueueModel, run: CaseRun & { readonly kind: 'steady_state' }, effort: Effort): Expression {
  const { arrivals } = model;
  invariant(arrivals !== undefined, 'a queue with size classes has arrivals');
  const parts = draft(title);
  parts.client('clients', arrivalValues(arrivals));
  parts.service('queue', { ...stationValues(model), serviceTime: requireDuration(model.service) });
  parts.link('clients', 'queue');
  const { runs, settings, measured } = listedRuns(run, rateOf(arrivals), effort);
  const sums: Record<string, number> = {};
  const byClass = (model.size_classes ?? []).map(({ name, service_s: [low, high] }) => ({
    name,
    low: low * 1000,
    high: high === 'inf' ? Number.POSITIVE_INFINITY : high * 1000,
    count: 0,
    sum: 0,
  }));
  return {
    runs,
    project: (index) => parts.build(settings(index)),
    take: (result) => {
      const values = queueMeasurements(result.endToEnd.metrics, metricsOf(result, 'queue'));
      for (const [key, value] of Object.entries(values)) sums[key] = (sums[key] ?? 0) + (value ?? Number.NaN);
      for (const { arrivalMs, endMs, serviceMs } of measured(result)) {
        const found = byClass.find(({ low, high }) => serviceMs >= low && serviceMs < high);
        if (found === undefined || serviceMs === 0) continue;
        found.count++;
        found.sum += (endMs - arrivalMs) / serviceMs;
      }
    },
    measure: () => ({
      values: {
        ...Object.fromEntries(Object.entries(sums).map(([key, sum]) => [key, sum / runs])),
        ...Object.fromEntries(byClass.map(({ name, count, sum }) => [`mean_slowdown_${name}`, sum / count])),
      },
    }),
  };
}
