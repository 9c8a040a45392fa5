import { readFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import type { z } from 'zod';

/**
 * A small file of the program's own in the user's data folder. It is checked when read, written in one step, and set aside instead of
 * being overwritten when it cannot be understood. Losing it never matters more than a preference.
 */
export class StoredJson<T> {
  private value: T;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly path: string,
    schema: z.ZodType<T>,
    fallback: T,
  ) {
    this.value = fallback;
    let text: string;
    try {
      text = readFileSync(path, 'utf8');
    } catch {
      return;
    }
    try {
      this.value = schema.parse(JSON.parse(text));
    } catch {
      this.writing = rename(path, `${path}.unreadable`).catch(() => undefined);
    }
  }

  get(): T {
    return this.value;
  }

  /** Keeps the value and writes it, one write after another. A failed write is forgotten: the next one may succeed. */
  set(value: T): Promise<void> {
    this.value = value;
    this.writing = this.writing.then(() => writeFileAtomic(this.path, `${JSON.stringify(value, null, 2)}\n`)).catch(() => undefined);
    return this.writing;
  }
}
