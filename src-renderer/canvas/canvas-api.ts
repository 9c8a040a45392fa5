import type { ReactFlowInstance } from '@xyflow/react';
import { uiStore } from '../app/ui-store';
import type { Point } from '../document/records';
import { type CanvasNode, flowStore, type LinkEdge } from './flow-store';

/** How much room stays around what is fitted into view. */
export const FIT = { padding: 0.07, maxZoom: 1.1, minZoom: 0.1 } as const;

let flow: ReactFlowInstance<CanvasNode, LinkEdge> | null = null;
let surface: HTMLElement | null = null;

/** Tells commands outside the canvas how to reach it. */
export function attachCanvas(instance: ReactFlowInstance<CanvasNode, LinkEdge> | null, element: HTMLElement | null): void {
  if (instance !== null) flow = instance;
  surface = element;
}

/** Shows everything. */
export function fitCanvas(): void {
  void flow?.fitView({ ...FIT, duration: 150 });
}

export function zoomCanvasIn(): void {
  void flow?.zoomIn({ duration: 120 });
}

export function zoomCanvasOut(): void {
  void flow?.zoomOut({ duration: 120 });
}

/** A point of the window in coordinates of the canvas. */
export function toCanvas(point: Point): Point {
  return flow?.screenToFlowPosition(point, { snapToGrid: false }) ?? { x: 0, y: 0 };
}

/** The middle of what is visible, in coordinates of the canvas. */
export function canvasCentre(): Point {
  const box = surface?.getBoundingClientRect();
  return box === undefined ? { x: 0, y: 0 } : toCanvas({ x: box.left + box.width / 2, y: box.top + box.height / 2 });
}

/** Snaps a point to the grid. */
export function snap(point: Point, grid: number): Point {
  return { x: Math.round(point.x / grid) * grid, y: Math.round(point.y / grid) * grid };
}

/** Brings parts or links into the middle without changing the zoom more than needed to read them. */
export function centreOn(ids: readonly string[]): void {
  const { nodes, edges } = flowStore.getState();
  const ends = new Set(ids);
  for (const edge of edges) {
    if (ends.has(edge.id)) {
      ends.add(edge.source);
      ends.add(edge.target);
    }
  }
  const shown = nodes.filter((node) => ends.has(node.id));
  if (flow === null || shown.length === 0) return;
  void flow.fitView({
    nodes: shown,
    padding: 0.35,
    minZoom: Math.min(0.6, flow.getZoom()),
    maxZoom: Math.max(0.8, Math.min(1.1, flow.getZoom())),
    duration: 200,
  });
}

/** Remembers where a design was looked at. */
export function rememberViewport(designId: string, viewport: { readonly x: number; readonly y: number; readonly zoom: number }): void {
  uiStore.setState({
    viewports: { ...uiStore.getState().viewports, [designId]: { x: Math.round(viewport.x), y: Math.round(viewport.y), zoom: viewport.zoom } },
  });
}

/** Puts the keyboard's focus on the canvas, so that its shortcuts work. */
export function focusCanvas(): void {
  surface?.querySelector<HTMLElement>('.react-flow')?.focus({ preventScroll: true });
}
