import { getNodesBounds, getViewportForBounds } from '@xyflow/react';
import { toBlob } from 'html-to-image';
import { showFromNearBy } from '../canvas/distance';
import { flowStore } from '../canvas/flow-store';

/** Room around the parts, and limits of the picture, in pixels. */
const MARGIN = 40;
const MOST_SIDE = 8000;
const MOST_SCALE = 2;

/** What style sheets decide about the lines of links. */
const LINE_STYLES = ['stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linecap', 'stroke-linejoin', 'fill', 'opacity', 'visibility'] as const;

/** Puts a copy of the arrowheads, which stand beside the canvas, among what is copied. Gives a function that takes it away again. */
function lendMarkers(root: HTMLElement): () => void {
  const outside = [...document.querySelectorAll('svg')].filter((drawing) => !root.contains(drawing) && drawing.querySelector('marker') !== null);
  const copies = outside.map((drawing) => drawing.cloneNode(true) as SVGElement);
  root.append(...copies);
  return () => {
    for (const copy of copies) copy.remove();
  };
}

/**
 * Writes the looks of everything inside drawings into the elements themselves, because the picture is made of a copy that style
 * sheets do not reach there. Gives a function that takes them away again.
 */
function pinLineStyles(root: HTMLElement): () => void {
  const before = [...root.querySelectorAll<SVGElement>('svg *')].map((element) => ({
    element,
    style: element.getAttribute('style'),
    computed: getComputedStyle(element),
  }));
  for (const { element, computed } of before) for (const name of LINE_STYLES) element.style.setProperty(name, computed.getPropertyValue(name));
  return () => {
    for (const { element, style } of before) {
      if (style === null) element.removeAttribute('style');
      else element.setAttribute('style', style);
    }
  };
}

/** A picture of everything on the canvas, whatever part of it is in view; null where no canvas is on display. */
export async function canvasPng(): Promise<Uint8Array | null> {
  const viewport = document.querySelector<HTMLElement>('.react-flow__viewport');
  if (viewport === null) return null;
  const bounds = getNodesBounds(flowStore.getState().nodes);
  const scale = Math.min(1, (MOST_SIDE - 2 * MARGIN) / Math.max(bounds.width, bounds.height, 1));
  const width = Math.ceil(bounds.width * scale) + 2 * MARGIN;
  const height = Math.ceil(bounds.height * scale) + 2 * MARGIN;
  const { x, y, zoom } = getViewportForBounds(bounds, width, height, 0.01, scale, `${MARGIN}px`);
  // A picture has everything in it that can be read, however far away the canvas is looked at and whatever is out of view.
  const lookFromWhereOneWas = showFromNearBy();
  await new Promise((done) => requestAnimationFrame(done));
  const returnMarkers = lendMarkers(viewport);
  const unpin = pinLineStyles(viewport);
  const blob = await toBlob(viewport, {
    width,
    height,
    pixelRatio: Math.min(MOST_SCALE, MOST_SIDE / Math.max(width, height)),
    backgroundColor: getComputedStyle(document.documentElement).getPropertyValue('--tl-canvas').trim(),
    style: { width: `${width}px`, height: `${height}px`, transform: `translate(${x}px, ${y}px) scale(${zoom})` },
    // The fonts are those of the system: there is nothing to embed, and nothing may be fetched.
    skipFonts: true,
  }).finally(() => {
    unpin();
    returnMarkers();
    lookFromWhereOneWas();
  });
  return blob === null ? null : new Uint8Array(await blob.arrayBuffer());
}
