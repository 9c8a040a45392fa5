import { notifications } from '@mantine/notifications';
import { useStore } from 'zustand';
import type { TriedCandidate } from '../../src-shared/analysis/advice/experiment';
import { uiStore } from '../app/ui-store';
import { bridge } from '../bridge/bridge';
import { applyChanges } from '../document/commands/apply-changes';
import { documentStore, undo } from '../document/document-store';
import { showDockTab } from '../results/dock-store';
import { runStore } from '../run/run';
import { startRun } from '../run/run-actions';
import { type AdviceState, createAdviceStore } from './advice-store';

/** The advice of the window. */
export const adviceStore = createAdviceStore({ runBatch: bridge.runBatch, now: () => performance.now() });

/** Selects from the advice in a component; the selector must give a stable value. */
export function useAdvice<T>(selector: (state: AdviceState) => T): T {
  return useStore(adviceStore, selector);
}

/** Looks for advice on the design on display, by the last run where it is of the model as it is now. */
export function findAdvice(): void {
  const { activeDesignId } = uiStore.getState();
  const { result, designId, stale, project: ran } = runStore.getState();
  const fresh = result !== null && designId === activeDesignId && !stale && ran !== null && result.ended === 'finished' ? result : null;
  showDockTab('advice');
  void adviceStore.start(documentStore.getState().project, activeDesignId, fresh);
}

/** Makes a change that was advised in the document, as one step that can be undone. */
export function applyAdvice({ title, changes }: TriedCandidate): void {
  const { found } = adviceStore.getState();
  if (found === null) return;
  const wrong = applyChanges(found.designId, changes, title);
  const step = documentStore.getState().past.at(-1)?.id;
  if (wrong !== null || step === undefined) {
    notifications.show({ color: 'red', title: 'The change was not applied', message: wrong ?? 'It changes nothing.', autoClose: false });
    return;
  }
  adviceStore.setState({ applied: { title, step } });
}

/** Takes the change that was applied last back, as long as nothing was done since. */
export function undoAdvice(): void {
  const { applied } = adviceStore.getState();
  if (applied !== null && documentStore.getState().past.at(-1)?.id === applied.step) undo();
}

/** Runs the design again, to see what the change has done. */
export function runAgain(): void {
  startRun();
}

documentStore.subscribe((state, before) => {
  if (state.documentNumber !== before.documentNumber) adviceStore.reset();
});
