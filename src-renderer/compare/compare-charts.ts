import type { RunResult, SystemSeriesName } from '../../src-shared/run/result';
import { lineColor, type Scheme } from '../charts/chart-colors';
import type { ChartData, ChartUnit } from '../charts/chart-data';
import type { Column } from '../run/series';

/** A part that at least two of the designs have. */
export interface SharedPart {
  readonly id: string;
  readonly name: string;
  /** Highest utilisation that any of the designs measured, 0..1. */
  readonly utilisation: number;
}

/** Parts with a utilisation that several results have, the busiest first. */
export function sharedParts(results: readonly RunResult[]): readonly SharedPart[] {
  const found = new Map<string, { name: string; count: number; utilisation: number }>();
  for (const { components } of results)
    for (const { id, name, metrics } of components) {
      if (metrics.utilisation === undefined) continue;
      const before = found.get(id);
      found.set(id, { name: before?.name ?? name, count: (before?.count ?? 0) + 1, utilisation: Math.max(before?.utilisation ?? 0, metrics.utilisation) });
    }
  return [...found]
    .flatMap(([id, { name, count, utilisation }]) => (count > 1 ? [{ id, name, utilisation }] : []))
    .sort((one, other) => other.utilisation - one.utilisation);
}

interface Overlay {
  readonly id: string;
  readonly title: string;
  readonly help: string;
  readonly unit: ChartUnit;
  readonly means: boolean;
  readonly column: SystemSeriesName;
}

const OVERLAYS: readonly Overlay[] = [
  {
    id: 'throughput',
    title: 'Throughput',
    help: 'Requests per second of simulated time that ended well in each interval.',
    unit: 'req/s',
    means: true,
    column: 'completedPerS',
  },
  ...([50, 95, 99] as const).map(
    (percent): Overlay => ({
      id: `latency-p${percent}`,
      title: `Latency p${percent}`,
      help: `${percent} % of the requests that ended well in an interval took at most this long, end to end.`,
      unit: 'ms',
      means: false,
      column: `latencyP${percent}Ms`,
    }),
  ),
];

/** Charts of all designs over the same simulated time, one line for each design, from their first replications. */
export function overlaidCharts(results: readonly RunResult[], labels: readonly string[], partId: string | null, scheme: Scheme): readonly ChartData[] {
  // A design that a limit ended has fewer points; the others set the axis.
  const longest = results.reduce<readonly number[]>((times, { series }) => (series.timeMs.length > times.length ? series.timeMs : times), []);
  const timesS = longest.map((ms) => ms / 1000);
  const padded = (column: readonly (number | null)[] | undefined): Column => timesS.map((_, index) => column?.[index] ?? null);
  const lines = results.map(({ design }, side) => ({
    key: String(side),
    label: labels[side] ?? design.name,
    color: lineColor(scheme, side),
    dash: sideDash(side),
  }));
  const charts = OVERLAYS.map(
    ({ column, ...overlay }): ChartData => ({
      ...overlay,
      id: `compare-${overlay.id}`,
      help: `${overlay.help} First replication of each design.`,
      lines,
      timesS,
      columns: results.map(({ series }) => padded(series.endToEnd[column])),
    }),
  );
  if (partId === null) return charts;
  const part = results.flatMap(({ components }) => components).find(({ id }) => id === partId);
  const columns = results.map(({ series }) => series.components.find(({ id }) => id === partId)?.columns.utilisation);
  const has = columns.map((column) => column !== undefined);
  return [
    ...charts,
    {
      id: 'compare-utilisation',
      title: `Utilisation of ${part?.name ?? partId}`,
      help: 'Busy share of the servers of this part in each interval. First replication of each design.',
      unit: 'share',
      means: true,
      lines: lines.filter((_, side) => has[side]),
      timesS,
      columns: columns.filter((_, side) => has[side]).map(padded),
    },
  ];
}

/** Dashes tell sides apart without their colours. */
export function sideDash(side: number): readonly number[] {
  return [[], [6, 3], [2, 2], [8, 3, 2, 3]][side] ?? [];
}
