import type { Point } from '../document/records';

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
