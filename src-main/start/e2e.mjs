import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt, root } from './ensure-built.mjs';
import { program, runNode } from './run-part.mjs';

/**
 * A display that nobody sees, where Linux has none; null where that is not possible.
 * @returns {Promise<{ display: string, close: () => void } | null>}
 */
function hiddenDisplay() {
  return new Promise((done) => {
    const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    const close = () => void child.kill();
    // However this process ends, the display ends with it.
    process.once('exit', close);
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.once(signal, () => process.exit(1));
    child.on('error', () => done(null));
    child.on('exit', () => done(null));
    let text = '';
    child.stdio[3]?.on('data', (chunk) => {
      text += chunk;
      if (text.endsWith('\n')) done({ display: `:${text.trim()}`, close });
    });
  });
}

/**
 * Counts a report of Playwright.
 * @param {string} path
 * @returns {{ passed: number, failed: number, skipped: number, flaky: number } | null}
 */
function count(path) {
  if (!existsSync(path)) return null;
  const { stats, errors } = JSON.parse(readFileSync(path, 'utf8'));
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length, skipped: stats.skipped, flaky: stats.flaky };
}

/**
 * The end-to-end tests in every host that this machine has.
 * @param {string[]} filter for Playwright, such as `-g journey`
 * @returns {Promise<import('./run-part.mjs').Part>}
 */
export async function runEndToEnd(filter) {
  const started = Date.now();
  const part = { name: 'end to end', passed: 0, failed: 0, skipped: /** @type {string[]} */ ([]), seconds: 0 };
  if (!(await ensureBuilt(['main', 'preload', 'renderer']))) return { ...part, failed: 1, seconds: (Date.now() - started) / 1000 };
  const { installedElectron, findChromium } = await import(pathToFileURL(join(root, 'out', 'start', 'start.cjs')).href);
  const hosts = [];
  let display = null;
  if (installedElectron(root) === null) part.skipped.push("end to end in Electron: left out, Electron's runtime is not on this machine (npx install-electron)");
  else if (process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY) hosts.push('electron');
  else {
    display = await hiddenDisplay();
    if (display === null) part.skipped.push('end to end in Electron: left out, there is no display and no Xvfb');
    else hosts.push('electron');
  }
  if (findChromium() === null) part.skipped.push('end to end in a browser: left out, there is no Chromium or Chrome (set CHROMIUM_PATH)');
  else hosts.push('browser');

  const folder = join(root, 'test-results');
  mkdirSync(folder, { recursive: true });
  /** @param {string} project of the configuration of Playwright */
  const run = async (project) => {
    const report = join(folder, `e2e-${project}.json`);
    rmSync(report, { force: true });
    const extra = { TOPOLAB_E2E_JSON: report, ...(display === null ? {} : { DISPLAY: display.display }) };
    const words = ['test', '-c', 'e2e/playwright.config.ts', ...filter, '--pass-with-no-tests', `--project=${project}`];
    const { code } = await runNode([program('@playwright/test', 'cli.js'), ...words], extra);
    const counts = count(report);
    if (counts === null) part.failed += 1;
    else {
      part.passed += counts.passed;
      part.failed += counts.failed === 0 && code !== 0 ? 1 : counts.failed;
      if (counts.flaky > 0) part.skipped.push(`end to end (${project}): ${counts.flaky} tests passed at the second try only ("flaky" in the list above)`);
      if (counts.skipped > 0) part.skipped.push(`end to end (${project}): ${counts.skipped} tests do not apply to this host`);
    }
  };
  // The hosts side by side, since each waits most of the time; then one after the other what is measured.
  await Promise.all(hosts.map(run));
  for (const host of hosts) await run(`${host}-measured`);
  if (hosts.length > 0 && part.passed + part.failed === 0) part.failed = 1;
  display?.close();
  return { ...part, seconds: (Date.now() - started) / 1000 };
}

if (process.argv[1] === import.meta.filename) {
  const part = await runEndToEnd(process.argv.slice(2));
  for (const line of part.skipped) console.log(line);
  console.log(`${part.passed} passed, ${part.failed} failed`);
  process.exitCode = part.failed > 0 ? 1 : 0;
}
