import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { expect, test } from '@playwright/test';

const root = resolve(import.meta.dirname, '../..');

/** Runs `npm start`'s script until it says its address or ends. */
function startScript(
  words: readonly string[],
  environment: Record<string, string>,
): Promise<{ output: string; code: number | null; stop: () => Promise<number | null> }> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [join(root, 'src-main', 'start', 'start.mjs'), ...words], {
      cwd: root,
      env: { ...process.env, BROWSER: 'none', ...environment },
    });
    let output = '';
    let code: number | null = null;
    const ended = new Promise<number | null>((finish) => child.on('close', (value) => finish(value)));
    const answer = (): void =>
      done({
        output,
        code,
        stop: () => {
          child.kill('SIGINT');
          return ended;
        },
      });
    const read = (chunk: Buffer): void => {
      output += chunk;
      if (output.includes('Ctrl+C ends it.')) answer();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    void ended.then((value) => {
      code = value;
      answer();
    });
  });
}

test('without a display it serves the browser build, says why, and ends cleanly', async () => {
  test.skip(process.platform !== 'linux', 'Only Linux can lack a display.');
  const run = await startScript(['--port', '0'], { DISPLAY: '', WAYLAND_DISPLAY: '' });
  expect(run.output).toContain('Topolab runs in the browser, because this session has no display.');
  expect(run.output).toMatch(/Address: http:\/\/127\.0\.0\.1:\d+\//);
  expect(run.output).toContain('For the desktop window');
  expect(await run.stop()).toBe(0);
});

test('without Electron it serves the browser build and says how to get the window', async () => {
  const run = await startScript(['--port', '0'], { DISPLAY: ':1', ELECTRON_OVERRIDE_DIST_PATH: join(root, 'no-such-folder') });
  expect(run.output).toContain("Electron's runtime is not on this machine");
  expect(run.output).toContain('npx install-electron');
  expect(await run.stop()).toBe(0);
});

test('wrong words are a usage error', async () => {
  const run = await startScript(['--colour'], {});
  expect(run.code).toBe(2);
  expect(run.output).toContain('There is no option --colour.');
});
