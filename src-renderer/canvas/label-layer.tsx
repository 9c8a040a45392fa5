import { ViewportPortal } from '@xyflow/react';
import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/** The element that the labels of links are drawn in. */
const layerStore = createStore<{ readonly element: HTMLElement | null }>()(() => ({ element: null }));

function setLayer(element: HTMLElement | null): void {
  layerStore.setState({ element });
}

/** Makes the layer; once in a drawing. */
export function LabelLayer() {
  return (
    <ViewportPortal>
      <div ref={setLayer} />
    </ViewportPortal>
  );
}

/**
 * Draws HTML beside a link, in coordinates of the canvas. React Flow's own way looks its layer up in the page for every label at
 * every movement, which takes most of the time of a frame where there are hundreds.
 */
export function CanvasLabel({ children }: { readonly children: ReactNode }) {
  const layer = useStore(layerStore, (state) => state.element);
  return layer === null ? null : createPortal(children, layer);
}
