import { notifications } from '@mantine/notifications';
import { looksOfResult, NO_LOOKS, type PictureLooks } from '../../src-shared/analysis/report/picture-looks';
import { reportHtml } from '../../src-shared/analysis/report/report';
import { topologyPicture } from '../../src-shared/analysis/report/topology-picture';
import { readingOf } from '../advice/reading';
import { activeDesign } from '../app/ui-store';
import { bridge } from '../bridge/bridge';
import { documentStore } from '../document/document-store';
import { EFFECTS } from '../faults/effects';
import { exportName, tellExport } from '../results/exports';
import { runFaultsStore } from '../run/active-faults';
import { liveStore, runStore } from '../run/run';
import { isActive } from '../run/run-state';
import type { FilmSource } from './film';
import { looksOfLive } from './live-looks';

/** Light or dark, as the window is now. */
export function windowScheme(): 'light' | 'dark' {
  return document.documentElement.dataset.mantineColorScheme === 'dark' ? 'dark' : 'light';
}

/** The run that can be told of: it has a result, and the project as it was when it began. */
export function finishedRun(): FilmSource | null {
  const { project, result, injected } = runStore.getState();
  return project === null || result === null ? null : { project, result, injected };
}

function tellNothing(): void {
  notifications.show({ color: 'yellow', title: 'Nothing to export yet', message: 'Run the design first (Space).' });
}

function tellFailure(error: unknown): void {
  notifications.show({
    color: 'red',
    title: 'The report could not be made',
    message: `${error instanceof Error ? error.message : String(error)} Run the design again.`,
    autoClose: false,
  });
}

/** The report of the last run, of the design that ran; null, and a word about it, where there is none. */
function makeReport(): { readonly html: string; readonly design: string } | null {
  const run = finishedRun();
  if (run === null) {
    tellNothing();
    return null;
  }
  try {
    const { file } = documentStore.getState();
    const reading = readingOf(run.project, run.result.design.id, run.result);
    const html = reportHtml({
      ...run,
      ...(reading !== null && { reading }),
      date: new Date().toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' }),
      ...(file !== null && { fileName: file.name }),
    });
    return { html, design: run.result.design.name };
  } catch (error) {
    tellFailure(error);
    return null;
  }
}

/** Writes the report as one HTML page. */
export async function saveReport(): Promise<void> {
  const made = makeReport();
  if (made !== null) tellExport(await bridge.exportFile(exportName(made.design, 'report', 'html'), 'text/html;charset=utf-8', made.html));
}

/** Writes the report as PDF on the desktop; in a browser opens it and the browser's dialog for printing. */
export async function printReport(): Promise<void> {
  const made = makeReport();
  if (made !== null) tellExport(await bridge.printReport(exportName(made.design, 'report', 'pdf'), made.html));
}

/** What the canvas shows now: live numbers and faults under way, the numbers of a finished run, or none. */
function shownLooks(designId: string): PictureLooks {
  const { phase, project, result, designId: ranId } = runStore.getState();
  if (ranId !== designId || project === null) return NO_LOOKS;
  if (result !== null && !isActive(phase)) return looksOfResult(project, result);
  const { byTarget } = runFaultsStore.getState();
  return looksOfLive(project, designId, liveStore, (id) => (byTarget.get(id) ?? []).map(({ effect }) => EFFECTS[effect.type].word));
}

/** Writes a picture of the whole canvas as vectors, with what it shows of a run. */
export async function exportCanvasSvg(): Promise<void> {
  const design = activeDesign();
  if (design === undefined || design.components.length + design.notes.length === 0) {
    notifications.show({ color: 'yellow', title: 'Nothing to export yet', message: 'Place a part on the canvas first.' });
    return;
  }
  const { project } = documentStore.getState();
  const { svg } = topologyPicture(project, design, shownLooks(design.id), {
    scheme: windowScheme(),
    title: `${project.name}: ${design.name}`,
    standalone: true,
  });
  tellExport(await bridge.exportFile(exportName(design.name, 'canvas', 'svg'), 'image/svg+xml', svg));
}
