import type { Point } from '../document/records';
import { type LinkEnds, linkPath } from './link-path';

/** A part that is being dragged. */
interface MovedPart {
  readonly element: HTMLElement | null;
  readonly from: Point;
  to: Point;
}

/** A link that goes along with what is dragged. */
interface MovedLink {
  readonly id: string;
  /** The element that holds all of it. */
  readonly drawing: Element | null;
  readonly paths: readonly SVGPathElement[];
  readonly source: MovedPart | undefined;
  readonly target: MovedPart | undefined;
}

interface Drag {
  readonly parts: ReadonlyMap<string, MovedPart>;
  readonly links: readonly MovedLink[];
  /** The frame around several parts that are dragged together. */
  readonly frame: HTMLElement | null;
  scheduled: number;
}

/** What a drag has to know of the drawing. */
export interface Drawing {
  readonly nodes: readonly { readonly id: string; readonly position: Point }[];
  readonly edges: readonly { readonly id: string; readonly source: string; readonly target: string }[];
}

/** Of every link drawn: its ends as React Flow sees them, and its label where it has one. */
const drawnEnds = new Map<string, LinkEnds>();
const drawnLabels = new Map<string, HTMLElement>();
let drag: Drag | null = null;
/** Those who draw many links at once, and have to know which of them are where. */
const watchers = new Set<() => void>();
/** Links dragged show themselves for this long after the drag, until those who draw many at once have them again. */
const HANDOVER_MS = 150;

function tellWatchers(): void {
  for (const watcher of watchers) watcher();
}

/** Calls back when links have other ends, or begin or end to be dragged; gives a function that ends that. */
export function watchLinks(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** Where a link is drawn; undefined while it is dragged, or is not drawn. */
export function restingEnds(id: string): LinkEnds | undefined {
  return drag?.links.some((link) => link.id === id) === true ? undefined : drawnEnds.get(id);
}

/** Tells where a link has been drawn; gives a function that forgets it. */
export function noteEnds(id: string, ends: LinkEnds): () => void {
  drawnEnds.set(id, ends);
  tellWatchers();
  return () => {
    if (drawnEnds.get(id) === ends) drawnEnds.delete(id);
  };
}

/** Tells which element is the label of a link. */
export function noteLabel(id: string, element: HTMLElement | null): void {
  if (element === null) drawnLabels.delete(id);
  else drawnLabels.set(id, element);
}

/** Labels of links by the ids of these. */
export function labelsOfLinks(): ReadonlyMap<string, HTMLElement> {
  return drawnLabels;
}

function moved(part: MovedPart | undefined): Point {
  return part === undefined ? { x: 0, y: 0 } : { x: part.to.x - part.from.x, y: part.to.y - part.from.y };
}

function shifted(ends: LinkEnds, link: MovedLink): LinkEnds {
  const source = moved(link.source);
  const target = moved(link.target);
  return {
    ...ends,
    sourceX: ends.sourceX + source.x,
    sourceY: ends.sourceY + source.y,
    targetX: ends.targetX + target.x,
    targetY: ends.targetY + target.y,
  };
}

/** The ends of a link as they are on the screen: those of the drawing, moved by a drag under way. */
export function endsOnScreen(id: string, ends: LinkEnds): LinkEnds {
  const link = drag?.links.find((candidate) => candidate.id === id);
  return link === undefined ? ends : shifted(ends, link);
}

/** Where a part is on the screen, in coordinates of the canvas. */
export function placeOnScreen({ id, position }: { readonly id: string; readonly position: Point }): Point {
  return drag?.parts.get(id)?.to ?? position;
}

function surface(): HTMLElement | null {
  return document.querySelector<HTMLElement>('[data-canvas]');
}

function uncover(): void {
  delete surface()?.dataset.dragging;
}

/** Elements of React Flow by the ids of what they draw. */
function elementsById<E extends HTMLElement | SVGElement>(selector: string): ReadonlyMap<string | undefined, E> {
  return new Map([...document.querySelectorAll<E>(selector)].map((element) => [element.dataset.id, element]));
}

function begin(drawing: Drawing, ids: readonly string[]): Drag {
  const places = new Map(drawing.nodes.map((node) => [node.id, node.position]));
  const parts = new Map<string, MovedPart>();
  const nodes = elementsById<HTMLElement>('.react-flow__node');
  const edges = elementsById<SVGElement>('.react-flow__edge');
  for (const id of ids) {
    const from = places.get(id);
    if (from !== undefined) parts.set(id, { element: nodes.get(id) ?? null, from, to: from });
  }
  const links = drawing.edges
    .filter(({ source, target }) => parts.has(source) || parts.has(target))
    .map(({ id, source, target }) => {
      const element = edges.get(id);
      element?.parentElement?.setAttribute('data-moving', '');
      return {
        id,
        drawing: element?.parentElement ?? null,
        paths: [...(element?.querySelectorAll('path') ?? [])],
        source: parts.get(source),
        target: parts.get(target),
      };
    });
  const canvas = surface();
  // A cover over the canvas: while something is dragged nothing below has to be asked whether the pointer is on it.
  if (canvas !== null) canvas.dataset.dragging = '';
  // However a drag ends, the cover goes.
  for (const name of ['pointerup', 'pointercancel', 'blur']) window.addEventListener(name, uncover, { once: true, capture: true });
  return { parts, links, frame: document.querySelector<HTMLElement>('.react-flow__nodesselection-rect'), scheduled: 0 };
}

function draw({ parts, links, frame }: Drag): void {
  for (const { element, to } of parts.values()) if (element !== null) element.style.transform = `translate(${to.x}px,${to.y}px)`;
  for (const link of links) {
    const ends = drawnEnds.get(link.id);
    if (ends === undefined) continue;
    const [path, x, y] = linkPath(shifted(ends, link));
    for (const element of link.paths) element.setAttribute('d', path);
    const label = drawnLabels.get(link.id);
    if (label === undefined) continue;
    // Moved by a transform, which lays nothing out, from where it rests.
    const [, restX, restY] = linkPath(ends);
    label.style.transform = `translate(${x - restX}px,${y - restY}px)`;
  }
  const [first] = parts.values();
  if (frame !== null && first !== undefined) frame.style.transform = `translate(${moved(first).x}px,${moved(first).y}px)`;
}

/** Puts the label of a link that was dragged where it is now without the transform of the drag. */
function settleLabel(id: string): void {
  const label = drawnLabels.get(id);
  const ends = drawnEnds.get(id);
  if (label === undefined || ends === undefined) return;
  const [, x, y] = linkPath(endsOnScreen(id, ends));
  label.style.transform = '';
  label.style.left = `${x}px`;
  label.style.top = `${y}px`;
}

/**
 * Moves parts on the screen while they are dragged, with their links and labels, by writing to the elements themselves: React and
 * the drawing hear of it once, when the drag ends. A frame then costs what moves, not what there is.
 */
export function moveOnScreen(drawing: Drawing, places: ReadonlyMap<string, Point>): void {
  if (drag !== null && [...places.keys()].some((id) => drag?.parts.has(id) !== true)) endMove();
  if (drag === null) {
    drag = begin(drawing, [...places.keys()]);
    tellWatchers();
  }
  const current = drag;
  for (const [id, to] of places) {
    const part = current.parts.get(id);
    if (part !== undefined) part.to = to;
  }
  if (current.scheduled === 0)
    current.scheduled = requestAnimationFrame(() => {
      current.scheduled = 0;
      draw(current);
    });
}

/** Ends the drag under way; what has been moved stands where it was put last, until the drawing says otherwise. */
export function endMove(): void {
  if (drag === null) return;
  cancelAnimationFrame(drag.scheduled);
  draw(drag);
  if (drag.frame !== null) drag.frame.style.transform = '';
  const { links } = drag;
  for (const { id } of links) settleLabel(id);
  drag = null;
  uncover();
  tellWatchers();
  setTimeout(() => {
    for (const { id, drawing } of links) if (drag?.links.some((link) => link.id === id) !== true) drawing?.removeAttribute('data-moving');
  }, HANDOVER_MS);
}
