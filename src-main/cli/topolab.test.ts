import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resultJson } from '../../src-shared/analysis/result-export';
import { parseProject } from '../../src-shared/project/parse';
import { resultSchema } from '../../src-shared/protocol/result-schema';
import type { RunResult } from '../../src-shared/run/result';
import { simulate } from '../../src-shared/run/simulate';
import { ensureBuilt } from '../start/ensure-built.mjs';

const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'topolab-cli-'));
const example = (name: string): string => join(root, 'examples', `${name}.topolab`);
const text = readFileSync(example('three-tier'), 'utf8');

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly out: string;
  readonly log: string;
}

/** Runs the bundled program as a process of its own, as a shell would. */
function topolab(words: readonly string[], options: { readonly meanwhile?: (child: ReturnType<typeof spawn>) => void } = {}): Promise<Ended> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [join(root, 'out', 'cli', 'topolab.cjs'), ...words], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let log = '';
    child.stdout.on('data', (data: Buffer) => {
      out += data.toString();
    });
    child.stderr.on('data', (data: Buffer) => {
      log += data.toString();
    });
    child.on('error', fail);
    child.on('close', (code, signal) => done({ code, signal, out, log }));
    options.meanwhile?.(child);
  });
}

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

beforeAll(async () => {
  if (!(await ensureBuilt(['main']))) throw new Error('the build failed');
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const short = ['--duration', '5s', '--warm-up', '1s', '--replications', '1'];

describe('topolab simulate', () => {
  it('prints a table for people, and what it did to stderr', async () => {
    const { code, out, log } = await topolab(['simulate', example('three-tier'), ...short]);
    expect(code).toBe(0);
    for (const words of [
      'Three-tier web shop · Web shop',
      'End to end',
      'shoppers: checkout',
      'Application',
      'app → database',
      'conservation: holds',
      "Little's law: holds",
    ])
      expect(out).toContain(words);
    expect(log).toMatch(/^Simulated 1 × 5 s in .* events/);
  });

  it('prints JSON that the schema of results accepts, the same at every run, and by threads as by one', async () => {
    const words = ['simulate', example('three-tier'), '--duration', '4s', '--warm-up', '1s', '--json'];
    const [first, second, single] = await Promise.all([
      topolab([...words, '--replications', '3']),
      topolab([...words, '--replications', '3']),
      topolab([...words, '--replications', '1']),
    ]);
    expect(first.code).toBe(0);
    expect(second.out).toBe(first.out);
    const parsed = parseProject(text);
    if (!parsed.ok) throw new Error(parsed.error.problem);
    const inOneThread = simulate({ ...parsed.value, settings: { ...parsed.value.settings, durationMs: 4000, warmUpMs: 1000, replications: 3 } }, 'shop');
    expect(inOneThread.ok && resultJson(inOneThread.value)).toBe(first.out);
    const result = resultSchema.parse(JSON.parse(first.out)) as RunResult;
    expect(result).toMatchObject({
      replications: 3,
      warmUpMs: 1000,
      simulatedMs: 4000,
      design: { name: 'Web shop' },
      ended: 'finished',
      checks: { conservation: { holds: true }, little: { holds: true } },
    });
    expect(result.endToEnd.halfWidths?.latencyMeanMs).toBeGreaterThan(0);
    const alone = JSON.parse(single.out) as RunResult;
    expect(result.batches).toBeUndefined();
    expect(alone.batches?.count).toBe(20);
    expect(alone.endToEnd.halfWidths?.latencyMeanMs).toBeGreaterThan(0);
  });

  it('prints what the README shows', async () => {
    const block = /prints -->\s*```json\n([\s\S]*?)\n```/.exec(readFileSync(join(root, 'README.md'), 'utf8'))?.[1] ?? '';
    const { components, ...documented } = JSON.parse(block) as { readonly components: readonly { readonly id: string }[] };
    const result = JSON.parse((await topolab(['simulate', example('three-tier'), '--json'])).out) as RunResult;
    expect(result).toMatchObject(documented);
    expect(components.length).toBeGreaterThan(0);
    for (const component of components) expect(result.components.find(({ id }) => id === component.id)).toMatchObject(component);
  });

  it('finds the warm-up once for all threads', async () => {
    const { out, code } = await topolab(['simulate', example('single-server'), '--duration', '20s', '--warm-up', 'auto', '--replications', '2', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ settings: { warmUpMs: 'auto' }, replications: 2 });
  });

  it('prints CSV, one row for each thing', async () => {
    const { code, out } = await topolab(['simulate', example('web-tier'), ...short, '--csv']);
    expect(code).toBe(0);
    const [header = '', ...rows] = out.trimEnd().split('\r\n');
    expect(header).toMatch(/^scope,id,name,kind,/);
    expect(rows.map((row) => row.split(',').slice(0, 2).join(','))).toEqual(expect.arrayContaining(['end-to-end,', 'component,web-1', 'link,balancer-web-1']));
    for (const row of rows) expect(row.split(',')).toHaveLength(header.split(',').length);
  });

  it('writes to a file', async () => {
    const path = join(folder, 'result.json');
    const { code, out, log } = await topolab(['simulate', example('overload'), ...short, '--json', '--out', path]);
    expect([code, out]).toEqual([0, '']);
    expect(log).toContain(`Wrote ${path}.`);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ format: 'topolab-result' });
  });

  it('takes seed, duration and parameters from the command line', async () => {
    const run = async (...words: string[]): Promise<RunResult> =>
      JSON.parse((await topolab(['simulate', example('single-server'), ...short, '--json', ...words])).out) as RunResult;
    const [plain, seeded, faster] = await Promise.all([
      run(),
      run('--seed', '7'),
      run('--set', 'server.serviceTime.meanMs=5ms', '--set', 'clients.ratePerS=40 req/s'),
    ]);
    expect(seeded.endToEnd.metrics.latencyMeanMs).not.toBe(plain.endToEnd.metrics.latencyMeanMs);
    expect(seeded.settings.seed).toBe(7);
    expect(faster.endToEnd.metrics.latencyMeanMs).toBeLessThan((plain.endToEnd.metrics.latencyMeanMs ?? 0) / 2);
    expect(faster.endToEnd.metrics.offered).toBeLessThan((plain.endToEnd.metrics.offered ?? 0) * 0.75);
  });

  it('runs the design that is named, by name or id', async () => {
    const [byName, byId, first] = await Promise.all(
      [['--design', 'Four small machines'], ['--design', 'small'], []].map((words) =>
        topolab(['simulate', example('big-against-small'), ...short, '--json', ...words]),
      ),
    );
    expect(JSON.parse(byName?.out ?? '').design).toEqual({ id: 'small', name: 'Four small machines' });
    expect(byId?.out).toBe(byName?.out);
    expect(JSON.parse(first?.out ?? '').design.id).toBe('big');
    expect(first?.log).toContain('the first of 2');
  });

  it('ends with 1 and says where when the model has errors', async () => {
    const path = file('errors.topolab', text.replace('"replicas": 3', '"replicas": 0').replace('"to": "database"', '"to": "shoppers"'));
    const { code, out, log } = await topolab(['simulate', path]);
    expect([code, out]).toEqual([1, '']);
    expect(log).toContain('error    web "Web" of design "Web shop" · params.replicas: Replicas: 0 replicas is not allowed.');
    expect(log).toContain('link app-database from app to shoppers of design "Web shop" · to:');
    expect(log).toMatch(/2 errors, 1 warning; the design cannot run/);
  });

  it.each([
    [['simulate'], /missing required argument 'file'/],
    [['simulate', 'FILE', '--replications', 'three'], /--replications needs a whole number/],
    [['simulate', 'FILE', '--replications', '0'], /from 1 to 1000000/],
    [['simulate', 'FILE', '--seed', '-1'], /argument missing|needs a whole number/],
    [['simulate', 'FILE', '--duration', 'long'], /--duration: "long" is not a number/],
    [['simulate', 'FILE', '--duration', '0'], /above 0/],
    [['simulate', 'FILE', '--warm-up', '-3s'], /--warm-up/],
    [['simulate', 'FILE', '--design', 'Other'], /no design "Other"; there are: "Web shop" \(shop\)/],
    [['simulate', 'FILE', '--set', 'web.replica=3'], /was "replicas" meant/],
    [['simulate', 'FILE', '--json', '--csv'], /one of --json and --csv/],
    [['simulate', 'FILE', '--speed', '3'], /unknown option/],
    [['paint'], /unknown command/],
    [['validate', '--only', 'no such case'], /No case/],
  ])('ends with 2 and a reason on wrong usage: %j', async (words, reason) => {
    const { code, out, log } = await topolab(words.map((word) => (word === 'FILE' ? example('three-tier') : word)));
    expect([code, out]).toEqual([2, '']);
    expect(log).toMatch(reason);
  });

  it('ends with 3, place, problem and remedy on files that cannot be read', async () => {
    const cut = file('cut.topolab', text.slice(0, 2000));
    const newer = file('newer.topolab', text.replace(/"formatVersion": \d+/, '"formatVersion": 9'));
    const unknown = file('unknown.topolab', text.replace('"kind": "database"', '"kind": "oracle"'));
    const huge = file('huge.topolab', '');
    truncateSync(huge, 200 * 1024 * 1024);
    const picture = file('picture.topolab', '\u0089PNG\r\n\u001a\n');
    for (const [path, words] of [
      [join(folder, 'nowhere.topolab'), /There is no such file/],
      [folder, /folder/],
      [cut, /line \d+, column \d+: The file ends in the middle/],
      [newer, /format version 9/],
      [unknown, /does not know: "oracle"/],
      [huge, /210 MB/],
      [picture, /line 1, column 1: The file is not valid JSON/],
    ] as const) {
      const { code, out, log } = await topolab(['simulate', path]);
      expect([path, code, out]).toEqual([path, 3, '']);
      expect(log).toMatch(words);
      expect(log).not.toMatch(/\n\s+at /);
    }
  });

  it('ends with 3 when the result cannot be written, and leaves nothing half written', async () => {
    const { code, log } = await topolab(['simulate', example('overload'), ...short, '--out', join(folder, 'no', 'such', 'folder.csv')]);
    expect(code).toBe(3);
    expect(log).toContain('folder of this file is not there');
  });

  it('does not complain when its reader goes away', async () => {
    const { code, log } = await topolab(['simulate', example('three-tier'), ...short, '--json'], { meanwhile: (child) => child.stdout?.destroy() });
    expect(code).toBe(0);
    expect(log).not.toMatch(/EPIPE|Error/);
  });

  it.each([1, 2])('can be interrupted, with %i replications', async (replications) => {
    const path = join(folder, 'interrupted.json');
    const ended = await topolab(['simulate', example('three-tier'), '--duration', '10h', '--replications', String(replications), '--out', path], {
      meanwhile: (child) => setTimeout(() => child.kill('SIGINT'), 1500),
    });
    expect(ended.signal === 'SIGINT' || ended.code === 130).toBe(true);
    expect(ended.log).not.toMatch(/\n\s+at /);
    expect(readdirSync(folder).filter((name) => name.startsWith('interrupted'))).toEqual([]);
  });
});

describe('topolab report', () => {
  it('writes one page with the numbers of the run, the same bytes each time, and says how to repeat it', async () => {
    const words = ['report', example('three-tier'), ...short, '--set', 'shoppers.ratePerS=200'];
    const [first, second] = [await topolab([...words, '--out', 'report.html']), await topolab(words)];
    expect([first.code, second.code]).toEqual([0, 0]);
    const page = readFileSync(join(folder, 'report.html'), 'utf8');
    expect(second.out).toBe(page);
    expect(page).toMatch(/^<!doctype html>/);
    expect(page).toContain('topolab simulate three-tier.topolab --seed 1 --replications 1 --duration 5000ms --warm-up 1000ms --set shoppers.ratePerS=200');
    expect(page).toContain('200 req/s');
  });

  it('refuses what cannot run, and designs that there are not', async () => {
    expect((await topolab(['report', example('three-tier'), '--design', 'Nowhere'])).code).toBe(2);
    expect((await topolab(['report', 'nowhere.topolab'])).code).toBe(3);
  });
});

describe('topolab problems', () => {
  it('says that there are none', async () => {
    expect(await topolab(['problems', example('three-tier')])).toMatchObject({ code: 0, out: `${example('three-tier')}: no problems\n` });
  });

  it('lists errors and warnings, and ends with 1 where there are errors', async () => {
    const warned = file('warned.topolab', text.replace('"replicas": 3', '"replica": 3'));
    const ended = await topolab(['problems', warned]);
    expect(ended.code).toBe(0);
    expect(ended.out).toMatch(/^warning {2}web "Web" of design "Web shop" · params\.replica: .*was meant\.\n.*1 warning\n$/s);
    const wrong = await topolab(['problems', file('wrong.topolab', text.replace('"connections": 4', '"connections": 0.5'))]);
    expect(wrong.code).toBe(1);
    expect(wrong.out).toContain('error    database "Database"');
  });
});

describe('topolab schema', () => {
  it('prints what is committed', async () => {
    expect((await topolab(['schema'])).out).toBe(readFileSync(join(root, 'src-shared/project/topolab.schema.json'), 'utf8'));
    expect((await topolab(['schema', '--result'])).out).toBe(readFileSync(join(root, 'src-shared/protocol/topolab-result.schema.json'), 'utf8'));
  });
});

describe('topolab validate', () => {
  it('runs chosen cases and prints the table', async () => {
    const { code, out } = await topolab(['validate', '--quick', '--only', 'queue.trace.fcfs,link.store_and_forward.three_hops']);
    expect(code).toBe(0);
    expect(out).toMatch(/^case .*expected.*measured.*verdict\n/);
    expect(out).toMatch(/\n\d+ passed, 0 failed\n$/);
  });
});

describe('topolab bench', () => {
  it('prints one line of JSON for a workload, and a table for all', async () => {
    const one = await topolab(['bench', 'w1', '20000', '1']);
    expect(one.code).toBe(0);
    expect(JSON.parse(one.out)).toMatchObject({
      engine: 'ours',
      w: 'w1',
      n: 20_000,
      wall: expect.any(Number),
      events: expect.any(Number),
      mean: expect.any(Number),
      p99: expect.any(Number),
    });
    const all = await topolab(['bench', 'all', '2000', '1']);
    expect(all.code).toBe(0);
    expect(all.out).toMatch(/^workload .*events\/s.*memory MB\nw1 .*\nw2 .*\nw3 .*\n$/);
    const none = await topolab(['bench', 'w9']);
    expect(none.code).toBe(2);
    expect(none.log).toMatch(/There is no workload "w9"; there are w1, w2, w3, off, .*, all, policies and sweep\./);
  });
});

describe('topolab', () => {
  it('explains itself', async () => {
    const { code, out } = await topolab(['--help']);
    expect(code).toBe(0);
    for (const word of [
      'simulate',
      'compare',
      'sweep',
      'merge',
      'search',
      'trace',
      'advise',
      'report',
      'problems',
      'schema',
      'validate',
      'bench',
      'Exit codes',
    ])
      expect(out).toContain(word);
  });
});
