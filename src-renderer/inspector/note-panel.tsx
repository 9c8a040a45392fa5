import { Textarea } from '@mantine/core';
import { LIMITS, type Note } from '../../src-shared/project/project';
import { setNoteText } from '../document/commands/notes';
import { sealHistory } from '../document/document-store';
import classes from './inspector.module.css';

/** The text of a note on the canvas. */
export function NotePanel({ note, designId }: { readonly note: Note; readonly designId: string }) {
  return (
    <div className={classes.body}>
      <h2 className={classes.title}>Note</h2>
      <Textarea
        aria-label="Text of the note"
        autosize
        minRows={6}
        mt="sm"
        maxLength={LIMITS.noteLength}
        value={note.text}
        onChange={(event) => setNoteText(designId, note.id, event.currentTarget.value)}
        onBlur={sealHistory}
      />
    </div>
  );
}
