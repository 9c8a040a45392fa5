import { notifications } from '@mantine/notifications';
import { requestsCsv, resultCsv, resultJson, seriesCsv } from '../../src-shared/analysis/result-export';
import type { RunResult } from '../../src-shared/run/result';
import { fileStem } from '../app/files/file-name';
import { activeDesign } from '../app/ui-store';
import { bridge, type SaveOutcome } from '../bridge/bridge';
import { documentStore } from '../document/document-store';
import { runStore } from '../run/run';
import { canvasPng } from './canvas-png';
import { eventNames } from './event-names';
import { eventsCsv } from './events';

const CSV = 'text/csv;charset=utf-8';
/** Spreadsheets take UTF-8 for what it is only with this mark before it. */
const BYTE_ORDER_MARK = '\uFEFF';

/** Most bytes of the word for what a file holds: it stays where the names before it are cut. */
const WHAT_BYTES = 60;

/** A name for a file: what the project and design are called, without what file systems do not allow. */
export function exportName(design: string, what: string, extension: string): string {
  const { file, project } = documentStore.getState();
  const stem = (file?.name ?? project.name).replace(/\.topolab$/i, '');
  return `${fileStem([stem, project.designs.length > 1 ? design : ''])} - ${fileStem([what], WHAT_BYTES)}.${extension}`;
}

/** Tells how writing a file ended; nothing where the user gave it up. */
export function tellExport(outcome: SaveOutcome): void {
  switch (outcome.outcome) {
    case 'cancelled':
      return;
    case 'saved':
      notifications.show({ color: 'green', title: 'Exported', message: outcome.name });
      return;
    case 'failed':
      notifications.show({ color: 'red', title: `Not exported: ${outcome.place}`, message: `${outcome.problem} ${outcome.remedy}`, autoClose: false });
  }
}

/** Whether there is a result to export. */
export function hasResult(): boolean {
  return runStore.getState().result !== null;
}

/** Whether the canvas shows something that a picture could be made of. */
export function hasCanvasPicture(): boolean {
  const design = activeDesign();
  return design !== undefined && design.components.length + design.notes.length > 0;
}

async function exportResult(what: string, extension: 'csv' | 'json', write: (result: RunResult) => string): Promise<void> {
  const { result } = runStore.getState();
  if (result === null) {
    notifications.show({ color: 'yellow', title: 'Nothing to export yet', message: 'Run the design first (Space).' });
    return;
  }
  const text = write(result);
  tellExport(
    await bridge.exportFile(
      exportName(result.design.name, what, extension),
      extension === 'csv' ? CSV : 'application/json',
      extension === 'csv' ? BYTE_ORDER_MARK + text : text,
    ),
  );
}

/** Writes the table of the result: one row for each part, link, replica and operation. */
export function exportResultCsv(): Promise<void> {
  return exportResult('results', 'csv', resultCsv);
}

/** Writes the points of the charts. */
export function exportSeriesCsv(): Promise<void> {
  return exportResult('series', 'csv', seriesCsv);
}

/** Writes the requests that were listed one by one. */
export function exportRequestsCsv(): Promise<void> {
  return exportResult('requests', 'csv', requestsCsv);
}

/** Writes what happened in the run, also of one that is still under way. */
export async function exportEventsCsv(): Promise<void> {
  const { journal, project, designId } = runStore.getState();
  if (journal.length === 0) {
    notifications.show({ color: 'yellow', title: 'Nothing to export yet', message: 'Nothing has happened in a run so far.' });
    return;
  }
  const design = project?.designs.find(({ id }) => id === designId)?.name ?? '';
  tellExport(await bridge.exportFile(exportName(design, 'events', 'csv'), CSV, BYTE_ORDER_MARK + eventsCsv(journal, eventNames())));
}

/** Writes a table that belongs to the project as a whole. */
export async function exportProjectCsv(what: string, csv: string): Promise<void> {
  tellExport(await bridge.exportFile(exportName('', what, 'csv'), CSV, BYTE_ORDER_MARK + csv));
}

/** Writes what the command line prints as JSON of something that belongs to the project as a whole. */
export async function exportProjectJson(what: string, json: string): Promise<void> {
  tellExport(await bridge.exportFile(exportName('', what, 'json'), 'application/json', json));
}

/** Writes the whole result, as the command line prints it. */
export function exportResultJson(): Promise<void> {
  return exportResult('result', 'json', resultJson);
}

/** Writes a picture of the whole canvas. */
export async function exportCanvasPng(): Promise<void> {
  const design = activeDesign();
  if (design === undefined || design.components.length + design.notes.length === 0) {
    notifications.show({ color: 'yellow', title: 'Nothing to export yet', message: 'Place a part on the canvas first.' });
    return;
  }
  try {
    const png = await canvasPng();
    if (png === null) throw new Error('The canvas is not on display.');
    tellExport(await bridge.exportFile(exportName(design.name, 'canvas', 'png'), 'image/png', png));
  } catch (error) {
    notifications.show({
      color: 'red',
      title: 'No picture was made',
      message: `${error instanceof Error ? error.message : 'The browser gave no reason.'} Try again with the whole design in view.`,
      autoClose: false,
    });
  }
}
