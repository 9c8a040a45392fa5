import { formatBytes } from '../../src-shared/base/format';
import type { FileFailure } from '../../src-shared/protocol/desktop-api';

/** Code of the failure to write a file whose mode lets nobody write. */
export const READ_ONLY = 'READ_ONLY';

/** What to do where a file cannot be written in its place. */
function elsewhere(doing: 'save' | 'export', where: 'in another folder' | 'under another name'): string {
  return doing === 'save' ? `Save the project ${where} with Save as.` : `Export it ${where}.`;
}

/** What the operating system says about a file, as one member of the closed union, with place, problem and remedy in words. */
export function fileFailure(error: unknown, path: string, doing: 'open' | 'save' | 'export'): FileFailure {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const other = error instanceof Error ? error.message : String(error);
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return doing === 'open'
        ? {
            kind: 'not-found',
            place: path,
            problem: 'There is no such file.',
            remedy: 'It may have been moved, renamed or deleted. Open it from its new place.',
          }
        : {
            kind: 'not-found',
            place: path,
            problem: 'The folder of this file is not there any more.',
            remedy: elsewhere(doing, 'in another folder'),
          };
    case READ_ONLY:
      return {
        kind: 'permission',
        place: path,
        problem: 'This file is read-only.',
        remedy: `${elsewhere(doing === 'open' ? 'save' : doing, 'under another name')} Or allow writing to the file first.`,
      };
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return doing === 'open'
        ? { kind: 'permission', place: path, problem: 'You may not read this file.', remedy: 'Ask its owner for permission to read it, or open a copy.' }
        : { kind: 'permission', place: path, problem: 'You may not write here.', remedy: elsewhere(doing, 'in another folder') };
    case 'EISDIR':
      return { kind: 'directory', place: path, problem: 'This is a folder, not a file.', remedy: 'Choose a .topolab file inside of it.' };
    case 'ENAMETOOLONG':
      return {
        kind: 'other',
        place: path,
        problem: 'The name of this file is longer than the disk allows.',
        remedy: doing === 'open' ? 'Give the file a shorter name and open it again.' : 'Choose a shorter name.',
      };
    case 'ENOSPC':
    case 'EDQUOT':
      return {
        kind: 'disk-full',
        place: path,
        problem: 'The disk is full, or your quota on it is used up.',
        remedy: 'Free some space, or use another disk. The file that was there before is unchanged.',
      };
    case 'EBUSY':
    case 'ETXTBSY':
      return { kind: 'busy', place: path, problem: 'Another program holds this file.', remedy: 'Close the file in the other program and try again.' };
    default:
      return {
        kind: 'other',
        place: path,
        problem: `The operating system says: ${other}`,
        remedy: doing === 'open' ? 'Try again, or open a copy of the file.' : `Try again. ${elsewhere(doing, 'in another folder')}`,
      };
  }
}

/** The failure of a file that is larger than a project may be. */
export function tooLarge(path: string, bytes: number, limit: number): FileFailure {
  return {
    kind: 'too-large',
    place: path,
    problem: `The file has ${formatBytes(bytes)}; a project has at most ${formatBytes(limit)}.`,
    remedy: 'It is probably not a Topolab project. Choose another file.',
  };
}
