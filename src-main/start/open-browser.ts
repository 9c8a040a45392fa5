import { spawn } from 'node:child_process';

/** Opens an address in the default browser; false where there is none, or nobody to look at it. */
export function openBrowser(url: string, hasDisplay: boolean): Promise<boolean> {
  if (process.env.BROWSER === 'none' || process.env.CI === 'true' || !hasDisplay) return Promise.resolve(false);
  const [command, words] =
    process.platform === 'darwin' ? ['open', [url]] : process.platform === 'win32' ? ['cmd', ['/c', 'start', '""', url]] : ['xdg-open', [url]];
  return new Promise((done) => {
    const child = spawn(command, words, { stdio: 'ignore', detached: true, windowsHide: true });
    child.on('error', () => done(false));
    child.on('close', (code) => done(code === 0));
    // Some openers stay for as long as the browser does: that is a success, too.
    setTimeout(() => done(true), 3000).unref();
    child.unref();
  });
}
