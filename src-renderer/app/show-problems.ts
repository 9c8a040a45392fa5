import { uiStore } from './ui-store';

/** Opens the list of problems. */
export function showProblems(): void {
  uiStore.setState({ dockOpen: true });
}
