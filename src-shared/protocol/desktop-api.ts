import { z } from 'zod';
import type { Result } from '../base/result';
import { LIMITS } from '../project/project';

/**
 * Everything that the page may ask of the desktop, and everything that the desktop tells the page. The preload script puts a
 * {@link DesktopApi} at `window.topolab`; in a browser there is none. Main checks the sender and the arguments of every call with
 * the schemas below.
 */

/** Ids of the menu's items; the page runs the command of the same name. */
export const MENU_ACTIONS = [
  'new',
  'open',
  'save',
  'save-as',
  'export-csv',
  'export-json',
  'export-png',
  'export-svg',
  'export-report',
  'export-pdf',
  'export-series',
  'export-charts',
  'export-film',
  'undo',
  'redo',
  'cut',
  'copy',
  'paste',
  'duplicate',
  'delete',
  'select-all',
  'find',
  'command-palette',
  'zoom-in',
  'zoom-out',
  'fit',
  'toggle-dock',
  'toggle-palette',
  'toggle-inspector',
  'compare',
  'sweep',
  'search',
  'objectives',
  'toggle-theme',
  'run',
  'pause',
  'step',
  'step-back',
  'leave-past',
  'pin',
  'stop',
  'help',
  'fidelity',
  'shortcuts',
  'gallery',
  'about',
] as const;
export type MenuAction = (typeof MENU_ACTIONS)[number];

/** What can go wrong with a file; `place` is its path, `problem` and `remedy` are sentences for the user. */
export interface FileFailure {
  readonly kind: 'not-found' | 'permission' | 'directory' | 'too-large' | 'disk-full' | 'busy' | 'changed' | 'other';
  readonly place: string;
  readonly problem: string;
  readonly remedy: string;
}

/** The text of a file as it was read; nobody has looked into it yet. */
export interface OpenedFile {
  readonly path: string;
  /** Last part of the path. */
  readonly name: string;
  readonly text: string;
}

export interface RecentFile {
  readonly path: string;
  readonly name: string;
}

/** Where a save went. */
export interface SavedFile {
  readonly path: string;
  readonly name: string;
}

/** Work that was not saved when the window went away. `path` is the file it came from, if any. */
export const draftSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,64}$/),
  path: z.string().max(4096).nullable(),
  name: z.string().max(300),
  text: z.string().max(LIMITS.fileBytes),
});
export type Draft = z.infer<typeof draftSchema>;

/** A file that the page wants to write besides the project: its suggested name says the kind. */
export const exportSchema = z.strictObject({
  suggestedName: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[^/\\:*?"<>|]+\.(csv|json|png|svg|html|webm)$/),
  content: z.union([z.string().max(4 * LIMITS.fileBytes), z.instanceof(Uint8Array)]),
});
export type ExportFile = z.infer<typeof exportSchema>;

/** A report that is to be printed into a file; it is shown without scripts and without any connection. */
export const printSchema = z.strictObject({
  suggestedName: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[^/\\:*?"<>|]+\.pdf$/),
  html: z.string().max(4 * LIMITS.fileBytes),
});
export type PrintReport = z.infer<typeof printSchema>;

/** What the window's title, its unsaved mark and the close guard need to know about the document. */
export const documentStateSchema = z.strictObject({ title: z.string().max(500), path: z.string().max(4096).nullable(), dirty: z.boolean() });
export type DocumentState = z.infer<typeof documentStateSchema>;

/** The engine process has ended without being asked to; `code` as the operating system tells it, or null. */
export interface EngineExit {
  readonly code: number | null;
}

/** Arguments of every call from the page, as a tuple. */
export const callSchemas = {
  ready: z.tuple([]),
  openDialog: z.tuple([]),
  openRecent: z.tuple([z.string().min(1).max(4096)]),
  openDropped: z.tuple([z.string().min(1).max(4096)]),
  /** Path, text, and whether to replace what another program has written there meanwhile; else that is a failure (`changed`). */
  save: z.tuple([z.string().min(1).max(4096), z.string().max(LIMITS.fileBytes), z.boolean()]),
  saveAs: z.tuple([z.string().min(1).max(300), z.string().max(LIMITS.fileBytes)]),
  exportFile: z.tuple([exportSchema]),
  printReport: z.tuple([printSchema]),
  recentFiles: z.tuple([]),
  clearRecentFiles: z.tuple([]),
  saveDraft: z.tuple([draftSchema]),
  removeDraft: z.tuple([z.string().regex(/^[a-z0-9-]{1,64}$/)]),
  drafts: z.tuple([]),
  setDocumentState: z.tuple([documentStateSchema]),
  setImpossible: z.tuple([z.array(z.enum(MENU_ACTIONS)).max(MENU_ACTIONS.length)]),
  answerClose: z.tuple([z.boolean()]),
  connectEngine: z.tuple([]),
} as const;
export type CallName = keyof typeof callSchemas;

/** Results of every call; null for the user who cancelled a dialog. */
export interface CallResults {
  ready: null;
  openDialog: Result<OpenedFile, FileFailure> | null;
  openRecent: Result<OpenedFile, FileFailure>;
  openDropped: Result<OpenedFile, FileFailure>;
  save: Result<SavedFile, FileFailure>;
  saveAs: Result<SavedFile, FileFailure> | null;
  exportFile: Result<SavedFile, FileFailure> | null;
  printReport: Result<SavedFile, FileFailure> | null;
  recentFiles: readonly RecentFile[];
  clearRecentFiles: null;
  saveDraft: Result<null, FileFailure>;
  removeDraft: null;
  drafts: readonly Draft[];
  setDocumentState: null;
  setImpossible: null;
  answerClose: null;
  connectEngine: null;
}

/** What the desktop tells the page without being asked. */
export interface DesktopEvents {
  action: MenuAction;
  /** A file came by double-click, as an argument, from a second start of the program, or from the list of recent files in the menu. */
  fileOpened: Result<OpenedFile, FileFailure>;
  /** The user wants to close the window; nothing closes until `answerClose`. */
  closeRequested: null;
  engineExited: EngineExit;
}
export const EVENT_NAMES = ['action', 'fileOpened', 'closeRequested', 'engineExited'] as const satisfies readonly (keyof DesktopEvents)[];

/** `event.data` of the window message that carries the engine's MessagePort (in `event.ports[0]`) after `connectEngine`. */
export const ENGINE_PORT_MESSAGE = 'topolab:engine-port';

type Calls = { readonly [Name in Exclude<CallName, 'openDropped'>]: (...words: z.infer<(typeof callSchemas)[Name]>) => Promise<CallResults[Name]> };

/** `window.topolab` on the desktop. */
export interface DesktopApi extends Calls {
  readonly platform: string;
  /** Opens a file dropped onto the window. `file` is the DOM's File; the preload script finds its path. */
  readonly openDropped: (file: unknown) => Promise<CallResults['openDropped']>;
  /** Registers a listener; the returned function removes it. Call `ready` once all listeners are registered. */
  readonly on: <Name extends keyof DesktopEvents>(name: Name, listener: (payload: DesktopEvents[Name]) => void) => () => void;
}
