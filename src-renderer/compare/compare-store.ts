import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { type ComparedRun, type Comparison, compareRuns } from '../../src-shared/analysis/compare';
import type { Problem } from '../../src-shared/base/problem';
import type { Design, Project } from '../../src-shared/project/project';
import type { RunResult } from '../../src-shared/run/result';
import type { RunBatch } from '../bridge/batch';
import { type Candidate, type Choice, chosenCandidates, modelOfCandidate } from './candidates';

/** Replications where the project asks for fewer than two: one of each design tells nothing of chance. */
export const USUAL_REPLICATIONS = 10;

/** What was found, and of what. */
export interface FoundComparison {
  readonly comparison: Comparison;
  /** Results by side, in the order of the comparison. */
  readonly results: readonly RunResult[];
  /** Of each side the key of its candidate and its model as text, to tell whether it has changed since. */
  readonly models: readonly { readonly key: string; readonly text: string }[];
}

/** Why the last comparison did not come to its end. */
export interface ComparisonTrouble {
  readonly title: string;
  readonly lines: readonly string[];
}

/** State of the page that compares designs. */
export interface CompareState extends Choice {
  /** Null: as many as the project asks for. */
  readonly replications: number | null;
  readonly running: boolean;
  /** Share of the comparison under way that is done, 0..1. */
  readonly share: number;
  /** Wall time that is left, in ms, by the pace so far; null as long as there is none to go by. */
  readonly leftMs: number | null;
  readonly found: FoundComparison | null;
  readonly trouble: ComparisonTrouble | null;
}

/** What the store needs of its surroundings; tests give others. */
export interface CompareHost {
  readonly runBatch: RunBatch;
  /** Wall time in ms. */
  readonly now: () => number;
}

const FRESH: CompareState = {
  chosen: null,
  baselineKey: null,
  replications: null,
  running: false,
  share: 0,
  leftMs: null,
  found: null,
  trouble: null,
};

/** How often each of the designs is run. */
export function replicationsOf({ settings }: Project, { replications }: Pick<CompareState, 'replications'>): number {
  return replications ?? (settings.replications < 2 ? USUAL_REPLICATIONS : settings.replications);
}

/** Text of the parts of a problem, with the name of what it belongs to. */
export function problemLine({ label, design }: { readonly label: string; readonly design: Design }, { recordId, message, remedy }: Problem): string {
  const name = [...design.components, ...design.faults].find(({ id }) => id === recordId)?.name;
  return `${label}${name === undefined ? '' : `, ${name}`}: ${message} ${remedy}`;
}

/** Makes the store of comparisons, of which one at a time is under way. */
export function createCompareStore(host: CompareHost) {
  const store = createStore<CompareState>()(() => FRESH);
  const { getState, setState } = store;
  let abort: AbortController | null = null;

  const start = async (project: Project, candidates: readonly Candidate[]): Promise<void> => {
    if (getState().running) return;
    const sides = chosenCandidates(candidates, getState());
    const replications = replicationsOf(project, getState());
    const settled = (from: Project): Project => ({ ...from, settings: { ...from.settings, replications } });
    const changed = settled(project);
    const own = new AbortController();
    abort = own;
    const begun = host.now();
    setState({ running: true, share: 0, leftMs: null, trouble: null });
    const onProgress = (share: number): void => {
      const elapsed = host.now() - begun;
      setState({ share, leftMs: share > 0.005 && elapsed > 300 ? (elapsed / share) * (1 - share) : null });
    };
    const outcome = await host.runBatch(
      changed,
      sides.map((side) => ({ designId: side.design.id, changes: side.changes, ...(side.project !== project && { project: settled(side.project) }) })),
      onProgress,
      own.signal,
    );
    // Another document has been opened meanwhile: this is of nobody's interest any more.
    if (abort !== own) return;
    abort = null;
    const over = { running: false, leftMs: null };
    switch (outcome.outcome) {
      case 'cancelled':
        setState(over);
        return;
      case 'failed':
        setState({
          ...over,
          trouble: { title: 'The comparison broke off', lines: [outcome.why, 'Your document is untouched; you can compare again at once.'] },
        });
        return;
      case 'refused': {
        const side = sides[outcome.job];
        const errors = outcome.problems.filter(({ severity }) => severity === 'error');
        setState({
          ...over,
          trouble: { title: 'A design cannot run', lines: side === undefined ? [] : errors.map((problem) => problemLine(side, problem)) },
        });
        return;
      }
      case 'done': {
        const runs = outcome.runs.map(
          ({ result, samples }, side): ComparedRun => ({
            label: sides[side]?.label ?? result.design.name,
            changes: sides[side]?.changes ?? [],
            result,
            samples,
          }),
        );
        const models = sides.map((side) => ({ key: side.key, text: modelOfCandidate(side, replications) }));
        setState({ ...over, share: 1, found: { comparison: compareRuns(runs), results: runs.map(({ result }) => result), models } });
      }
    }
  };

  return {
    ...store,
    start,
    /** Ends the comparison under way; the one before stays on display. */
    cancel: () => abort?.abort(),
    /** Forgets everything, as when another document is opened. */
    reset: () => {
      const before = abort;
      abort = null;
      before?.abort();
      setState(FRESH);
    },
  };
}
export type CompareStore = ReturnType<typeof createCompareStore>;

/** Whether the model of a side is another one by now, or the side is gone. */
export function isStale(candidates: readonly Candidate[], { models, comparison }: FoundComparison): boolean {
  return models.some(({ key, text }) => {
    const side = candidates.find((candidate) => candidate.key === key);
    return side === undefined || modelOfCandidate(side, comparison.settings.replications) !== text;
  });
}

/** Selects from a store of comparisons in a component. */
export function useCompareState<T>(store: CompareStore, selector: (state: CompareState) => T): T {
  return useStore(store, selector);
}
