import { boundText, demandTitle, demandValue } from '../../src-shared/analysis/objective-text';
import { allowedShare, type Demand, isAboutReads, type Objective } from '../../src-shared/project/objective';
import type { ObjectiveVerdict, RunEvent } from '../../src-shared/run/result';
import { lineColor, type Scheme } from '../charts/chart-colors';
import type { ChartBound, ChartData } from '../charts/chart-data';
import { STALE_AGE_CHART, STALE_SHARE_CHART } from '../charts/copy-charts';
import type { Column, SeriesView } from '../run/series';

type Span = ChartBound['missed'][number];

/** The times in which an objective was missed or alerted: of the result where there is one, else by the alerts so far. `nowS` ends what is not over. */
export function missedSpans(objective: Objective, journal: readonly RunEvent[], verdict: ObjectiveVerdict | undefined, nowS: number): readonly Span[] {
  if (verdict?.windows != null) return verdict.windows.missed.map(({ fromMs, toMs }) => ({ fromS: fromMs / 1000, toS: toMs / 1000 }));
  // A window is told of at its end.
  const shiftS = objective.demand.type === 'recovery-time' ? 0 : (objective.windowMs ?? 0) / 1000;
  const spans: Span[] = [];
  const open = new Map<string, number>();
  for (const { atMs, type, objective: about } of journal) {
    if (about === undefined || about.id !== objective.id) continue;
    if (type === 'alert') open.set(about.rule, atMs / 1000 - shiftS);
    else {
      const fromS = open.get(about.rule);
      if (fromS !== undefined) spans.push({ fromS, toS: atMs / 1000 - shiftS });
      open.delete(about.rule);
    }
  }
  for (const fromS of open.values()) spans.push({ fromS, toS: Math.max(fromS, nowS) });
  return spans;
}

/** What the bounds of objectives in charts are made from. */
export interface BoundSources {
  /** Objectives of the design that runs. */
  readonly objectives: readonly Objective[];
  readonly journal: readonly RunEvent[];
  readonly verdicts: readonly ObjectiveVerdict[];
  readonly nowS: number;
  /** Databases that the charts of stale reads are about; else they are end to end. */
  readonly copied: readonly string[];
}

const CHART_HELP = 'Dashed: bounds of objectives; thick along the bottom: when they were missed.';

function withBounds(chart: ChartData, bounds: readonly ChartBound[]): ChartData {
  return bounds.length === 0 ? chart : { ...chart, help: `${chart.help} ${CHART_HELP}`, bounds };
}

/** What a value bounds in a chart, in words: `p95 ≤ 200 ms`, `Error share ≤ 1 %`. */
function boundWords(demand: Demand, value: number): string {
  if (demand.type === 'latency' || demand.type === 'staleness') return `p${demand.percentile} ≤ ${demandValue(demand, value)}`;
  const share: Demand = { type: demand.type === 'stale-share' ? demand.type : 'error-share', atMost: value };
  return `${demandTitle(share)} ${boundText(share)}`;
}

function boundOfChart(objective: Objective, value: number, { journal, verdicts, nowS }: BoundSources): ChartBound {
  const { id, name, demand } = objective;
  return {
    id,
    value,
    label: `${name}: ${boundWords(demand, value)}`,
    missed: missedSpans(
      objective,
      journal,
      verdicts.find((verdict) => verdict.id === id),
      nowS,
    ),
  };
}

/** Failed requests as a share of those that ended in each point; null where none ended. */
function errorColumn(completed: Column, failed: Column): Column {
  return completed.map((good, index) => {
    const bad = failed[index] ?? 0;
    const ended = (good ?? 0) + bad;
    return ended > 0 ? bad / ended : null;
  });
}

/** The chart of error shares, of everything that an objective bounds it for; undefined without such an objective. */
function errorChart(series: SeriesView, sources: BoundSources, nameOf: (id: string) => string, scheme: Scheme): ChartData | undefined {
  const bounded = sources.objectives.flatMap((objective) => {
    const { demand, scope } = objective;
    const allowed = demand.type === 'recovery-time' ? demand.errorShare : isAboutReads(demand) ? null : allowedShare(demand);
    if (allowed === null || scope.type === 'operation') return [];
    const subject = scope.type === 'end-to-end' ? '' : scope.component;
    return subject === '' || series.componentIds.includes(subject) ? [{ objective, subject, allowed }] : [];
  });
  if (bounded.length === 0) return undefined;
  const subjects = [...new Set(bounded.map(({ subject }) => subject))];
  return withBounds(
    {
      id: 'errors',
      title: 'Error share',
      help: 'Failed requests as a share of those that ended in each interval.',
      unit: 'share',
      means: false,
      zoomed: true,
      lines: subjects.map((subject, place) => ({
        key: subject === '' ? 'end-to-end' : subject,
        label: subject === '' ? 'end to end' : nameOf(subject),
        color: lineColor(scheme, place + 4),
        dash: [],
      })),
      timesS: series.timesS(),
      columns: subjects.map((subject) =>
        subject === ''
          ? errorColumn(series.system('completedPerS'), series.system('failedPerS'))
          : errorColumn(series.component(subject, 'completedPerS'), series.component(subject, 'failedPerS')),
      ),
    },
    bounded.map(({ objective, allowed }) => boundOfChart(objective, allowed, sources)),
  );
}

/** The charts with the bounds of objectives in them, and a chart of error shares where objectives bound those. */
export function boundedCharts(
  charts: readonly ChartData[],
  series: SeriesView,
  sources: BoundSources,
  nameOf: (id: string) => string,
  scheme: Scheme,
): readonly ChartData[] {
  if (sources.objectives.length === 0) return charts;
  const errors = errorChart(series, sources, nameOf, scheme);
  const bounded = charts.map((chart) => withBounds(chart, boundsOf(chart.id, sources)));
  if (errors === undefined) return bounded;
  const place = bounded.findIndex(({ id }) => id === 'throughput') + 1;
  return [...bounded.slice(0, place), errors, ...bounded.slice(place)];
}

/** The bounds of objectives on what a chart shows, other than that of error shares. */
function boundsOf(chartId: string, sources: BoundSources): readonly ChartBound[] {
  const { objectives, copied } = sources;
  const isShown = ({ scope }: Objective, databases: readonly string[]): boolean =>
    databases.length === 0 ? scope.type === 'end-to-end' : scope.type === 'component' && databases.includes(scope.component);
  return objectives.flatMap((objective) => {
    const { demand } = objective;
    if (chartId === 'latency' && demand.type === 'latency' && isShown(objective, [])) return [boundOfChart(objective, demand.atMostMs, sources)];
    if (chartId === STALE_SHARE_CHART && demand.type === 'stale-share' && isShown(objective, copied)) return [boundOfChart(objective, demand.atMost, sources)];
    if (chartId === STALE_AGE_CHART && demand.type === 'staleness' && isShown(objective, copied.slice(0, 1)))
      return [boundOfChart(objective, demand.atMostMs, sources)];
    return [];
  });
}
