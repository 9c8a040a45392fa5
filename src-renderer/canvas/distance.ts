import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/** How far away the canvas is looked at from: everything can be read, only names, or nothing that is written. */
export type Distance = 'near' | 'far' | 'map';

/** Below this zoom the small print of parts cannot be read any more. */
const FAR_BELOW = 0.36;
/** Below this zoom names cannot be read either: a part is a spot in the colours of its kind and its health. */
const MAP_BELOW = 0.2;

const distanceStore = createStore<{ readonly distance: Distance }>()(() => ({ distance: 'near' }));
/** Whether a picture is being taken, which shows everything from near by whatever the zoom of the window is. */
let picturing = false;
let seen: Distance = 'near';

/** Distance at a zoom of the canvas. */
export function distanceAt(zoom: number): Distance {
  return zoom < MAP_BELOW ? 'map' : zoom < FAR_BELOW ? 'far' : 'near';
}

/** Tells the parts how the canvas is looked at. */
export function setDistance(distance: Distance): void {
  seen = distance;
  const shown = picturing ? 'near' : distance;
  if (distanceStore.getState().distance !== shown) distanceStore.setState({ distance: shown });
}

/** Shows everything that can be read from near by, for a picture; call the result once it is taken. */
export function showFromNearBy(): () => void {
  picturing = true;
  setDistance(seen);
  return () => {
    picturing = false;
    setDistance(seen);
  };
}

/** How far away the canvas is, for a component. */
export function useDistance(): Distance {
  return useStore(distanceStore, (state) => state.distance);
}

/** Whether the canvas is so far away that only names, health and bars are worth drawing. */
export function useFar(): boolean {
  return useStore(distanceStore, (state) => state.distance !== 'near');
}
