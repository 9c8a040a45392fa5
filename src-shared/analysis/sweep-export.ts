import { METRICS } from '../engine/metrics';
import { type CsvValue, writeCsv } from './csv';
import { METRIC_NAMES } from './result-export';
import type { SweepPart, SweepResult } from './sweep-result';

/** A whole sweep, or a part of one, as readable JSON. */
export function sweepJson(sweep: SweepResult | SweepPart): string {
  return `${JSON.stringify(sweep, null, 2)}\n`;
}

/**
 * A sweep as CSV: one row for each point and each thing measured: `point`, the value on each axis under the name of its parameter, `scope`
 * (end-to-end or component), `id`, `name`, then every metric by its name with its half-width as `<metric>HalfWidth`; last, end to end, how
 * many of the objectives are met, and of how many.
 */
export function sweepCsv({ axes, points }: Pick<SweepResult, 'axes' | 'points'>): string {
  const header = [
    'point',
    ...axes.map(({ parameter }) => parameter),
    'scope',
    'id',
    'name',
    ...METRIC_NAMES.flatMap((name) => [name, `${name}HalfWidth`]),
    'objectivesMet',
    'objectives',
  ];
  const rows = points.flatMap((point) =>
    [{ ...point.endToEnd, scope: 'end-to-end', id: '', name: 'End to end' }, ...point.components.map((row) => ({ ...row, scope: 'component' }))].map(
      (row): CsvValue[] => [
        point.index,
        ...point.values,
        row.scope,
        row.id,
        row.name,
        ...METRIC_NAMES.flatMap((name) => [row.metrics[name], row.halfWidths?.[name]]),
        ...(row.scope === 'end-to-end' ? [point.objectives.filter(({ verdict }) => verdict === 'pass').length, point.objectives.length] : [null, null]),
      ],
    ),
  );
  return writeCsv(header, rows);
}

/** Whether a text names a metric, as options of the command line do. */
export function isMetricName(name: string): name is keyof typeof METRICS {
  return Object.hasOwn(METRICS, name);
}
