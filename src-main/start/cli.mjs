import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt, root } from './ensure-built.mjs';

// The command line out of the sources: builds if needed, then runs what the topolab command of the package runs.
if (await ensureBuilt(['main'])) await import(pathToFileURL(join(root, 'out', 'cli', 'topolab.cjs')).href);
else process.exitCode = 1;
