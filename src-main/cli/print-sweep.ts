import type { SweepAxis, SweepPointResult, SweepResult } from '../../src-shared/analysis/sweep-result';
import type { Estimate } from '../../src-shared/analysis/usl-fit';
import { formatDuration, formatNumber, formatRate, formatShare } from '../../src-shared/base/format';
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
  if (loadLatency === null) return [];
  const [axis] = axes;
  const unit = axis === undefined || axis.unit === '' ? '' : ` ${axis.unit}`;
  const { knee } = loadLatency;
  return [
    knee === null
      ? 'Knee: not within the sweep; throughput divided by latency (power, Kleinrock 1979) is greatest at its end.'
      : `Knee: ${formatNumber(knee.load)}${unit}, where throughput divided by latency (power, Kleinrock 1979) is greatest; between ${formatNumber(knee.between[0])} and ${formatNumber(knee.between[1])}.`,
    '',
  ];
}

function scalabilityLines({ scalability, settings }: SweepResult): string[] {
  if (scalability === null) return [];
  const { fit, points } = scalability;
  const limited = points.filter(({ limitedByLoad }) => limitedByLoad).length;
  const note =
    limited === 0 ? [] : [`  ${limited} of ${points.length} points did all that was asked of them and say nothing of capacity: raise the load to learn more.`];
  if (fit === null) return ['Universal Scalability Law: not fitted, since fewer than four points show the capacity.', ...note, ''];
  const written = ({ value, halfWidth }: Estimate, format: (number: number) => string): string =>
    halfWidth === null ? `${format(value)} (at its bound)` : `${format(value)} ± ${format(halfWidth)}`;
  return [
    `Universal Scalability Law (Gunther 2007), ${formatShare(settings.confidence)} intervals, ${formatShare(fit.rSquared)} of the variance explained:`,
    `  throughput of one: ${written(fit.gamma, formatRate)}`,
    `  contention: ${written(fit.alpha, (value) => formatNumber(value))}`,
    `  coherency: ${written(fit.beta, (value) => formatNumber(value))}`,
    fit.peakThroughput === null
      ? '  no ceiling within the law'
      : fit.peakSize === null
        ? `  ceiling: ${formatRate(fit.peakThroughput)}, approached and never reached`
        : `  greatest throughput: ${formatRate(fit.peakThroughput)} at ${formatNumber(fit.peakSize)}`,
    ...note,
    '',
  ];
}
