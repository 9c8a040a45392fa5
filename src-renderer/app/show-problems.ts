import { showDockTab } from '../results/dock-store';

/** Opens the list of problems. */
export function showProblems(): void {
  showDockTab('problems');
}
