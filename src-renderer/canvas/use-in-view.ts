import { useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';
import { liveStore } from '../run/run';
import { watchPictures } from './distance';
import { flowStore } from './flow-store';
import { idsWithin } from './in-view';

/** Pixels around the canvas within which parts count as in view, so that what a small movement shows is up to date. */
const MARGIN = 120;
/** While the view moves it is looked at again this often. */
const DELAY_MS = 120;
/** Keeps the live numbers told which parts and links are in view, as the canvas and what is on it move. */
export function useInView(): void {
  const store = useStoreApi();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      timer = undefined;
      const {
        transform: [x, y, zoom],
        width,
        height,
      } = store.getState();
      if (width === 0 || height === 0) return;
      const { nodes, edges } = flowStore.getState();
      const view = {
        left: (-x - MARGIN) / zoom,
        top: (-y - MARGIN) / zoom,
        right: (width - x + MARGIN) / zoom,
        bottom: (height - y + MARGIN) / zoom,
      };
      liveStore.setInView(idsWithin(nodes, edges, view));
    };
    const later = (): void => {
      timer ??= setTimeout(look, DELAY_MS);
    };
    const stops = [
      store.subscribe((state, before) => {
        if (state.transform !== before.transform || state.width !== before.width || state.height !== before.height) later();
      }),
      flowStore.subscribe(later),
      // A picture has everything in it, whatever is out of view.
      watchPictures((picturing) => {
        if (picturing) liveStore.setInView(null);
        else later();
      }),
    ];
    later();
    return () => {
      for (const stop of stops) stop();
      clearTimeout(timer);
      liveStore.setInView(null);
    };
  }, [store]);
}
