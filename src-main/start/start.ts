import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import type { StaticServer } from '../static/static-server';
import { serveStatic } from '../static/static-server';
import type { StartArguments } from './arguments';
import { parseStartArguments, START_HELP } from './arguments';
import { fetchElectron, installedElectron } from './electron-runtime';
import { openBrowser } from './open-browser';

export { findChromium } from './chromium';
export { installedElectron } from './electron-runtime';

/** Kept the same from start to start, because a browser keeps recent files and drafts per address. */
const USUAL_PORT = 4280;
/** A window that ends with an error this soon never came up. */
const NEVER_UP_MS = 8000;

/** What `npm start` does after the build; resolves to the exit code when the window or the server has ended. */
export async function start(words: readonly string[], root: string): Promise<number> {
  const parsed = parseStartArguments(words);
  if (!parsed.ok) {
    console.error(`${parsed.error}\n\n${START_HELP}`);
    return 2;
  }
  if (parsed.value.help) {
    console.log(START_HELP);
    return 0;
  }
  const hasDisplay = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
  let reason = 'as you asked';
  let remedy = 'For the desktop window, start without --browser.';
  if (!parsed.value.browser) {
    const outcome = await tryWindow(parsed.value, root, hasDisplay);
    if (outcome.kind === 'ended') return outcome.code;
    reason = outcome.reason;
    remedy = outcome.remedy;
  }
  return serveBrowser(parsed.value, root, hasDisplay, reason, remedy);
}

type WindowOutcome = { readonly kind: 'ended'; readonly code: number } | { readonly kind: 'no-window'; readonly reason: string; readonly remedy: string };

async function tryWindow(options: StartArguments, root: string, hasDisplay: boolean): Promise<WindowOutcome> {
  if (!hasDisplay) {
    return { kind: 'no-window', reason: 'because this session has no display', remedy: 'For the desktop window, start it in a graphical session.' };
  }
  const electron = installedElectron(root) ?? (process.env.ELECTRON_OVERRIDE_DIST_PATH ? null : await fetchElectron(root, (line) => console.log(line)));
  if (electron === null) {
    return {
      kind: 'no-window',
      reason: "because Electron's runtime is not on this machine and could not be fetched",
      remedy:
        'For the desktop window, run `npx install-electron` where downloads from github.com are allowed, or set ELECTRON_OVERRIDE_DIST_PATH to a folder with an unpacked Electron; then start again.',
    };
  }
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
  if (asRoot) console.log("Started as root: Chromium's sandbox cannot be used and is switched off for this run (--no-sandbox).");
  const files = options.files.map((file) => resolve(file));
  const started = Date.now();
  const code = await runToEnd(electron, [...(asRoot ? ['--no-sandbox'] : []), join(root, 'out', 'main', 'main.cjs'), ...files]);
  if (code !== 0 && Date.now() - started < NEVER_UP_MS) {
    return {
      kind: 'no-window',
      reason: `because Electron ended at once (exit code ${code}; what it said is above)`,
      remedy:
        'For the desktop window on Linux, Electron needs its shared libraries and a sandbox: see https://www.electronjs.org/docs/latest/tutorial/sandbox for the latter.',
    };
  }
  return { kind: 'ended', code };
}

/** Runs a program with our standard streams; a Ctrl+C goes to it, and we end when it has. */
function runToEnd(program: string, words: readonly string[]): Promise<number> {
  return new Promise((done) => {
    const child = spawn(program, words, { stdio: 'inherit' });
    let asked = false;
    const pass = (signal: NodeJS.Signals): void => {
      asked = true;
      child.kill(signal);
    };
    process.on('SIGINT', pass).on('SIGTERM', pass);
    child.on('error', (error) => {
      console.error(error.message);
      done(1);
    });
    child.on('close', (code) => done(asked ? 0 : (code ?? 1)));
  });
}

async function openServer(folder: string, port: number | null): Promise<StaticServer | string> {
  const attempts = port === null ? [USUAL_PORT, 0] : [port];
  let message = '';
  for (const attempt of attempts) {
    const result = await serveStatic(folder, attempt);
    if (result.ok) return result.value;
    message = result.error.kind === 'port-in-use' ? `Port ${result.error.port} is in use. Choose another with --port.` : result.error.message;
  }
  return message;
}

async function serveBrowser(options: StartArguments, root: string, hasDisplay: boolean, reason: string, remedy: string): Promise<number> {
  const server = await openServer(join(root, 'out', 'browser'), options.port);
  if (typeof server === 'string') {
    console.error(server);
    return 3;
  }
  const opened = await openBrowser(server.url, hasDisplay);
  console.log(`Topolab runs in the browser, ${reason}.`);
  console.log(`Address: ${server.url}`);
  console.log(opened ? 'The default browser has been asked to open it.' : 'No browser was opened: open the address in a browser on this machine.');
  if (options.files.length > 0) console.log(`To open ${options.files.join(', ')}, drag the file onto the page.`);
  console.log(remedy);
  console.log('Everything stays on this machine. Ctrl+C ends it.');
  await new Promise<void>((done) => {
    process.once('SIGINT', () => done());
    process.once('SIGTERM', () => done());
  });
  await server.close();
  return 0;
}
