import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Folder of the repository. */
export const root = resolve(import.meta.dirname, '../..');

/** What each part of the build is made from: it is built again when one of these is newer than its stamp. */
const INPUTS = {
  main: ['src-shared', 'src-main', 'electron.vite.config.ts', 'package-lock.json'],
  preload: ['src-shared', 'src-main', 'electron.vite.config.ts', 'package-lock.json'],
  renderer: ['src-shared', 'src-renderer', 'src-main/security', 'src-main/build', 'examples', 'electron.vite.config.ts', 'package-lock.json'],
};
/** @typedef {keyof typeof INPUTS} Part */

const out = join(root, 'out');
const lock = join(out, 'build.lock');
/** @param {Part} part */
const stampOf = (part) => join(out, `${part}.stamp`);

/** @param {string} path @returns {number} newest time of modification at or below the path, in ms */
function newest(path) {
  const info = statSync(path, { throwIfNoEntry: false });
  if (info === undefined || /\.test\.tsx?$/.test(path)) return 0;
  if (!info.isDirectory()) return info.mtimeMs;
  return Math.max(info.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** @param {Part} part @returns {boolean} whether out/ holds a build of the present sources */
function isBuilt(part) {
  if (!existsSync(stampOf(part))) return false;
  const builtAt = statSync(stampOf(part)).mtimeMs;
  return INPUTS[part].every((name) => newest(join(root, name)) <= builtAt);
}

/** Waits for another process that builds in the same folder; a lock whose owner is gone is broken. */
async function takeLock() {
  mkdirSync(out, { recursive: true });
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return;
    } catch {
      const owner = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
      try {
        if (owner > 0) process.kill(owner, 0);
        else if (owner === 0) await sleep(100);
      } catch {
        rmSync(lock, { force: true });
      }
      await sleep(300);
    }
  }
}

/** @param {Part[]} parts @returns {Promise<boolean>} */
async function buildParts(parts) {
  const started = new Date();
  console.error(`Building Topolab (${parts.join(', ')}); only after a change of the sources …`);
  for (const part of parts) rmSync(stampOf(part), { force: true });
  const child = spawn(process.execPath, [join(import.meta.dirname, 'build.mjs'), ...parts], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  const code = await new Promise((done) => child.on('close', done));
  if (code !== 0) {
    console.error(`${output}\nThe build failed; what the compiler said is above.`);
    return false;
  }
  for (const part of parts) {
    writeFileSync(stampOf(part), '');
    // The time at which the build began: a source saved meanwhile counts as newer.
    utimesSync(stampOf(part), started, started);
  }
  console.error(`Built in ${((Date.now() - started.getTime()) / 1000).toFixed(0)} s.`);
  return true;
}

/**
 * Builds what is missing or older than its sources. Progress goes to standard error, so that a command's own output stays clean.
 * @param {Part[]} parts
 * @returns {Promise<boolean>} false when the build failed; what failed has been printed then
 */
export async function ensureBuilt(parts) {
  if (parts.every(isBuilt)) return true;
  await takeLock();
  try {
    const stale = parts.filter((part) => !isBuilt(part));
    return stale.length === 0 || (await buildParts(stale));
  } finally {
    rmSync(lock, { force: true });
  }
}
