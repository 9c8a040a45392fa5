import { IconCopyPlus, IconNote, IconPlus, IconTrash } from '@tabler/icons-react';
import { KINDS } from '../../../src-shared/kinds/registry';
import { canvasCentre, snap } from '../../canvas/canvas-api';
import { addComponent } from '../../document/commands/components';
import { addDesign, deleteDesign, duplicateDesign } from '../../document/commands/designs';
import { GRID } from '../../document/commands/move';
import { addNote } from '../../document/commands/notes';
import { documentStore } from '../../document/document-store';
import { activeDesign, select, showDesign, uiStore } from '../ui-store';
import type { Action } from './action';

const always = (): boolean => true;

/** Places a part of a kind in the middle of the view and selects it. */
export function insertAtCentre(kindId: string): void {
  const design = activeDesign();
  if (design === undefined) return;
  const centre = canvasCentre();
  const at = snap({ x: centre.x - 97, y: centre.y - 40 }, GRID);
  const id = kindId === 'note' ? addNote(design.id, at) : addComponent(design.id, kindId, at);
  if (id === undefined) return;
  select([id]);
  if (kindId === 'note') uiStore.setState({ editingId: id });
}

function showNew(id: string | undefined): void {
  if (id !== undefined) showDesign(id);
}

/** Actions that add parts, notes and designs. */
export const insertActions: readonly Action[] = [
  ...KINDS.map(
    (kind): Action => ({
      id: `insert.${kind.id}`,
      group: 'Insert',
      title: `Add ${kind.title.toLowerCase()}`,
      keywords: `${kind.group} ${kind.help}`,
      shortcuts: [],
      scope: 'window',
      icon: IconPlus,
      enabled: always,
      run: () => insertAtCentre(kind.id),
    }),
  ),
  {
    id: 'insert.note',
    group: 'Insert',
    title: 'Add note',
    keywords: 'text comment',
    shortcuts: [],
    scope: 'window',
    icon: IconNote,
    enabled: always,
    run: () => insertAtCentre('note'),
  },
  {
    id: 'design.add',
    group: 'Design',
    title: 'Add design',
    keywords: 'tab new',
    shortcuts: [],
    scope: 'window',
    icon: IconPlus,
    enabled: always,
    run: () => showNew(addDesign()),
  },
  {
    id: 'design.duplicate',
    group: 'Design',
    title: 'Duplicate design',
    keywords: 'tab copy compare',
    shortcuts: [],
    scope: 'window',
    icon: IconCopyPlus,
    enabled: always,
    run: () => showNew(duplicateDesign(uiStore.getState().activeDesignId)),
  },
  {
    id: 'design.delete',
    group: 'Design',
    title: 'Delete design',
    keywords: 'tab remove',
    shortcuts: [],
    scope: 'window',
    icon: IconTrash,
    enabled: () => documentStore.getState().project.designs.length > 1,
    run: () => deleteDesign(uiStore.getState().activeDesignId),
  },
];
