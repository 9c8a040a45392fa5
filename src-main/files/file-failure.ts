import { formatBytes } from '../../src-shared/base/format';
import type { FileFailure } from '../../src-shared/protocol/desktop-api';

/** What the operating system says about a file, as one member of the closed union, with place, problem and remedy in words. */
export function fileFailure(error: unknown, path: string, doing: 'open' | 'save'): FileFailure {
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
            remedy: 'Save the project in another folder with Save as.',
          };
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return doing === 'open'
        ? { kind: 'permission', place: path, problem: 'You may not read this file.', remedy: 'Ask its owner for permission to read it, or open a copy.' }
        : { kind: 'permission', place: path, problem: 'You may not write here.', remedy: 'Save the project in another folder with Save as.' };
    case 'EISDIR':
      return { kind: 'directory', place: path, problem: 'This is a folder, not a file.', remedy: 'Choose a .topolab file inside of it.' };
    case 'ENOSPC':
    case 'EDQUOT':
      return {
        kind: 'disk-full',
        place: path,
        problem: 'The disk is full, or your quota on it is used up.',
        remedy: 'Free some space, or save the project on another disk. The file that was there before is unchanged.',
      };
    case 'EBUSY':
    case 'ETXTBSY':
      return { kind: 'busy', place: path, problem: 'Another program holds this file.', remedy: 'Close the file in the other program and try again.' };
    default:
      return {
        kind: 'other',
        place: path,
        problem: `The operating system says: ${other}`,
        remedy: doing === 'open' ? 'Try again, or open a copy of the file.' : 'Try again, or save in another place with Save as.',
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
