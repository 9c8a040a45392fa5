import { bridge } from '../bridge/bridge';
import { documentStore } from '../document/document-store';
import { listenToClipboard } from './actions/clipboard-actions';
import { followPossible, runMenuAction } from './actions/desktop-menu';
import { documentName } from './files/document-text';
import { dropDraft, keepDrafts, offerDrafts } from './files/drafts';
import { mayReplace, openDropped, takeOpened } from './files/files';
import { keepFocus } from './keep-focus';
import { listenToKeys } from './keyboard';
import { uiStore } from './ui-store';

/** Tells the host what the window shows, whenever that changes. */
function followDocument(): void {
  let last = '';
  const tell = (): void => {
    const { dirty, file } = documentStore.getState();
    const state = { title: documentName().slice(0, 500), path: file?.path ?? null, dirty };
    const text = JSON.stringify(state);
    if (text === last) return;
    last = text;
    void bridge.setDocumentState(state);
  };
  documentStore.subscribe(tell);
  tell();
}

let closing = false;

/** Lets the window be closed once nothing is lost by it. Whoever asks again while the question is open is asked no second one. */
async function answerClose(): Promise<void> {
  if (closing) return;
  closing = true;
  try {
    const close = await mayReplace();
    if (close) await dropDraft();
    await bridge.answerClose(close);
  } finally {
    closing = false;
  }
}

/** A project file dropped anywhere on the window opens; other files do nothing, above all no navigation. */
function listenToDrops(): void {
  const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;
  window.addEventListener('dragover', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
  });
  window.addEventListener('drop', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file !== undefined) void openDropped(file);
  });
}

/** Connects the window to keyboard, clipboard, menu and files, and shows what it starts with. */
export function startSession(): void {
  listenToKeys();
  keepFocus();
  listenToClipboard();
  listenToDrops();
  followDocument();
  bridge.onMenuAction(runMenuAction);
  if (bridge.host === 'desktop') followPossible((items) => void bridge.setImpossible(items));
  bridge.onFileOpened((outcome) => void takeOpened(outcome));
  bridge.onCloseRequest(() => void answerClose());
  keepDrafts();
  void begin();
}

async function begin(): Promise<void> {
  await bridge.ready();
  const recovered = await offerDrafts();
  // A file that came with the start is already open, or opens in a moment and closes the gallery itself.
  if (!recovered && documentStore.getState().documentNumber === 0) uiStore.setState({ galleryOpen: true });
}
