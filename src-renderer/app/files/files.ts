import { parseProject } from '../../../src-shared/project/parse';
import { emptyProject, FILE_EXTENSION, type Project } from '../../../src-shared/project/project';
import { bridge, type OpenOutcome, type SaveOutcome } from '../../bridge/bridge';
import { type DocumentFile, documentStore, historyPoint, markSaved, openDocument } from '../../document/document-store';
import { uiStore } from '../ui-store';
import { askChanged, askUnsaved, tellFailure } from './dialogs';
import { documentName, documentText, fileStatusStore } from './document-text';
import { dropDraft } from './drafts';
import { fileStem } from './file-name';

function suggestedName(): string {
  const { file, project } = documentStore.getState();
  return file?.name ?? `${fileStem([project.name])}${FILE_EXTENSION}`;
}

/** Writes the document once and notes that it is saved. */
async function writeOnce(path: string | null, replace: boolean): Promise<SaveOutcome> {
  const at = historyPoint();
  fileStatusStore.setState({ saving: true });
  try {
    const outcome = await bridge.save(path, documentText(), suggestedName(), replace);
    if (outcome.outcome !== 'saved') return outcome;
    markSaved({ name: outcome.name, ...(outcome.path !== null && { path: outcome.path }) }, at);
    fileStatusStore.setState({ recovered: false });
    await dropDraft();
    return outcome;
  } finally {
    fileStatusStore.setState({ saving: false });
  }
}

async function write(path: string | null, replace = false): Promise<boolean> {
  if (fileStatusStore.getState().saving) return false;
  const outcome = await writeOnce(path, replace);
  if (outcome.outcome !== 'failed') return outcome.outcome === 'saved';
  if (outcome.kind !== 'changed') {
    await tellFailure({ title: 'The file was not saved', ...outcome });
    return false;
  }
  switch (await askChanged(documentName())) {
    case 'replace':
      return write(path, true);
    case 'save-as':
      return write(null);
    case 'cancel':
      return false;
  }
}

/** Saves to the file of the document, or asks for one. True once it is saved. */
export function save(): Promise<boolean> {
  return write(documentStore.getState().file?.path ?? null);
}

/** Asks for a file and saves there. */
export function saveAs(): Promise<boolean> {
  return write(null);
}

/** Whether what is open may be replaced: it is saved, or the user says what to do about it. */
export async function mayReplace(): Promise<boolean> {
  if (!documentStore.getState().dirty) return true;
  switch (await askUnsaved(documentName())) {
    case 'save':
      return save();
    case 'discard':
      return true;
    case 'cancel':
      return false;
  }
}

async function replaceDocument(project: Project, file: DocumentFile | null): Promise<void> {
  if (!(await mayReplace())) return;
  await dropDraft();
  openDocument(project, file);
  fileStatusStore.setState({ recovered: false });
  uiStore.setState({ galleryOpen: false });
}

/** Makes the text of a file the document, if it is a project and what is open may go. */
export async function takeOpened(outcome: OpenOutcome): Promise<void> {
  if (outcome.outcome === 'cancelled') return;
  if (outcome.outcome === 'failed') {
    await tellFailure({ title: 'The file was not opened', ...outcome });
    return;
  }
  const parsed = parseProject(outcome.text);
  if (!parsed.ok) {
    await tellFailure({
      title: `“${outcome.name}” was not opened`,
      place: `${outcome.path ?? outcome.name}, ${parsed.error.place}`,
      problem: parsed.error.problem,
      remedy: parsed.error.remedy,
    });
    return;
  }
  await replaceDocument(parsed.value, { name: outcome.name, ...(outcome.path !== null && { path: outcome.path }) });
}

/** Asks for a file and opens it. */
export async function openFromDialog(): Promise<void> {
  await takeOpened(await bridge.openFile());
}

/** Opens a file of the recent ones. */
export async function openRecent(path: string): Promise<void> {
  await takeOpened(await bridge.openPath(path));
}

/** Opens a template: a project that belongs to no file yet. */
export async function openTemplate(text: string): Promise<void> {
  const parsed = parseProject(text);
  if (parsed.ok) await replaceDocument(parsed.value, null);
  else await tellFailure({ title: 'The template was not opened', place: parsed.error.place, problem: parsed.error.problem, remedy: parsed.error.remedy });
}

/** Starts with an empty canvas. */
export async function openEmpty(): Promise<void> {
  await replaceDocument(emptyProject(), null);
}

/** Opens a file that was dropped onto the window. */
export async function openDropped(file: File): Promise<void> {
  await takeOpened(await bridge.openDropped(file));
}
