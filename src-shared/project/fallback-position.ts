/** A point of the canvas, in pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where a part stands that has no stored position: in a row, so that nothing lies on top of anything. */
export function fallbackPosition(index: number): Point {
  return { x: (index % 6) * 256, y: Math.floor(index / 6) * 176 };
}
