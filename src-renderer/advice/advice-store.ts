import { createStore } from 'zustand/vanilla';
import { type AdviceReport, adviceReport } from '../../src-shared/analysis/advice/advice-report';
import { candidatesFor, readSystem } from '../../src-shared/analysis/advice/advise';
import { judgeExperiment, planExperiment } from '../../src-shared/analysis/advice/experiment';
import type { Project } from '../../src-shared/project/project';
import { problemsOfFault } from '../../src-shared/run/batch';
import type { RunResult } from '../../src-shared/run/result';
import { prepareVariant } from '../../src-shared/run/variants';
import type { BatchJob, BatchOutcome, RunBatch } from '../bridge/batch';
import { modelText } from '../run/model-of';

/** Advice that was found, and of what. */
export interface FoundAdvice {
  readonly report: AdviceReport;
  readonly designId: string;
  /** The model that was looked at, as text, to tell whether it has changed since. */
  readonly model: string;
}

/** State of the search for advice. */
export interface AdviceState {
  readonly running: boolean;
  /** What goes on, in words. */
  readonly stage: string;
  /** Share that is done, 0..1. */
  readonly share: number;
  /** Wall time that is left, in ms, by the pace so far; null as long as there is none to go by. */
  readonly leftMs: number | null;
  /** Replications of every change; null: as many as the project asks for, or as many as it takes to tell an effect from chance. */
  readonly replications: number | null;
  readonly found: FoundAdvice | null;
  /** Why the last search did not come to its end; null where it did. */
  readonly trouble: string | null;
  /** The change that was applied last, and the step of the history that it became. */
  readonly applied: { readonly title: string; readonly step: number } | null;
}

/** What the store needs of its surroundings; tests give others. */
export interface AdviceHost {
  readonly runBatch: RunBatch;
  /** Wall time in ms. */
  readonly now: () => number;
}

const FRESH: AdviceState = { running: false, stage: '', share: 0, leftMs: null, replications: null, found: null, trouble: null, applied: null };

/** Makes the store of advice, for which one search at a time is under way. */
export function createAdviceStore(host: AdviceHost) {
  const store = createStore<AdviceState>()(() => FRESH);
  const { getState, setState } = store;
  let abort: AbortController | null = null;

  /** Looks for advice on a design; `base`: the result of a run of the design as it is, where there is one. */
  const start = async (project: Project, designId: string, base: RunResult | null): Promise<void> => {
    if (getState().running) return;
    const prepared = prepareVariant(project, { label: designId, designId, changes: [] });
    if (!prepared.ok) {
      const [problem] = problemsOfFault(prepared.error).filter(({ severity }) => severity === 'error');
      setState({ trouble: problem === undefined ? 'The design cannot run.' : `The design cannot run: ${problem.message} ${problem.remedy}` });
      return;
    }
    const { design, plan } = prepared.value;
    const own = new AbortController();
    abort = own;
    const over = { running: false, leftMs: null };
    const run = async (from: Project, jobs: readonly BatchJob[], stage: string): Promise<BatchOutcome> => {
      const begun = host.now();
      setState({ running: true, stage, share: 0, leftMs: null, trouble: null });
      return host.runBatch(
        from,
        jobs,
        (share) => {
          if (abort !== own) return;
          const elapsed = host.now() - begun;
          setState({ share, leftMs: share > 0.005 && elapsed > 300 ? (elapsed / share) * (1 - share) : null });
        },
        own.signal,
      );
    };
    /** Ends the search for what a batch did not do; false where it is of nobody's interest any more. */
    const giveUp = (outcome: Exclude<BatchOutcome, { readonly outcome: 'done' }>): void => {
      if (abort !== own) return;
      abort = null;
      const trouble =
        outcome.outcome === 'failed'
          ? `The search broke off: ${outcome.why} Your document is untouched; you can search again at once.`
          : outcome.outcome === 'refused'
            ? `A change cannot run: ${outcome.problems[0]?.message ?? ''}`
            : null;
      setState({ ...over, trouble });
    };
    let seen = base;
    if (seen === null) {
      const outcome = await run(project, [{ designId, changes: [] }], 'Simulating the design');
      if (outcome.outcome !== 'done') {
        giveUp(outcome);
        return;
      }
      seen = outcome.runs[0]?.result ?? null;
      if (abort !== own || seen === null) return;
    }
    const reading = readSystem(project, design, plan, seen);
    const candidates = candidatesFor({ project, design, plan, result: seen, reading });
    const experiment = planExperiment(project, design, candidates, getState().replications);
    const jobs = experiment.variants.map(({ designId: id, changes }) => ({ designId: id, changes }));
    const outcome = await run(experiment.project, jobs, `Trying ${experiment.tries.length} ${experiment.tries.length === 1 ? 'change' : 'changes'}`);
    if (outcome.outcome !== 'done') {
      giveUp(outcome);
      return;
    }
    if (abort !== own) return;
    abort = null;
    const report = adviceReport(seen, reading, experiment, judgeExperiment(experiment, outcome.runs));
    setState({ ...over, share: 1, applied: null, found: { report, designId, model: modelText(project, designId) } });
  };

  return {
    ...store,
    start,
    /** Ends the search under way; what was found before stays on display. */
    cancel: () => abort?.abort(),
    /** Forgets everything, as when another document is opened. */
    reset: () => {
      const before = abort;
      abort = null;
      before?.abort();
      setState({ ...FRESH, replications: getState().replications });
    },
  };
}
export type AdviceStore = ReturnType<typeof createAdviceStore>;
