import { invariant } from '../../base/result';
import type { Fault } from '../../project/fault';
import type { KOfNModel, OpenQueueModel, RepairableNodeModel, SeriesSystemModel, ValidationCase } from '../case';
import { draft } from '../draft';
import type { Effort, Expression } from './expression';
import { metricsOf, queueMeasurements, singleRun, steadyState } from './expression';
import { requireDuration, stationValues } from './queues';

/** Simulated time is exact up to 104 days; a longer case becomes several replications of at most this. */
const LONGEST_S = 8.4e6;
/** Nobody needs to ask for anything to see whether a part is up. */
const RARELY = { arrivals: 'constant', ratePerS: 0.001 } as const;
const CRASH: Fault['effect'] = { type: 'crash', silent: false, restartMs: 0 };

/** Failures and repairs by chance that leave a part up for this share of the time; a repair takes a second. */
function timingOf(availability: number): Fault['timing'] {
  return {
    type: 'random',
    between: { type: 'exponential', meanMs: (availability / (1 - availability)) * 1000 },
    lasts: { type: 'exponential', meanMs: 1000 },
  };
}

/** One service that crashes and is repaired, for as long as the case says. */
export function expressRepairableNode({ title, run }: ValidationCase, model: RepairableNodeModel, effort: Effort): Expression {
  invariant(run.kind === 'time_horizon', 'a repairable node is watched for a time');
  const total = run.measured_s * effort.share;
  const replications = Math.ceil(total / LONGEST_S);
  const parts = draft(title);
  parts.client('clients', RARELY);
  parts.service('node', {});
  parts.link('clients', 'node');
  parts.fault('node', CRASH, { type: 'random', between: requireDuration(model.time_to_failure), lasts: requireDuration(model.time_to_repair) });
  const durationS = total / replications;
  return singleRun(parts.build({ warmUpMs: 0, durationMs: durationS * 1000, replications, seed: effort.seed }), (result) => {
    const { availability, crashes } = metricsOf(result, 'node');
    return {
      values: {
        availability,
        unavailability: availability === undefined ? undefined : 1 - availability,
        failures_per_s: crashes === undefined ? undefined : crashes / durationS,
      },
    };
  });
}

/** A chain of services, each of which fails by itself: what the application expects of it. */
export function expressSeriesSystem({ title }: ValidationCase, model: SeriesSystemModel, effort: Effort): Expression {
  const parts = draft(title);
  parts.client('clients', RARELY);
  for (let index = 1; index <= model.components; index++) {
    parts.service(`service-${index}`, {});
    parts.link(index === 1 ? 'clients' : `service-${index - 1}`, `service-${index}`);
    parts.fault(`service-${index}`, CRASH, timingOf(model.component_availability));
  }
  return singleRun(parts.build({ warmUpMs: 0, durationMs: 10_000, seed: effort.seed }), ({ expected }) => ({
    values: { availability: expected.availability, downtime_per_year_s: expected.downtimePerYearS },
  }));
}

/** Replicas of a service that fail by themselves, of which some must be up: the share of the time in which they are. */
export function expressKOfN({ title, run }: ValidationCase, model: KOfNModel, effort: Effort): Expression {
  invariant(run.kind === 'independent_trials', 'redundancy is a matter of independent snapshots');
  const parts = draft(title);
  parts.client('clients', RARELY);
  parts.service('nodes', { replicas: model.nodes, required: model.required });
  parts.link('clients', 'nodes');
  parts.fault('nodes', CRASH, timingOf(model.node_availability));
  // Two repair times for each snapshot: what happens that far apart hardly depends on each other.
  return singleRun(parts.build({ warmUpMs: 10_000, durationMs: run.trials * effort.share * 2000, seed: effort.seed }), (result) => {
    const { availability } = metricsOf(result, 'nodes');
    return { values: { availability, unavailability: availability === undefined ? undefined : 1 - availability } };
  });
}

/** A queue whose server stands still now and then and goes on where it was. */
export function expressBreakdowns({ title, run }: ValidationCase, model: OpenQueueModel, effort: Effort): Expression {
  const { arrivals, breakdowns } = model;
  invariant(arrivals?.process === 'poisson' && breakdowns !== undefined, 'breakdowns hit a queue with Poisson arrivals');
  const parts = draft(title);
  parts.client('clients', { ratePerS: arrivals.rate_per_s });
  parts.service('queue', { ...stationValues(model), serviceTime: requireDuration(model.service) });
  parts.link('clients', 'queue');
  parts.fault(
    'queue',
    { type: 'pause' },
    { type: 'random', between: requireDuration(breakdowns.time_between_repair_and_next_breakdown), lasts: requireDuration(breakdowns.duration) },
  );
  return singleRun(parts.build(steadyState(run, arrivals.rate_per_s, effort)), (result) => ({
    values: queueMeasurements(result.endToEnd.metrics, metricsOf(result, 'queue')),
  }));
}
