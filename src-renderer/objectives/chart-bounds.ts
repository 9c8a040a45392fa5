import { demandTitle, demandValue } from '../../src-shared/analysis/objective-text';
import { allowedFailures, type Objective } from '../../src-shared/project/objective';
import type { ObjectiveVerdict, RunEvent } from '../../src-shared/run/result';
import { lineColor, type Scheme } from '../charts/chart-colors';
import type { ChartBound, ChartData } from '../charts/chart-data';
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
}

const CHART_HELP = 'Dashed: bounds of objectives; thick along the bottom: when they were missed.';

function withBounds(chart: ChartData, bounds: readonly ChartBound[]): ChartData {
  return bounds.length === 0 ? chart : { ...chart, help: `${chart.help} ${CHART_HELP}`, bounds };
}

function boundOfChart(objective: Objective, value: number, { journal, verdicts, nowS }: BoundSources): ChartBound {
  const { id, name, demand } = objective;
  return {
    id,
    value,
    label: `${name}: ${demand.type === 'latency' ? `p${demand.percentile}` : demandTitle({ type: 'error-share', atMost: value })} ≤ ${demand.type === 'latency' ? demandValue(demand, value) : demandValue({ type: 'error-share', atMost: value }, value)}`,
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
    const allowed = demand.type === 'recovery-time' ? demand.errorShare : allowedFailures(demand);
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
  const latency = sources.objectives.flatMap((objective) => {
    const { demand, scope } = objective;
    return demand.type === 'latency' && scope.type === 'end-to-end' ? [boundOfChart(objective, demand.atMostMs, sources)] : [];
  });
  const errors = errorChart(series, sources, nameOf, scheme);
  const bounded = charts.map((chart) => (chart.id === 'latency' ? withBounds(chart, latency) : chart));
  if (errors === undefined) return bounded;
  const place = bounded.findIndex(({ id }) => id === 'throughput') + 1;
  return [...bounded.slice(0, place), errors, ...bounded.slice(place)];
}
