import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { traceSetSchema, tracesJsonSchema } from '../../src-shared/protocol/trace';
import { CommandFailure } from './exit-code';
import { type TraceCommandOptions, traceCommand } from './trace-command';

/** Goal: the command prints the waterfalls that it was asked for, and the same as JSON. Method: the command itself with a terminal that remembers. */
const folder = mkdtempSync(join(tmpdir(), 'topolab-trace-'));
const example = (name: string): string => join(resolve(import.meta.dirname, '../..'), 'examples', `${name}.topolab`);
const NOTHING: TraceCommandOptions = { set: [], near: [], duration: '4s', warmUp: '1s' };
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function trace(name: string, options: Partial<TraceCommandOptions>): Promise<{ readonly code: number; readonly out: string; readonly log: string }> {
  let out = '';
  let log = '';
  const terminal = { out: (text: string) => (out += text), log: (line: string) => (log += `${line}\n`), status: null };
  const code = await traceCommand(example(name), { ...NOTHING, ...options }, terminal, () => 0);
  return { code, out, log };
}

test('waterfalls of the slowest come first, with shares of the critical path, names and a legend', async () => {
  const { code, out, log } = await trace('three-tier', { slowest: '1' });
  expect(code).toBe(0);
  // Of each of the three operations one; nothing failed.
  const latencies = [...out.matchAll(/^Request \d+ · Shoppers: (\w+) · ([\d.]+) ms · completed/gm)].map(([, , ms]) => Number(ms));
  expect(latencies).toHaveLength(3);
  expect(latencies).toEqual([...latencies].sort((one, other) => other - one));
  expect(out).toMatch(/critical path: \w+ [\d.]+ %/);
  expect(out).toMatch(/^ {4}Web #[123] +\|[ .░█─]+\| [\d.]+ ms$/m);
  expect(out).toContain('█ service');
  expect(log).toMatch(/Traced \d+ requests in .*; 3 are kept\./);
  expect((await trace('three-tier', { slowest: '1' })).out).toBe(out);
});

test('JSON follows its schema, into a file as well; what was not asked for is left out', async () => {
  const path = join(folder, 'traces.json');
  const { out } = await trace('retry-storm', { near: ['20'], sample: '0.01', json: true, out: path });
  expect(out).toBe('');
  const set = traceSetSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  expect(set.traces.filter(({ picks }) => picks.includes('near'))).toHaveLength(3);
  expect(set.traces.every(({ picks }) => picks.includes('near') || picks.includes('sample'))).toBe(true);
});

test('the JSON Schema of traces says what every field means', () => {
  const text = JSON.stringify(tracesJsonSchema());
  for (const field of ['beginNs', 'workEndNs', 'unawaited', 'droppedSpans', 'topolab-traces']) expect(text).toContain(field);
  expect(text).toContain('Simulated time, ns.');
});

test('numbers that are none are refused with the option at fault', async () => {
  await expect(trace('three-tier', { near: ['soon'] })).rejects.toThrow(CommandFailure);
  await expect(trace('three-tier', { near: ['soon'] })).rejects.toThrow('--near needs a number');
  await expect(trace('three-tier', { sample: '2' })).rejects.toThrow('--sample is a share from 0 to 1');
});
