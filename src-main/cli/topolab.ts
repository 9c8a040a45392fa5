#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { runCommandLine } from './command-line';
import { EXIT } from './exit-code';
import { serveAsWorker } from './worker';

// One file serves as the program and as its worker threads, so that it can be run from anywhere.
if (isMainThread) {
  runCommandLine(process.argv.slice(2), fileURLToPath(import.meta.url)).then(
    (code) => {
      process.exitCode = code;
    },
    (bug: unknown) => {
      process.stderr.write(`This is a bug of Topolab: ${bug instanceof Error ? (bug.stack ?? bug.message) : String(bug)}\n`);
      process.exitCode = EXIT.bug;
    },
  );
} else serveAsWorker();
