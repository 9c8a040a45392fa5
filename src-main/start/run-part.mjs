import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { root } from './ensure-built.mjs';

/**
 * Outcome of one part of the tests. `skipped` says in whole lines what was left out and why.
 * @typedef {{ name: string, passed: number, failed: number, skipped: string[], seconds: number }} Part
 */

/**
 * Runs a program of this repository with its output shown as it comes, or in one piece once it is over, where others run beside it.
 * @param {string[]} words of node's command line
 * @param {NodeJS.ProcessEnv} [extra]
 * @param {'as it comes' | 'at the end'} [shown]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function runNode(words, extra = {}, shown = 'as it comes') {
  return new Promise((done) => {
    const child = spawn(process.execPath, words, { cwd: root, env: { ...process.env, ...extra }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    /** @param {NodeJS.ReadableStream} from @param {NodeJS.WritableStream} to */
    const pass = (from, to) => {
      from.setEncoding('utf8');
      from.on('data', (text) => {
        output += text;
        if (shown === 'as it comes') to.write(text);
      });
    };
    pass(child.stdout, process.stdout);
    pass(child.stderr, process.stderr);
    child.on('close', (code) => {
      if (shown === 'at the end') process.stdout.write(output);
      done({ code: code ?? 1, output });
    });
  });
}

/** @param {string} name of an installed package @param {string} path of a program in it @returns {string} */
export function program(name, path) {
  return join(dirname(createRequire(join(root, 'package.json')).resolve(`${name}/package.json`)), path);
}
