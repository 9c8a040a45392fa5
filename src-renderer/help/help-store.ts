import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { uiStore } from '../app/ui-store';

/** What the help shows: a page by its id, and what is searched for. */
export interface HelpState {
  readonly opened: boolean;
  readonly pageId: string;
  readonly query: string;
}

/** Page that the help begins with. */
export const FIRST_PAGE = 'first-steps';

/** State of the help dialog; the page last read is kept while the window is open. */
export const helpStore = createStore<HelpState>()(() => ({ opened: false, pageId: FIRST_PAGE, query: '' }));

/** Selects from the state of the help in a component. */
export function useHelp<T>(selector: (state: HelpState) => T): T {
  return useStore(helpStore, selector);
}

/** Opens the help at a page, by its id in HELP_PAGES; at the one last read where none is given. An id that there is not opens the first page. */
export function showHelp(pageId = helpStore.getState().pageId): void {
  uiStore.setState({ shortcutsOpen: false, aboutOpen: false });
  helpStore.setState({ opened: true, pageId, query: '' });
}
