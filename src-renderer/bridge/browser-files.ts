import { LIMITS } from '../../src-shared/project/project';
import type { FileFailure } from '../../src-shared/protocol/desktop-api';
import type { CancelledOutcome, FailedOutcome, OpenedText, OpenOutcome } from './bridge';

interface PickerOptions {
  readonly suggestedName?: string;
  readonly types?: readonly { readonly description: string; readonly accept: Readonly<Record<string, readonly string[]>> }[];
}

/** What Chromium offers beyond the standard's library: dialogs whose files can be written again. */
export interface FilePickers {
  readonly showOpenFilePicker?: (options: PickerOptions) => Promise<readonly FileSystemFileHandle[]>;
  readonly showSaveFilePicker?: (options: PickerOptions) => Promise<FileSystemFileHandle>;
}

/** A handle whose permission can be asked for. */
type PermissionHandle = FileSystemFileHandle & {
  readonly requestPermission?: (options: { readonly mode: 'read' | 'readwrite' }) => Promise<PermissionState>;
};

/** The browser's dialogs, where it has them. */
export function pickers(): FilePickers {
  return window as unknown as FilePickers;
}

export const PROJECT_TYPES = [{ description: 'Topolab project', accept: { 'application/json': ['.topolab'] } }] as const;

/** A failure with its place, as an outcome. */
export function failed(kind: FileFailure['kind'], place: string, problem: string, remedy: string): FailedOutcome {
  return { outcome: 'failed', kind, place, problem, remedy };
}

/** Whether an error of the file system says that the user closed the dialog. */
export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

/** An error of the browser's file system in words. */
export function failureOf(error: unknown, place: string, doing: 'open' | 'save'): FailedOutcome {
  const name = error instanceof DOMException ? error.name : '';
  switch (name) {
    case 'NotFoundError':
      return failed('not-found', place, 'The file is no longer there.', 'It may have been moved or renamed: open it again from where it is now.');
    case 'NotAllowedError':
    case 'SecurityError':
      return failed(
        'permission',
        place,
        'The browser did not allow this page to use the file.',
        doing === 'open' ? 'Open it again and allow access.' : 'Use "Save as" and allow access.',
      );
    case 'QuotaExceededError':
      return failed('disk-full', place, 'There is no room left to write the file.', 'Free some space, then save again.');
    case 'NoModificationAllowedError':
    case 'InvalidStateError':
      return failed('busy', place, 'Another program holds the file.', 'Close the other program, then try again.');
    default:
      return failed(
        'other',
        place,
        error instanceof Error ? error.message : 'The browser gave no reason.',
        doing === 'open' ? 'Try again, or choose another file.' : 'Use "Save as" to write it elsewhere.',
      );
  }
}

/** Reads a file's text; its size is looked at first. */
export async function readFile(file: File, path: string | null): Promise<OpenOutcome> {
  if (file.size > LIMITS.fileBytes) {
    const megabytes = (bytes: number): number => Math.round(bytes / 1024 / 1024);
    return failed(
      'too-large',
      file.name,
      `The file has ${megabytes(file.size)} MiB; a project has at most ${megabytes(LIMITS.fileBytes)} MiB.`,
      'Choose a .topolab file.',
    );
  }
  try {
    const opened: OpenedText = { path, name: file.name, text: await file.text() };
    return { outcome: 'opened', ...opened };
  } catch (error) {
    return failureOf(error, file.name, 'open');
  }
}

/** Asks for permission where the browser wants to be asked; false where it is refused. */
export async function allowed(handle: FileSystemFileHandle, mode: 'read' | 'readwrite'): Promise<boolean> {
  const permission = handle as PermissionHandle;
  return permission.requestPermission === undefined || (await permission.requestPermission({ mode })) === 'granted';
}

/** Replaces a file's content; the browser swaps the new one in when it is complete. */
export async function writeHandle(handle: FileSystemFileHandle, content: string | Uint8Array): Promise<void> {
  const writable = await handle.createWritable();
  await writable.write(typeof content === 'string' ? content : new Uint8Array(content));
  await writable.close();
}

/** Hands a file to the browser's downloads. */
export function download(name: string, mime: string, content: string | Uint8Array): void {
  const url = URL.createObjectURL(new Blob([typeof content === 'string' ? content : new Uint8Array(content)], { type: mime }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  // The download has its own copy as soon as it has begun; a minute is plenty.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Opens a page in a tab of its own and asks the browser to print it; what becomes of it there nobody is told. */
export function printPage(html: string): CancelledOutcome | FailedOutcome {
  const url = URL.createObjectURL(new Blob([html], { type: 'text/html' }));
  const opened = window.open(url, '_blank');
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  if (opened === null)
    return failed('permission', 'the report', 'The browser did not let this page open another one.', 'Allow it to open windows, or save the report as HTML.');
  opened.addEventListener('load', () => opened.print(), { once: true });
  return { outcome: 'cancelled' };
}

/** Asks for a file with the dialog that every browser has. */
export function chooseFile(): Promise<File | null> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = '.topolab,application/json';
    input.style.display = 'none';
    const done = (file: File | null): void => {
      input.remove();
      resolve(file);
    };
    input.addEventListener('change', () => done(input.files?.[0] ?? null), { once: true });
    input.addEventListener('cancel', () => done(null), { once: true });
    document.body.append(input);
    input.click();
  });
}
