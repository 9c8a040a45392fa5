import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { uiStore } from '../app/ui-store';
import { addVariant } from '../document/commands/variants';
import { documentStore, sealHistory } from '../document/document-store';

/** Which variant is in the form; null: none. */
export const variantStore = createStore<{ readonly editingId: string | null }>()(() => ({ editingId: null }));

/** The variant in the form, for a component. */
export function useEditedVariant(): string | null {
  return useStore(variantStore, (state) => state.editingId);
}

/** Opens the form of a variant. */
export function editVariant(id: string): void {
  sealHistory();
  variantStore.setState({ editingId: id });
}

/** Adds a variant of the design on display that changes nothing yet, and opens its form. Gives its id. */
export function addAndEditVariant(): string | undefined {
  const { project } = documentStore.getState();
  const design = project.designs.find(({ id }) => id === uiStore.getState().activeDesignId) ?? project.designs[0];
  if (design === undefined) return undefined;
  sealHistory();
  const id = addVariant({ name: `${design.name}, changed`, design: design.id, changes: [] });
  if (id !== undefined) variantStore.setState({ editingId: id });
  return id;
}
