import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/** Below this zoom the small print of parts cannot be read any more. */
const FAR_BELOW = 0.36;

const distanceStore = createStore<{ readonly far: boolean }>()(() => ({ far: false }));

/** Takes the zoom of the canvas; gives whether it is far away now. */
export function isFar(zoom: number): boolean {
  return zoom < FAR_BELOW;
}

/** Tells the parts how the canvas is looked at. */
export function setFar(far: boolean): void {
  if (distanceStore.getState().far !== far) distanceStore.setState({ far });
}

/** Whether the canvas is so far away that only names, health and bars are worth drawing. */
export function useFar(): boolean {
  return useStore(distanceStore, (state) => state.far);
}
