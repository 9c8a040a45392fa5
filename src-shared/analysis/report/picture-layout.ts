import type { MetricName } from '../../engine/metrics';
import { kindOf } from '../../kinds/registry';
import { componentSummary } from '../../project/component-summary';
import { fallbackPosition } from '../../project/fallback-position';
import type { Component, Design, Project } from '../../project/project';
import { formatMetric, SHORT_TITLES } from '../metric-text';
import { coordinate } from './markup';
import type { PartLook, PictureLooks } from './picture-looks';
import { textWidth, wrap } from './text-width';

/** A rectangle of the canvas in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Sizes of a part, as the canvas has them. */
export const PART = {
  width: 200,
  padding: 10,
  head: 24,
  /** How far below its upper edge links leave and arrive. */
  port: 33,
  summarySize: 11,
  summaryLine: 15,
  summaryIndent: 32,
  badgeSize: 11,
  badgeLine: 17,
  cell: 12,
  cellGap: 3,
  /** Instances drawn one by one; more are told as a sum. */
  mostCells: 12,
} as const;
const NOTE = { width: 200, padding: 10, size: 12, line: 17 } as const;
/** How far below its ends a link runs that leads back against the flow, and how far beside them it turns. */
const RETURN_DEPTH = 104;
const RETURN_OFFSET = 26;
const CORNER = 14;

/** A metric on a part: its short title, which may be empty, and its value. */
export interface Badge {
  readonly title: string;
  readonly value: string;
  readonly x: number;
  readonly y: number;
}

/** A part with everything that is drawn of it, placed relative to its upper left corner. */
export interface PlacedPart {
  readonly component: Component;
  readonly box: Box;
  readonly look: PartLook | null;
  readonly summary: readonly string[];
  /** Upper edges of what a running part shows; absent where it shows no such thing. */
  readonly busyAt: number | null;
  readonly instancesAt: number | null;
  readonly badges: readonly Badge[];
}

/** A note with its lines of text. */
export interface PlacedNote {
  readonly box: Box;
  readonly lines: readonly string[];
}

/** A link as path data, the place of its label, and the point of its arrow. */
export interface PlacedLink {
  readonly id: string;
  readonly path: string;
  readonly labelX: number;
  readonly labelY: number;
  readonly tipX: number;
  readonly tipY: number;
}

/** Everything of a design that a picture shows, and the rectangle around it. */
export interface Layout {
  readonly parts: readonly PlacedPart[];
  readonly notes: readonly PlacedNote[];
  readonly links: readonly PlacedLink[];
  readonly bounds: Box;
}

function badgesOf(names: readonly MetricName[], look: PartLook, top: number): { readonly badges: readonly Badge[]; readonly height: number } {
  const inner = PART.width - 2 * PART.padding;
  const badges: Badge[] = [];
  let x = 0;
  let y = top;
  for (const name of names) {
    const title = SHORT_TITLES[name] ?? name;
    const value = formatMetric(name, look.values[name] ?? Number.NaN);
    // At least as wide as a usual number: a part does not change its shape with every new value.
    const width =
      Math.max(textWidth(title === '' ? value : `${title} ${value}`, PART.badgeSize, true), textWidth(`${title} 88.8 ms`, PART.badgeSize, true)) + 9;
    if (x > 0 && x + width > inner) {
      x = 0;
      y += PART.badgeLine;
    }
    badges.push({ title, value, x: PART.padding + x, y });
    x += width;
  }
  return { badges, height: badges.length === 0 ? 0 : y + PART.badgeLine - top };
}

function placePart(project: Project, component: Component, x: number, y: number, look: PartLook | null): PlacedPart {
  const summary = wrap(componentSummary(project, component), PART.summarySize, PART.width - PART.padding - PART.summaryIndent - 8, 2);
  let bottom = PART.padding + PART.head + 2 + summary.length * PART.summaryLine;
  let busyAt: number | null = null;
  let instancesAt: number | null = null;
  let badges: readonly Badge[] = [];
  const kind = kindOf(component.kind);
  if (look !== null && kind !== undefined) {
    bottom += 6;
    if (kind.look.badges.includes('utilisation')) {
      busyAt = bottom;
      bottom += PART.badgeLine + 10;
    }
    if (look.instances.length > 1) {
      instancesAt = bottom;
      bottom += PART.cell + 6;
    }
    const placed = badgesOf(
      kind.look.badges.filter((name) => name !== 'utilisation'),
      look,
      bottom + 2,
    );
    badges = placed.badges;
    if (placed.height > 0) bottom += placed.height + 2;
  }
  return { component, box: { x, y, width: PART.width, height: bottom + PART.padding }, look, summary, busyAt, instancesAt, badges };
}

/** Path data through points with rounded corners. */
function rounded(points: readonly (readonly [number, number])[]): string {
  let path = '';
  for (const [index, [x, y]] of points.entries()) {
    const before = points[index - 1];
    const after = points[index + 1];
    if (before === undefined) path += `M${coordinate(x)},${coordinate(y)}`;
    else if (after === undefined) path += ` L${coordinate(x)},${coordinate(y)}`;
    else {
      const inLength = Math.abs(x - before[0]) + Math.abs(y - before[1]);
      const outLength = Math.abs(after[0] - x) + Math.abs(after[1] - y);
      const radius = Math.min(CORNER, inLength / 2, outLength / 2);
      const from = [x - Math.sign(x - before[0]) * radius, y - Math.sign(y - before[1]) * radius] as const;
      const to = [x + Math.sign(after[0] - x) * radius, y + Math.sign(after[1] - y) * radius] as const;
      path += ` L${coordinate(from[0])},${coordinate(from[1])} Q${coordinate(x)},${coordinate(y)} ${coordinate(to[0])},${coordinate(to[1])}`;
    }
  }
  return path;
}

/** The way of a link: a curve from left to right; one that leads back runs below the parts in between. */
function placeLink(id: string, from: Box, to: Box): PlacedLink & { readonly lowest: number } {
  const [x1, y1] = [from.x + from.width, from.y + PART.port];
  const [x2, y2] = [to.x, to.y + PART.port];
  if (x2 >= x1 + 8) {
    const bend = (x2 - x1) / 2;
    const path = `M${coordinate(x1)},${coordinate(y1)} C${coordinate(x1 + bend)},${coordinate(y1)} ${coordinate(x2 - bend)},${coordinate(y2)} ${coordinate(x2)},${coordinate(y2)}`;
    return { id, path, labelX: (x1 + x2) / 2, labelY: (y1 + y2) / 2, tipX: x2, tipY: y2, lowest: Math.max(y1, y2) };
  }
  const apart = Math.abs(y2 - y1) > RETURN_DEPTH * 1.6;
  const level = apart ? (y1 + y2) / 2 : Math.max(y1, y2) + RETURN_DEPTH;
  const path = rounded([
    [x1, y1],
    [x1 + RETURN_OFFSET, y1],
    [x1 + RETURN_OFFSET, level],
    [x2 - RETURN_OFFSET, level],
    [x2 - RETURN_OFFSET, y2],
    [x2, y2],
  ]);
  return { id, path, labelX: (x1 + x2) / 2, labelY: level, tipX: x2, tipY: y2, lowest: level };
}

/** Places everything of a design as the canvas does; parts without a stored position stand in rows. Links whose ends do not exist are left out. */
export function layoutOf(project: Project, design: Design, looks: Pick<PictureLooks, 'part'>): Layout {
  const positions = project.view.designs[design.id]?.positions ?? {};
  const parts = design.components.map((component, index) => {
    const { x, y } = positions[component.id] ?? fallbackPosition(index);
    return placePart(project, component, x, y, looks.part(component.id));
  });
  const notes = design.notes.map(({ id, text }, index): PlacedNote => {
    const stored = positions[id];
    const { x, y } = stored ?? fallbackPosition(index);
    const width = stored?.width ?? NOTE.width;
    const lines = wrap(text, NOTE.size, width - 2 * NOTE.padding, 60);
    const height = stored?.height ?? Math.max(48, lines.length * NOTE.line + 2 * NOTE.padding - 2);
    const room = Math.max(1, Math.floor((height - NOTE.padding) / NOTE.line));
    return { box: { x, y, width, height }, lines: lines.length <= room ? lines : wrap(text, NOTE.size, width - 2 * NOTE.padding, room) };
  });
  const boxes = new Map(parts.map(({ component, box }) => [component.id, box]));
  const links = design.links.flatMap(({ id, from, to }) => {
    const [source, target] = [boxes.get(from), boxes.get(to)];
    return source === undefined || target === undefined ? [] : [placeLink(id, source, target)];
  });
  const all = [...parts, ...notes].map(({ box }) => box);
  const left = Math.min(...all.map(({ x }) => x));
  const top = Math.min(...all.map(({ y }) => y));
  const right = Math.max(...all.map(({ x, width }) => x + width));
  const bottom = Math.max(...all.map(({ y, height }) => y + height), ...links.map(({ lowest }) => lowest + 12));
  const bounds = all.length === 0 ? { x: 0, y: 0, width: 0, height: 0 } : { x: left, y: top, width: right - left, height: bottom - top };
  return { parts, notes, links, bounds };
}
