import type { MetricName } from '../engine/metrics';
import { hasWindows, type Objective } from '../project/objective';
import { concerns, isClientOf } from '../project/objective-problems';
import type { Design, Project } from '../project/project';
import type { Measured, ObjectiveVerdict, RunResult, Series } from './result';

/** What is judged: a metric of a result, in the unit of the demand, with the value that it has where it is absent. */
interface Judged {
  readonly metric: MetricName;
  /** Availability of requests is what the error share leaves. */
  readonly complement: boolean;
  /** What an absent metric means: nothing could change it. */
  readonly absent: number | null;
}

/** Judges the objectives of a project that concern a design by the result of its run. */
export function judgeObjectives(project: Project, design: Design, result: Omit<RunResult, 'objectives' | 'findings'>): readonly ObjectiveVerdict[] {
  return project.objectives.filter((objective) => isMeant(project, design, objective)).map((objective) => judge(design, objective, result));
}

/** An objective for this design, or for all designs: also where what it is about does not exist anywhere, so that nobody takes silence for success. */
function isMeant(project: Project, design: Design, objective: Objective): boolean {
  if (concerns(project, design, objective)) return true;
  return objective.design === design.id || (objective.design === undefined && !project.designs.some((other) => concerns(project, other, objective)));
}

function judge(design: Design, objective: Objective, result: Omit<RunResult, 'objectives' | 'findings'>): ObjectiveVerdict {
  const isClient = isClientOf(design);
  const judged = judgedBy(objective, isClient);
  const { atLeast, limit } = limitOf(objective);
  const measured = measuredOf(objective, result);
  const raw = measured?.metrics[judged.metric];
  const value = measured === undefined ? null : raw === undefined ? judged.absent : judged.complement ? 1 - raw : raw;
  const halfWidth = value === null ? null : (measured?.halfWidths?.[judged.metric] ?? null);
  const lengthMs = objective.windowMs ?? 0;
  const windowed = lengthMs > 0 && hasWindows(objective, isClient);
  const values = windowed ? windowValues(objective, result.series, result.warmUpMs, lengthMs) : [];
  const windows = windowed ? judgeWindows(objective, values, lengthMs, atLeast, limit) : null;
  // With windows, the value that decides is that of the worst window that must still meet the objective.
  const deciding = windows === null ? value : windows.decidingValue;
  const meets = deciding === null ? null : atLeast ? deciding >= limit : deciding <= limit;
  const base: ObjectiveVerdict = {
    id: objective.id,
    name: objective.name,
    scope: objective.scope.type,
    subject: objective.scope.type === 'end-to-end' ? '' : objective.scope.component,
    operation: objective.scope.type === 'operation' ? objective.scope.operation : null,
    measure: judged.complement || judged.metric === 'availability' ? 'availability' : judged.metric,
    demand: atLeast ? 'at-least' : 'at-most',
    limit,
    value,
    halfWidth,
    // A run that had to be ended has not shown the rest: what it missed it missed, what it met it might have missed yet.
    verdict: meets === null || (meets && result.ended === 'limit') ? 'unknown' : meets ? 'pass' : 'fail',
    margin: deciding === null ? null : marginOf(deciding, atLeast, limit),
    sure: windows !== null || value === null || halfWidth === null ? null : Math.abs(value - limit) > halfWidth,
    windows,
    budget: budgetOf(objective, judged, value, values),
    reason: '',
  };
  if (meets === null) return { ...base, reason: reasonOf(objective, measured, windowed) };
  return base.verdict === 'unknown' ? { ...base, reason: 'A limit of the simulator ended the run.' } : base;
}

function judgedBy({ scope, demand }: Objective, isClient: (id: string) => boolean): Judged {
  switch (demand.type) {
    case 'latency': {
      const metric = ({ 50: 'latencyP50Ms', 95: 'latencyP95Ms', 99: 'latencyP99Ms', 99.9: 'latencyP999Ms' } as const)[demand.percentile];
      return { metric, complement: false, absent: null };
    }
    case 'availability':
      // Where neither faults nor scaling can take a component away its availability is not told: it is 1.
      if (scope.type === 'component' && !isClient(scope.component)) return { metric: 'availability', complement: false, absent: 1 };
      return { metric: 'failureShare', complement: true, absent: null };
    case 'error-share':
      return { metric: 'failureShare', complement: false, absent: null };
    case 'cost-per-hour':
      return { metric: 'costPerHour', complement: false, absent: null };
    case 'cost-per-million':
      return { metric: 'costPerMillion', complement: false, absent: null };
  }
}

function limitOf({ demand }: Objective): { readonly atLeast: boolean; readonly limit: number } {
  if (demand.type === 'availability') return { atLeast: true, limit: demand.atLeast };
  return { atLeast: false, limit: demand.type === 'latency' ? demand.atMostMs : demand.atMost };
}

function measuredOf({ scope }: Objective, result: Pick<RunResult, 'endToEnd' | 'operations' | 'components'>): Measured | undefined {
  switch (scope.type) {
    case 'end-to-end':
      return result.endToEnd;
    case 'operation':
      return result.operations.find((row) => row.clientId === scope.component && row.operation === scope.operation);
    case 'component':
      return result.components.find((row) => row.id === scope.component);
  }
}

function reasonOf({ demand }: Objective, measured: Measured | undefined, windowed: boolean): string {
  if (measured === undefined) return 'The design has not what it is about.';
  if (windowed) return 'The run has no whole window in which a request ended.';
  if (demand.type === 'cost-per-hour' || demand.type === 'cost-per-million')
    return measured.metrics.costPerHour === undefined ? 'Nothing that it is about has a price: choose machines.' : 'No request ended well.';
  return demand.type === 'latency' ? 'No request ended well.' : 'No request ended.';
}

/** Share of the limit that is left; negative where it is exceeded; null where the limit leaves nothing to be a share of. For a lower limit: of what it allows to be missing. */
function marginOf(value: number, atLeast: boolean, limit: number): number | null {
  const [used, allowed] = atLeast ? [1 - value, 1 - limit] : [value, limit];
  return allowed > 0 ? 1 - used / allowed : null;
}

/**
 * The error budget of an objective about shares: what may go wrong, how much of it the run has used (1: all of it), and the worst burn rate
 * of a window (1: the budget lasts exactly). B. Beyer and others, The Site Reliability Workbook, 2018, chapter 5.
 */
function budgetOf({ demand }: Objective, judged: Judged, value: number | null, values: readonly WindowValue[]): ObjectiveVerdict['budget'] {
  if (value === null || (demand.type !== 'availability' && demand.type !== 'error-share')) return null;
  const allowed = demand.type === 'availability' ? 1 - demand.atLeast : demand.atMost;
  if (!(allowed > 0)) return null;
  const missing = (share: number): number => (demand.type === 'availability' ? 1 - share : share) / allowed;
  return {
    allowed,
    spent: missing(value),
    worstBurn: judged.metric === 'availability' || values.length === 0 ? null : Math.max(...values.map((window) => missing(window.value))),
  };
}

interface WindowValue {
  readonly fromMs: number;
  readonly toMs: number;
  readonly value: number;
}

/**
 * The value of each whole window after the warm-up, from the points of the first replication; windows in which nothing ended are left out.
 * Shares are exact. The percentile of a window is taken as the largest of its points, which the true one never exceeds.
 */
function windowValues({ scope, demand }: Objective, series: Series, warmUpMs: number, lengthMs: number): WindowValue[] {
  const columns = scope.type === 'end-to-end' ? series.endToEnd : series.components.find(({ id }) => id === scope.component)?.columns;
  if (columns === undefined) return [];
  const percentiles = demand.type === 'latency' ? latencyColumn(series, demand.percentile) : null;
  // Ends of points are sums of doubles.
  const slack = lengthMs * 1e-9;
  const { timeMs } = series;
  const end = timeMs[timeMs.length - 1] ?? 0;
  const errorsOnly = demand.type !== 'availability';
  let point = timeMs.findIndex((_, index) => startOf(series, index) >= warmUpMs - slack);
  if (point === -1 || lengthMs < (timeMs[0] ?? 0) - slack) return [];
  const begin = startOf(series, point);
  const found: WindowValue[] = [];
  for (let window = 0; begin + (window + 1) * lengthMs <= end + slack; window++) {
    const fromMs = begin + window * lengthMs;
    const toMs = fromMs + lengthMs;
    let completed = 0;
    let failed = 0;
    let slowest = -Infinity;
    for (; point < timeMs.length && (timeMs[point] as number) <= toMs + slack; point++) {
      const lasted = (timeMs[point] as number) - startOf(series, point);
      completed += (columns.completedPerS[point] ?? 0) * lasted;
      failed += (columns.failedPerS[point] ?? 0) * lasted;
      slowest = Math.max(slowest, percentiles?.[point] ?? -Infinity);
    }
    if (percentiles !== null) {
      if (slowest > -Infinity) found.push({ fromMs, toMs, value: slowest });
    } else if (completed + failed > 0) {
      const errors = failed / (completed + failed);
      found.push({ fromMs, toMs, value: errorsOnly ? errors : 1 - errors });
    }
  }
  return found;
}

function startOf(series: Series, point: number): number {
  return point === 0 ? 0 : (series.timeMs[point - 1] as number);
}

function latencyColumn({ endToEnd }: Series, percentile: 50 | 95 | 99 | 99.9): readonly (number | null)[] {
  return percentile === 50 ? endToEnd.latencyP50Ms : percentile === 95 ? endToEnd.latencyP95Ms : endToEnd.latencyP99Ms;
}

function judgeWindows(
  objective: Objective,
  values: readonly WindowValue[],
  lengthMs: number,
  atLeast: boolean,
  limit: number,
): NonNullable<ObjectiveVerdict['windows']> {
  const demandedShare = objective.windowShare ?? 1;
  const worstFirst = [...values].sort((a, b) => (atLeast ? a.value - b.value : b.value - a.value));
  // Of n windows this many may miss; a share like 0.9 of 10 is not exact in binary.
  const mayMiss = Math.min(values.length - 1, Math.floor(values.length * (1 - demandedShare) + 1e-9));
  return {
    lengthMs,
    judged: values.length,
    met: values.filter(({ value }) => (atLeast ? value >= limit : value <= limit)).length,
    demandedShare,
    decidingValue: worstFirst[mayMiss]?.value ?? null,
    worst: worstFirst[0] ?? null,
  };
}
