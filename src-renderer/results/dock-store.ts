import { createStore } from 'zustand/vanilla';
import { focusPane } from '../app/panes';
import { uiStore } from '../app/ui-store';

export type DockTab = 'charts' | 'timeline' | 'table' | 'summary' | 'advice' | 'events' | 'traces' | 'requests' | 'problems';

/** Which page of the dock is open. */
export const dockStore = createStore<{ readonly tab: DockTab }>()(() => ({ tab: 'charts' }));

/** Opens a page of the dock for somebody who asked for it by keyboard or menu: the keyboard goes there as well. */
export function goToDockTab(tab: DockTab): void {
  showDockTab(tab);
  focusPane('results');
}

/** Opens a page of the dock, and the dock itself where it is hidden. */
export function showDockTab(tab: DockTab): void {
  dockStore.setState({ tab });
  if (!uiStore.getState().dockOpen) uiStore.setState({ dockOpen: true });
}
