import type { DocumentState, Draft, FileFailure, MenuAction, RecentFile } from '../../src-shared/protocol/desktop-api';
import type { FromEngine, ToEngine } from '../../src-shared/protocol/messages';
import type { RunBatch } from './batch';
import { browserBridge } from './browser-bridge';
import { desktopBridge } from './desktop-bridge';
import type { RunVariants } from './replications';

/** The text of a file that the user chose. `path` names it for {@link Bridge.save}; null where the host cannot write to it again. */
export interface OpenedText {
  readonly path: string | null;
  readonly name: string;
  readonly text: string;
}

/** Where and why an operation on a file failed, in sentences for the user. */
export type FailedOutcome = { readonly outcome: 'failed' } & FileFailure;
/** The user closed a dialog without choosing. */
export interface CancelledOutcome {
  readonly outcome: 'cancelled';
}
/** How opening a file ended. */
export type OpenOutcome = ({ readonly outcome: 'opened' } & OpenedText) | CancelledOutcome | FailedOutcome;
/** How writing a file ended. Without a path the host put it where downloads go. */
export type SaveOutcome = { readonly outcome: 'saved'; readonly path: string | null; readonly name: string } | CancelledOutcome | FailedOutcome;

/** A line to one engine process or worker. */
export interface EnginePort {
  readonly post: (message: ToEngine) => void;
  /** The one listener for what the engine says. */
  readonly onMessage: (listener: (message: FromEngine) => void) => void;
  /** Called at most once, when the engine has ended without having been asked to. */
  readonly onExit: (listener: (why: string) => void) => void;
  /** Ends the engine, or leaves it to be ended by the next connection. */
  readonly close: () => void;
}

/** Takes a listener off again. */
export type Unsubscribe = () => void;

/** The only door out of the window: files, what the host's menu asks, drafts and the engine. */
export interface Bridge {
  readonly host: 'desktop' | 'browser';
  /** Tells the host that all listeners are registered; a file that came with the start of the program follows. */
  readonly ready: () => Promise<void>;
  /** Asks the user for a file. */
  readonly openFile: () => Promise<OpenOutcome>;
  /** Opens a file of {@link recentFiles}. */
  readonly openPath: (path: string) => Promise<OpenOutcome>;
  /** Opens a file that was dropped onto the window. */
  readonly openDropped: (file: File) => Promise<OpenOutcome>;
  /**
   * Writes the text to this path, or asks where to where it is null. Unless `replace`, fails (`changed`) where another program has written
   * there since this one did; a browser does not tell that.
   */
  readonly save: (path: string | null, text: string, suggestedName: string, replace: boolean) => Promise<SaveOutcome>;
  readonly recentFiles: () => Promise<readonly RecentFile[]>;
  readonly clearRecentFiles: () => Promise<void>;
  /** Keeps unsaved work where a crash cannot reach it. A failure is told once and never stops the work. */
  readonly saveDraft: (draft: Draft) => Promise<FileFailure | null>;
  readonly drafts: () => Promise<readonly Draft[]>;
  readonly removeDraft: (id: string) => Promise<void>;
  readonly onMenuAction: (listener: (action: MenuAction) => void) => Unsubscribe;
  /** A file came from outside: by double-click, as an argument, or from the menu's recent files. */
  readonly onFileOpened: (listener: (outcome: OpenOutcome) => void) => Unsubscribe;
  /** The user wants to close the window; answer with {@link answerClose}. */
  readonly onCloseRequest: (listener: () => void) => Unsubscribe;
  readonly answerClose: (close: boolean) => Promise<void>;
  /** Title, unsaved mark and close guard follow the document. */
  readonly setDocumentState: (state: DocumentState) => Promise<void>;
  /** Items of the host's menu that can do nothing at the moment; a browser has no such menu. */
  readonly setImpossible: (items: readonly MenuAction[]) => Promise<void>;
  /** Writes a file besides the project; its name ends in csv, json, png, svg, html or webm. */
  readonly exportFile: (suggestedName: string, mime: string, content: string | Uint8Array) => Promise<SaveOutcome>;
  /** Prints a report: into a PDF file on the desktop; in a browser with the browser's own dialog, which is the end of what is known of it (`cancelled`). */
  readonly printReport: (suggestedName: string, html: string) => Promise<SaveOutcome>;
  /** Starts a fresh engine, in the place of the one before. Rejects where none can be started. */
  readonly connectEngine: () => Promise<EnginePort>;
  /** Runs designs to their end beside the engine, several at a time. */
  readonly runBatch: RunBatch;
  /** Runs many settings of a design to their end, replications spread over all cores. */
  readonly runVariants: RunVariants;
}

/** The door of this host. */
export const bridge: Bridge = window.topolab === undefined ? browserBridge() : desktopBridge(window.topolab);
