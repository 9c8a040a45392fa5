import { invariant } from '../../base/result';
import type { Distribution } from '../../kinds/distribution';
import type { CaseArrivals, CaseDiscipline, OpenQueueModel, TraceQueueModel, ValidationCase } from '../case';
import type { ClientValues, ServiceValues } from '../draft';
import { draft, UNLIMITED_SERVERS } from '../draft';
import type { Variate } from '../variate';
import { durationOf, meanOf } from '../variate';
import type { Effort, Expression, Inexpressible } from './expression';
import { metricsOf, queueHalfWidths, queueMeasurements, seconds, seedOf, singleRun, steadyState } from './expression';
import { priorityClasses } from './priority-classes';
import { sizeClasses } from './size-classes';
import { staffing } from './staffing';
import { transient } from './transient';

const DISCIPLINES: Record<CaseDiscipline, NonNullable<ServiceValues['discipline']>> = {
  fcfs: 'fifo',
  ps: 'processor-sharing',
  srpt: 'shortest-remaining',
  lcfs_nonpreemptive: 'lifo',
  lcfs_preemptive_resume: 'lifo-preemptive',
  sjf_nonpreemptive: 'shortest-job',
  priority_nonpreemptive: 'priority',
  priority_preemptive_resume: 'priority-preemptive',
};

/** The application's name of a discipline. */
export function disciplineOf(discipline: CaseDiscipline): NonNullable<ServiceValues['discipline']> {
  return DISCIPLINES[discipline];
}

/** A duration of a case; cases whose stations take no duration are a mistake of the table. */
export function requireDuration(variate: Variate | undefined): Distribution {
  const found = variate === undefined ? null : durationOf(variate);
  invariant(found !== null, 'a station of a case has a duration');
  return found;
}

/** Mean arrivals per second of an arrival process. */
export function rateOf(arrivals: CaseArrivals): number {
  if (arrivals.process === 'poisson') return arrivals.rate_per_s;
  return 1 / (arrivals.process === 'renewal' ? meanOf(arrivals.interarrival) : arrivals.interarrival_s);
}

/** Client values for an arrival process. */
export function arrivalValues(arrivals: CaseArrivals): ClientValues {
  switch (arrivals.process) {
    case 'poisson':
      return { arrivals: 'poisson', ratePerS: arrivals.rate_per_s };
    case 'renewal':
      return { arrivals: 'renewal', interarrival: requireDuration(arrivals.interarrival) };
    case 'deterministic':
      return { arrivals: 'constant', ratePerS: 1 / arrivals.interarrival_s };
  }
}

/** Station values of an open queue: one queue, c servers, room for K. */
export function stationValues(model: OpenQueueModel): ServiceValues {
  return {
    servers: model.servers,
    discipline: disciplineOf(model.discipline),
    queueLimit: model.system_capacity === 'unbounded' ? null : model.system_capacity - model.servers,
  };
}

/** One station with Poisson or other arrivals, of one class or of several by priority. */
export function expressOpenQueue(example: ValidationCase, model: OpenQueueModel, effort: Effort): Expression | Inexpressible {
  const { title, run } = example;
  if (model.classes !== undefined) return priorityClasses(title, model, run, effort);
  const { arrivals, service } = model;
  invariant(arrivals !== undefined, 'a queue without classes has arrivals');
  if (run.kind === 'independent_trials') return transient(title, model, run.trials, effort);
  if (run.kind === 'deterministic') return overload(title, model, run.horizon_s ?? 0, effort);
  if (model.size_classes !== undefined && run.kind === 'steady_state') return sizeClasses(title, model, run, effort);
  if (example.expect.some(({ metric }) => metric.endsWith('.halfin_whitt'))) return staffing(example, model, effort);
  const parts = draft(title);
  parts.client('clients', arrivalValues(arrivals));
  parts.service('queue', { ...stationValues(model), serviceTime: requireDuration(service) });
  parts.link('clients', 'queue');
  if (run.kind === 'coverage') {
    let covered = 0;
    const experiments = Math.round(run.macro_experiments * effort.share);
    const settings = steadyState(run, rateOf(arrivals), { ...effort, share: 1 });
    const truth = 1 / (1 / meanOf(requireVariate(service)) - rateOf(arrivals));
    return {
      runs: experiments,
      project: (index) =>
        parts.build({ ...settings, warmUpMs: (run.warmup_requests / rateOf(arrivals)) * 1000, seed: seedOf(effort, index), confidence: run.confidence }),
      take: ({ endToEnd }) => {
        const mean = (endToEnd.metrics.latencyMeanMs ?? Number.NaN) / 1000;
        if (Math.abs(mean - truth) <= (endToEnd.halfWidths?.latencyMeanMs ?? 0) / 1000) covered++;
      },
      measure: () => ({ values: { ci95_coverage: covered / experiments } }),
    };
  }
  return singleRun(parts.build({ ...steadyState(run, rateOf(arrivals), effort), confidence: 0.999 }), (result) => ({
    values: queueMeasurements(result.endToEnd.metrics, metricsOf(result, 'queue')),
    halfWidths: queueHalfWidths(
      result.endToEnd,
      result.components.find((component) => component.id === 'queue'),
    ),
  }));
}

function requireVariate(variate: Variate | undefined): Variate {
  invariant(variate !== undefined, 'a station of a case has a service time');
  return variate;
}

/** Evenly spaced arrivals to a server that is too slow: every number is known exactly. */
function overload(title: string, model: OpenQueueModel, horizonS: number, effort: Effort): Expression {
  const parts = draft(title);
  const { arrivals } = model;
  invariant(arrivals?.process === 'deterministic', 'an overload case has evenly spaced arrivals');
  parts.client('clients', arrivalValues(arrivals));
  parts.service('queue', { ...stationValues(model), serviceTime: requireDuration(model.service) });
  parts.link('clients', 'queue');
  const response = (requests: readonly { readonly arrivalMs: number; readonly endMs: number }[], arrivalMs: number): number | undefined => {
    const found = requests.find((request) => Math.abs(request.arrivalMs - arrivalMs) < 1e-6);
    return found === undefined ? undefined : (found.endMs - found.arrivalMs) / 1000;
  };
  // Events at the horizon itself count; nothing else happens within half an interval after it.
  const project = parts.build({ warmUpMs: 0, durationMs: (horizonS + arrivals.interarrival_s / 10) * 1000, seed: effort.seed, requestLog: 10_000 });
  return singleRun(project, (result) => ({
    values: {
      [`completed_by_${horizonS}s`]: result.endToEnd.metrics.completed,
      [`arrived_by_${horizonS}s`]: result.endToEnd.metrics.offered,
      [`in_system_at_${horizonS}s`]: result.endToEnd.metrics.inFlight,
      response_of_arrival_500_s: response(result.requests, 500 * arrivals.interarrival_s * 1000),
    },
  }));
}

/** Jobs at given instants with given demands: completion instants from the request log. */
export function expressTrace({ title }: ValidationCase, model: TraceQueueModel, effort: Effort): Expression {
  const parts = draft(title);
  const trace = model.jobs.map(({ arrival_s, service_s, priority }) => ({ atMs: arrival_s * 1000, workMs: service_s * 1000, priority: priority ?? 1 }));
  parts.client('clients', { arrivals: 'trace', trace });
  parts.service('queue', { servers: Math.min(model.servers, UNLIMITED_SERVERS), discipline: disciplineOf(model.discipline), serviceTime: { type: 'request' } });
  parts.link('clients', 'queue');
  const total = trace.reduce((sum, { workMs }) => sum + workMs, 0) + (trace.at(-1)?.atMs ?? 0) + 1000;
  return singleRun(parts.build({ warmUpMs: 0, durationMs: total, seed: effort.seed, requestLog: 1000 }), (result) => {
    const values: Record<string, number | undefined> = { mean_response_s: seconds(result.endToEnd.metrics.latencyMeanMs) };
    for (const { job, arrival_s } of model.jobs)
      values[`completion_job${job}_s`] = seconds(result.requests.find((request) => Math.abs(request.arrivalMs - arrival_s * 1000) < 1e-6)?.endMs);
    return { values };
  });
}
