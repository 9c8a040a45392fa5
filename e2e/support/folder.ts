import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A fresh folder of the system's temporary files. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'topolab-e2e-'));
}
