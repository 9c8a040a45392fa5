import { notifications } from '@mantine/notifications';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Fault } from '../../src-shared/project/fault';
import type { Project } from '../../src-shared/project/project';
import type { RunResult, RunSamples } from '../../src-shared/run/result';
import { showDesign } from '../app/ui-store';
import { addFrozenDesign } from '../document/commands/variants';
import { documentStore } from '../document/document-store';
import { freshName } from '../document/ids';
import { runStore } from '../run/run';
import type { FrozenDesign } from './candidates';

/** A pinned run: what it was made of, and what it found. */
export interface Baseline extends FrozenDesign {
  readonly result: RunResult;
  readonly samples: RunSamples;
}

interface BaselinesState {
  readonly baselines: readonly Baseline[];
  /** Id of the one that the summary compares with; null: none. */
  readonly shownId: string | null;
}

/** Most baselines that are kept at once: each holds its whole result. */
export const MOST_BASELINES = 6;

/** Pinned runs of the open document, for as long as it is open. */
export const baselinesStore = createStore<BaselinesState>()(() => ({ baselines: [], shownId: null }));

/** Selects from the baselines in a component; the selector must give a stable value. */
export function useBaselines<T>(selector: (state: BaselinesState) => T): T {
  return useStore(baselinesStore, selector);
}

let pinned = 0;

/**
 * The project of a run in which the faults that were injected by hand stand in the design, as if they had been planned: a run of it gives
 * the same numbers again. A fault that was never cleared lasts to the end.
 */
export function withInjected(project: Project, designId: string, injected: readonly Fault[]): Project {
  if (injected.length === 0) return project;
  const settled = injected.map((fault): Fault => {
    const { timing } = fault;
    return timing.type === 'once' && timing.lastsMs === 0 && fault.effect.type !== 'resize'
      ? { ...fault, timing: { ...timing, lastsMs: Math.max(1, project.settings.durationMs - timing.atMs) } }
      : fault;
  });
  return { ...project, designs: project.designs.map((design) => (design.id === designId ? { ...design, faults: [...design.faults, ...settled] } : design)) };
}

/** Whether the last run can be pinned: it has a result, and is not pinned already. */
export function canPin(): boolean {
  const { result } = runStore.getState();
  const { baselines } = baselinesStore.getState();
  return result !== null && baselines.length < MOST_BASELINES && !baselines.some((baseline) => baseline.result === result);
}

/** Keeps the last run as a baseline that later runs are compared with. */
export function pinBaseline(): void {
  const { result, samples, project, designId, injected } = runStore.getState();
  if (!canPin() || result === null || samples === null || project === null || designId === null) return;
  const { baselines } = baselinesStore.getState();
  const id = `baseline-${++pinned}`;
  const name = freshName(`${result.design.name}, pinned`, new Set(baselines.map((baseline) => baseline.name)));
  baselinesStore.setState({
    baselines: [...baselines, { id, name, project: withInjected(project, designId, injected), designId, result, samples }],
    shownId: id,
  });
  notifications.show({
    color: 'green',
    title: 'Pinned as baseline',
    message: 'The summary of later runs shows the differences to it. It is kept while this project is open; “Keep as design” saves it with the project.',
  });
}

/** Forgets a baseline. */
export function unpinBaseline(id: string): void {
  const { baselines, shownId } = baselinesStore.getState();
  const left = baselines.filter((baseline) => baseline.id !== id);
  baselinesStore.setState({ baselines: left, shownId: shownId === id ? (left.at(-1)?.id ?? null) : shownId });
}

/** Gives a baseline another name. An empty one changes nothing. */
export function renameBaseline(id: string, name: string): void {
  const trimmed = name.trim().slice(0, 120);
  if (trimmed === '') return;
  baselinesStore.setState(({ baselines }) => ({ baselines: baselines.map((baseline) => (baseline.id === id ? { ...baseline, name: trimmed } : baseline)) }));
}

/** Puts the design of a baseline into the project, so that it is saved with it. */
export function keepBaseline({ project, designId, name }: FrozenDesign): void {
  const id = addFrozenDesign(project, designId, name);
  if (id === undefined) {
    notifications.show({ color: 'yellow', title: 'Not kept', message: 'The project has no room for another design.' });
    return;
  }
  showDesign(id);
  notifications.show({ color: 'green', title: 'Kept as design', message: `“${name}” is a design of the project now and is saved with it.` });
}

documentStore.subscribe((state, before) => {
  if (state.documentNumber !== before.documentNumber) baselinesStore.setState({ baselines: [], shownId: null });
});
