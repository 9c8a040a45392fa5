import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Fault } from '../../src-shared/project/fault';
import type { RunResult } from '../../src-shared/run/result';
import { uiStore } from '../app/ui-store';
import { activeFaults, type FaultWindow, faultWindows } from '../faults/windows';
import { pastStore } from '../time-travel/past-store';
import { runStore } from './run';
import { isActive, type RunState } from './run-state';

/** What a run has seen of faults. */
export interface RunFaults {
  /** Every fault that the run knows: those of the design that ran, then those injected live. */
  readonly known: ReadonlyMap<string, Fault>;
  readonly windows: readonly FaultWindow[];
  /** Faults under way now, while a run is, or at the instant of the past that is on display; none afterwards. */
  readonly active: readonly Fault[];
  /** The same by what they are on. */
  readonly byTarget: ReadonlyMap<string, readonly Fault[]>;
}

const NONE: readonly Fault[] = [];
const NOTHING: RunFaults = { known: new Map(), windows: [], active: [], byTarget: new Map() };

/** What is read of a run to tell its faults. */
export type FaultSources = Pick<RunState, 'injected' | 'journal' | 'phase' | 'replication' | 'simulatedMs'> & {
  /** Faults of the design that runs. */
  readonly planned: readonly Fault[];
  /** Instant of the past that is on display, in ms; null while it is the present. */
  readonly pastMs?: number | null;
  readonly found: RunResult['faults'] | undefined;
};

/** Whether a fault that happens once is under way by the clock. An injected one without a length lasts until it is cleared. */
function isUnderWay({ timing, disabled }: Fault, injected: boolean, nowMs: number): boolean {
  if (timing.type !== 'once' || disabled === true || nowMs < timing.atMs) return false;
  return timing.lastsMs === 0 ? injected : nowMs < timing.atMs + timing.lastsMs;
}

/** Windows of faults that were injected after the first replication, of which the journal does not tell. */
function injectedWindows(injected: readonly Fault[], told: readonly FaultWindow[]): readonly FaultWindow[] {
  const known = new Set(told.map((window) => window.faultId));
  return injected.flatMap(({ id, timing }) =>
    known.has(id) || timing.type !== 'once'
      ? []
      : [{ faultId: id, instance: null, fromMs: timing.atMs, toMs: timing.lastsMs === 0 ? null : timing.atMs + timing.lastsMs }],
  );
}

/**
 * Reads the faults of a run. In the first replication the journal tells what is under way; in a later one the clock does, for faults
 * that happen at a time of their own.
 */
export function readRunFaults({ planned, injected, journal, phase, replication, simulatedMs, found, pastMs = null }: FaultSources): RunFaults {
  const known = new Map([...planned, ...injected].map((fault) => [fault.id, fault]));
  const told = faultWindows(journal);
  const windows =
    found === undefined
      ? replication === 0
        ? told
        : [...told, ...injectedWindows(injected, told)]
      : found.flatMap(({ id, instance, windows: times }) => times.map(({ beginMs, endMs }) => ({ faultId: id, instance, fromMs: beginMs, toMs: endMs })));
  const later = [...planned.filter((fault) => isUnderWay(fault, false, simulatedMs)), ...injected.filter((fault) => isUnderWay(fault, true, simulatedMs))];
  const passed = pastMs === null ? told : faultWindows(journal.filter(({ atMs }) => atMs <= pastMs));
  const active =
    !isActive(phase) && pastMs === null ? NONE : replication === 0 || pastMs !== null ? activeFaults(passed).flatMap((id) => known.get(id) ?? []) : later;
  const byTarget = new Map<string, Fault[]>();
  for (const fault of active) {
    const list = byTarget.get(fault.target);
    if (list === undefined) byTarget.set(fault.target, [fault]);
    else list.push(fault);
  }
  return { known, windows, active, byTarget };
}

/** Faults of the run under way or the last one. */
export const runFaultsStore = createStore<RunFaults>()(() => NOTHING);

function sameList<T>(one: readonly T[] | undefined, other: readonly T[]): one is readonly T[] {
  return one !== undefined && one.length === other.length && one.every((entry, index) => entry === other[index]);
}

/** `onlyActive`: nothing else may differ, so that charts and timeline are not drawn again. */
function refresh(state: RunState, onlyActive = false): void {
  if (state.project === null) {
    runFaultsStore.setState(NOTHING);
    return;
  }
  const planned = state.project.designs.find(({ id }) => id === state.designId)?.faults ?? NONE;
  const before = runFaultsStore.getState();
  const next = readRunFaults({ ...state, planned, found: state.result?.faults, pastMs: pastStore.getState().place?.ms ?? null });
  // A target whose faults are the same keeps its list, so that only parts that changed are drawn again.
  const byTarget = new Map([...next.byTarget].map(([id, list]) => [id, sameList(before.byTarget.get(id), list) ? (before.byTarget.get(id) ?? list) : list]));
  const whole = onlyActive ? before : next;
  runFaultsStore.setState({ ...whole, active: sameList(before.active, next.active) ? before.active : next.active, byTarget });
}

/** Whether what a run tells of its faults may have changed: in later replications with every step of the clock. */
function mayDiffer(state: RunState, before: RunState): boolean {
  return (
    state.journal !== before.journal ||
    state.injected !== before.injected ||
    state.project !== before.project ||
    state.result !== before.result ||
    state.replication !== before.replication ||
    isActive(state.phase) !== isActive(before.phase) ||
    (state.replication > 0 && state.simulatedMs !== before.simulatedMs && runFaultsStore.getState().known.size > 0)
  );
}

runStore.subscribe((state, before) => {
  if (mayDiffer(state, before)) refresh(state);
});

pastStore.subscribe((state, before) => {
  if (state.place !== before.place) refresh(runStore.getState(), true);
});

/** Faults that are under way on a component or link; none while another design is on display. */
export function useActiveFaultsOn(targetId: string): readonly Fault[] {
  const visible = useStore(uiStore, (state) => state.activeDesignId === runStore.getState().designId);
  const faults = useStore(runFaultsStore, (state) => state.byTarget.get(targetId) ?? NONE);
  return visible ? faults : NONE;
}

/** Selects from the faults of the run in a component. */
export function useRunFaults<T>(selector: (state: RunFaults) => T): T {
  return useStore(runFaultsStore, selector);
}
