import type { Comparison, ComparisonRow } from '../../src-shared/analysis/compare';
import { formatDuration, formatNumber, formatShare } from '../../src-shared/base/format';
import { METRICS } from '../../src-shared/engine/metrics';
import { formatInterval, formatMetric } from './print-result';
import { type Column, textTable } from './table';

const COLUMNS: readonly Column[] = [
  { title: 'metric' },
  { title: 'baseline', numeric: true },
  { title: 'value', numeric: true },
  { title: 'difference', numeric: true },
  { title: 'relative', numeric: true },
  { title: 'independent', numeric: true },
  { title: 'verdict' },
];
const VERDICTS = { better: 'better', worse: 'worse', different: 'different', 'not-distinguishable': 'not distinguishable', unknown: 'unknown' } as const;

/** A comparison as text for people: for each design against the baseline, everything end to end, and of the parts what can be told apart. */
export function comparisonText(comparison: Comparison): string {
  const { settings, sides, rows } = comparison;
  const [baseline, ...others] = sides;
  const confidence = formatShare(settings.confidence);
  const lines = [
    `${comparison.project.name} · ${sides.length} designs under the same workload and the same random numbers`,
    `seed ${settings.seed}, ${formatDuration(settings.durationMs)} simulated, ${settings.replications} replications`,
    `± is half the ${confidence} interval of the paired differences; "independent" is what runs with different random numbers would have had`,
    'percentiles of a side are those of all its requests; their difference is the mean of the differences of single replications',
    `of many rows, one in ${formatNumber(1 / (1 - settings.confidence))} may be called different by chance alone`,
    '',
  ];
  const clients = new Set(rows.flatMap(({ scope, id }) => (scope === 'operation' ? [id.slice(0, id.indexOf(':'))] : [])));
  for (const [index, side] of others.entries()) {
    lines.push(`${JSON.stringify(side.label)} against ${JSON.stringify(baseline?.label ?? '')}`);
    if (side.changes.length > 0) lines.push(`  with ${side.changes.join(', ')}`);
    const compared = rows.filter((row) => row.differences[index + 1] !== null);
    lines.push(
      ...table(
        'End to end',
        rowsOf(compared, index + 1, (row) => row.scope === 'end-to-end'),
      ),
    );
    for (const scope of ['operation', 'component', 'link'] as const) {
      // What clients see stands end to end and by operation already.
      const within = compared.filter((row) => row.scope === scope && !(scope === 'component' && clients.has(row.id)));
      const apart = within.filter((row) => !['not-distinguishable', 'unknown'].includes(row.differences[index + 1]?.verdict ?? 'unknown'));
      if (within.length === 0) continue;
      const hidden = within.length - apart.length;
      for (const id of new Set(apart.map((row) => row.id))) {
        const own = apart.filter((row) => row.id === id);
        lines.push(
          ...table(
            `${scope} ${own[0]?.name ?? id}`,
            rowsOf(own, index + 1, () => true),
          ),
        );
      }
      lines.push(`  ${scope}s: ${hidden} of ${within.length} metrics cannot be told apart`);
    }
    lines.push('');
  }
  if (sides.some(({ objectives }) => objectives.length > 0))
    lines.push(
      'Objectives',
      ...sides.map(({ label, objectives }) => {
        const missed = objectives.filter(({ verdict }) => verdict !== 'pass').map(({ name }) => name);
        return `  ${label}: ${objectives.length - missed.length} of ${objectives.length} met${missed.length === 0 ? '' : `; missed: ${missed.join(', ')}`}`;
      }),
      '',
    );
  for (const side of sides) for (const finding of side.findings) lines.push(`${finding.severity}  ${side.label}: ${finding.message} ${finding.remedy}`);
  return `${lines.join('\n').trimEnd()}\n`;
}

function rowsOf(rows: readonly ComparisonRow[], side: number, wanted: (row: ComparisonRow) => boolean): string[][] {
  return rows.filter(wanted).flatMap((row) => {
    const first = row.values[0];
    const value = row.values[side];
    const found = row.differences[side];
    if (first === null || first === undefined || value === null || value === undefined || found === null || found === undefined) return [];
    const sign = found.mean > 0 ? '+' : found.mean < 0 ? '−' : '';
    const size = Math.abs(found.mean);
    return [
      [
        METRICS[row.metric].title,
        formatMetric(row.metric, first.value),
        formatMetric(row.metric, value.value),
        found.halfWidth === null ? `${sign}${formatMetric(row.metric, size)}` : `${sign}${formatInterval(row.metric, size, found.halfWidth)}`,
        first.value === 0 ? '' : `${sign}${formatShare(size / Math.abs(first.value))}`,
        found.independentHalfWidth === null ? '' : `± ${formatMetric(row.metric, found.independentHalfWidth)}`,
        VERDICTS[found.verdict],
      ],
    ];
  });
}

function table(title: string, rows: readonly string[][]): string[] {
  return rows.length === 0 ? [] : [`  ${title}`, ...textTable(COLUMNS, rows).map((line) => `    ${line}`)];
}
