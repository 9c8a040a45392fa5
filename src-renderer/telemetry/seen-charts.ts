import { lineColor, OUTCOME_COLORS, PERCENTILE_COLORS, type Scheme } from '../charts/chart-colors';
import type { ChartData } from '../charts/chart-data';
import type { SeriesView } from '../run/series';

/** What is seen is drawn over what is true. */
const SEEN_DASH = [4, 3];

/**
 * The link to a collector whose part the charts tell of: of the selected records the first that is one, has one or is a collector,
 * else the first of all. Null without any.
 */
export function chartedLink(series: SeriesView, selection: readonly string[]): SeriesView['telemetryLinks'][number] | null {
  for (const id of selection) {
    const found = series.telemetryLinks.find(({ linkId, componentId, collectorId }) => id === linkId || id === componentId || id === collectorId);
    if (found !== undefined) return found;
  }
  return series.telemetryLinks[0] ?? null;
}

/** Charts of what a collector shows of one part beside the truth; none where no part reports. */
export function seenCharts(series: SeriesView, selection: readonly string[], nameOf: (id: string) => string, scheme: Scheme): readonly ChartData[] {
  const link = chartedLink(series, selection);
  if (link === null) return [];
  const timesS = series.timesS();
  const part = nameOf(link.componentId);
  const by = `by ${nameOf(link.collectorId)}${series.telemetryLinks.length > 1 ? '. Select a part, a collector or the link between them to see another' : ''}.`;
  const truth = OUTCOME_COLORS[scheme].completed;
  return [
    {
      id: 'seen-throughput',
      title: `${part} seen: throughput`,
      help: `Requests per second that ended well at the part, and what the latest reports said of them, ${by}`,
      unit: 'req/s',
      means: true,
      lines: [
        { key: 'true', label: 'true', color: truth, dash: [], fill: true },
        { key: 'seen', label: 'seen', color: lineColor(scheme, 1), dash: SEEN_DASH },
      ],
      timesS,
      columns: [series.component(link.componentId, 'completedPerS'), series.telemetry(link.linkId, 'seenPerS')],
    },
    {
      id: 'seen-p99',
      title: `${part} seen: p99`,
      help: `99th percentile of the latency at the part over the latest interval of the collector: of all requests, and of the spans that had been processed, ${by}`,
      unit: 'ms',
      means: false,
      lines: [
        { key: 'true', label: 'true p99', color: PERCENTILE_COLORS[scheme].p50, dash: [] },
        { key: 'seen', label: 'seen p99', color: PERCENTILE_COLORS[scheme].p99, dash: SEEN_DASH },
      ],
      timesS,
      columns: [series.telemetry(link.linkId, 'trueP99Ms'), series.telemetry(link.linkId, 'seenP99Ms')],
    },
    {
      id: 'seen-age',
      title: `${part} seen: age`,
      help: `Age of the newest report of the part that had been processed, ${by}`,
      unit: 'ms',
      means: false,
      lines: [{ key: 'age', label: 'age', color: lineColor(scheme, 2), dash: [] }],
      timesS,
      columns: [series.telemetry(link.linkId, 'ageMs')],
    },
  ];
}
