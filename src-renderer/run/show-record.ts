import { notifications } from '@mantine/notifications';
import type { Project } from '../../src-shared/project/project';
import { select, showDesign, uiStore } from '../app/ui-store';
import { centreOn } from '../canvas/canvas-api';
import { documentStore } from '../document/document-store';
import { designOf } from '../document/records';
import { runStore } from './run';

/** Until the drawing of another design stands, ms. */
const DRAWN_MS = 120;

/** The design in which a record of a run is found now: the one that ran, or else the one on display; null where it is gone. */
export function designWith(project: Project, id: string, ranId: string | null, shownId: string): string | null {
  const holds = (designId: string | null): designId is string => {
    const design = designId === null ? undefined : designOf(project, designId);
    return design !== undefined && (design.components.some((part) => part.id === id) || design.links.some((link) => link.id === id));
  };
  return holds(ranId) ? ranId : holds(shownId) ? shownId : null;
}

/** Selects a part or link that numbers of the last run are of and brings it into view, in the design that ran. `tell`: says so where it is gone. */
export function showRecord(id: string, tell = true): void {
  const shownId = uiStore.getState().activeDesignId;
  const found = designWith(documentStore.getState().project, id, runStore.getState().designId, shownId);
  if (found === null) {
    if (tell)
      notifications.show({ color: 'yellow', title: 'It is no longer there', message: 'The part or link has been deleted since the run. Undo brings it back.' });
    return;
  }
  showDesign(found);
  select([id]);
  if (found === shownId) centreOn([id]);
  else setTimeout(() => centreOn([id]), DRAWN_MS);
}
