import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AdviceReport } from '../../src-shared/analysis/advice/advice-report';
import { serializeProject } from '../../src-shared/project/parse';
import { smallProject } from '../../src-shared/project/small-project';
import { ensureBuilt } from '../start/ensure-built.mjs';

const program = join(resolve(import.meta.dirname, '../..'), 'out', 'cli', 'topolab.cjs');
const folder = mkdtempSync(join(tmpdir(), 'topolab-advise-'));
const file = join(folder, 'shop.topolab');

function topolab(...words: string[]): { readonly code: number | null; readonly out: string; readonly log: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], { cwd: folder, encoding: 'utf8' });
  return { code: status, out: stdout, log: stderr };
}

beforeAll(async () => {
  const base = smallProject(
    [
      ['users', 'client'],
      ['web', 'service', { serviceTime: { type: 'exponential', meanMs: 20 }, queueLimit: 20 }],
    ],
    [['users', 'web']],
    { ratePerS: 100 },
  );
  writeFileSync(
    file,
    serializeProject({ ...base, settings: { ...base.settings, durationMs: 4000, warmUpMs: 500 }, view: { designs: { design: { positions: {} } } } }),
  );
  if (!(await ensureBuilt(['main']))) throw new Error('the build failed');
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('topolab advise', () => {
  it('prints the bottleneck, what one crash stops and the advice with its effects, and the same as JSON whatever the threads', () => {
    const text = topolab('advise', file, '--replications', '3');
    expect(text.code).toBe(0);
    expect(text.out).toMatch(/Bottleneck\n {2}The bottleneck is the servers of WEB: (9\d(\.\d)?|100) % busy/);
    expect(text.out).toContain('WEB: one crash stops all requests.');
    expect(text.out).toMatch(/Raise the replicas of WEB from 1 to \d[\s\S]*--set web\.replicas=\d[\s\S]*p99/);
    expect(text.log).toMatch(/Tried \d+ changes in \d+ runs/);
    const json = topolab('advise', file, '--replications', '3', '--json', '--threads', '1');
    const report = JSON.parse(json.out) as AdviceReport;
    expect(report).toMatchObject({ format: 'topolab-advice', bottleneck: { state: 'saturated', resource: { recordId: 'web' } } });
    expect(report.tried.filter(({ outcome }) => outcome === 'helps').every(({ title }) => text.out.includes(title))).toBe(true);
  });

  it('refuses CSV, which advice has no form for', () => {
    const { code, log } = topolab('advise', file, '--csv');
    expect(code).toBe(2);
    expect(log).toContain('no form as CSV');
  });
});
