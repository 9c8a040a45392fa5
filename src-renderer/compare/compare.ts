import { notifications } from '@mantine/notifications';
import { uiStore } from '../app/ui-store';
import { bridge } from '../bridge/bridge';
import { documentStore } from '../document/document-store';
import { type CompareState, createCompareStore, useCompareState } from './compare-store';

/** The comparison of the window. */
export const compareStore = createCompareStore({ runBatch: bridge.runBatch, now: () => performance.now() });

/** Selects from the comparison in a component; the selector must give a stable value. */
export function useCompare<T>(selector: (state: CompareState) => T): T {
  return useCompareState(compareStore, selector);
}

/** Opens the page that compares designs. */
export function openCompare(): void {
  uiStore.setState({ galleryOpen: false });
  compareStore.setState({ opened: true });
}

documentStore.subscribe((state, before) => {
  if (state.documentNumber !== before.documentNumber) compareStore.reset();
});

compareStore.subscribe((state, before) => {
  if (!state.running && before.running && !state.opened && state.found !== before.found)
    notifications.show({ color: 'green', title: 'The comparison is ready', message: 'Open it with "Compare designs" beside the tabs of the designs.' });
});
