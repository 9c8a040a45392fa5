import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { addObjective } from '../document/commands/objectives';
import { documentStore, sealHistory } from '../document/document-store';
import { freshObjective } from './objective-choices';

interface ObjectivesState {
  readonly opened: boolean;
  /** Id of the objective in the form; null: the first. */
  readonly editingId: string | null;
}

/** Whether the editor of objectives is open, and on which. */
export const objectivesStore = createStore<ObjectivesState>()(() => ({ opened: false, editingId: null }));

/** Opens the editor, on this objective or the one that it was on last. */
export function openObjectives(id?: string): void {
  objectivesStore.setState({ opened: true, ...(id !== undefined && { editingId: id }) });
}

/** Adds an objective that most services have, and opens it in the editor. */
export function addAndOpenObjective(): void {
  sealHistory();
  const id = addObjective(freshObjective(documentStore.getState().project));
  if (id !== undefined) openObjectives(id);
}

/** Selects from the editor's state in a component. */
export function useObjectives<T>(selector: (state: ObjectivesState) => T): T {
  return useStore(objectivesStore, selector);
}

documentStore.subscribe((state, before) => {
  if (state.documentNumber !== before.documentNumber) objectivesStore.setState({ opened: false, editingId: null });
});
