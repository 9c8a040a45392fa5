import type { SweepAxis, SweepPointResult, SweepResult } from '../../src-shared/analysis/sweep-result';
import { kneeSentence, scalabilityWords } from '../../src-shared/analysis/sweep-words';
import { formatDuration, formatNumber, formatShare } from '../../src-shared/base/format';
import { METRICS, type MetricName } from '../../src-shared/engine/metrics';
import type { AxisValue } from '../../src-shared/project/sweep-points';
import { formatInterval, formatMetric } from './print-result';
import { type Column, textTable } from './table';

const SHOWN: readonly (readonly [MetricName, string])[] = [
  ['offeredRate', 'offered'],
  ['throughput', 'done'],
  ['failureShare', 'failed'],
  ['latencyMeanMs', 'mean'],
  ['latencyP50Ms', 'p50'],
  ['latencyP95Ms', 'p95'],
  ['latencyP99Ms', 'p99'],
  ['costPerHour', 'cost/h'],
];

/** A sweep as text for people: a row for each point, or a table of one metric where there are two axes; the knee, and the fit. */
export function sweepText(sweep: SweepResult, metric: MetricName): string {
  const { settings, axes, changes } = sweep;
  const lines = [
    `${sweep.project.name} · ${sweep.design.name} · ${sweep.sweep.name}`,
    `seed ${settings.seed}, ${formatDuration(settings.durationMs)} simulated, ${settings.replications} ${settings.replications === 1 ? 'replication' : 'replications'} of each of ${sweep.points.length} points${changes.length === 0 ? '' : `, with ${changes.join(', ')}`}`,
    '',
    ...(axes.length === 2 ? grid(sweep, metric) : rows(sweep)),
    '',
    ...curveLines(sweep),
    ...scalabilityLines(sweep),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function axisTitle({ parameter, unit }: SweepAxis): string {
  return unit === '' ? parameter : `${parameter} [${unit}]`;
}

function axisText(value: AxisValue | undefined): string {
  return typeof value === 'number' ? formatNumber(value, 6) : String(value ?? '');
}

function cell({ endToEnd }: SweepPointResult, metric: MetricName): string {
  const value = endToEnd.metrics[metric];
  if (value === undefined) return '';
  const half = endToEnd.halfWidths?.[metric];
  return half === undefined ? formatMetric(metric, value) : formatInterval(metric, value, half);
}

function rows({ axes, points }: SweepResult): string[] {
  const columns: Column[] = [
    { title: axes.map(axisTitle).join(', '), numeric: true },
    ...SHOWN.map(([, title]) => ({ title, numeric: true })),
    { title: 'busiest' },
    { title: 'objectives' },
    { title: '' },
  ];
  const ordered = points.every(({ values }) => typeof values[0] === 'number') ? [...points].sort((a, b) => Number(a.values[0]) - Number(b.values[0])) : points;
  return textTable(
    columns,
    ordered.map((point) => [axisText(point.values[0]), ...SHOWN.map(([name]) => cell(point, name)), busiest(point), objectivesMet(point), remark(point)]),
  );
}

function busiest({ components }: SweepPointResult): string {
  let best: { readonly name: string; readonly value: number } | null = null;
  for (const { name, metrics } of components)
    if (metrics.utilisation !== undefined && metrics.utilisation > (best?.value ?? -1)) best = { name, value: metrics.utilisation };
  return best === null ? '' : `${best.name} ${formatShare(best.value)}`;
}

function objectivesMet({ objectives }: SweepPointResult): string {
  return objectives.length === 0 ? '' : `${objectives.filter(({ verdict }) => verdict === 'pass').length} of ${objectives.length}`;
}

function remark({ ended, findings }: SweepPointResult): string {
  return ended === 'limit' ? 'overloaded' : findings.some(({ code }) => code === 'unstable') ? 'unstable' : '';
}

/** One metric for every pair of values: the first axis goes down, the second across. */
function grid({ axes, points }: SweepResult, metric: MetricName): string[] {
  const [down, across] = axes;
  if (down === undefined || across === undefined) return [];
  const firsts = [...new Set(points.map(({ values }) => values[0]))];
  const seconds = [...new Set(points.map(({ values }) => values[1]))];
  const at = (first: AxisValue | undefined, second: AxisValue | undefined): string => {
    const point = points.find(({ values }) => values[0] === first && values[1] === second);
    return point === undefined ? '' : cell(point, metric);
  };
  return [
    `${METRICS[metric].title}, end to end; across: ${axisTitle(across)}`,
    ...textTable(
      [{ title: axisTitle(down), numeric: true }, ...seconds.map((value) => ({ title: axisText(value), numeric: true }))],
      firsts.map((first) => [axisText(first), ...seconds.map((second) => at(first, second))]),
    ),
  ];
}

function curveLines({ loadLatency, axes }: SweepResult): string[] {
  return loadLatency === null ? [] : [kneeSentence(loadLatency, axes[0]), ''];
}

function scalabilityLines({ scalability, settings }: SweepResult): string[] {
  if (scalability === null) return [];
  const { heading, lines, ceiling, note } = scalabilityWords(scalability, settings.confidence);
  return [heading, ...lines.map(([name, value]) => `  ${name}: ${value}`), ...[ceiling, note].filter((line) => line !== '').map((line) => `  ${line}`), ''];
}
