import type { Comparison } from './compare';
import { type CsvValue, writeCsv } from './csv';

/** The whole comparison as readable JSON. */
export function comparisonJson(comparison: Comparison): string {
  return `${JSON.stringify(comparison, null, 2)}\n`;
}

/**
 * A comparison as CSV, long: one row for each metric of each thing and each side that is not the baseline: `scope`, `id`, `name`, `metric`,
 * `better` (lower, higher or empty), `baseline`, `side`, both values with the half-widths of their intervals, the difference with the
 * half-width of its paired interval and of that of independent runs, and the verdict.
 */
export function comparisonCsv(comparison: Comparison): string {
  const header = [
    'scope',
    'id',
    'name',
    'metric',
    'better',
    'baseline',
    'side',
    'baselineValue',
    'baselineHalfWidth',
    'value',
    'halfWidth',
    'difference',
    'differenceHalfWidth',
    'independentHalfWidth',
    'verdict',
  ];
  const [baseline, ...others] = comparison.sides;
  const rows = comparison.rows.flatMap((row) =>
    others.map(({ label }, index): CsvValue[] => {
      const first = row.values[0];
      const value = row.values[index + 1];
      const found = row.differences[index + 1];
      return [
        row.scope,
        row.id,
        row.name,
        row.metric,
        row.better,
        baseline?.label,
        label,
        first?.value,
        first?.halfWidth,
        value?.value,
        value?.halfWidth,
        found?.mean,
        found?.halfWidth,
        found?.independentHalfWidth,
        found?.verdict,
      ];
    }),
  );
  return writeCsv(header, rows);
}
