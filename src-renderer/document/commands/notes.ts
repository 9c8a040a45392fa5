import { LIMITS } from '../../../src-shared/project/project';
import { change, documentStore } from '../document-store';
import { freshId } from '../ids';
import { designOf, draftDesign, type Point, recordIds } from '../records';

/** Size of a new note in px. */
export const NOTE_SIZE = { width: 208, height: 96 } as const;

/** Adds an empty note to the canvas and gives its id. */
export function addNote(designId: string, position: Point): string | undefined {
  const design = designOf(documentStore.getState().project, designId);
  if (design === undefined || design.notes.length >= 1000) return undefined;
  const id = freshId('note', recordIds(design));
  change(
    'Add note',
    (draft) => {
      const target = draftDesign(draft, designId);
      target?.design.notes.push({ id, text: '' });
      if (target !== undefined) target.view.positions[id] = { ...position, ...NOTE_SIZE };
    },
    { designId },
  );
  return id;
}

/** Writes the text of a note on the canvas; a burst of typing is one step. */
export function setNoteText(designId: string, id: string, text: string): void {
  change(
    'Edit note',
    (draft) => {
      const note = draftDesign(draft, designId)?.design.notes.find((candidate) => candidate.id === id);
      if (note !== undefined) note.text = text.slice(0, LIMITS.noteLength);
    },
    { designId, mark: `note:${designId}/${id}` },
  );
}
