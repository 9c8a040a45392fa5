import type { SeriesView } from '../run/series';
import { lineColor, lineDash, PERCENTILE_COLORS, type Scheme } from './chart-colors';
import { type ChartData, MOST_LINES } from './chart-data';

/** Ids of the charts of copies of data. */
export const STALE_SHARE_CHART = 'stale-share';
export const STALE_AGE_CHART = 'stale-age';
export const LAG_CHART = 'replication-lag';

const isKnown = (value: number | null): boolean => value !== null;

/** What the charts of copies are about. */
export interface CopyChoice {
  /** Databases that are selected; else end to end. */
  readonly selected: readonly string[];
  readonly nameOf: (id: string) => string;
  /** Place of a component among all, so that it has the same colour in every chart. */
  readonly placeOf: (id: string) => number;
}

/** The selected components that have copies of their data, as far as charts have room. */
export function selectedCopies(series: SeriesView, selection: readonly string[]): readonly string[] {
  return selection.filter((id) => series.copiedIds.includes(id)).slice(0, MOST_LINES);
}

/** Charts of stale reads, their age and the replication lag over simulated time; none where nothing has copies of its data. */
export function copyCharts(series: SeriesView, { selected, nameOf, placeOf }: CopyChoice, scheme: Scheme): readonly ChartData[] {
  if (series.copiedIds.length === 0) return [];
  const timesS = series.timesS();
  const line = (id: string) => ({ key: id, label: nameOf(id), color: lineColor(scheme, placeOf(id)), dash: lineDash(placeOf(id)) });
  const aged = selected[0];
  const lagging = (selected.length > 0 ? selected : series.copiedIds.slice(0, MOST_LINES)).filter((id) =>
    series.copies(id, 'replicationLagP99Ms').some(isKnown),
  );
  const charts: readonly ChartData[] = [
    {
      id: STALE_SHARE_CHART,
      title: 'Stale reads',
      help:
        selected.length > 0
          ? 'Share of the reads answered in each interval that were stale, of the selected databases.'
          : 'Share of the requests with a stale read, of those that ended well in each interval and had read. Select databases to see theirs.',
      unit: 'share',
      means: false,
      zoomed: true,
      lines: selected.length > 0 ? selected.map(line) : [{ key: 'end-to-end', label: 'end to end', color: lineColor(scheme, 3), dash: [] }],
      timesS,
      columns: selected.length > 0 ? selected.map((id) => series.copies(id, 'staleShare')) : [series.staleness('staleShare')],
    },
    {
      id: STALE_AGE_CHART,
      title: aged === undefined ? 'Age of stale reads, end to end' : `Age of stale reads, ${nameOf(aged)}`,
      help: 'Percentiles of the time since the first write that a stale read did not show had been acknowledged, of the stale reads of each interval. Percentiles are never averaged.',
      unit: 'ms',
      means: false,
      lines: [
        { key: 'p50', label: 'p50', color: PERCENTILE_COLORS[scheme].p50, dash: [] },
        { key: 'p99', label: 'p99', color: PERCENTILE_COLORS[scheme].p99, dash: [] },
      ],
      timesS,
      columns: (['staleAgeP50Ms', 'staleAgeP99Ms'] as const).map((name) => (aged === undefined ? series.staleness(name) : series.copies(aged, name))),
    },
    {
      id: LAG_CHART,
      title: 'Replication lag, p99',
      help: '99 of 100 writes that followers applied in each interval had been acknowledged at most this long before.',
      unit: 'ms',
      means: false,
      lines: lagging.map(line),
      timesS,
      columns: lagging.map((id) => series.copies(id, 'replicationLagP99Ms')),
    },
  ];
  // Where nobody writes, or nothing is stale, there is nothing to draw.
  return charts.filter(({ columns }) => columns.some((column) => column.some(isKnown)));
}
