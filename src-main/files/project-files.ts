import { constants } from 'node:fs';
import { access, open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { Result } from '../../src-shared/base/result';
import { err, ok } from '../../src-shared/base/result';
import { LIMITS } from '../../src-shared/project/project';
import type { FileFailure, OpenedFile } from '../../src-shared/protocol/desktop-api';
import { fileFailure, READ_ONLY, tooLarge } from './file-failure';

/** The bits of a file's mode that let anybody write. */
const ANY_WRITE = 0o222;

/** Reads the text of a project file. Its size is looked at before anything is read, and again while reading. */
export async function readProjectFile(path: string): Promise<Result<OpenedFile, FileFailure>> {
  try {
    const handle = await open(path, 'r');
    try {
      const info = await handle.stat();
      if (info.isDirectory()) return err(fileFailure({ code: 'EISDIR' }, path, 'open'));
      if (!info.isFile()) return err({ kind: 'other', place: path, problem: 'This is not an ordinary file.', remedy: 'Choose a .topolab file.' });
      if (info.size > LIMITS.fileBytes) return err(tooLarge(path, info.size, LIMITS.fileBytes));
      const buffer = Buffer.alloc(info.size);
      let filled = 0;
      while (filled < buffer.length) {
        const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return ok({ path, name: basename(path), text: buffer.toString('utf8', 0, filled) });
    } finally {
      await handle.close();
    }
  } catch (error) {
    return err(fileFailure(error, path, 'open'));
  }
}

/** Refuses a file that its owner has marked as not to be written: a new file in its place would not ask for that. */
async function refuseReadOnly(path: string): Promise<void> {
  try {
    const { mode } = await stat(path);
    if ((mode & ANY_WRITE) === 0) throw Object.assign(new Error('read-only'), { code: READ_ONLY });
    await access(path, constants.W_OK);
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return;
    throw error;
  }
}

/** Replaces a file by new content in one step: whatever happens, the old or the new content is there as a whole. */
export async function writeContent(path: string, content: string | Uint8Array, doing: 'save' | 'export'): Promise<Result<null, FileFailure>> {
  try {
    await refuseReadOnly(path);
    await writeFileAtomic(path, typeof content === 'string' ? content : Buffer.from(content));
    return ok(null);
  } catch (error) {
    return err(fileFailure(error, path, doing));
  }
}
