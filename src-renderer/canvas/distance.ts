import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/** How far away the canvas is looked at from: everything can be read, only names, or nothing that is written. */
export type Distance = 'near' | 'far' | 'map';

/** Below this zoom the small print of parts cannot be read any more. */
const FAR_BELOW = 0.36;
/** Below this zoom names cannot be read either: a part is a spot in the colours of its kind and its health. */
const MAP_BELOW = 0.2;

interface Looked {
  /** As the zoom of the window has it. */
  readonly seen: Distance;
  /** Whether a picture is being taken, which shows everything from near by whatever the zoom of the window is. */
  readonly picturing: boolean;
}

const distanceStore = createStore<Looked>()(() => ({ seen: 'near', picturing: false }));

function shown({ seen, picturing }: Looked): Distance {
  return picturing ? 'near' : seen;
}

/** Distance at a zoom of the canvas. */
export function distanceAt(zoom: number): Distance {
  return zoom < MAP_BELOW ? 'map' : zoom < FAR_BELOW ? 'far' : 'near';
}

/** Tells the parts how the canvas is looked at. */
export function setDistance(seen: Distance): void {
  if (distanceStore.getState().seen !== seen) distanceStore.setState({ seen });
}

/** Shows everything that can be read from near by, for a picture; call the result once it is taken. */
export function showFromNearBy(): () => void {
  distanceStore.setState({ picturing: true });
  return () => distanceStore.setState({ picturing: false });
}

/** Calls back when a picture is to be taken, and when it has been; gives a function that ends that. */
export function watchPictures(onPicture: (picturing: boolean) => void): () => void {
  return distanceStore.subscribe((state, before) => {
    if (state.picturing !== before.picturing) onPicture(state.picturing);
  });
}

/** How far away the canvas is, for a component. */
export function useDistance(): Distance {
  return useStore(distanceStore, shown);
}

/** Whether the canvas is so far away that only names, health and bars are worth drawing. */
export function useFar(): boolean {
  return useStore(distanceStore, (state) => shown(state) !== 'near');
}
