import { getBezierPath, getSmoothStepPath, type Position } from '@xyflow/react';

/** Where a link begins and ends, in coordinates of the canvas. */
export interface LinkEnds {
  readonly sourceX: number;
  readonly sourceY: number;
  readonly targetX: number;
  readonly targetY: number;
  readonly sourcePosition: Position;
  readonly targetPosition: Position;
}

/** How far below its ends a link runs that leads back against the flow. */
const RETURN_DEPTH = 104;

/** The way of a link: a curve from left to right; one that leads back runs below the parts in between. */
export function linkPath(ends: LinkEnds): readonly [path: string, labelX: number, labelY: number] {
  const goesBack = ends.targetX < ends.sourceX + 8;
  if (!goesBack) {
    const [path, x, y] = getBezierPath(ends);
    return [path, x, y];
  }
  const farApart = Math.abs(ends.targetY - ends.sourceY) > RETURN_DEPTH * 1.6;
  const centerY = farApart ? (ends.sourceY + ends.targetY) / 2 : Math.max(ends.sourceY, ends.targetY) + RETURN_DEPTH;
  const [path] = getSmoothStepPath({ ...ends, borderRadius: 14, offset: 26, centerY });
  return [path, (ends.sourceX + ends.targetX) / 2, centerY];
}
