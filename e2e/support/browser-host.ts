import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import type { Browser } from '@playwright/test';
import { chromium } from '@playwright/test';
import { findChromium } from '../../src-main/start/chromium';
import type { Lab, LabOptions } from './lab';

const root = resolve(import.meta.dirname, '../..');

/** `npm start -- --browser` as a user starts it; resolves to its address. */
export function serveBuild(): Promise<{ url: string; child: ChildProcess; output: () => string }> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [join(root, 'src-main', 'start', 'start.mjs'), '--browser', '--port', '0'], {
      cwd: root,
      env: { ...process.env, BROWSER: 'none' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    const read = (chunk: string): void => {
      text += chunk;
      const url = /Address: (\S+)/.exec(text)?.[1];
      if (url !== undefined) done({ url, child, output: () => text });
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
    child.on('exit', (code) => fail(new Error(`The server ended with code ${code}: ${text}`)));
  });
}

/** One browser for a whole file of tests; every lab is a context of its own. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('No Chromium on this machine.');
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
  return chromium.launch({ executablePath, headless: true, args: asRoot ? ['--no-sandbox'] : [] });
}

/** The browser build, served on the loopback address, in a fresh profile. */
export async function startBrowser(browser: Browser, url: string, _options: LabOptions): Promise<Lab> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 860 }, acceptDownloads: true });
  // The pickers of Chromium cannot be answered by a test; without them the page uses what every browser has.
  await context.addInitScript(() => {
    for (const name of ['showOpenFilePicker', 'showSaveFilePicker']) Reflect.deleteProperty(window, name);
  });
  const startedAt = performance.now();
  const page = await context.newPage();
  await page.goto(url);
  return {
    kind: 'browser',
    app: null,
    page,
    userData: '',
    startedAt,
    chooseToOpen: async (path) => {
      const chooser = page.waitForEvent('filechooser');
      return async () => (await chooser).setFiles(path);
    },
    chooseToSave: async (path) => {
      const download = page.waitForEvent('download');
      return async () => (await download).saveAs(path);
    },
    close: () => context.close(),
  };
}
