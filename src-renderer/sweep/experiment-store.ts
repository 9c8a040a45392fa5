import { createStore } from 'zustand/vanilla';
import { executeSearch, finishSearch, planSearch, type SearchPlan } from '../../src-shared/analysis/search-plan';
import type { SearchCandidate } from '../../src-shared/analysis/search-result';
import { executeSweep, planSweep, problemSentence, type SweepPlan } from '../../src-shared/analysis/sweep-plan';
import { type SweepPointResult, sweepPointOf } from '../../src-shared/analysis/sweep-result';
import type { Project } from '../../src-shared/project/project';
import type { Search } from '../../src-shared/project/search';
import type { Sweep } from '../../src-shared/project/sweep';
import { pointVariant, type SweepPoint } from '../../src-shared/project/sweep-points';
import { problemsOfFault } from '../../src-shared/run/batch';
import { ENGINE_VERSION } from '../../src-shared/run/combine';
import type { VariantRun } from '../../src-shared/run/variants';
import { prepareVariant, type VariantFault } from '../../src-shared/run/variants';
import type { RunVariants } from '../bridge/replications';
import { experimentModel } from './experiment-model';

/** What a sweep has found so far. */
export interface FoundSweep {
  readonly plan: SweepPlan;
  /** In the order in which they came. */
  readonly points: readonly SweepPointResult[];
  /** Whether these are all of them. */
  readonly complete: boolean;
  /** What the numbers depend on, as text, to tell whether it has changed since. */
  readonly model: string;
}

/** What a search has found so far. */
export interface FoundSearch {
  readonly plan: SearchPlan;
  readonly candidates: readonly SearchCandidate[];
  readonly complete: boolean;
  readonly model: string;
}

/** Why an experiment did not come to its end. */
export interface ExperimentTrouble {
  readonly id: string;
  readonly title: string;
  readonly lines: readonly string[];
}

/** State of the sweeps and searches of the window, of which one at a time is under way. */
export interface ExperimentState {
  readonly sweepId: string | null;
  readonly searchId: string | null;
  /** Record that is under way, and what is done with it at present. */
  readonly running: { readonly type: 'sweep' | 'search'; readonly id: string; readonly phase: string } | null;
  /** Share of the present phase that is done, 0..1. */
  readonly share: number;
  /** Wall time that is left of it, in ms, by the pace so far; null as long as there is none to go by. */
  readonly leftMs: number | null;
  readonly sweeps: Readonly<Record<string, FoundSweep>>;
  readonly searches: Readonly<Record<string, FoundSearch>>;
  readonly trouble: ExperimentTrouble | null;
}

/** What the store needs of its surroundings; tests give others. */
export interface ExperimentHost {
  readonly runVariants: RunVariants;
  /** Wall time in ms. */
  readonly now: () => number;
}

const FRESH: ExperimentState = { sweepId: null, searchId: null, running: null, share: 0, leftMs: null, sweeps: {}, searches: {}, trouble: null };

/** Results are shown at most this often while they come, in ms. */
const SHOW_EVERY = 150;

/** A setting that cannot run. */
class Refusal extends Error {
  constructor(readonly fault: VariantFault) {
    super(fault.variant.label);
  }
}

/** Makes the store of sweeps and searches. */
export function createExperimentStore(host: ExperimentHost) {
  const store = createStore<ExperimentState>()(() => FRESH);
  const { getState, setState } = store;
  let abort: AbortController | null = null;

  /** Runs settings of an experiment, with progress. */
  const runner = (plan: SweepPlan | SearchPlan, type: 'sweep' | 'search', id: string, own: AbortController) => {
    const axes = 'sweep' in plan ? plan.sweep : plan.search;
    return async (points: readonly SweepPoint[], phase: string, onRun: (run: VariantRun, place: number) => void): Promise<void> => {
      const begun = host.now();
      setState({ running: { type, id, phase }, share: 0, leftMs: null });
      const variants = points.map(({ values }) => pointVariant(axes, values, plan.changes));
      const prepare = (index: number) => {
        const prepared = prepareVariant(plan.project, variants[index] ?? { label: '', designId: '', changes: [] });
        if (!prepared.ok) throw new Refusal(prepared.error);
        return prepared.value;
      };
      await host.runVariants(plan.project, variants, prepare, {
        signal: own.signal,
        onRun,
        onProgress: (share) => {
          if (abort !== own) return;
          const elapsed = host.now() - begun;
          setState({ share, leftMs: share > 0.005 && elapsed > 300 ? (elapsed / share) * (1 - share) : null });
        },
      });
    };
  };

  /** Does a task of which one at a time is under way; tells the user what ends it early. */
  const attempt = async (id: string, task: (own: AbortController) => Promise<void>): Promise<void> => {
    if (getState().running !== null) return;
    const own = new AbortController();
    abort = own;
    setState({ trouble: null });
    let trouble: ExperimentTrouble | null = null;
    try {
      await task(own);
    } catch (error) {
      if (!own.signal.aborted) trouble = { id, ...describeTrouble(error) };
    }
    // Another document has been opened meanwhile: this is of nobody's interest any more.
    if (abort !== own) return;
    abort = null;
    setState({ running: null, leftMs: null, trouble });
  };

  /** Shows results as they come, but not more often than anybody can read. */
  const gatherer = <T>(own: AbortController, show: (all: readonly T[]) => void) => {
    const all: T[] = [];
    let shown = Number.NEGATIVE_INFINITY;
    return {
      add(one: T): void {
        all.push(one);
        if (abort !== own || host.now() - shown < SHOW_EVERY) return;
        shown = host.now();
        show([...all]);
      },
      rest: () => show([...all]),
    };
  };

  return {
    ...store,
    startSweep: (project: Project, sweep: Sweep): Promise<void> =>
      attempt(sweep.id, async (own) => {
        const planned = planSweep(project, sweep, { engineVersion: ENGINE_VERSION });
        if (!planned.ok) throw new Error(planned.error);
        const plan = planned.value;
        const model = experimentModel(project, sweep);
        const show = (points: readonly SweepPointResult[], complete = false): void =>
          setState((state) => ({ sweeps: { ...state.sweeps, [sweep.id]: { plan, points, complete, model } } }));
        const points = gatherer<SweepPointResult>(own, show);
        const run = runner(plan, 'sweep', sweep.id, own);
        try {
          show(
            await executeSweep(
              plan,
              (some, onPoint, refining) =>
                run(some, refining ? 'Refining near the knee' : `Running ${some.length} points`, ({ result }, place) => {
                  const point = some[place];
                  if (point !== undefined) onPoint(sweepPointOf(point.index, point.values, result));
                }),
              points.add,
            ),
            true,
          );
        } catch (error) {
          if (abort === own) points.rest();
          throw error;
        }
      }),
    startSearch: (project: Project, search: Search): Promise<void> =>
      attempt(search.id, async (own) => {
        const planned = planSearch(project, search, { engineVersion: ENGINE_VERSION });
        if (!planned.ok) throw new Error(planned.error);
        const plan = planned.value;
        const model = experimentModel(project, search);
        const show = (candidates: readonly SearchCandidate[], complete = false): void =>
          setState((state) => ({ searches: { ...state.searches, [search.id]: { plan, candidates, complete, model } } }));
        const candidates = gatherer<SearchCandidate>(own, show);
        const run = runner(plan, 'search', search.id, own);
        try {
          const found = await executeSearch(
            plan,
            (some, onResult) =>
              run(some, `Simulating ${some.length} of ${plan.points.length} settings`, ({ result, prepared }, place) => onResult(place, result, prepared.plan)),
            candidates.add,
          );
          show(found.candidates, true);
        } catch (error) {
          if (abort === own) candidates.rest();
          throw error;
        }
      }),
    /** Ends what is under way; what it has found so far stays on display. */
    cancel: () => abort?.abort(),
    /** Forgets everything, as when another document is opened. */
    reset: () => {
      const before = abort;
      abort = null;
      before?.abort();
      setState(FRESH, true);
    },
  };
}
export type ExperimentStore = ReturnType<typeof createExperimentStore>;

/** The result of a search, also of one that is not complete. */
export function searchResultOf({ plan, candidates }: FoundSearch) {
  return finishSearch(plan, candidates);
}

function describeTrouble(error: unknown): Omit<ExperimentTrouble, 'id'> {
  if (!(error instanceof Refusal))
    return {
      title: 'It broke off',
      lines: [
        error instanceof Error ? error.message : String(error),
        'Your document is untouched, and the points so far are kept; you can run it again at once.',
      ],
    };
  const { fault } = error;
  const design = fault.kind === 'problems' ? fault.project.designs.find(({ id }) => id === fault.variant.designId) : undefined;
  return {
    title: `A setting cannot run: ${fault.variant.label}`,
    lines: problemsOfFault(fault)
      .filter(({ severity }) => severity === 'error')
      .map((problem) => problemSentence(design ?? { components: [], faults: [] }, problem)),
  };
}
