import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const DOWNLOAD_LIMIT_MS = 180_000;

/** Where Electron's program lies inside a distribution folder. */
function executableName(): string {
  if (process.platform === 'darwin') return join('Electron.app', 'Contents', 'MacOS', 'Electron');
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

function packageFolder(root: string): string | null {
  try {
    return dirname(createRequire(join(root, 'package.json')).resolve('electron/package.json'));
  } catch {
    return null;
  }
}

/** Path of an Electron that is on this machine already: the one named by ELECTRON_OVERRIDE_DIST_PATH, or the package's own. */
export function installedElectron(root: string): string | null {
  const named = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (named !== undefined && named !== '') {
    const path = join(named, executableName());
    return existsSync(path) ? path : null;
  }
  const folder = packageFolder(root);
  if (folder === null || !existsSync(join(folder, 'path.txt'))) return null;
  const path = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8'));
  return existsSync(path) ? path : null;
}

/**
 * Lets Electron's own installer fetch the runtime, once: after a failure only `npx install-electron` tries again, so that a school
 * network that blocks the download costs one wait and not one at every start.
 */
export async function fetchElectron(root: string, say: (line: string) => void): Promise<string | null> {
  const installer = join(packageFolder(root) ?? root, 'install.js');
  const marker = join(root, 'out', 'electron-download-failed');
  if (!existsSync(installer) || existsSync(marker)) return null;
  say("Fetching Electron's runtime for the desktop window (once, about 120 MB; given up after 3 minutes) …");
  const child = spawn(process.execPath, [installer], { cwd: root, stdio: 'ignore' });
  const timer = setTimeout(() => child.kill('SIGKILL'), DOWNLOAD_LIMIT_MS);
  await new Promise<void>((done) => {
    child.on('close', () => done());
    child.on('error', () => done());
  });
  clearTimeout(timer);
  const path = installedElectron(root);
  if (path === null) writeFileSync(marker, '');
  return path;
}
