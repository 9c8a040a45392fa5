import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { uiStore } from '../app/ui-store';

/** Pages of the experiments: designs side by side, a parameter over its values, the cheapest setting. */
export type ExperimentsTab = 'compare' | 'sweep' | 'search';

/** What the page of experiments shows. */
export interface ExperimentsState {
  readonly opened: boolean;
  readonly tab: ExperimentsTab;
}

/** Whether the page of experiments is open, and at what. */
export const experimentsStore = createStore<ExperimentsState>()(() => ({ opened: false, tab: 'compare' }));

/** Selects from the state of the page in a component. */
export function useExperiments<T>(selector: (state: ExperimentsState) => T): T {
  return useStore(experimentsStore, selector);
}

/** Opens the page of experiments, where it was left or at one of its tabs. */
export function openExperiments(tab?: ExperimentsTab): void {
  uiStore.setState({ galleryOpen: false });
  experimentsStore.setState({ opened: true, ...(tab !== undefined && { tab }) });
}

/** Whether somebody is looking at a tab of the page. */
export function isLookedAt(tab: ExperimentsTab): boolean {
  const state = experimentsStore.getState();
  return state.opened && state.tab === tab;
}
