import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Fault } from '../../src-shared/project/fault';
import type { RunEvent } from '../../src-shared/run/result';
import { uiStore } from '../app/ui-store';
import { activeFaults, type FaultWindow, faultWindows } from '../faults/windows';
import { runStore } from './run';
import { isActive, type RunState } from './run-state';

/** What a run has seen of faults. */
export interface RunFaults {
  /** Every fault that the run knows: those of the design that ran, then those injected live. */
  readonly known: ReadonlyMap<string, Fault>;
  readonly windows: readonly FaultWindow[];
  /** Faults under way now, while a run is; none afterwards. */
  readonly active: readonly Fault[];
  /** The same by what they are on. */
  readonly byTarget: ReadonlyMap<string, readonly Fault[]>;
}

const NONE: readonly Fault[] = [];
const NOTHING: RunFaults = { known: new Map(), windows: [], active: [], byTarget: new Map() };

/** Reads the faults of a run from what it noted. */
export function readRunFaults(design: readonly Fault[], injected: readonly Fault[], journal: readonly RunEvent[], running: boolean): RunFaults {
  const known = new Map([...design, ...injected].map((fault) => [fault.id, fault]));
  const windows = faultWindows(journal);
  const active = running ? activeFaults(windows).flatMap((id) => known.get(id) ?? []) : [];
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

function refresh(state: RunState): void {
  if (state.project === null) {
    runFaultsStore.setState(NOTHING);
    return;
  }
  const design = state.project.designs.find(({ id }) => id === state.designId);
  const before = runFaultsStore.getState();
  const next = readRunFaults(design?.faults ?? [], state.injected, state.journal, isActive(state.phase));
  // A target whose faults are the same keeps its list, so that only parts that changed are drawn again.
  const byTarget = new Map(
    [...next.byTarget].map(([id, list]) => {
      const old = before.byTarget.get(id);
      return [id, old !== undefined && old.length === list.length && old.every((fault, index) => fault === list[index]) ? old : list];
    }),
  );
  runFaultsStore.setState({ ...next, byTarget });
}

runStore.subscribe((state, before) => {
  if (
    state.journal !== before.journal ||
    state.injected !== before.injected ||
    state.project !== before.project ||
    isActive(state.phase) !== isActive(before.phase)
  )
    refresh(state);
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
