import { useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';
import { liveStore } from '../run/run';
import { watchPictures } from './distance';
import { labelsOfLinks, placeOnScreen } from './drag';
import { flowStore } from './flow-store';
import { idsWithin } from './in-view';

/** Pixels around the canvas within which parts count as in view, so that what a small movement shows is up to date. */
const MARGIN = 200;
/** In a design of fewer parts everything is drawn, in view or not. */
const HIDE_ABOVE = 60;

/** Marks what is drawn of parts and links that are out of view, so that the style sheet leaves it out; null: everything is in view. */
function markUnseen(ids: ReadonlySet<string> | null): void {
  for (const node of document.querySelectorAll<HTMLElement>('.react-flow__node'))
    node.toggleAttribute('data-unseen', ids?.has(node.dataset.id ?? '') === false);
  for (const edge of document.querySelectorAll<SVGElement>('.react-flow__edge'))
    edge.parentElement?.toggleAttribute('data-unseen', ids?.has(edge.dataset.id ?? '') === false);
  for (const [id, label] of labelsOfLinks()) label.toggleAttribute('data-unseen', ids?.has(id) === false);
}

/** Keeps the live numbers told which parts and links are in view, as the canvas and what is on it move. */
export function useInView(): void {
  const store = useStoreApi();
  useEffect(() => {
    let frame = 0;
    let picturing = false;
    const look = (): void => {
      frame = 0;
      if (picturing) return;
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
      // What is dragged is where it is on the screen, not where it began.
      const placed = nodes.map((node) => ({ id: node.id, position: placeOnScreen(node), measured: node.measured }));
      const ids = idsWithin(placed, edges, view);
      liveStore.setInView(ids);
      markUnseen(nodes.length > HIDE_ABOVE ? ids : null);
    };
    // With the picture that shows the movement, so that nothing comes into view undrawn.
    const later = (): void => {
      if (frame === 0) frame = requestAnimationFrame(look);
    };
    const stops = [
      store.subscribe((state, before) => {
        if (state.transform !== before.transform || state.width !== before.width || state.height !== before.height) later();
      }),
      flowStore.subscribe(later),
      // A picture has everything in it, whatever is out of view.
      watchPictures((taken) => {
        picturing = taken;
        if (!taken) {
          later();
          return;
        }
        liveStore.setInView(null);
        markUnseen(null);
      }),
    ];
    later();
    return () => {
      for (const stop of stops) stop();
      cancelAnimationFrame(frame);
      liveStore.setInView(null);
    };
  }, [store]);
}
