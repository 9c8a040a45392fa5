import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { CallName, DesktopApi, DesktopEvents } from '../../src-shared/protocol/desktop-api';

// Runs in the sandbox before the page: it gives the page named functions and never ipcRenderer itself. Names only, no schemas: main
// checks every argument, and this script stays small.
const CALLS: { readonly [Name in Exclude<CallName, 'openDropped'>]: true } = {
  ready: true,
  openDialog: true,
  openRecent: true,
  save: true,
  saveAs: true,
  exportFile: true,
  printReport: true,
  recentFiles: true,
  clearRecentFiles: true,
  saveDraft: true,
  removeDraft: true,
  drafts: true,
  setDocumentState: true,
  setImpossible: true,
  answerClose: true,
  connectEngine: true,
};
const EVENTS: { readonly [Name in keyof DesktopEvents]: true } = { action: true, fileOpened: true, closeRequested: true, engineExited: true };

const calls = Object.fromEntries(Object.keys(CALLS).map((name) => [name, (...words: unknown[]) => ipcRenderer.invoke(`topolab:call:${name}`, ...words)]));

function on<Name extends keyof DesktopEvents>(name: Name, listener: (payload: DesktopEvents[Name]) => void): () => void {
  if (!Object.hasOwn(EVENTS, name)) throw new Error(`There is no event ${String(name)}.`);
  const channel = `topolab:event:${name}`;
  const receive = (_event: unknown, payload: DesktopEvents[Name]): void => listener(payload);
  ipcRenderer.on(channel, receive);
  return () => {
    ipcRenderer.removeListener(channel, receive);
  };
}

const api: DesktopApi = {
  ...(calls as unknown as Omit<DesktopApi, 'platform' | 'openDropped' | 'on'>),
  platform: process.platform,
  openDropped: (file) => ipcRenderer.invoke('topolab:call:openDropped', webUtils.getPathForFile(file as File)),
  on,
};
contextBridge.exposeInMainWorld('topolab', api);

// A port cannot cross the bridge as a value: it goes to the page as a message of its own window.
ipcRenderer.on('topolab:engine-port', (event) => {
  window.postMessage('topolab:engine-port', window.location.origin, event.ports);
});
