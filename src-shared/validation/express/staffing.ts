import { invariant } from '../../base/result';
import type { OpenQueueModel, ValidationCase } from '../case';
import { draft } from '../draft';
import { meanOf } from '../variate';
import type { Effort, Expression, Measurements } from './expression';
import { metricsOf, queueMeasurements, seedOf, steadyState } from './expression';
import { rateOf, requireDuration, stationValues } from './queues';

/** How much larger the system is in which the limit of many servers is looked for, and how much longer it runs. */
const LARGER = 9;
const LONGER = 9;

/**
 * Staffing by the square root of the load: the system itself, and a larger one of the same safety factor, since the limit is one of many
 * servers: its error falls with the root of their number. Waits last as long there, so that as many of them take a longer run.
 */
export function staffing({ title, run }: ValidationCase, model: OpenQueueModel, effort: Effort): Expression {
  const { arrivals, service, servers } = model;
  invariant(arrivals !== undefined && service !== undefined, 'a queue without classes has arrivals and a service');
  const rate = rateOf(arrivals);
  const load = rate * meanOf(service);
  const safety = (servers - load) / Math.sqrt(load);
  const larger = LARGER * load;
  const systems = [
    { rate, servers, length: 1 },
    { rate: LARGER * rate, servers: Math.round(larger + safety * Math.sqrt(larger)), length: LONGER },
  ];
  let measured: Measurements['values'] = {};
  return {
    runs: systems.length,
    project: (index) => {
      const system = systems[index];
      invariant(system !== undefined, 'there are two systems');
      const parts = draft(title);
      parts.client('clients', { arrivals: 'poisson', ratePerS: system.rate });
      parts.service('queue', { ...stationValues({ ...model, servers: system.servers }), serviceTime: requireDuration(service) });
      parts.link('clients', 'queue');
      return parts.build({ ...steadyState(run, system.rate, { ...effort, share: effort.share * system.length }), seed: seedOf(effort, index) });
    },
    take: (result, index) => {
      const station = metricsOf(result, 'queue');
      measured = index === 0 ? queueMeasurements(result.endToEnd.metrics, station) : { ...measured, 'prob_wait.halfin_whitt': station.waitShare };
    },
    measure: () => ({ values: measured }),
  };
}
