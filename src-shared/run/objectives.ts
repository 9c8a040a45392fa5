import type { MetricName } from '../engine/metrics';
import { allowedShare, boundOf, hasWindows, isAboutCopies, isAboutLoss, isAboutReads, type Objective } from '../project/objective';
import { concerns, isClientOf } from '../project/objective-problems';
import type { Design, Project } from '../project/project';
import { createBurnMeter } from './burn-rate';
import { readSeries } from './objective-readings';
import { createWindowCutter } from './objective-windows';
import { createRecoveryWatch, type Recovery } from './recovery';
import { type BurnRule, type Measured, MISSED_WINDOWS, type ObjectiveVerdict, type ObjectiveWindow, type RunFault, type RunResult } from './result';

/** What is judged: a metric of a result, in the unit of the demand, with the value that it has where it is absent. */
interface Judged {
  readonly metric: MetricName;
  /** Availability of requests is what the error share leaves. */
  readonly complement: boolean;
  /** What an absent metric means: nothing could change it. */
  readonly absent: number | null;
}

type Judgeable = Omit<RunResult, 'objectives' | 'findings'>;

/** Judges the objectives of a project that concern a design by the result of its run. `faults`: those that the points of the result had. */
export function judgeObjectives(project: Project, design: Design, result: Judgeable, faults = result.faults): readonly ObjectiveVerdict[] {
  return project.objectives.filter((objective) => isMeant(project, design, objective)).map((objective) => judge(design, objective, result, faults));
}

/** An objective for this design, or for all designs: also where what it is about does not exist anywhere, so that nobody takes silence for success. */
function isMeant(project: Project, design: Design, objective: Objective): boolean {
  if (concerns(project, design, objective)) return true;
  return objective.design === design.id || (objective.design === undefined && !project.designs.some((other) => concerns(project, other, objective)));
}

function judge(design: Design, objective: Objective, result: Judgeable, faults: readonly RunFault[]): ObjectiveVerdict {
  if (objective.demand.type === 'recovery-time') return judgeRecovery(objective, objective.demand, result, faults);
  const isClient = isClientOf(design);
  const judged = judgedBy(objective, isClient);
  const { atLeast, limit } = boundOf(objective.demand);
  const measured = measuredOf(objective, result);
  const raw = measured?.metrics[judged.metric];
  // Where there were reads, and none was stale, there is no age to tell of: nothing was missed for any time.
  const absent = objective.demand.type === 'staleness' && measured?.metrics.staleShare === 0 ? 0 : judged.absent;
  const value = measured === undefined ? null : raw === undefined ? absent : judged.complement ? 1 - raw : raw;
  const halfWidth = value === null ? null : (measured?.halfWidths?.[judged.metric] ?? null);
  const lengthMs = objective.windowMs ?? 0;
  const windowed = lengthMs > 0 && hasWindows(objective, isClient);
  const cutter = createWindowCutter(objective, lengthMs, result.warmUpMs);
  const values = windowed ? readSeries(result.series, objective).flatMap((reading) => cutter.add(reading)) : [];
  const windows = windowed ? judgeWindows(objective, values, lengthMs, atLeast, limit) : null;
  // With windows, the value that decides is that of the worst window that must still meet the objective.
  const deciding = windows === null ? value : windows.decidingValue;
  const meets = deciding === null ? null : atLeast ? deciding >= limit : deciding <= limit;
  const base: ObjectiveVerdict = {
    ...aboutOf(objective),
    measure: judged.complement || judged.metric === 'availability' ? 'availability' : judged.metric,
    demand: atLeast ? 'at-least' : 'at-most',
    limit,
    value,
    halfWidth,
    // A run that had to be ended has not shown the rest: what it missed it missed, what it met it might have missed yet.
    verdict: meets === null || (meets && result.ended === 'limit') ? 'unknown' : meets ? 'pass' : 'fail',
    margin: deciding === null ? null : marginOf(deciding, atLeast, limit),
    // What meets the bound at the end of its interval meets it for sure.
    sure: windows !== null || value === null || halfWidth === null ? null : meets ? Math.abs(value - limit) >= halfWidth : Math.abs(value - limit) > halfWidth,
    windows,
    budget: budgetOf(objective, judged, value, values, hasWindows(objective, isClient) ? burnRules(objective, result) : []),
    recovery: null,
    reason: '',
  };
  if (meets === null) return { ...base, reason: reasonOf(objective, measured, windowed) };
  return base.verdict === 'unknown' ? { ...base, reason: 'A limit of the simulator ended the run.' } : base;
}

/** What an objective is about, as verdicts tell it. */
function aboutOf({ id, name, scope }: Objective): Pick<ObjectiveVerdict, 'id' | 'name' | 'scope' | 'subject' | 'operation'> {
  return {
    id,
    name,
    scope: scope.type,
    subject: scope.type === 'end-to-end' ? '' : scope.component,
    operation: scope.type === 'operation' ? scope.operation : null,
  };
}

/** The slowest recovery decides. One that the run did not see the end of took at least until then. */
function judgeRecovery(
  objective: Objective,
  demand: Extract<Objective['demand'], { readonly type: 'recovery-time' }>,
  result: Judgeable,
  faults: readonly RunFault[],
): ObjectiveVerdict {
  const watch = createRecoveryWatch(demand, objective.windowMs ?? 0, result.warmUpMs);
  for (const reading of readSeries(result.series, objective)) watch.add(reading, faults);
  const found = watch.recoveries();
  const took = ({ state, beginMs, recoveredMs }: Recovery): number => (state === 'calm' ? 0 : (recoveredMs ?? watch.nowMs()) - beginMs);
  const disturbed = found.filter(({ state }) => state !== 'calm');
  const open = disturbed.filter(({ recoveredMs }) => recoveredMs === null);
  const worst = disturbed.reduce<Recovery | null>((most, each) => (most === null || took(each) > took(most) ? each : most), null);
  const value = found.length === 0 ? null : worst === null ? 0 : took(worst);
  const limit = demand.atMostMs;
  const late = value !== null && value > limit;
  const unknown = value === null || (!late && (open.length > 0 || result.ended === 'limit'));
  return {
    ...aboutOf(objective),
    measure: 'recoveryTimeMs',
    demand: 'at-most',
    limit,
    value,
    halfWidth: null,
    verdict: unknown ? 'unknown' : late ? 'fail' : 'pass',
    margin: value === null ? null : marginOf(value, false, limit),
    sure: null,
    windows: null,
    budget: null,
    recovery: {
      faults: found.length,
      disturbed: disturbed.length,
      notRecovered: open.length,
      worst: worst === null ? null : { faultId: worst.faultId, beginMs: worst.beginMs, recoveredMs: worst.recoveredMs },
    },
    reason: !unknown
      ? ''
      : value === null
        ? 'No fault began in the measured part of the run.'
        : open.length > 0
          ? 'The run ended before the service had recovered.'
          : 'A limit of the simulator ended the run.',
  };
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
    case 'stale-share':
      return { metric: 'staleShare', complement: false, absent: null };
    case 'staleness':
      return { metric: demand.percentile === 50 ? 'staleAgeP50Ms' : 'staleAgeP99Ms', complement: false, absent: null };
    case 'recovery-point':
      return { metric: 'recoveryPointMs', complement: false, absent: null };
    case 'lost-writes':
      return { metric: 'lostWrites', complement: false, absent: null };
    case 'recovery-time':
      throw new Error('Invariant broken: a time to recover is judged by itself');
  }
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
  if (isAboutLoss(demand.type)) return 'Nothing that it is about has copies of its data.';
  if (isAboutCopies(demand) && measured.metrics.staleShare === undefined) return 'No read of a database with copies was answered.';
  if (windowed && isAboutReads(demand)) return 'The run has no whole window in which a read was answered.';
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
function budgetOf(
  { demand }: Objective,
  judged: Judged,
  value: number | null,
  values: readonly ObjectiveWindow[],
  rules: readonly BurnRule[],
): ObjectiveVerdict['budget'] {
  const allowed = allowedShare(demand);
  if (value === null || allowed === null) return null;
  const missing = (share: number): number => (demand.type === 'availability' ? 1 - share : share) / allowed;
  return {
    allowed,
    spent: missing(value),
    worstBurn: judged.metric === 'availability' || values.length === 0 ? null : Math.max(...values.map((window) => missing(window.value))),
    rules,
  };
}

/** What the alerts by burn rate would have said and did say. */
function burnRules(objective: Objective, { series, warmUpMs, settings }: Judgeable): readonly BurnRule[] {
  const allowed = allowedShare(objective.demand);
  if (allowed === null) return [];
  const meter = createBurnMeter(allowed, warmUpMs, settings.durationMs - warmUpMs);
  for (const reading of readSeries(series, objective)) meter.add(reading);
  return meter.rules();
}

function judgeWindows(
  objective: Objective,
  values: readonly ObjectiveWindow[],
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
    missed: values.filter(({ value }) => !(atLeast ? value >= limit : value <= limit)).slice(0, MISSED_WINDOWS),
  };
}
