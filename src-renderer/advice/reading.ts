import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { readSystem } from '../../src-shared/analysis/advice/advise';
import type { SystemReading } from '../../src-shared/analysis/advice/candidate';
import type { Resource } from '../../src-shared/analysis/resources';
import { compile } from '../../src-shared/compile/compile';
import type { Project } from '../../src-shared/project/project';
import type { RunResult } from '../../src-shared/run/result';
import { runStore } from '../run/run';
import { type MarkOf, markOf } from './mark-of';

/** What the last result of the window says of the design that ran; null as long as there is none. */
export interface ReadingState {
  readonly reading: SystemReading | null;
  readonly result: RunResult | null;
  readonly designId: string | null;
}

const NONE: ReadingState = { reading: null, result: null, designId: null };

/** Reads a result with the project that it is of; null where the design cannot be compiled, or nothing was measured. */
export function readingOf(project: Project, designId: string, result: RunResult): SystemReading | null {
  const design = project.designs.find(({ id }) => id === designId);
  const plan = compile(project, designId);
  // A run that was stopped within its warm-up has no window that could be read.
  if (design === undefined || !plan.ok || !(result.simulatedMs > result.warmUpMs)) return null;
  return readSystem(project, design, plan.value, result);
}

/** The reading of the last result: made once for the page and for the mark on the canvas. */
export const readingStore = createStore<ReadingState>()(() => NONE);

runStore.subscribe(({ result, project, designId }, before) => {
  if (result === before.result) return;
  if (result === null || project === null || designId === null) {
    if (readingStore.getState() !== NONE) readingStore.setState(NONE, true);
    return;
  }
  // The numbers of the run are drawn first.
  setTimeout(() => {
    if (runStore.getState().result === result) readingStore.setState({ reading: readingOf(project, designId, result), result, designId });
  }, 0);
});

/** The reading of the last result, in a component. */
export function useReading(): ReadingState {
  return useStore(readingStore);
}

/** How a part or link is marked on the canvas after the last run. */
export function useBottleneckMark(designId: string, record: Resource['record'], recordId: string): MarkOf {
  return useStore(readingStore, (state) => (state.designId === designId ? markOf(state.reading?.bottleneck, record, recordId) : null));
}

/** What the mark says on hovering. */
export function bottleneckWords(): string {
  return readingStore.getState().reading?.bottleneck.sentence ?? '';
}
