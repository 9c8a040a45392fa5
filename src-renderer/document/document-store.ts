import { applyPatches, type Draft, enablePatches, produceWithPatches } from 'immer';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { emptyProject, type Project } from '../../src-shared/project/project';
import { HISTORY_LIMIT, mergeSteps, type Step } from './history';

enablePatches();

/** The file that the project is stored in. Without a path it is not stored anywhere yet, or the host gives no paths. */
export interface DocumentFile {
  readonly path?: string;
  readonly name: string;
}

/** The open document: the project, the file it belongs to, and everything that can be undone or redone. */
export interface DocumentState {
  readonly project: Project;
  readonly file: DocumentFile | null;
  /** Whether the project differs from what the file holds. */
  readonly dirty: boolean;
  readonly past: readonly Step[];
  readonly future: readonly Step[];
  /** Counts the documents opened, so that views can tell a new document from a changed one. */
  readonly documentNumber: number;
}

/** Names a point in the history: the id of the last step done. */
interface SavePoint {
  /** Point before the oldest step that is still kept. */
  base: number;
  /** Point at which the document was opened: what is older belongs to another one. */
  opened: number;
  /** Point that the file holds; null where it holds none, as after recovery. */
  saved: number | null;
}

let nextStepId = 1;
const point: SavePoint = { base: 0, opened: 0, saved: 0 };

/** The one document. Views select from it; only {@link change}, {@link undo} and their like below write to it. */
export const documentStore = createStore<DocumentState>()(() => ({
  project: emptyProject(),
  file: null,
  dirty: false,
  past: [],
  future: [],
  documentNumber: 0,
}));

/** Selects from the document in a component; the selector must give a stable value. */
export function useDocument<T>(selector: (state: DocumentState) => T): T {
  return useStore(documentStore, selector);
}

function isDirty(past: readonly Step[]): boolean {
  return (past.at(-1)?.id ?? point.base) !== point.saved;
}

/** How a change enters the history. */
export interface ChangeOptions {
  readonly designId?: string;
  /** Changes that share a mark become one undo step: a slider drag, a burst of typing in one field. */
  readonly mark?: string;
  /** Changes under one mark that are further apart in time than this become steps of their own. */
  readonly withinMs?: number;
}

/** Changes the project as one undoable step. A recipe that changes nothing leaves no step. */
export function change(label: string, recipe: (draft: Draft<Project>) => void, options: ChangeOptions = {}): void {
  const state = documentStore.getState();
  const [project, patches, inverse] = produceWithPatches(state.project, (draft) => {
    recipe(draft);
  });
  if (patches.length === 0) return;
  const step: Step = { id: nextStepId++, label, mark: options.mark ?? null, at: Date.now(), designId: options.designId ?? null, patches, inverse };
  const last = state.past.at(-1);
  const joins =
    last !== undefined &&
    step.mark !== null &&
    last.mark === step.mark &&
    state.future.length === 0 &&
    step.at - last.at <= (options.withinMs ?? Number.POSITIVE_INFINITY);
  const past = joins ? [...state.past.slice(0, -1), mergeSteps(last, step)] : [...state.past, step];
  while (past.length > HISTORY_LIMIT) point.base = past.shift()?.id ?? point.base;
  documentStore.setState({ project, past, future: [], dirty: isDirty(past) });
}

/** Ends the step that a mark keeps open, so that the next change under it can be undone by itself. */
export function sealHistory(): void {
  const { past } = documentStore.getState();
  const last = past.at(-1);
  if (last?.mark != null) documentStore.setState({ past: [...past.slice(0, -1), { ...last, mark: null }] });
}

/** Takes back the last step; gives that step, or undefined where there is none. */
export function undo(): Step | undefined {
  const { project, past, future } = documentStore.getState();
  const step = past.at(-1);
  if (step === undefined) return undefined;
  const rest = past.slice(0, -1);
  documentStore.setState({ project: applyPatches(project, step.inverse), past: rest, future: [{ ...step, mark: null }, ...future], dirty: isDirty(rest) });
  return step;
}

/** Does again what was undone last; gives that step, or undefined where there is none. */
export function redo(): Step | undefined {
  const { project, past, future } = documentStore.getState();
  const step = future[0];
  if (step === undefined) return undefined;
  const longer = [...past, step];
  documentStore.setState({ project: applyPatches(project, step.patches), past: longer, future: future.slice(1), dirty: isDirty(longer) });
  return step;
}

/** Makes another project the document. Its history starts anew; `unsaved` marks one that no file holds, as after recovery. */
export function openDocument(project: Project, file: DocumentFile | null, unsaved = false): void {
  point.base = nextStepId++;
  point.opened = point.base;
  point.saved = unsaved ? null : point.base;
  documentStore.setState({ project, file, dirty: unsaved, past: [], future: [], documentNumber: documentStore.getState().documentNumber + 1 });
}

/** Where in the history the document stands: taken before a save, so that changes made while it is written count as unsaved. */
export function historyPoint(): number {
  sealHistory();
  return documentStore.getState().past.at(-1)?.id ?? point.base;
}

/** Notes that a file holds the project as it was at a point of the history. A save that ends after another document was opened is none of its business. */
export function markSaved(file: DocumentFile, at: number): void {
  if (at < point.opened) return;
  point.saved = at;
  documentStore.setState({ file, dirty: isDirty(documentStore.getState().past) });
}
