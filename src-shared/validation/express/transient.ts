import { invariant } from '../../base/result';
import type { OpenQueueModel } from '../case';
import { draft } from '../draft';
import type { Effort, Expression } from './expression';
import { seedOf } from './expression';
import { requireDuration, stationValues } from './queues';

/** Independent copies of the queue in one design: a Poisson stream split at random is as many independent Poisson streams. */
const COPIES = 200;
/** Instants at which the number in the system is looked at, every half second up to ten seconds. */
const END_S = 10;
const POINTS = 20;

/** The number in the system at given instants after an empty start, over many independent copies. */
export function transient(title: string, model: OpenQueueModel, trials: number, effort: Effort): Expression {
  const { arrivals } = model;
  invariant(arrivals?.process === 'poisson', 'the copies share a Poisson stream');
  const parts = draft(title);
  parts.client('clients', { ratePerS: arrivals.rate_per_s * COPIES });
  for (let copy = 0; copy < COPIES; copy++) {
    parts.service(`queue-${copy}`, { ...stationValues(model), serviceTime: requireDuration(model.service) });
    parts.link('clients', `queue-${copy}`);
  }
  const runs = Math.max(1, Math.round((trials * effort.share) / COPIES));
  const present = new Float64Array(POINTS);
  const empty = new Float64Array(POINTS);
  let counted = 0;
  return {
    runs,
    project: (index) => parts.build({ durationMs: END_S * 1000, warmUpMs: 0, seed: seedOf(effort, index), seriesPoints: POINTS }),
    take: ({ series }) => {
      for (const { id, columns } of series.components) {
        if (!id.startsWith('queue-')) continue;
        counted++;
        for (let point = 0; point < POINTS; point++) {
          const number = columns.present[point] ?? 0;
          present[point] = (present[point] ?? 0) + number;
          if (number === 0) empty[point] = (empty[point] ?? 0) + 1;
        }
      }
    },
    measure: () => {
      const values: Record<string, number> = {};
      for (let point = 0; point < POINTS; point++) {
        const instant = ((point + 1) * END_S) / POINTS;
        values[`mean_in_system_at_${instant}s`] = (present[point] ?? 0) / counted;
        values[`prob_empty_at_${instant}s`] = (empty[point] ?? 0) / counted;
      }
      return { values };
    },
  };
}
