import { copiedComponents } from '../engine/copy-series';
import type { Plan } from '../engine/plan';
import type { SeriesRow } from '../engine/series';
import { allowedShare, boundOf, hasWindows, isAboutReads, type Objective } from '../project/objective';
import { concerns, isClientOf } from '../project/objective-problems';
import type { Design, Project } from '../project/project';
import { createBurnMeter } from './burn-rate';
import { type Reading, type RowPlace, readRow } from './objective-readings';
import { createWindowCutter } from './objective-windows';
import { createRecoveryWatch } from './recovery';
import type { AlertDetail, RunEvent, RunFault } from './result';

/** Watches the objectives of a design while its first replication runs. */
export interface AlertWatch {
  /** Takes the points up to now, of which those that it had before are passed over, and gives what happened in the new ones. */
  take(rows: readonly SeriesRow[], faults: () => readonly RunFault[]): readonly RunEvent[];
  /** Alerts beyond the number that a run keeps. */
  dropped(): number;
}

/** Alerts and their ends that a run keeps. */
const ALERT_LIMIT = 1000;

/** Takes a point of one objective. */
type Rule = (reading: Reading, faults: () => readonly RunFault[], note: Note) => void;
type Note = (atMs: number, over: boolean, detail: Omit<AlertDetail, 'id' | 'name'>) => void;

interface Watched {
  readonly objective: Objective;
  readonly place: RowPlace;
  readonly rule: Rule;
}

/**
 * A watch on the objectives that points over time can break: over windows, error budgets, and times to recover. Null where there is none, so
 * that a run without objectives does nothing. The warm-up is in ns.
 */
export function createAlertWatch(project: Project, design: Design, plan: Plan, warmUp: number): AlertWatch | null {
  const isClient = isClientOf(design);
  const warmUpMs = warmUp / 1e6;
  const watched = project.objectives.flatMap((objective): Watched[] => {
    const { scope } = objective;
    if (!concerns(project, design, objective) || !hasWindows(objective, isClient) || scope.type === 'operation') return [];
    const component = scope.type === 'end-to-end' ? -1 : plan.components.findIndex(({ id }) => id === scope.component);
    const copied = component < 0 ? -1 : copiedComponents(plan).indexOf(component);
    if (scope.type === 'component' && (isAboutReads(objective.demand) ? copied : component) === -1) return [];
    const rule = ruleOf(objective, warmUpMs, plan.duration / 1e6 - warmUpMs);
    return rule === null ? [] : [{ objective, place: { component, copied }, rule }];
  });
  if (watched.length === 0) return null;
  let seen = 0;
  let kept = 0;
  let dropped = 0;
  return {
    take(rows, faults) {
      const events: RunEvent[] = [];
      let known: readonly RunFault[] | null = null;
      const knownFaults = (): readonly RunFault[] => {
        known ??= faults();
        return known;
      };
      for (; seen < rows.length; seen++) {
        const row = rows[seen] as SeriesRow;
        const fromMs = seen === 0 ? 0 : (rows[seen - 1] as SeriesRow).at / 1e6;
        for (const { objective, place, rule } of watched)
          rule(readRow(row, fromMs, place, objective.demand), knownFaults, (atMs, over, detail) => {
            if (kept >= ALERT_LIMIT) {
              dropped++;
              return;
            }
            kept++;
            events.push(eventOf(objective, atMs, over, detail));
          });
      }
      return events;
    },
    dropped: () => dropped,
  };
}

function eventOf({ id, name, scope }: Objective, atMs: number, over: boolean, detail: Omit<AlertDetail, 'id' | 'name'>): RunEvent {
  return {
    atMs,
    type: over ? 'alert-over' : 'alert',
    componentId: scope.type === 'component' ? scope.component : null,
    instance: null,
    linkId: null,
    faultId: null,
    value: detail.value,
    objective: { id, name, ...detail },
  };
}

function ruleOf(objective: Objective, warmUpMs: number, periodMs: number): Rule | null {
  const { demand, windowMs } = objective;
  if (demand.type === 'recovery-time') return recoveryRule(demand, windowMs ?? 0, warmUpMs);
  if (windowMs !== undefined) return windowRule(objective, windowMs, warmUpMs, periodMs);
  const allowed = allowedShare(demand);
  return allowed === null ? null : burnRule(allowed, warmUpMs, periodMs);
}

function windowRule(objective: Objective, windowMs: number, warmUpMs: number, periodMs: number): Rule {
  const { demand } = objective;
  const cutter = createWindowCutter(objective, windowMs, warmUpMs);
  const allowed = allowedShare(demand);
  const meter = allowed === null ? null : createBurnMeter(allowed, warmUpMs, periodMs);
  const { atLeast, limit } = boundOf(demand);
  let alerting = false;
  return (reading, _faults, note) => {
    meter?.add(reading);
    for (const { toMs, value } of cutter.add(reading)) {
      const missed = atLeast ? value < limit : value > limit;
      if (missed !== alerting) note(toMs, !missed, { rule: 'window', value, limit, budgetLeft: meter?.left() ?? null });
      alerting = missed;
    }
  };
}

function burnRule(allowed: number, warmUpMs: number, periodMs: number): Rule {
  const meter = createBurnMeter(allowed, warmUpMs, periodMs);
  const alerting = new Set<string>();
  return (reading, _faults, note) => {
    for (const state of meter.add(reading)) {
      if (state.alerting === alerting.has(state.name)) continue;
      if (state.alerting) alerting.add(state.name);
      else alerting.delete(state.name);
      note(reading.toMs, !state.alerting, { rule: state.name, value: state.burn, limit: state.threshold, budgetLeft: meter.left() });
    }
  };
}

function recoveryRule(demand: Extract<Objective['demand'], { readonly type: 'recovery-time' }>, windowMs: number, warmUpMs: number): Rule {
  const watch = createRecoveryWatch(demand, windowMs, warmUpMs);
  const late = new Set<number>();
  return (reading, faults, note) => {
    watch.add(reading, faults());
    for (const [index, { state, beginMs, recoveredMs }] of watch.recoveries().entries()) {
      if (state === 'recovered' && late.delete(index))
        note(reading.toMs, true, { rule: 'recovery', value: (recoveredMs as number) - beginMs, limit: demand.atMostMs, budgetLeft: null });
      // A window that begins in time may still turn out to be a good one.
      const overdueMs = reading.toMs - Math.max(windowMs, reading.toMs - reading.fromMs) - beginMs;
      if (state !== 'disturbed' || late.has(index) || overdueMs <= demand.atMostMs) continue;
      late.add(index);
      note(reading.toMs, false, { rule: 'recovery', value: reading.toMs - beginMs, limit: demand.atMostMs, budgetLeft: null });
    }
  };
}

/** Happenings of the engine with alerts among them, in the order of time; alerts come after what happened at the same instant. */
export function withAlerts(journal: readonly RunEvent[], alerts: readonly RunEvent[]): readonly RunEvent[] {
  if (alerts.length === 0) return journal;
  const merged: RunEvent[] = [];
  let next = 0;
  for (const event of journal) {
    for (let alert = alerts[next]; alert !== undefined && alert.atMs < event.atMs; alert = alerts[++next]) merged.push(alert);
    merged.push(event);
  }
  return [...merged, ...alerts.slice(next)];
}
