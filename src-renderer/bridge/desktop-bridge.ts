import type { Result } from '../../src-shared/base/result';
import { type DesktopApi, ENGINE_PORT_MESSAGE, type FileFailure, type OpenedFile, type SavedFile } from '../../src-shared/protocol/desktop-api';
import type { FromEngine } from '../../src-shared/protocol/messages';
import { runBatch } from './batch';
import type { Bridge, EnginePort, OpenOutcome, SaveOutcome } from './bridge';
import { runVariantsInWorkers } from './replications';

/** An engine process that has not answered by then is not coming. */
const CONNECT_TIMEOUT_MS = 15_000;

function opened(result: Result<OpenedFile, FileFailure> | null): OpenOutcome {
  if (result === null) return { outcome: 'cancelled' };
  return result.ok ? { outcome: 'opened', ...result.value } : { outcome: 'failed', ...result.error };
}

function saved(result: Result<SavedFile, FileFailure> | null): SaveOutcome {
  if (result === null) return { outcome: 'cancelled' };
  return result.ok ? { outcome: 'saved', ...result.value } : { outcome: 'failed', ...result.error };
}

function exitWords(code: number | null): string {
  return code === null ? 'The engine process was ended.' : `The engine process ended with code ${code}.`;
}

/** Waits for the port that the preload script passes on as a message of this window. */
function engineMessagePort(api: DesktopApi): Promise<MessagePort> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      clearTimeout(timer);
      window.removeEventListener('message', receive);
      stopListening();
    };
    const receive = (event: MessageEvent<unknown>): void => {
      const port = event.ports[0];
      if (event.source !== window || event.data !== ENGINE_PORT_MESSAGE || port === undefined) return;
      settle();
      resolve(port);
    };
    const fail = (why: string): void => {
      settle();
      reject(new Error(why));
    };
    const timer = setTimeout(() => fail('The engine process did not start.'), CONNECT_TIMEOUT_MS);
    const stopListening = api.on('engineExited', ({ code }) => fail(exitWords(code)));
    window.addEventListener('message', receive);
    api.connectEngine().catch((error: unknown) => fail(error instanceof Error ? error.message : String(error)));
  });
}

async function connectEngine(api: DesktopApi): Promise<EnginePort> {
  const port = await engineMessagePort(api);
  let onExit: ((why: string) => void) | undefined;
  let onMessage: ((message: FromEngine) => void) | undefined;
  const stopListening = api.on('engineExited', ({ code }) => {
    stopListening();
    port.close();
    onExit?.(exitWords(code));
  });
  port.onmessage = (event: MessageEvent<FromEngine>) => onMessage?.(event.data);
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => {
      onMessage = listener;
    },
    onExit: (listener) => {
      onExit = listener;
    },
    close: () => {
      stopListening();
      port.close();
    },
  };
}

/** The door on the desktop: calls of the preload script, and a port straight to the engine process. */
export function desktopBridge(api: DesktopApi): Bridge {
  return {
    host: 'desktop',
    ready: async () => void (await api.ready()),
    openFile: async () => opened(await api.openDialog()),
    openPath: async (path) => opened(await api.openRecent(path)),
    openDropped: async (file) => opened(await api.openDropped(file)),
    save: async (path, text, suggestedName, replace) => saved(path === null ? await api.saveAs(suggestedName, text) : await api.save(path, text, replace)),
    recentFiles: () => api.recentFiles(),
    clearRecentFiles: async () => void (await api.clearRecentFiles()),
    saveDraft: async (draft) => {
      const result = await api.saveDraft(draft);
      return result.ok ? null : result.error;
    },
    drafts: () => api.drafts(),
    removeDraft: async (id) => void (await api.removeDraft(id)),
    onMenuAction: (listener) => api.on('action', listener),
    onFileOpened: (listener) => api.on('fileOpened', (result) => listener(opened(result))),
    onCloseRequest: (listener) => api.on('closeRequested', listener),
    answerClose: async (close) => void (await api.answerClose(close)),
    setDocumentState: async (state) => void (await api.setDocumentState(state)),
    setImpossible: async (items) => void (await api.setImpossible([...items])),
    exportFile: async (suggestedName, _mime, content) =>
      saved(await api.exportFile({ suggestedName, content: typeof content === 'string' ? content : new Uint8Array(content) })),
    printReport: async (suggestedName, html) => saved(await api.printReport({ suggestedName, html })),
    connectEngine: () => connectEngine(api),
    runBatch,
    runVariants: runVariantsInWorkers,
  };
}
