import { change } from '../document-store';
import { draftDesign, fallbackPosition, type Point } from '../records';

/** Distance of the canvas grid in px. */
export const GRID = 16;

/** Puts parts and notes at new positions: one step, however far they were dragged. */
export function moveParts(designId: string, positions: ReadonlyMap<string, Point>): void {
  change(
    positions.size === 1 ? 'Move' : `Move ${positions.size} parts`,
    (draft) => {
      const view = draftDesign(draft, designId)?.view;
      if (view === undefined) return;
      for (const [id, { x, y }] of positions) {
        const position = view.positions[id];
        if (position === undefined) view.positions[id] = { x, y };
        else {
          position.x = x;
          position.y = y;
        }
      }
    },
    { designId },
  );
}

/** Moves parts a little, as the arrow keys do. Presses in quick succession are one step. */
export function nudgeParts(designId: string, ids: readonly string[], dx: number, dy: number): void {
  change(
    ids.length === 1 ? 'Move' : `Move ${ids.length} parts`,
    (draft) => {
      const target = draftDesign(draft, designId);
      if (target === undefined) return;
      for (const id of ids) {
        const index = target.design.components.findIndex((component) => component.id === id);
        if (index < 0 && !target.design.notes.some((note) => note.id === id)) continue;
        const position = target.view.positions[id] ?? fallbackPosition(Math.max(0, index));
        target.view.positions[id] = { ...position, x: position.x + dx, y: position.y + dy };
      }
    },
    { designId, mark: `nudge:${designId}/${[...ids].sort().join(',')}`, withinMs: 1000 },
  );
}

/** Gives a note another size and, where its left or upper edge was dragged, another position. */
export function resizeNote(designId: string, id: string, box: Point & { readonly width: number; readonly height: number }): void {
  change(
    'Resize note',
    (draft) => {
      const view = draftDesign(draft, designId)?.view;
      if (view !== undefined) view.positions[id] = { x: box.x, y: box.y, width: box.width, height: box.height };
    },
    { designId },
  );
}
