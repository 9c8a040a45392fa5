import type { ChartUnit } from '../../src-shared/analysis/chart-text';
import type { ComponentSeriesName, RunEvent, SystemSeriesName } from '../../src-shared/run/result';
import type { Column, SeriesView } from '../run/series';
import { lineColor, lineDash, OUTCOME_COLORS, PERCENTILE_COLORS, type Scheme } from './chart-colors';

export type { ChartUnit } from '../../src-shared/analysis/chart-text';

/** One line of a chart. */
export interface Line {
  readonly key: string;
  readonly label: string;
  readonly color: string;
  readonly dash: readonly number[];
  /** Fills the area below. */
  readonly fill?: boolean;
}

/** The bound of an objective in a chart. */
export interface ChartBound {
  /** Id of the objective. */
  readonly id: string;
  /** In the unit of the chart. */
  readonly value: number;
  readonly label: string;
  /** Times in which it was missed, in s. */
  readonly missed: readonly { readonly fromS: number; readonly toS: number }[];
}

/** A chart with its numbers: one column for each line. */
export interface ChartData {
  readonly id: string;
  readonly title: string;
  /** Tells what the chart shows, for the tooltip and for screen readers. */
  readonly help: string;
  readonly unit: ChartUnit;
  /** Whether a point is a mean over its interval, so that the mean of several points is one over all of them. Never true of percentiles. */
  readonly means: boolean;
  readonly lines: readonly Line[];
  readonly timesS: readonly number[];
  readonly columns: readonly Column[];
  /** Bounds of objectives, drawn over the lines. */
  readonly bounds?: readonly ChartBound[];
  /** The axis of a share ends above its highest value and not at 100 %. */
  readonly zoomed?: boolean;
}

/** What was offered lies behind what was completed, and shows through it. */
const OFFERED_DASH = [3, 3];

/** Lines in charts of several parts. */
export const MOST_LINES = 5;

interface SystemChart {
  readonly id: string;
  readonly title: string;
  readonly help: string;
  readonly unit: ChartUnit;
  readonly means: boolean;
  readonly lines: (scheme: Scheme) => readonly (Line & { readonly column: SystemSeriesName })[];
}

const SYSTEM_CHARTS = {
  latency: {
    id: 'latency',
    title: 'Latency, end to end',
    help: 'Percentiles of the latency of the requests that ended well in each interval. Percentiles are never averaged.',
    unit: 'ms',
    means: false,
    lines: (scheme) => [
      { key: 'p50', label: 'p50', column: 'latencyP50Ms', color: PERCENTILE_COLORS[scheme].p50, dash: [] },
      { key: 'p95', label: 'p95', column: 'latencyP95Ms', color: PERCENTILE_COLORS[scheme].p95, dash: [] },
      { key: 'p99', label: 'p99', column: 'latencyP99Ms', color: PERCENTILE_COLORS[scheme].p99, dash: [] },
    ],
  },
  throughput: {
    id: 'throughput',
    title: 'Throughput by outcome',
    help: 'Requests per second of simulated time: those that arrived, ended well and failed in each interval.',
    unit: 'req/s',
    means: true,
    lines: (scheme) => [
      { key: 'completed', label: 'completed', column: 'completedPerS', color: OUTCOME_COLORS[scheme].completed, dash: [], fill: true },
      { key: 'failed', label: 'failed', column: 'failedPerS', color: OUTCOME_COLORS[scheme].failed, dash: [] },
      { key: 'offered', label: 'offered', column: 'offeredPerS', color: OUTCOME_COLORS[scheme].offered, dash: OFFERED_DASH },
    ],
  },
  inFlight: {
    id: 'in-flight',
    title: 'In flight',
    help: 'Requests that have arrived and not yet ended, at the end of each interval.',
    unit: 'requests',
    means: false,
    lines: (scheme) => [{ key: 'inFlight', label: 'in flight', column: 'inFlight', color: lineColor(scheme, 0), dash: [], fill: true }],
  },
} as const satisfies Record<string, SystemChart>;

function systemChart(chart: SystemChart, series: SeriesView, timesS: readonly number[], scheme: Scheme): ChartData {
  const lines = chart.lines(scheme);
  return {
    id: chart.id,
    title: chart.title,
    help: chart.help,
    unit: chart.unit,
    means: chart.means,
    lines,
    timesS,
    columns: lines.map((line) => series.system(line.column)),
  };
}

/** Ids of the components with the highest of these numbers, in the order of the design; those without one are never among them. */
function highest(series: SeriesView, numbers: Float64Array, most: number): readonly string[] {
  const ranked = [...numbers.keys()]
    .filter((place) => !Number.isNaN(numbers[place]))
    .sort((one, other) => (numbers[other] ?? 0) - (numbers[one] ?? 0))
    .slice(0, most)
    .sort((one, other) => one - other);
  return ranked.map((place) => series.componentIds[place] ?? '');
}

/** Ids of the components with the highest recent values of a column, over the last quarter of the points, in the order of the design. */
export function topComponents(series: SeriesView, name: ComponentSeriesName, most = MOST_LINES): readonly string[] {
  const sums = new Float64Array(series.componentIds.length);
  const counts = new Float64Array(series.componentIds.length);
  series.visitComponents(name, Math.floor(series.length * 0.75), (place, value) => {
    sums[place] = (sums[place] ?? 0) + value;
    counts[place] = (counts[place] ?? 0) + 1;
  });
  // Without a number there the mean is none: 0 / 0.
  return highest(
    series,
    sums.map((sum, place) => sum / (counts[place] ?? 0)),
    most,
  );
}

/** Ids of the components whose column changes over time, those that change most first chosen, in the order of the design. */
export function changingComponents(series: SeriesView, name: ComponentSeriesName, most = MOST_LINES): readonly string[] {
  const low = new Float64Array(series.componentIds.length).fill(Number.POSITIVE_INFINITY);
  const high = new Float64Array(series.componentIds.length).fill(Number.NEGATIVE_INFINITY);
  series.visitComponents(name, 0, (place, value) => {
    if (value < (low[place] ?? 0)) low[place] = value;
    if (value > (high[place] ?? 0)) high[place] = value;
  });
  return highest(
    series,
    high.map((value, place) => (value - (low[place] ?? 0) > 1e-9 ? value - (low[place] ?? 0) : Number.NaN)),
    most,
  );
}

/** What a chart of several parts shows: those selected, or the leading ones. */
export interface ComponentChoice {
  readonly ids: readonly string[];
  readonly selected: boolean;
  readonly nameOf: (id: string) => string;
  /** Place of a component among all, so that it has the same colour in every chart. */
  readonly placeOf: (id: string) => number;
}

function componentChart(
  id: string,
  title: string,
  help: string,
  unit: ChartUnit,
  column: ComponentSeriesName,
  series: SeriesView,
  timesS: readonly number[],
  choice: ComponentChoice,
  scheme: Scheme,
): ChartData {
  return {
    id,
    title,
    help: `${help} ${choice.selected ? 'Of the selected parts.' : `Of the ${MOST_LINES} parts with the highest values; select parts to see others.`}`,
    unit,
    means: true,
    lines: choice.ids.map((component) => ({
      key: component,
      label: choice.nameOf(component),
      color: lineColor(scheme, choice.placeOf(component)),
      dash: lineDash(choice.placeOf(component)),
    })),
    timesS,
    columns: choice.ids.map((component) => series.component(component, column)),
  };
}

/** Instances that a scaler decided for, at the end of each interval: null before its first decision. */
export function wantedColumn(timesS: readonly number[], journal: readonly RunEvent[], componentId: string): Column {
  const decisions = journal.filter((event) => event.type === 'scaling-decision' && event.componentId === componentId && typeof event.value === 'number');
  let next = 0;
  let wanted: number | null = null;
  return timesS.map((at) => {
    for (let event = decisions[next]; event !== undefined && event.atMs / 1000 <= at; event = decisions[++next]) wanted = event.value as number;
    return wanted;
  });
}

/** Instances that are up, and as a dashed line how many the scaler wants. */
function instancesChart(series: SeriesView, timesS: readonly number[], choice: ComponentChoice, journal: readonly RunEvent[], scheme: Scheme): ChartData {
  const chart = componentChart('instances', 'Instances up', '', 'instances', 'instancesUp', series, timesS, choice, scheme);
  const scaled = choice.ids.filter((id) => journal.some((event) => event.type === 'scaling-decision' && event.componentId === id));
  return {
    ...chart,
    means: false,
    help: `Instances that were up at the end of each interval${scaled.length > 0 ? '; dashed: how many the autoscaler had decided for' : ''}. ${choice.selected ? 'Of the selected parts.' : 'Of the parts whose instances come and go.'}`,
    lines: [
      ...chart.lines,
      ...scaled.map((id) => ({ key: `${id}/wanted`, label: `${choice.nameOf(id)} wanted`, color: lineColor(scheme, choice.placeOf(id)), dash: [3, 3] })),
    ],
    columns: [...chart.columns, ...scaled.map((id) => wantedColumn(timesS, journal, id))],
  };
}

/** What the charts of parts show. */
export interface ChartChoices {
  readonly utilisation: ComponentChoice;
  readonly queue: ComponentChoice;
  /** Parts whose instances come and go; without any there is no such chart. */
  readonly instances: ComponentChoice;
  /** Parts whose servers change otherwise than with their instances. */
  readonly servers: ComponentChoice;
}

/** All charts over simulated time, with their numbers. */
export function chartsOf(
  series: SeriesView,
  { utilisation, queue, instances, servers }: ChartChoices,
  journal: readonly RunEvent[],
  scheme: Scheme,
): readonly ChartData[] {
  const timesS = series.timesS();
  return [
    systemChart(SYSTEM_CHARTS.latency, series, timesS, scheme),
    systemChart(SYSTEM_CHARTS.throughput, series, timesS, scheme),
    componentChart('utilisation', 'Utilisation', 'Busy share of the servers in each interval.', 'share', 'utilisation', series, timesS, utilisation, scheme),
    componentChart(
      'queue',
      'Queue length',
      'Time-weighted mean number of requests waiting for a server in each interval.',
      'requests',
      'queue',
      series,
      timesS,
      queue,
      scheme,
    ),
    systemChart(SYSTEM_CHARTS.inFlight, series, timesS, scheme),
    ...(instances.ids.length > 0 ? [instancesChart(series, timesS, instances, journal, scheme)] : []),
    ...(servers.ids.length > 0
      ? [
          componentChart(
            'servers',
            'Servers',
            'Mean number of servers that could serve in each interval.',
            'servers',
            'servers',
            series,
            timesS,
            servers,
            scheme,
          ),
        ]
      : []),
  ];
}
