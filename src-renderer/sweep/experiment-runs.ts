import { notifications } from '@mantine/notifications';
import { useStore } from 'zustand';
import { bridge } from '../bridge/bridge';
import { documentStore } from '../document/document-store';
import { isLookedAt } from '../experiments/experiments';
import { createExperimentStore, type ExperimentState } from './experiment-store';

/** The sweeps and searches of the window. */
export const experimentStore = createExperimentStore({ runVariants: bridge.runVariants, now: () => performance.now() });

/** Selects from the sweeps and searches in a component; the selector must give a stable value. */
export function useExperiment<T>(selector: (state: ExperimentState) => T): T {
  return useStore(experimentStore, selector);
}

documentStore.subscribe((state, before) => {
  if (state.documentNumber !== before.documentNumber) experimentStore.reset();
});

experimentStore.subscribe((state, before) => {
  if (state.running !== null || before.running === null || isLookedAt(before.running.type)) return;
  const { type, id } = before.running;
  if (state.trouble !== null) notifications.show({ color: 'red', title: `The ${type} did not come to its end`, message: 'The page of experiments says why.' });
  else if ((type === 'sweep' ? state.sweeps[id] : state.searches[id])?.complete === true)
    notifications.show({ color: 'green', title: `The ${type} is ready`, message: 'It is on the page of experiments, beside the tabs of the designs.' });
});
