import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt, root } from './ensure-built.mjs';

// Plain JavaScript, because it runs before anything is built: it sees to the build, then hands over to start.ts.
if (await ensureBuilt(['main', 'preload', 'renderer'])) {
  const { start } = await import(pathToFileURL(join(root, 'out', 'start', 'start.cjs')).href);
  process.exitCode = await start(process.argv.slice(2), root);
} else {
  process.exitCode = 1;
}
