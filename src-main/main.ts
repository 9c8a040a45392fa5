import { join } from 'node:path';
import type { WebContents } from 'electron';
import { app, Menu, session } from 'electron';
import type { MenuAction } from '../src-shared/protocol/desktop-api';
import { EngineBroker } from './engine-process/engine-broker';
import { Drafts } from './files/drafts';
import { fileArguments } from './files/file-arguments';
import { FileDesk } from './files/file-desk';
import { RecentFiles } from './files/recent-files';
import { StoredJson } from './files/stored-json';
import { serveCalls, tell } from './ipc/channels';
import { declareScheme, serveScheme } from './security/app-protocol';
import { guardContents, guardSession } from './security/session-guard';
import { silenceChromium } from './security/switches';
import { MainWindow } from './window/main-window';
import { buildMenu, showImpossible } from './window/menu';
import { boundsSchema, DEFAULT_BOUNDS } from './window/window-bounds';

// Built to out/main/main.cjs, beside the other parts.
const here = import.meta.dirname;
const waitingFiles: string[] = [];
let openWaiting: () => Promise<void> = async () => undefined;

function tellBlocked(url: string): void {
  console.error(`Blocked a connection to ${url}`);
}

function openLater(files: readonly string[]): void {
  waitingFiles.push(...files);
  void openWaiting();
}

silenceChromium();
declareScheme();
// Root has no sandbox on Linux and says so with this switch; every page is sandboxed otherwise.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
app.setName('Topolab');
const dataFolder = app.commandLine.getSwitchValue('user-data-dir');
if (dataFolder !== '') app.setPath('userData', dataFolder);
app.on('open-file', (event, path) => {
  event.preventDefault();
  openLater([path]);
});
app.on('web-contents-created', (_event, contents) => guardContents(contents));
app.on('session-created', (created) => guardSession(created, tellBlocked));
app.on('window-all-closed', () => app.quit());

const files = fileArguments(process.argv, process.cwd());
if (app.requestSingleInstanceLock({ files })) {
  openLater(files);
  void app.whenReady().then(run);
} else {
  // The program that is running already opens the files.
  app.quit();
}

function run(): void {
  const data = app.getPath('userData');
  const recent = new RecentFiles(join(data, 'recent-files.json'));
  const drafts = new Drafts(join(data, 'drafts'));
  guardSession(session.defaultSession, tellBlocked);
  serveScheme(session.defaultSession, join(here, '..', 'renderer'));

  const page = (): WebContents | undefined => (main.window.isDestroyed() ? undefined : main.window.webContents);
  const broker = new EngineBroker(join(here, 'engine-process.cjs'), (exit) => tell(page(), 'engineExited', exit));
  const main = new MainWindow(join(here, '..', 'preload', 'preload.cjs'), new StoredJson(join(data, 'window.json'), boundsSchema, DEFAULT_BOUNDS), () =>
    broker.stop(),
  );
  const act = (action: MenuAction): void => tell(page(), 'action', action);
  let impossible: ReadonlySet<MenuAction> = new Set();
  const showMenu = (): void => {
    const wishes = {
      onAction: act,
      onRecent: (path: string) => openLater([path]),
      onClearRecent: () => void recent.clear().then(showMenu),
      onQuit: () => main.window.close(),
    };
    Menu.setApplicationMenu(buildMenu(recent.list(), impossible, wishes));
  };
  const desk = new FileDesk(recent, showMenu);
  showMenu();

  let listening = false;
  openWaiting = async () => {
    if (waitingFiles.length > 0) main.focus();
    if (!listening) return;
    for (const path of waitingFiles.splice(0)) tell(page(), 'fileOpened', await desk.open(path));
  };
  main.window.webContents.on('did-start-loading', () => {
    listening = false;
    // A fresh page says anew what it cannot do.
    impossible = new Set();
    showImpossible(impossible);
  });
  main.window.on('closed', () => broker.stop());
  app.on('second-instance', (_event, words, folder, additional) => {
    const given = additional as { files?: unknown } | null;
    openLater(Array.isArray(given?.files) ? given.files.filter((file) => typeof file === 'string') : fileArguments(words, folder));
  });

  serveCalls({
    // Answered once the page has got the files that came with the start: it shows no gallery before them.
    ready: async () => {
      listening = true;
      await openWaiting();
      return null;
    },
    openDialog: () => desk.openDialog(main.window),
    openRecent: (_sender, path) => desk.openRecent(path),
    openDropped: (_sender, path) => desk.open(path),
    save: (_sender, path, text, replace) => desk.save(path, text, replace),
    saveAs: (_sender, name, text) => desk.saveAs(main.window, name, text),
    exportFile: (_sender, file) => desk.exportFile(main.window, file),
    printReport: (_sender, report) => desk.printReport(main.window, report),
    recentFiles: () => recent.list(),
    clearRecentFiles: async () => {
      await recent.clear();
      showMenu();
      return null;
    },
    saveDraft: (_sender, draft) => drafts.save(draft),
    removeDraft: async (_sender, id) => {
      await drafts.remove(id);
      return null;
    },
    drafts: () => drafts.list(),
    setDocumentState: (_sender, state) => {
      main.setDocument(state);
      void desk.show(state.path);
      return null;
    },
    setImpossible: (_sender, items) => {
      impossible = new Set(items);
      showImpossible(impossible);
      return null;
    },
    answerClose: (_sender, close) => {
      main.answerClose(close);
      return null;
    },
    connectEngine: (sender) => {
      broker.connect(sender);
      return null;
    },
  });
}
