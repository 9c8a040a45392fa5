import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runEndToEnd } from './e2e.mjs';
import { ensureBuilt, root } from './ensure-built.mjs';
import { program, runNode } from './run-part.mjs';

/** @typedef {import('./run-part.mjs').Part} Part */

/** @param {string} name @param {() => Promise<boolean>} run @returns {Promise<Part>} a part that is one test */
async function single(name, run) {
  const started = Date.now();
  const fine = await run();
  return { name, passed: fine ? 1 : 0, failed: fine ? 0 : 1, skipped: [], seconds: (Date.now() - started) / 1000 };
}

/** @returns {Promise<Part>} */
async function unitTests() {
  const started = Date.now();
  const report = join(root, 'test-results', 'unit.json');
  rmSync(report, { force: true });
  const { code } = await runNode([program('vitest', 'vitest.mjs'), 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`]);
  const part = { name: 'unit and property tests', passed: 0, failed: 0, skipped: /** @type {string[]} */ ([]), seconds: (Date.now() - started) / 1000 };
  if (!existsSync(report)) return { ...part, failed: 1 };
  const { numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
  part.passed = numPassedTests;
  part.failed = numFailedTests === 0 && code !== 0 ? Math.max(1, numFailedTestSuites) : numFailedTests;
  if (numPendingTests > 0) part.skipped.push(`unit tests: ${numPendingTests} do not apply to this machine`);
  return part;
}

/** @returns {Promise<Part>} */
async function validation() {
  const started = Date.now();
  const { code, output } = await runNode([join('src-main', 'start', 'cli.mjs'), 'validate', '--quick']);
  const part = {
    name: 'validation suite, short runs',
    passed: code === 0 ? 1 : 0,
    failed: code === 0 ? 0 : 1,
    skipped: [],
    seconds: (Date.now() - started) / 1000,
  };
  const counted = /(\d+) passed, (\d+) failed/.exec(output);
  return counted === null ? part : { ...part, passed: Number(counted[1]), failed: Math.max(Number(counted[2]), part.failed) };
}

mkdirSync(join(root, 'test-results'), { recursive: true });
/** @param {string} name @param {string[]} words @returns {() => Promise<Part>} */
const check = (name, words) => () => single(name, async () => (await runNode(words, {}, 'at the end')).code === 0);

/** What stands in one line runs side by side: none of it keeps more than one core busy, or minds another beside it. @type {(() => Promise<Part>)[][]} */
const steps = [
  [
    check('check: format and lint', [program('@biomejs/biome', 'bin/biome'), 'check']),
    check('check: types and layers', [program('typescript', 'bin/tsc'), '-b']),
    () => single('build', () => ensureBuilt(['main', 'preload', 'renderer'])),
  ],
  [unitTests],
  [validation],
  [() => runEndToEnd([])],
];
/** @type {Part[]} */
const done = [];
for (const step of steps) {
  const parts = await Promise.all(step.map((run) => run()));
  done.push(...parts);
  for (const part of parts) console.log(`\n── ${part.name}: ${part.passed} passed, ${part.failed} failed (${part.seconds.toFixed(0)} s)\n`);
}
for (const part of done) {
  console.log(
    `${part.name.padEnd(32)} ${String(part.passed).padStart(5)} passed ${String(part.failed).padStart(4)} failed ${part.seconds.toFixed(0).padStart(6)} s`,
  );
}
for (const line of done.flatMap((part) => part.skipped)) console.log(line);
const passed = done.reduce((sum, part) => sum + part.passed, 0);
const failed = done.reduce((sum, part) => sum + part.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
