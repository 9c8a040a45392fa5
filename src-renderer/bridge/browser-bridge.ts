import { type Draft, draftSchema } from '../../src-shared/protocol/desktop-api';
import type { FromEngine } from '../../src-shared/protocol/messages';
import { runBatch } from './batch';
import type { Bridge, EnginePort, OpenOutcome, SaveOutcome } from './bridge';
import { allowed, chooseFile, download, failed, failureOf, isAbort, PROJECT_TYPES, pickers, printPage, readFile, writeHandle } from './browser-files';
import { clear, put, readAll, remove } from './browser-storage';
import { runVariantsInWorkers } from './replications';

/** A file that this browser may open again. Its id stands in for a path, which browsers never tell. */
interface RecentHandle {
  readonly id: string;
  readonly name: string;
  readonly openedAt: number;
  readonly handle: FileSystemFileHandle;
}

const MOST_RECENT = 10;
const handles = new Map<string, FileSystemFileHandle>();

function isRecentHandle(value: unknown): value is RecentHandle {
  return typeof value === 'object' && value !== null && 'id' in value && 'name' in value && 'openedAt' in value && 'handle' in value;
}

/** Files opened before, newest first. Without storage (private windows) there are none. */
async function recentHandles(): Promise<RecentHandle[]> {
  try {
    return (await readAll('recent')).filter(isRecentHandle).sort((one, other) => other.openedAt - one.openedAt);
  } catch {
    return [];
  }
}

/** Gives a handle its id, the one it had before where it is the same file, and puts it at the top of the recent files. */
async function remember(handle: FileSystemFileHandle): Promise<string> {
  const known = await recentHandles();
  let id: string | undefined;
  for (const [knownId, knownHandle] of [...handles, ...known.map((recent) => [recent.id, recent.handle] as const)]) {
    if (await knownHandle.isSameEntry(handle)) {
      id = knownId;
      break;
    }
  }
  id ??= `browser-file-${crypto.randomUUID()}`;
  handles.set(id, handle);
  try {
    await put('recent', { id, name: handle.name, openedAt: Date.now(), handle } as RecentHandle);
    for (const old of known.filter((recent) => recent.id !== id).slice(MOST_RECENT - 1)) await remove('recent', old.id);
  } catch {
    // Recent files are a convenience: without storage the file is open all the same.
  }
  return id;
}

async function openFile(): Promise<OpenOutcome> {
  const { showOpenFilePicker } = pickers();
  try {
    if (showOpenFilePicker === undefined) {
      const file = await chooseFile();
      return file === null ? { outcome: 'cancelled' } : await readFile(file, null);
    }
    const [handle] = await showOpenFilePicker({ types: PROJECT_TYPES });
    if (handle === undefined) return { outcome: 'cancelled' };
    return await readFile(await handle.getFile(), await remember(handle));
  } catch (error) {
    return isAbort(error) ? { outcome: 'cancelled' } : failureOf(error, 'the chosen file', 'open');
  }
}

async function openPath(path: string): Promise<OpenOutcome> {
  const recent = (await recentHandles()).find((candidate) => candidate.id === path);
  const handle = handles.get(path) ?? recent?.handle;
  if (handle === undefined) return failed('not-found', path, 'The browser no longer knows this file.', 'Open it with the file dialog.');
  try {
    if (!(await allowed(handle, 'readwrite')))
      return failed('permission', handle.name, 'The browser did not allow this page to use the file.', 'Open it again and allow access.');
    return await readFile(await handle.getFile(), await remember(handle));
  } catch (error) {
    return failureOf(error, handle.name, 'open');
  }
}

async function save(path: string | null, text: string, suggestedName: string): Promise<SaveOutcome> {
  const { showSaveFilePicker } = pickers();
  let place = suggestedName;
  try {
    let handle = path === null ? undefined : handles.get(path);
    if (handle === undefined) {
      if (showSaveFilePicker === undefined) {
        download(suggestedName, 'application/json', text);
        return { outcome: 'saved', path: null, name: suggestedName };
      }
      handle = await showSaveFilePicker({ suggestedName, types: PROJECT_TYPES });
    }
    place = handle.name;
    if (!(await allowed(handle, 'readwrite')))
      return failed('permission', place, 'The browser did not allow this page to write the file.', 'Use "Save as" and allow access.');
    await writeHandle(handle, text);
    return { outcome: 'saved', path: await remember(handle), name: handle.name };
  } catch (error) {
    return isAbort(error) ? { outcome: 'cancelled' } : failureOf(error, place, 'save');
  }
}

async function drafts(): Promise<readonly Draft[]> {
  try {
    return (await readAll('drafts')).flatMap((record) => {
      const parsed = draftSchema.safeParse(record);
      return parsed.success ? [parsed.data] : [];
    });
  } catch {
    return [];
  }
}

/** The engine in a worker of this page. */
function connectEngine(): EnginePort {
  const worker = new Worker(new URL('./engine-worker.ts', import.meta.url), { type: 'module', name: 'Topolab engine' });
  let onExit: ((why: string) => void) | undefined;
  let onMessage: ((message: FromEngine) => void) | undefined;
  const end = (why: string): void => {
    worker.terminate();
    onExit?.(why);
    onExit = undefined;
  };
  worker.onmessage = (event: MessageEvent<FromEngine>) => onMessage?.(event.data);
  worker.onerror = (event) => end(event.message === '' || event.message === undefined ? 'The engine could not be loaded.' : event.message);
  worker.onmessageerror = () => end('The engine sent something that could not be read.');
  return {
    post: (message) => worker.postMessage(message),
    onMessage: (listener) => {
      onMessage = listener;
    },
    onExit: (listener) => {
      onExit = listener;
    },
    close: () => {
      onExit = undefined;
      worker.terminate();
    },
  };
}

/** The door in a browser: its file dialogs and storage, and the engine in a worker. */
export function browserBridge(): Bridge {
  let dirty = false;
  window.addEventListener('beforeunload', (event) => {
    if (dirty) event.preventDefault();
  });
  let engine: EnginePort | undefined;
  const never = (): (() => void) => () => undefined;
  return {
    host: 'browser',
    ready: async () => undefined,
    openFile,
    openPath,
    openDropped: (file) => readFile(file, null),
    save,
    recentFiles: async () => (await recentHandles()).map(({ id, name }) => ({ path: id, name })),
    clearRecentFiles: async () => {
      await clear('recent').catch(() => undefined);
    },
    saveDraft: async (draft) => {
      try {
        await put('drafts', draft);
        return null;
      } catch (error) {
        const { kind, place, problem, remedy } = failureOf(error, 'the storage of this browser', 'save');
        return { kind, place, problem, remedy };
      }
    },
    drafts,
    removeDraft: async (id) => {
      await remove('drafts', id).catch(() => undefined);
    },
    onMenuAction: never,
    onFileOpened: never,
    onCloseRequest: never,
    answerClose: async () => undefined,
    setDocumentState: async (state) => {
      dirty = state.dirty;
      document.title = `${state.dirty ? '● ' : ''}${state.title} – Topolab`;
    },
    setImpossible: async () => undefined,
    exportFile: async (suggestedName, mime, content) => {
      download(suggestedName, mime, content);
      return { outcome: 'saved', path: null, name: suggestedName };
    },
    printReport: async (_suggestedName, html) => printPage(html),
    connectEngine: async () => {
      engine?.close();
      engine = connectEngine();
      return engine;
    },
    runBatch,
    runVariants: runVariantsInWorkers,
  };
}
