import type { ComponentSeriesName, RunResult, Series, SystemSeriesName } from '../../run/result';
import type { ChartUnit } from '../chart-text';
import { objectiveValue } from '../objective-text';
import type { PictureColors } from './picture-colors';

/** One line of a chart over simulated time: as many points as the chart has times, null without a sample. */
export interface ChartLine {
  readonly label: string;
  readonly color: string;
  readonly dash?: string;
  /** Fills the area below. */
  readonly fill?: boolean;
  readonly column: readonly (number | null)[];
}

/** The bound of an objective in a chart. */
export interface BoundLine {
  /** In the unit of the chart. */
  readonly value: number;
  readonly label: string;
  /** Windows in which it was missed, in s. */
  readonly missed: readonly { readonly fromS: number; readonly toS: number }[];
}

/** A chart over simulated time with its numbers. */
export interface SeriesChart {
  readonly id: string;
  readonly title: string;
  readonly help: string;
  readonly unit: ChartUnit;
  /** The axis of a share ends above its highest value and not at 100 %. */
  readonly zoomed?: boolean;
  /** A logarithmic axis, where the values span decades. */
  readonly log: boolean;
  /** Ends of the intervals that the points describe, in s. */
  readonly timesS: readonly number[];
  readonly lines: readonly ChartLine[];
  /** Bounds of objectives on what the chart shows. */
  readonly bounds?: readonly BoundLine[];
}

/** A time in which a fault was under way. */
export interface ChartShade {
  readonly fromS: number;
  readonly toS: number;
  readonly name: string;
}

/** What surrounds the lines of all charts of a run. */
export interface ChartSurroundings {
  readonly endS: number;
  /** Time that the summary leaves out. */
  readonly warmUpS: number;
  readonly shades: readonly ChartShade[];
}

/** Lines in a chart of parts; the table of the parts has the others. */
export const MOST_LINES = 6;
/** Largest value as a multiple of the smallest from which a logarithmic axis reads better. */
const DECADES = 30;

function spansDecades(columns: readonly (readonly (number | null)[])[]): boolean {
  let low = Number.POSITIVE_INFINITY;
  let high = 0;
  for (const column of columns)
    for (const value of column) {
      if (value === null || value <= 0) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  return high > low * DECADES;
}

function mean(column: readonly (number | null)[]): number {
  let sum = 0;
  let count = 0;
  for (const value of column) {
    if (value === null) continue;
    sum += value;
    count++;
  }
  return count === 0 ? Number.NaN : sum / count;
}

function range(column: readonly (number | null)[]): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of column) {
    if (value === null) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return high - low;
}

/** Metrics that the charts of latencies and of stale reads draw. */
const LATENCIES = { latencyP50Ms: 'p50', latencyP95Ms: 'p95', latencyP99Ms: 'p99' };
const STALE_SHARES = { staleShare: 'stale' };
const STALE_AGES = { staleAgeP50Ms: 'p50', staleAgeP99Ms: 'p99' };

/** The bounds of objectives end to end about what a chart draws, by what the chart calls it. */
function boundsOn(drawn: Readonly<Record<string, string>>, { objectives }: RunResult): readonly BoundLine[] {
  return objectives.flatMap(({ scope, measure, name, limit, windows }) => {
    const called = drawn[measure];
    if (scope !== 'end-to-end' || called === undefined) return [];
    const missed = windows?.missed.map(({ fromMs, toMs }) => ({ fromS: fromMs / 1000, toS: toMs / 1000 })) ?? [];
    return [{ value: limit, label: `${name}: ${called} ≤ ${objectiveValue(measure, limit)}`, missed }];
  });
}

function withBounds(bounds: readonly BoundLine[], chart: SeriesChart): SeriesChart {
  if (bounds.length === 0) return chart;
  return { ...chart, help: `${chart.help} Dashed: bounds of objectives; thick along the bottom: when they were missed.`, bounds };
}

type SystemLine = readonly [label: string, column: SystemSeriesName, color: string, look?: Pick<ChartLine, 'dash' | 'fill'>];

/** The charts of a run over simulated time: latency, throughput by outcome, utilisation and queues of the leading parts, in flight, instances where they change, and stale reads and replication lag where data have copies. */
export function seriesCharts(result: RunResult, colors: PictureColors): readonly SeriesChart[] {
  const { series } = result;
  const timesS = series.timeMs.map((ms) => ms / 1000);
  const names = new Map(result.components.map(({ id, name }) => [id, name]));
  const system = (id: string, title: string, help: string, unit: ChartUnit, lines: readonly SystemLine[]): SeriesChart => ({
    id,
    title,
    help,
    unit,
    log: unit === 'ms' && spansDecades(lines.map(([, column]) => series.endToEnd[column])),
    timesS,
    lines: lines.map(([label, column, color, look]) => ({ label, color, ...look, column: series.endToEnd[column] })),
  });
  const parts = (id: string, title: string, help: string, unit: ChartUnit, column: ComponentSeriesName, rank: typeof mean): readonly SeriesChart[] => {
    const ranked = rankedParts(series, column, rank);
    if (ranked.length === 0) return [];
    const leading = ranked.slice(0, MOST_LINES).sort((one, other) => one - other);
    const whole = leading.length < ranked.length ? ` Of the ${leading.length} leading parts.` : '';
    return [
      {
        id,
        title,
        help: help + whole,
        unit,
        log: false,
        timesS,
        lines: leading.map((index, place) => {
          const component = series.components[index];
          // As in the window: where there are colours for all parts, each keeps its own in every chart.
          const own = series.components.length <= colors.lines.length ? index : place;
          return {
            label: names.get(component?.id ?? '') ?? component?.id ?? '',
            color: colors.lines[own % colors.lines.length] ?? colors.text,
            column: component?.columns[column] ?? [],
          };
        }),
      },
    ];
  };
  return [
    system('throughput', 'Throughput by outcome', 'Requests per second of simulated time that arrived, ended well and failed in each interval.', 'req/s', [
      ['completed', 'completedPerS', colors.outcomes.completed, { fill: true }],
      ['failed', 'failedPerS', colors.outcomes.failed],
      ['offered', 'offeredPerS', colors.outcomes.offered, { dash: '3 3' }],
    ]),
    withBounds(
      boundsOn(LATENCIES, result),
      system(
        'latency',
        'Latency, end to end',
        'Percentiles of the latency of the requests that ended well in each interval. Percentiles are never averaged.',
        'ms',
        [
          ['p50', 'latencyP50Ms', colors.percentiles.p50],
          ['p95', 'latencyP95Ms', colors.percentiles.p95],
          ['p99', 'latencyP99Ms', colors.percentiles.p99],
        ],
      ),
    ),
    ...parts('utilisation', 'Utilisation', 'Busy share of the servers in each interval.', 'share', 'utilisation', mean),
    ...parts('queue', 'Queue length', 'Time-weighted mean number of requests waiting for a server in each interval.', 'requests', 'queue', mean),
    system('in-flight', 'In flight', 'Requests that have arrived and not yet ended, at the end of each interval.', 'requests', [
      ['in flight', 'inFlight', colors.lines[0] ?? colors.text, { fill: true }],
    ]),
    ...parts(
      'instances',
      'Instances up',
      'Instances that were up at the end of each interval, of the parts where their number changes.',
      'instances',
      'instancesUp',
      (column) => (range(column) > 1e-9 ? range(column) : Number.NaN),
    ),
    ...copyCharts(result, timesS, (id) => names.get(id) ?? id, colors),
  ];
}

function copyCharts(result: RunResult, timesS: readonly number[], nameOf: (id: string) => string, colors: PictureColors): readonly SeriesChart[] {
  const { copies, components } = result.series;
  if (copies === undefined) return [];
  const color = (place: number): string => colors.lines[place % colors.lines.length] ?? colors.text;
  const ages: readonly ChartLine[] = [
    { label: 'p50', color: colors.percentiles.p50, column: copies.endToEnd.staleAgeP50Ms },
    { label: 'p99', color: colors.percentiles.p99, column: copies.endToEnd.staleAgeP99Ms },
  ];
  const lags = copies.components.slice(0, MOST_LINES).map(({ id, columns }, place): ChartLine => {
    const own = components.length <= colors.lines.length ? components.findIndex((component) => component.id === id) : place;
    return { label: nameOf(id), color: color(own), column: columns.replicationLagP99Ms };
  });
  const chart = (id: string, title: string, help: string, unit: ChartUnit, lines: readonly ChartLine[], bounds: readonly BoundLine[]): SeriesChart =>
    withBounds(bounds, {
      id,
      title,
      help,
      unit,
      zoomed: unit === 'share',
      log: unit === 'ms' && spansDecades(lines.map(({ column }) => column)),
      timesS,
      lines,
    });
  const charts = [
    chart(
      'stale-share',
      'Stale reads, end to end',
      'Share of the requests with a stale read, of those that ended well in each interval and had read.',
      'share',
      [{ label: 'stale', color: color(3), column: copies.endToEnd.staleShare }],
      boundsOn(STALE_SHARES, result),
    ),
    chart(
      'stale-age',
      'Age of stale reads, end to end',
      'Percentiles of the time since the first write that a stale read did not show had been acknowledged, of the stale reads of each interval.',
      'ms',
      ages,
      boundsOn(STALE_AGES, result),
    ),
    chart(
      'replication-lag',
      'Replication lag, p99',
      '99 of 100 writes that followers applied in each interval had been acknowledged at most this long before.',
      'ms',
      lags,
      [],
    ),
  ];
  // Where nobody writes, or nothing is stale, there is nothing to draw.
  return charts.filter(({ lines }) => lines.some(({ column }) => column.some((value) => value !== null)));
}

/** Places of the parts by their rank in a column, the highest first; those without a rank are left out. */
function rankedParts({ components }: Series, column: ComponentSeriesName, rank: (column: readonly (number | null)[]) => number): readonly number[] {
  return components
    .map((component, index) => ({ index, rank: rank(component.columns[column]) }))
    .filter((entry) => Number.isFinite(entry.rank))
    .sort((one, other) => other.rank - one.rank || one.index - other.index)
    .map(({ index }) => index);
}

/** Axis, warm-up and windows of faults of a finished run. Windows of one fault that touch or overlap are one. */
export function surroundingsOf(result: RunResult): ChartSurroundings {
  const endS = Math.max(result.series.timeMs.at(-1) ?? 0, 1) / 1000;
  const shades = result.faults.flatMap(({ name, windows }) => {
    const merged: { fromS: number; toS: number; name: string }[] = [];
    for (const { beginMs, endMs } of [...windows].sort((one, other) => one.beginMs - other.beginMs)) {
      const shade = { fromS: beginMs / 1000, toS: endMs === null ? endS : endMs / 1000, name };
      const last = merged.at(-1);
      if (last !== undefined && shade.fromS <= last.toS) last.toS = Math.max(last.toS, shade.toS);
      else merged.push(shade);
    }
    return merged;
  });
  return { endS, warmUpS: result.warmUpMs / 1000, shades: shades.sort((one, other) => one.fromS - other.fromS) };
}
