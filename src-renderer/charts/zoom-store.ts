import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { runStore } from '../run/run';
import type { Span } from './span';

/** What all charts of the run show of simulated time; null: all of it. */
export const zoomStore = createStore<{ readonly span: Span | null }>()(() => ({ span: null }));

/** The zoomed span, in a component. */
export function useZoom(): Span | null {
  return useStore(zoomStore, (state) => state.span);
}

/** Shows a span in all charts of the run; null for the whole. */
export function setZoom(span: Span | null): void {
  zoomStore.setState({ span });
}

// Another run has another time axis.
runStore.subscribe((state, before) => {
  if (state.runId !== before.runId) setZoom(null);
});
