import { type NodeProps, NodeResizer } from '@xyflow/react';
import { memo, useEffect, useRef } from 'react';
import { uiStore, useUi } from '../app/ui-store';
import { GRID, resizeNote } from '../document/commands/move';
import { setNoteText } from '../document/commands/notes';
import { sealHistory } from '../document/document-store';
import type { NoteNode as NoteNodeType } from './flow-store';
import classes from './note-node.module.css';

const toGrid = (value: number): number => Math.round(value / GRID) * GRID;

/** A free text on the canvas. Double-click, or Enter, edits it. */
export const NoteNode = memo(function NoteNode({ data, selected }: NodeProps<NoteNodeType>) {
  const { note, designId } = data;
  const editing = useUi((state) => state.editingId === note.id);
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (!editing) return;
    const frame = requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(area.current.value.length, area.current.value.length);
    });
    return () => cancelAnimationFrame(frame);
  }, [editing]);
  const finish = (): void => {
    sealHistory();
    if (uiStore.getState().editingId === note.id) uiStore.setState({ editingId: null });
  };
  return (
    <>
      <NodeResizer
        isVisible={selected}
        minWidth={96}
        minHeight={48}
        lineClassName={classes.line ?? ''}
        handleClassName={classes.grip ?? ''}
        onResizeEnd={(_event, { x, y, width, height }) =>
          resizeNote(designId, note.id, { x: toGrid(x), y: toGrid(y), width: Math.max(96, toGrid(width)), height: Math.max(48, toGrid(height)) })
        }
      />
      <div className={classes.note} data-selected={selected || undefined}>
        {editing ? (
          <textarea
            ref={area}
            className={`${classes.area} nodrag nopan nowheel`}
            aria-label="Text of the note"
            value={note.text}
            spellCheck={false}
            onChange={(event) => setNoteText(designId, note.id, event.currentTarget.value)}
            onBlur={finish}
            onKeyDown={(event) => {
              event.stopPropagation();
              if (event.key === 'Escape') finish();
            }}
          />
        ) : (
          <div className={classes.text} data-empty={note.text === '' || undefined}>
            {note.text === '' ? 'Double-click to write a note' : note.text}
          </div>
        )}
      </div>
    </>
  );
});
