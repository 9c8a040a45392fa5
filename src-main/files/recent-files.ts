import { basename } from 'node:path';
import { z } from 'zod';
import type { RecentFile } from '../../src-shared/protocol/desktop-api';
import { StoredJson } from './stored-json';

const MOST = 12;
const schema = z.strictObject({ version: z.literal(1), paths: z.array(z.string().min(1).max(4096)).max(MOST) });

/** The files opened and saved last, newest first. */
export class RecentFiles {
  private readonly stored: StoredJson<z.infer<typeof schema>>;

  constructor(path: string) {
    this.stored = new StoredJson(path, schema, { version: 1, paths: [] });
  }

  list(): readonly RecentFile[] {
    return this.stored.get().paths.map((path) => ({ path, name: basename(path) }));
  }

  has(path: string): boolean {
    return this.stored.get().paths.includes(path);
  }

  async add(path: string): Promise<void> {
    await this.stored.set({ version: 1, paths: [path, ...this.stored.get().paths.filter((other) => other !== path)].slice(0, MOST) });
  }

  async remove(path: string): Promise<void> {
    await this.stored.set({ version: 1, paths: this.stored.get().paths.filter((other) => other !== path) });
  }

  async clear(): Promise<void> {
    await this.stored.set({ version: 1, paths: [] });
  }
}
