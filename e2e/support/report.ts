import { appendFileSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from '@playwright/test';

export const results = resolve(import.meta.dirname, '../../test-results');

/** Says a measured number: in the output of the tests, and one line more in test-results/measurements.txt. Nothing is judged by it. */
export function report(what: string, numbers: string): void {
  const line = `${test.info().project.name}: ${what}: ${numbers}`;
  console.log(`    ${line}`);
  mkdirSync(results, { recursive: true });
  appendFileSync(join(results, 'measurements.txt'), `${line}\n`);
}
