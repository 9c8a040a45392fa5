import { existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'Google Chrome', 'chrome.exe'];

/** A Chromium of this machine for the tests in a browser: the one named by CHROMIUM_PATH, or the first of the usual names on the path. */
export function findChromium(): string | null {
  const named = process.env.CHROMIUM_PATH;
  if (named) return existsSync(named) ? named : null;
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/Applications/Google Chrome.app/Contents/MacOS'].filter(Boolean);
  for (const name of NAMES) {
    for (const folder of folders) {
      const path = join(folder, name);
      if (statSync(path, { throwIfNoEntry: false })?.isFile()) return path;
    }
  }
  return null;
}
