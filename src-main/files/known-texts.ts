import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

function digest(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** What this program read from or wrote to each file last, as digests: so that it notices when another program has changed one since. */
export class KnownTexts {
  private readonly digests = new Map<string, string>();

  /** Notes what a file holds now. */
  remember(path: string, text: string): void {
    this.digests.set(path, digest(text));
  }

  /** Whether a file holds something else than was last seen of it. Not where it was never seen, is gone or cannot be read. */
  async hasChanged(path: string): Promise<boolean> {
    const known = this.digests.get(path);
    if (known === undefined) return false;
    try {
      return digest(await readFile(path)) !== known;
    } catch {
      // Nothing is there that could be lost; what is wrong with the place is said by the attempt to write.
      return false;
    }
  }
}
