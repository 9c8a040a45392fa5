import { notifications } from '@mantine/notifications';
import { bridge } from '../bridge/bridge';
import { documentStore } from '../document/document-store';
import { isLookedAt, openExperiments } from '../experiments/experiments';
import { type CompareState, createCompareStore, useCompareState } from './compare-store';

/** The comparison of the window. */
export const compareStore = createCompareStore({ runBatch: bridge.runBatch, now: () => performance.now() });

/** Selects from the comparison in a component; the selector must give a stable value. */
export function useCompare<T>(selector: (state: CompareState) => T): T {
  return useCompareState(compareStore, selector);
}

/** Opens the page of experiments where designs are compared. */
export function openCompare(): void {
  openExperiments('compare');
}

documentStore.subscribe((state, before) => {
  if (state.documentNumber !== before.documentNumber) compareStore.reset();
});

compareStore.subscribe((state, before) => {
  if (!state.running && before.running && !isLookedAt('compare') && state.found !== before.found)
    notifications.show({ color: 'green', title: 'The comparison is ready', message: 'It is on the page of experiments, beside the tabs of the designs.' });
});
