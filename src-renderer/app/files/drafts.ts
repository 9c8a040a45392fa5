import { notifications } from '@mantine/notifications';
import { parseProject } from '../../../src-shared/project/parse';
import type { Project } from '../../../src-shared/project/project';
import type { Draft } from '../../../src-shared/protocol/desktop-api';
import { bridge } from '../../bridge/bridge';
import { type DocumentFile, documentStore, openDocument } from '../../document/document-store';
import { uiStore } from '../ui-store';
import { askDraft, tellFailure } from './dialogs';
import { documentName, documentText, fileStatusStore } from './document-text';

/** How often unsaved work is put aside. */
const EVERY_MS = 4000;

const lockName = (id: string): string => `topolab-draft-${id}`;
let draftId = `draft-${crypto.randomUUID()}`;
let kept: Project | null = null;
let told = false;

/** Holds a lock for as long as the window lives, so that another window does not offer this one's draft. */
function holdLock(id: string): void {
  void navigator.locks?.request(lockName(id), () => new Promise<never>(() => undefined)).catch(() => undefined);
}

async function isHeldElsewhere(id: string): Promise<boolean> {
  try {
    const { held } = (await navigator.locks?.query()) ?? {};
    return held?.some((lock) => lock.name === lockName(id)) === true;
  } catch {
    return false;
  }
}

/** Removes the draft of this window: its work is saved or given up. */
export async function dropDraft(): Promise<void> {
  kept = null;
  await bridge.removeDraft(draftId);
}

async function keepDraft(): Promise<void> {
  const { project, dirty, file } = documentStore.getState();
  if (!dirty) {
    if (kept !== null) await dropDraft();
    return;
  }
  if (project === kept) return;
  kept = project;
  const failure = await bridge.saveDraft({ id: draftId, path: file?.path ?? null, name: documentName().slice(0, 300), text: documentText() });
  if (failure === null || told) return;
  told = true;
  notifications.show({
    color: 'orange',
    title: 'Unsaved work is not kept aside',
    message: `${failure.problem} ${failure.remedy} Save often.`,
    autoClose: false,
  });
}

/** Puts unsaved work aside every few seconds. Gives a function that stops it. */
export function keepDrafts(): () => void {
  holdLock(draftId);
  const timer = setInterval(() => void keepDraft(), EVERY_MS);
  return () => clearInterval(timer);
}

async function recover(draft: Draft): Promise<boolean> {
  const parsed = parseProject(draft.text);
  if (!parsed.ok) {
    await tellFailure({ title: 'The draft could not be read', place: parsed.error.place, problem: parsed.error.problem, remedy: parsed.error.remedy });
    return false;
  }
  draftId = draft.id;
  holdLock(draftId);
  const file: DocumentFile | null = draft.path === null ? null : { path: draft.path, name: draft.name };
  openDocument(parsed.value, file, true);
  fileStatusStore.setState({ recovered: true });
  uiStore.setState({ galleryOpen: false });
  return true;
}

/** Offers the drafts that earlier sessions left. True where one was recovered. */
export async function offerDrafts(): Promise<boolean> {
  for (const draft of await bridge.drafts()) {
    if (draft.id === draftId || (await isHeldElsewhere(draft.id))) continue;
    const answer = await askDraft(draft.name);
    if (answer === 'discard') await bridge.removeDraft(draft.id);
    if (answer === 'recover' && (await recover(draft))) return true;
  }
  return false;
}
