import { useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';
import type { Point } from '../document/records';
import { liveStore } from '../run/run';
import { flowStore } from './flow-store';

/** Pixels around the canvas within which parts count as in view, so that what a small movement shows is up to date. */
const MARGIN = 120;
/** While the view moves it is looked at again this often. */
const DELAY_MS = 120;
/** Size of a part that has not been measured yet. */
const USUAL = { width: 200, height: 100 };

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

interface Placed {
  readonly id: string;
  readonly position: Point;
  readonly measured?: { readonly width?: number | undefined; readonly height?: number | undefined } | undefined;
}

function boxOf({ position, measured }: Placed): Box {
  return {
    left: position.x,
    top: position.y,
    right: position.x + (measured?.width ?? USUAL.width),
    bottom: position.y + (measured?.height ?? USUAL.height),
  };
}

function meets(one: Box, other: Box): boolean {
  return one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top;
}

/** Ids of the parts in this box, and of the links that may pass through it. */
export function idsWithin(
  nodes: readonly Placed[],
  edges: readonly { readonly id: string; readonly source: string; readonly target: string }[],
  view: Box,
): ReadonlySet<string> {
  const boxes = new Map(nodes.map((node) => [node.id, boxOf(node)]));
  const ids = new Set<string>();
  for (const [id, box] of boxes) if (meets(box, view)) ids.add(id);
  for (const { id, source, target } of edges) {
    const one = boxes.get(source);
    const other = boxes.get(target);
    if (one === undefined || other === undefined) continue;
    const around = {
      left: Math.min(one.left, other.left),
      top: Math.min(one.top, other.top),
      right: Math.max(one.right, other.right),
      bottom: Math.max(one.bottom, other.bottom),
    };
    if (meets(around, view)) ids.add(id);
  }
  return ids;
}

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
    ];
    later();
    return () => {
      for (const stop of stops) stop();
      clearTimeout(timer);
      liveStore.setInView(null);
    };
  }, [store]);
}
