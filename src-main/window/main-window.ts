import { BrowserWindow, dialog, nativeTheme, screen } from 'electron';
import type { DocumentState } from '../../src-shared/protocol/desktop-api';
import type { StoredJson } from '../files/stored-json';
import { tell } from '../ipc/channels';
import { APP_URL } from '../security/app-protocol';
import type { StoredBounds } from './window-bounds';
import { fitBounds } from './window-bounds';

const CRASH_PAUSE_MS = 30_000;

/** The one window: its place, its title, and what happens when it is asked to close or its page dies. */
export class MainWindow {
  readonly window: BrowserWindow;
  private document: DocumentState = { title: 'Topolab', path: null, dirty: false };
  private mayClose = false;
  private pageAlive = true;
  private lastCrash = Number.NEGATIVE_INFINITY;

  constructor(
    preload: string,
    private readonly bounds: StoredJson<StoredBounds>,
    private readonly onPageGone: () => void,
  ) {
    const stored = bounds.get();
    const screens = screen.getAllDisplays().map((display) => display.workArea);
    this.window = new BrowserWindow({
      ...fitBounds(stored, screens, screen.getPrimaryDisplay().workArea),
      minWidth: 720,
      minHeight: 480,
      show: false,
      title: 'Topolab',
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#14161a' : '#ffffff',
      webPreferences: {
        preload,
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        webviewTag: false,
        spellcheck: false,
        navigateOnDragDrop: false,
        // A run goes on while the window is behind another one: its frames have to be taken.
        backgroundThrottling: false,
      },
    });
    if (stored.maximised) this.window.maximize();
    this.window.once('ready-to-show', () => this.window.show());
    this.window.on('page-title-updated', (event) => event.preventDefault());
    this.window.on('close', (event) => this.close(event));
    this.window.webContents.on('render-process-gone', (_event, details) => this.pageDied(details.reason));
    this.window.on('unresponsive', () => void this.askWhetherToWait());
    void this.window.loadURL(APP_URL);
  }

  /** Takes what the page says about its document: title, unsaved mark, and whether closing needs a question. */
  setDocument(state: DocumentState): void {
    this.document = state;
    this.window.setTitle(`${state.dirty ? '• ' : ''}${state.title} – Topolab`);
    if (process.platform === 'darwin') {
      this.window.setDocumentEdited(state.dirty);
      this.window.setRepresentedFilename(state.path ?? '');
    }
  }

  /** The page's answer to `closeRequested`. */
  answerClose(close: boolean): void {
    if (!close) return;
    this.mayClose = true;
    this.window.close();
  }

  /** Brings the window to the front. */
  focus(): void {
    if (this.window.isDestroyed()) return;
    if (this.window.isMinimized()) this.window.restore();
    this.window.show();
    this.window.focus();
  }

  private close(event: { preventDefault(): void }): void {
    const normal = this.window.getNormalBounds();
    void this.bounds.set({
      version: 1,
      x: normal.x,
      y: normal.y,
      width: Math.max(normal.width, 200),
      height: Math.max(normal.height, 200),
      maximised: this.window.isMaximized(),
    });
    if (this.mayClose || !this.document.dirty || !this.pageAlive) return;
    event.preventDefault();
    tell(this.window.webContents, 'closeRequested', null);
  }

  /** Drafts are on disk: a fresh page finds them. A page that dies again at once is not started a third time. */
  private pageDied(reason: string): void {
    if (reason === 'clean-exit' || this.window.isDestroyed()) return;
    this.onPageGone();
    const again = performance.now() - this.lastCrash < CRASH_PAUSE_MS;
    this.lastCrash = performance.now();
    if (!again) {
      this.document = { ...this.document, dirty: false };
      this.window.webContents.reload();
      return;
    }
    this.pageAlive = false;
    dialog.showErrorBox(
      'Topolab',
      `The window has stopped twice in a short time (${reason}). Your last unsaved work is kept and will be offered at the next start.`,
    );
    this.window.close();
  }

  private async askWhetherToWait(): Promise<void> {
    const { response } = await dialog.showMessageBox(this.window, {
      type: 'warning',
      message: 'The window does not answer.',
      detail: 'It may still be busy. Unsaved work up to a few seconds ago is kept as a draft.',
      buttons: ['Wait', 'Restart the window'],
      defaultId: 0,
      cancelId: 0,
    });
    if (response === 1) this.window.webContents.forcefullyCrashRenderer();
  }
}
