import { createStore } from 'zustand/vanilla';
import { uiStore } from '../app/ui-store';

export type DockTab = 'charts' | 'timeline' | 'table' | 'summary' | 'advice' | 'events' | 'traces' | 'requests' | 'problems';

/** Which page of the dock is open. */
export const dockStore = createStore<{ readonly tab: DockTab }>()(() => ({ tab: 'charts' }));

/** Opens a page of the dock, and the dock itself where it is hidden. */
export function showDockTab(tab: DockTab): void {
  dockStore.setState({ tab });
  if (!uiStore.getState().dockOpen) uiStore.setState({ dockOpen: true });
}
