import type { LinkSeriesName } from '../../src-shared/run/result';
import type { SeriesView } from '../run/series';
import { lineColor, lineDash, type Scheme } from './chart-colors';
import type { ChartData } from './chart-data';

/** Links whose lines a chart has room for. */
const MOST_LINKS = 8;

interface LinkChart {
  readonly id: string;
  readonly title: string;
  readonly help: string;
  readonly unit: ChartData['unit'];
  readonly column: LinkSeriesName;
  /** Whether a point is a mean over its interval. */
  readonly means: boolean;
}

const CHARTS: readonly LinkChart[] = [
  {
    id: 'link-calls',
    title: 'Requests on links',
    help: 'Requests put on the link per second in each interval, repeated ones too. Of the selected links.',
    unit: 'req/s',
    column: 'callsPerS',
    means: true,
  },
  {
    id: 'link-network',
    title: 'Network time',
    help: 'Mean time of one message on the wire in each interval, requests and replies: waiting for bandwidth, sending and travelling. Of the selected links.',
    unit: 'ms',
    column: 'networkMeanMs',
    means: false,
  },
  {
    id: 'link-transit',
    title: 'In transit',
    help: 'Messages on the wire or waiting for it at the end of each interval, requests and replies. Of the selected links.',
    unit: 'messages',
    column: 'inTransit',
    means: false,
  },
  {
    id: 'link-utilisation',
    title: 'Bandwidth used',
    help: 'Busy share of the busier of the two transmitters in each interval. Of the selected links that have a bandwidth.',
    unit: 'share',
    column: 'utilisation',
    means: true,
  },
];

/** Charts of the selected links over simulated time; none where no link is selected. `nameOf` names a link. */
export function linkCharts(series: SeriesView, selection: readonly string[], nameOf: (id: string) => string, scheme: Scheme): readonly ChartData[] {
  const links = selection.filter((id) => series.linkIds.includes(id)).slice(0, MOST_LINKS);
  return CHARTS.flatMap(({ id, title, help, unit, column, means }) => {
    const shown = links
      .map((link, place) => ({ link, place, values: series.link(link, column) }))
      .filter(({ values }) => values.some((value) => value !== null));
    if (shown.length === 0) return [];
    return [
      {
        id,
        title,
        help,
        unit,
        means,
        lines: shown.map(({ link, place }) => ({ key: link, label: nameOf(link), color: lineColor(scheme, place), dash: lineDash(place) })),
        timesS: series.timesS(),
        columns: shown.map(({ values }) => values),
      },
    ];
  });
}
