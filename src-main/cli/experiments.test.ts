import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Comparison } from '../../src-shared/analysis/compare';
import type { SearchResult } from '../../src-shared/analysis/search-result';
import type { SweepResult } from '../../src-shared/analysis/sweep-result';
import { serializeProject } from '../../src-shared/project/parse';
import type { Project } from '../../src-shared/project/project';
import { smallProject } from '../../src-shared/project/small-project';
import { resultSchema } from '../../src-shared/protocol/result-schema';
import type { RunResult } from '../../src-shared/run/result';
import { ensureBuilt } from '../start/ensure-built.mjs';

const root = resolve(import.meta.dirname, '../..');
const program = join(root, 'out', 'cli', 'topolab.cjs');
const folder = mkdtempSync(join(tmpdir(), 'topolab-experiments-'));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly log: string;
}

/** Runs the bundled program as a process of its own, as a shell would. */
function topolab(words: readonly string[], meanwhile?: (child: ChildProcess) => void): Promise<Ended> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [program, ...words], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let log = '';
    child.stdout.on('data', (data: Buffer) => {
      out += data.toString();
    });
    child.stderr.on('data', (data: Buffer) => {
      log += data.toString();
    });
    child.on('error', fail);
    child.on('close', (code) => done({ code, out, log }));
    meanwhile?.(child);
  });
}

/** Users who find all servers busy are turned away: Erlang's loss system, 10 Erlangs. */
const base = smallProject(
  [
    ['users', 'client'],
    ['web', 'service', { serviceTime: { type: 'exponential', meanMs: 10 }, servers: 12, queueLimit: 0 }],
  ],
  [['users', 'web', { latency: { type: 'constant', valueMs: 0 } }]],
  { ratePerS: 1000 },
);
const project: Project = {
  ...base,
  settings: { ...base.settings, durationMs: 8000, warmUpMs: 1000, replications: 3 },
  objectives: [{ id: 'errors', name: 'Few errors', scope: { type: 'end-to-end' }, demand: { type: 'error-share', atMost: 0.01 } }],
  sweeps: [
    {
      id: 'load',
      name: 'Load',
      design: 'design',
      axes: [{ parameter: 'load.ratePerS', values: { type: 'range', from: 200, to: 1400, steps: 7, scale: 'linear' } }],
      replications: 2,
    },
  ],
  view: { designs: { design: { positions: {} } } },
};
const file = join(folder, 'loss.topolab');

beforeAll(async () => {
  writeFileSync(file, serializeProject(project));
  if (!(await ensureBuilt(['main']))) throw new Error('the build failed');
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('topolab compare', () => {
  it('prints differences with intervals and verdicts, and the same numbers as a run by itself', async () => {
    const words = ['compare', file, '--variant', 'more: web.servers=16; web.queueLimit=2', '--replications', '4', '--json'];
    const [compared, again, alone] = await Promise.all([topolab(words), topolab(words), topolab(['simulate', file, '--replications', '4', '--json'])]);
    expect(compared.code).toBe(0);
    expect(again.out).toBe(compared.out);
    const comparison = JSON.parse(compared.out) as Comparison;
    expect(comparison.sides.map(({ label, changes }) => [label, ...changes])).toEqual([['Design'], ['more', 'web.servers=16', 'web.queueLimit=2']]);
    const row = comparison.rows.find(({ scope, metric }) => scope === 'end-to-end' && metric === 'failureShare');
    expect(row?.differences[1]).toMatchObject({ pairs: 4, verdict: 'better' });
    expect(row?.values[0]?.value).toBe((JSON.parse(alone.out) as RunResult).endToEnd.metrics.failureShare);
  });

  it('finds the warm-up of every side where it is automatic, and speaks to people', async () => {
    const { code, out, log } = await topolab(['compare', file, '--variant', 'web.servers=30', '--warm-up', 'auto', '--replications', '4', '--duration', '5s']);
    expect(code).toBe(0);
    expect(out).toContain('"web.servers=30" against "Design"');
    expect(out).toMatch(/Error share .* better/);
    expect(out).toMatch(/Objectives\n {2}Design: 0 of 1 met; missed: Few errors\n {2}web\.servers=30: 1 of 1 met/);
    expect(log).toMatch(/^Compared 2 × 4 replications/m);
  });

  it.each<[string, readonly string[], number, string]>([
    ['one design alone', [], 2, 'only one design'],
    [
      'a fifth design',
      ['--variant', 'web.servers=1', '--variant', 'web.servers=2', '--variant', 'web.servers=3', '--variant', 'web.servers=4'],
      2,
      '5 designs are too many',
    ],
    ['a design that is not there', ['--designs', 'Design,Gone'], 2, 'no design "Gone"'],
    ['a parameter that is not there', ['--variant', 'web.server=2'], 2, 'was "servers" meant?'],
    ['a variant without a change', ['--variant', 'four'], 2, 'needs the form'],
  ])('refuses %s', async (_name, words, code, message) => {
    const ended = await topolab(['compare', file, ...words]);
    expect([ended.code, ended.out]).toEqual([code, '']);
    expect(ended.log).toContain(message);
  });
});

describe('topolab simulate --check', () => {
  it('ends with 4 where an objective is missed, with 0 where all are met, and always says which', async () => {
    const [missed, met, unchecked] = await Promise.all([
      topolab(['simulate', file, '--check']),
      topolab(['simulate', file, '--check', '--set', 'web.servers=25', '--json']),
      topolab(['simulate', file]),
    ]);
    expect([missed.code, met.code, unchecked.code]).toEqual([4, 0, 0]);
    expect(missed.out).toMatch(/Objectives\n.*\n {2}FAIL +Few errors +all requests +Error share +≤ 1 %/);
    expect(missed.log).toContain('Missed: Few errors.');
    const result = resultSchema.parse(JSON.parse(met.out));
    expect(result.objectives).toMatchObject([{ id: 'errors', verdict: 'pass', limit: 0.01 }]);
  });

  it('takes an objective that cannot be judged for missed', async () => {
    const path = join(folder, 'gone.topolab');
    writeFileSync(
      path,
      serializeProject({ ...project, objectives: project.objectives.map((row) => ({ ...row, scope: { type: 'component', component: 'gone' } })) }),
    );
    const { code, log } = await topolab(['simulate', path, '--check', '--duration', '2s']);
    expect(code).toBe(4);
    expect(log).toContain('is about the part "gone", which the design does not have.');
    expect(log).toContain('Not judged: Few errors. The design has not what it is about.');
  });
});

describe('topolab sweep and merge', () => {
  const words = ['--duration', '2s'];
  const shard = (index: number, count: number): Promise<Ended> =>
    topolab(['sweep', file, ...words, '--shard', `${index}/${count}`, '--out', `part-${index}-of-${count}.json`]);

  it('runs the sweep of the file; its shards merge to the same bytes, as JSON, CSV and text', async () => {
    const forms = [['--json'], ['--csv'], []] as const;
    const wholes = await Promise.all(forms.map((form) => topolab(['sweep', file, ...words, ...form])));
    const sweep = JSON.parse(wholes[0]?.out ?? '') as SweepResult;
    expect(sweep.points.map(({ values, replications }) => [...values, replications])).toEqual([200, 400, 600, 800, 1000, 1200, 1400].map((rate) => [rate, 2]));
    expect(sweep.loadLatency?.points).toHaveLength(7);
    expect(sweep.scalability).toBeNull();
    await Promise.all([1, 2, 3].map((index) => shard(index, 3)));
    const parts = [3, 1, 2].map((index) => `part-${index}-of-3.json`);
    for (const [place, form] of forms.entries()) {
      const merged = await topolab(['merge', ...parts, ...form]);
      expect(merged.code).toBe(0);
      expect(merged.out).toBe(wholes[place]?.out);
    }
    const incomplete = await topolab(['merge', parts[0] ?? '', parts[1] ?? '']);
    expect([incomplete.code, incomplete.log]).toEqual([2, expect.stringContaining('Of 3 shards one is missing: 2.')]);
  });

  it.skipIf(spawnSync('parallel', ['--version']).status !== 0)('is spread by GNU parallel, as the README says', async () => {
    const jobs = spawnSync(
      'parallel',
      ['-j', '2', process.execPath, program, 'sweep', file, ...words, '--shard', '{}/4', '--out', 'gnu{}.json', ':::', '1', '2', '3', '4'],
      { cwd: folder },
    );
    expect(jobs.status).toBe(0);
    const merged = await topolab(['merge', ...readdirSync(folder).filter((name) => /^gnu\d\.json$/.test(name)), '--json']);
    expect(merged.out).toBe((await topolab(['sweep', file, ...words, '--json'])).out);
  });

  it('takes axes from the command line, and adds points near the knee', async () => {
    const [table, refined] = await Promise.all([
      topolab(['sweep', file, ...words, '--over', 'web.servers=8,12', '--over', 'load.ratePerS=400..800/2', '--metric', 'failureShare', '--replications', '2']),
      topolab([
        'sweep',
        file,
        ...words,
        '--set',
        'web.queueLimit=1000',
        '--over',
        'load.ratePerS=200..1400/7',
        '--refine',
        '3',
        '--replications',
        '1',
        '--json',
      ]),
    ]);
    expect(table.out).toMatch(/Error share, end to end; across: load\.ratePerS/);
    const sweep = JSON.parse(refined.out) as SweepResult;
    expect(sweep.points).toHaveLength(10);
    const { knee } = sweep.loadLatency ?? {};
    expect(knee?.load).toBeGreaterThan(600);
    expect(knee?.load).toBeLessThan(1200);
  });

  it.each<[string, readonly string[], string]>([
    ['a shard beyond the last', ['--shard', '4/3'], 'must be like 1/4'],
    ['a shard that would be refined', ['--shard', '1/3', '--refine', '2'], '--no-refine'],
    ['a sweep that is not there', ['--sweep', 'Gone'], 'there is "Load"'],
    ['a range without a number of values', ['--over', 'load.ratePerS=0.5..2'], 'number of values'],
    ['a metric that is not there', ['--metric', 'speed'], 'no metric "speed"'],
    ['a value that is not allowed', ['--over', 'web.servers=0,1'], 'web.servers'],
  ])('refuses %s', async (_name, more, message) => {
    const ended = await topolab(['sweep', file, ...more]);
    expect([ended.code, ended.out]).toEqual([2, '']);
    expect(ended.log).toContain(message);
  });

  it('ends with 130 at Ctrl+C, and writes nothing', async () => {
    const { code, log } = await topolab(['sweep', file, '--duration', '24h', '--out', 'never.json', '--json'], (child) => {
      setTimeout(() => child.kill('SIGINT'), 1500);
    });
    expect(code).toBe(130);
    expect(log).toContain('Cancelled; nothing was written.');
    expect(readdirSync(folder).filter((name) => name.startsWith('never'))).toEqual([]);
    expect(existsSync(join(folder, 'never.json'))).toBe(false);
  });
});

describe('topolab search', () => {
  // Erlang B for 10 Erlangs: 1.29 % of the requests find all of 17 servers busy, 0.71 % all of 18.
  const words = ['search', file, '--over', 'web.servers=1..32', '--duration', '60s', '--replications', '2', '--json'];

  it('finds what theory demands by halving, and has simulated it and the one below', async () => {
    const { code, out } = await topolab([...words, '--monotone', 'web.servers']);
    expect(code).toBe(0);
    const found = JSON.parse(out) as SearchResult;
    const cheapest = found.candidates.find(({ index }) => index === found.cheapest);
    expect(cheapest).toMatchObject({ values: [18], passes: true, servers: 18, costPerHour: null });
    expect(found.cheapestBy).toBe('servers');
    expect(found.candidates.find(({ values }) => values[0] === 17)?.passes).toBe(false);
    expect(found.candidates.length).toBeLessThan(8);
  });

  it('finds the same by trying all, and the price of machines where there is one', async () => {
    const [all, priced] = await Promise.all([
      topolab(['search', file, '--over', 'web.servers=16..20', '--duration', '60s', '--replications', '2', '--json']),
      topolab([
        'search',
        file,
        '--over',
        'web.replicas=3..6',
        '--over',
        'web.machine=vcpu-4,vcpu-8',
        '--set',
        'web.queueLimit=50',
        '--duration',
        '10s',
        '--replications',
        '2',
        '--json',
      ]),
    ]);
    const found = JSON.parse(all.out) as SearchResult;
    expect(found.candidates.find(({ index }) => index === found.cheapest)?.values).toEqual([18]);
    const machines = JSON.parse(priced.out) as SearchResult;
    expect(machines).toMatchObject({ cheapestBy: 'costPerHour', total: 8, method: 'exhaustive' });
    const cheapest = machines.candidates.find(({ index }) => index === machines.cheapest);
    for (const row of machines.candidates) if (row.passes) expect(row.costPerHour).toBeGreaterThanOrEqual(cheapest?.costPerHour ?? Infinity);
  });

  it('runs a search of the file, and tells the runner-up and why cheaper settings fail', async () => {
    const path = join(folder, 'searches.topolab');
    const axes = [{ parameter: 'web.servers', values: { type: 'list' as const, values: [14, 30, 32] } }];
    writeFileSync(
      path,
      serializeProject({ ...project, searches: [{ id: 'cheap', name: 'Cheap', design: 'design', axes, objectives: ['errors'], replications: 1 }] }),
    );
    const [{ code, out }, gone] = await Promise.all([topolab(['search', path, '--duration', '8s']), topolab(['search', path, '--search', 'Gone'])]);
    expect(code).toBe(0);
    expect(out).toContain('Cheapest: web.servers=30, 30 servers.');
    expect(out).toContain('Runner-up: web.servers=32, 32 servers.');
    expect(out).toMatch(/Cheaper, but fails: web\.servers=14, 14 servers: Few errors is missed: [\d.]+ %, at most 1 % demanded\./);
    expect([gone.code, gone.log]).toEqual([2, expect.stringContaining('there is "Cheap"')]);
  });

  it('ends with 4 where nothing meets the objectives, and says so', async () => {
    const { code, out } = await topolab(['search', file, '--over', 'web.servers=1..4', '--duration', '2s']);
    expect(code).toBe(4);
    expect(out).toContain('No setting that was simulated meets every objective.');
  });
});
