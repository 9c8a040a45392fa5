import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Result } from '../../src-shared/base/result';
import { ok } from '../../src-shared/base/result';
import type { Draft, FileFailure } from '../../src-shared/protocol/desktop-api';
import { draftSchema } from '../../src-shared/protocol/desktop-api';
import { fileFailure } from './file-failure';
import { writeContent } from './project-files';

const MOST = 20;

/** Unsaved work, one file each in the user's data folder, so that a crash of the window or of the machine costs seconds, not hours. */
export class Drafts {
  constructor(private readonly folder: string) {}

  private pathOf(id: string): string {
    return join(this.folder, `${id}.json`);
  }

  async save(draft: Draft): Promise<Result<null, FileFailure>> {
    try {
      await mkdir(this.folder, { recursive: true });
    } catch (error) {
      return { ok: false, error: fileFailure(error, this.folder, 'save') };
    }
    const result = await writeContent(this.pathOf(draft.id), JSON.stringify(draft), 'save');
    return result.ok ? ok(null) : result;
  }

  async remove(id: string): Promise<void> {
    await rm(this.pathOf(id), { force: true });
  }

  /** Every draft that can be read; one that cannot is left where it is and not offered. */
  async list(): Promise<readonly Draft[]> {
    let names: string[];
    try {
      names = (await readdir(this.folder)).filter((name) => name.endsWith('.json')).sort();
    } catch {
      return [];
    }
    const drafts: Draft[] = [];
    for (const name of names.slice(-MOST)) {
      try {
        const parsed = draftSchema.safeParse(JSON.parse(await readFile(join(this.folder, name), 'utf8')));
        if (parsed.success && `${parsed.data.id}.json` === name) drafts.push(parsed.data);
      } catch {
        // Half a draft is none.
      }
    }
    return drafts;
  }
}
