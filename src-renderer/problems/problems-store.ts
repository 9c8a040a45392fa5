import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Problem } from '../../src-shared/base/problem';
import { designProblems } from '../../src-shared/project/problems';
import { activeDesign, uiStore } from '../app/ui-store';
import { documentStore } from '../document/document-store';

interface ProblemsState {
  /** Problems of the design that is shown. */
  readonly problems: readonly Problem[];
  /** The same by id of the record they belong to; those of the design as a whole under the empty id. */
  readonly byRecord: ReadonlyMap<string, readonly Problem[]>;
}

/** Problems of the active design, a moment after each change of the document. */
export const problemsStore = createStore<ProblemsState>()(() => ({ problems: [], byRecord: new Map() }));

/** Long enough that typing does not check at every key, short enough to seem at once. */
const DELAY_MS = 120;
const NONE: readonly Problem[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;

function sameProblems(one: readonly Problem[], other: readonly Problem[]): boolean {
  return one.length === other.length && JSON.stringify(one) === JSON.stringify(other);
}

/** Checks the active design now. */
export function refreshProblems(): void {
  clearTimeout(timer);
  timer = undefined;
  const problems = designProblems(documentStore.getState().project, uiStore.getState().activeDesignId);
  const before = problemsStore.getState();
  if (sameProblems(problems, before.problems)) return;
  const byRecord = new Map<string, Problem[]>();
  const add = (id: string, problem: Problem): void => {
    const list = byRecord.get(id);
    if (list === undefined) byRecord.set(id, [problem]);
    else list.push(problem);
  };
  const faults = new Map(activeDesign()?.faults.map((fault) => [fault.id, fault.target]));
  for (const problem of problems) {
    add(problem.recordId ?? '', problem);
    // What is wrong with a fault is marked on the part that it is on, too.
    const target = faults.get(problem.recordId ?? '');
    if (target !== undefined) add(target, problem);
  }
  // A record whose problems are the same keeps its list, so that only parts that changed are drawn again.
  const stable = new Map<string, readonly Problem[]>();
  for (const [id, list] of byRecord) {
    const old = before.byRecord.get(id);
    stable.set(id, old !== undefined && sameProblems(old, list) ? old : list);
  }
  problemsStore.setState({ problems, byRecord: stable });
}

function schedule(): void {
  clearTimeout(timer);
  timer = setTimeout(refreshProblems, DELAY_MS);
}

documentStore.subscribe((state, before) => {
  if (state.documentNumber !== before.documentNumber) refreshProblems();
  else if (state.project !== before.project) schedule();
});
uiStore.subscribe((state, before) => {
  if (state.activeDesignId !== before.activeDesignId) refreshProblems();
});
refreshProblems();

/** Problems of the design that is shown, for a component. */
export function useProblems(): readonly Problem[] {
  return useStore(problemsStore, (state) => state.problems);
}

/** Problems of one record and, for a client, of the workload it uses. */
export function useRecordProblems(recordId: string, workloadId?: string): readonly Problem[] {
  const own = useStore(problemsStore, (state) => state.byRecord.get(recordId) ?? NONE);
  const shared = useStore(problemsStore, (state) => (workloadId === undefined ? NONE : (state.byRecord.get(workloadId) ?? NONE)));
  return own.length === 0 ? shared : shared.length === 0 ? own : [...own, ...shared];
}
