import {
  IconArrowBackUp,
  IconArrowDown,
  IconArrowForwardUp,
  IconArrowLeft,
  IconArrowRight,
  IconArrowUp,
  IconBinaryTree2,
  IconClipboard,
  IconCopy,
  IconCopyPlus,
  IconCursorText,
  IconLink,
  IconScissors,
  IconSelectAll,
  IconTrash,
  IconX,
} from '@tabler/icons-react';
import { fitCanvas } from '../../canvas/canvas-api';
import { arrangeParts } from '../../document/commands/arrange';
import { duplicateParts } from '../../document/commands/clipboard';
import { deleteRecords } from '../../document/commands/components';
import { GRID, nudgeParts } from '../../document/commands/move';
import { documentStore, redo, undo } from '../../document/document-store';
import type { Step } from '../../document/history';
import { findRecord } from '../../document/records';
import { activeDesign, select, showDesign, uiStore } from '../ui-store';
import type { Action } from './action';
import { copySelection, cutSelection, pasteFromClipboard } from './clipboard-actions';
import { isEditingText } from './focus';

/** Ids of what is selected. */
function selected(): readonly string[] {
  return uiStore.getState().selection;
}

/** Ids of the selected parts and notes: what can be moved and copied. */
function selectedParts(): readonly string[] {
  const design = activeDesign();
  return design === undefined ? [] : selected().filter((id) => findRecord(design, id)?.type !== 'link');
}

/** The one selected component or note whose name or text Enter edits. */
function renamable(): string | undefined {
  const parts = selectedParts();
  return parts.length === 1 && selected().length === 1 ? parts[0] : undefined;
}

/** The one selected component that has an output. */
function connectable(): string | undefined {
  const design = activeDesign();
  const id = selected().length === 1 ? selected()[0] : undefined;
  return design?.components.some((component) => component.id === id) === true ? id : undefined;
}

/** Brings the design that a step changed into view. */
function follow(step: Step | undefined): void {
  const id = step?.designId;
  if (id != null && documentStore.getState().project.designs.some((design) => design.id === id)) showDesign(id);
}

const nudge = (direction: string, icon: Action['icon'], dx: number, dy: number): readonly Action[] =>
  [1, 4].map((steps) => ({
    id: `edit.nudge${direction}${steps === 1 ? '' : 'More'}`,
    group: 'Edit' as const,
    title: steps === 1 ? `Nudge ${direction.toLowerCase()}` : `Nudge ${direction.toLowerCase()} further`,
    shortcuts: [`${steps === 1 ? '' : 'shift+'}arrow${direction.toLowerCase()}`],
    scope: 'canvas' as const,
    icon,
    keyOnly: true,
    enabled: () => selectedParts().length > 0,
    run: () => {
      const design = activeDesign();
      if (design !== undefined) nudgeParts(design.id, selectedParts(), dx * GRID * steps, dy * GRID * steps);
    },
  }));

/** Actions on the document and the selection. */
export const editActions: readonly Action[] = [
  {
    id: 'edit.undo',
    group: 'Edit',
    title: 'Undo',
    shortcuts: ['mod+z'],
    scope: 'window',
    icon: IconArrowBackUp,
    enabled: () => isEditingText() || documentStore.getState().past.length > 0,
    run: () => {
      // The desktop's menu gets here even while a field is being edited; then the typing is meant.
      if (isEditingText()) document.execCommand('undo');
      else follow(undo());
    },
  },
  {
    id: 'edit.redo',
    group: 'Edit',
    title: 'Redo',
    shortcuts: ['mod+shift+z', 'mod+y'],
    scope: 'window',
    icon: IconArrowForwardUp,
    enabled: () => isEditingText() || documentStore.getState().future.length > 0,
    run: () => {
      if (isEditingText()) document.execCommand('redo');
      else follow(redo());
    },
  },
  {
    id: 'edit.cut',
    group: 'Edit',
    title: 'Cut',
    shortcuts: ['mod+x'],
    scope: 'native',
    icon: IconScissors,
    enabled: () => isEditingText() || selectedParts().length > 0,
    run: () => void cutSelection(),
  },
  {
    id: 'edit.copy',
    group: 'Edit',
    title: 'Copy',
    shortcuts: ['mod+c'],
    scope: 'native',
    icon: IconCopy,
    enabled: () => isEditingText() || selectedParts().length > 0,
    run: () => void copySelection(),
  },
  {
    id: 'edit.paste',
    group: 'Edit',
    title: 'Paste',
    shortcuts: ['mod+v'],
    scope: 'native',
    icon: IconClipboard,
    enabled: () => true,
    run: () => void pasteFromClipboard(),
  },
  {
    id: 'edit.duplicate',
    group: 'Edit',
    title: 'Duplicate',
    keywords: 'clone copy',
    shortcuts: ['mod+d'],
    scope: 'window',
    icon: IconCopyPlus,
    enabled: () => selectedParts().length > 0,
    run: () => {
      const design = activeDesign();
      if (design !== undefined) select(duplicateParts(design.id, selectedParts()));
    },
  },
  {
    id: 'edit.delete',
    group: 'Edit',
    title: 'Delete',
    keywords: 'remove',
    shortcuts: ['delete', 'backspace'],
    scope: 'window',
    icon: IconTrash,
    enabled: () => isEditingText() || selected().length > 0,
    run: () => {
      const design = activeDesign();
      if (isEditingText()) document.execCommand('delete');
      else if (design !== undefined) deleteRecords(design.id, selected());
    },
  },
  {
    id: 'edit.arrange',
    group: 'Edit',
    title: 'Arrange parts left to right',
    keywords: 'layout tidy up order',
    shortcuts: ['mod+shift+l'],
    scope: 'window',
    icon: IconBinaryTree2,
    enabled: () => (activeDesign()?.components.length ?? 0) > 1,
    run: () => {
      const design = activeDesign();
      if (design !== undefined) void arrangeParts(design.id).then(fitCanvas);
    },
  },
  {
    id: 'edit.selectAll',
    group: 'Edit',
    title: 'Select all',
    shortcuts: ['mod+a'],
    scope: 'window',
    icon: IconSelectAll,
    enabled: () => isEditingText() || (activeDesign()?.components.length ?? 0) + (activeDesign()?.notes.length ?? 0) > 0,
    run: () => {
      const design = activeDesign();
      if (isEditingText()) document.execCommand('selectAll');
      else if (design !== undefined) select([...design.notes, ...design.components, ...design.links].map((record) => record.id));
    },
  },
  {
    id: 'edit.rename',
    group: 'Edit',
    title: 'Rename, or edit note',
    keywords: 'name text',
    shortcuts: ['enter', 'f2'],
    scope: 'canvas',
    icon: IconCursorText,
    enabled: () => renamable() !== undefined,
    run: () => uiStore.setState({ editingId: renamable() ?? null }),
  },
  {
    id: 'edit.connect',
    group: 'Edit',
    title: 'Connect to …',
    keywords: 'link wire',
    shortcuts: ['l'],
    scope: 'canvas',
    icon: IconLink,
    enabled: () => connectable() !== undefined,
    run: () => uiStore.setState({ connectingFrom: connectable() ?? null }),
  },
  {
    id: 'edit.cancel',
    group: 'Edit',
    title: 'Cancel, select nothing',
    shortcuts: ['escape'],
    scope: 'window',
    icon: IconX,
    keyOnly: true,
    enabled: () => true,
    run: () => {
      const { placing, editingId } = uiStore.getState();
      if (placing !== null) uiStore.setState({ placing: null });
      else if (editingId !== null) uiStore.setState({ editingId: null });
      else select([]);
    },
  },
  ...nudge('Left', IconArrowLeft, -1, 0),
  ...nudge('Right', IconArrowRight, 1, 0),
  ...nudge('Up', IconArrowUp, 0, -1),
  ...nudge('Down', IconArrowDown, 0, 1),
];
