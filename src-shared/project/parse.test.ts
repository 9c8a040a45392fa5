import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { defaultsOf } from '../kinds/params';
import { KINDS } from '../kinds/registry';
import { serviceParams } from '../kinds/service/service-params';
import type { ParseFailure } from './parse';
import { describeParseFailure, parseProject, serializeProject, tooLarge } from './parse';
import { projectProblems } from './problems';
import type { Project } from './project';
import { emptyProject, FORMAT_VERSION, LIMITS } from './project';

const text = readFileSync(new URL('./fixtures/version-2.topolab', import.meta.url), 'utf8');

/** The text of the fixture after a change to its JSON. */
// biome-ignore lint/suspicious/noExplicitAny: the point of these tests is to write what the types forbid.
function changed(change: (file: any) => void): string {
  const file: unknown = JSON.parse(text);
  change(file);
  return JSON.stringify(file);
}

function refusal(input: string): ParseFailure {
  const result = parseProject(input);
  if (result.ok) throw new Error('was not refused');
  for (const words of [result.error.place, result.error.problem, result.error.remedy]) expect(words.trim()).not.toBe('');
  return result.error;
}

function opened(input: string): Project {
  const result = parseProject(input);
  if (!result.ok) throw new Error(describeParseFailure(result.error));
  return result.value;
}

describe('parseProject', () => {
  it('opens the fixture of every version of the format, and writes the present one back byte for byte', () => {
    for (let version = 1; version <= FORMAT_VERSION; version++) {
      const project = opened(readFileSync(new URL(`./fixtures/version-${version}.topolab`, import.meta.url), 'utf8'));
      expect(project.formatVersion).toBe(FORMAT_VERSION);
      expect(projectProblems(project)).toEqual([]);
    }
    expect(serializeProject(opened(text))).toBe(text);
  });

  it('opens a new project, also with a byte order mark and Windows line ends', () => {
    const saved = serializeProject(emptyProject());
    expect(opened(saved)).toEqual(emptyProject());
    expect(opened(`\uFEFF${saved.replaceAll('\n', '\r\n')}`)).toEqual(emptyProject());
  });

  it('adds missing values at their defaults, also in rows, and a view for each design', () => {
    const project = opened(
      changed((file) => {
        file.designs[1].components[1].params = { replicas: 4 };
        file.workloads[0].params.operations = [{ name: 'only a name' }];
        delete file.view.designs.main;
      }),
    );
    expect(project.designs[1]?.components[1]?.params).toEqual({ ...defaultsOf(serviceParams), replicas: 4 });
    expect(project.workloads[0]?.params.operations).toEqual([
      { name: 'only a name', weight: 1, type: 'read', requestBytes: 1000, responseBytes: 10_000, priority: 1, items: 1000, itemSkew: 0 },
    ]);
    expect(project.view.designs).toMatchObject({ main: { positions: {} }, other: { positions: {} } });
  });

  it('keeps wrong and unknown values, so that the file opens and nothing is lost', () => {
    const input = changed((file) => {
      file.designs[1].components[1].params = { replicas: 0, colour: 'red', serviceTime: { type: 'exponential', meanMs: -1 } };
      file.designs[1].links[0].params.loss = 'much';
    });
    const project = opened(input);
    expect(project.designs[1]?.components[1]?.params).toMatchObject({ replicas: 0, colour: 'red', serviceTime: { type: 'exponential', meanMs: -1 } });
    expect(opened(serializeProject(project))).toEqual(project);
    expect(projectProblems(project).map((problem) => [problem.recordId, problem.path, problem.severity])).toEqual([
      ['web', 'params.replicas', 'error'],
      ['web', 'params.serviceTime.meanMs', 'error'],
      ['web', 'params.colour', 'warning'],
      ['users-web', 'params.loss', 'error'],
    ]);
  });

  it('reads minus zero as zero', () => {
    const project = opened(text.replace('"x": 0, "y": 0', '"x": -0, "y": 0'));
    expect(project.view.designs.main?.positions.users).toEqual({ x: 0, y: 0 });
  });

  it('keeps positions of parts that are gone', () => {
    const project = opened(changed((file) => (file.view.designs.main.positions.gone = { x: 1, y: 2 })));
    expect(opened(serializeProject(project)).view.designs.main?.positions.gone).toEqual({ x: 1, y: 2 });
  });

  it('says line and column where the text is no JSON', () => {
    expect(refusal(text.replace('"formatVersion": 2,', '"formatVersion": 2,,'))).toMatchObject({
      kind: 'not-json',
      line: 3,
      column: 22,
      place: 'line 3, column 22',
    });
    expect(refusal('format: topolab')).toMatchObject({ kind: 'not-json', line: 1, column: 1 });
    expect(refusal('\u0089PNG\r\n\u001a\n\u0000')).toMatchObject({ kind: 'not-json' });
    const trailing = refusal('{ "format": "topolab", }');
    expect(describeParseFailure(trailing)).toBe(
      'line 1, column 24: The file is not valid JSON: here stands "}" instead of a name in double quotes. Remove the comma before it.',
    );
  });

  it('tells a file that was cut short from one that is wrong', () => {
    expect(refusal(text.slice(0, 1000)).kind).toBe('truncated');
    expect(refusal('')).toMatchObject({ kind: 'truncated', problem: 'The file is empty.' });
    expect(refusal(' \n').kind).toBe('truncated');
  });

  it('refuses what is no project', () => {
    for (const input of [
      'null',
      '42',
      '"topolab"',
      '[]',
      '{}',
      '{"format":"drawing"}',
      '{"format":"topolab-result","formatVersion":1}',
      '{"format":"topolab"}',
      '{"format":"topolab","formatVersion":"1"}',
      '{"format":"topolab","formatVersion":0}',
    ])
      expect(refusal(input).kind).toBe('not-a-project');
  });

  it('refuses files of newer programs, and says so', () => {
    expect(refusal(changed((file) => (file.formatVersion = FORMAT_VERSION + 1)))).toMatchObject({
      kind: 'newer-version',
      found: FORMAT_VERSION + 1,
      known: FORMAT_VERSION,
      place: 'formatVersion',
    });
    expect(refusal(changed((file) => (file.kindVersions.service = 99)))).toMatchObject({ kind: 'newer-version', found: 99, place: 'kindVersions.service' });
  });

  it('names unknown kinds and where they are', () => {
    const failure = refusal(
      changed((file) => {
        file.designs[0].components[3].kind = 'cache';
        file.designs[1].components[1].kind = 'queue';
      }),
    );
    expect(failure).toMatchObject({ kind: 'unknown-kind', kinds: ['cache', 'queue'] });
    expect(failure.place).toBe('designs[0].components[3].kind (component "Web" of design "Main") and 1 more');
    expect(failure.problem).toContain('"cache" and "queue"');
    expect(failure.remedy).toContain(KINDS.map(({ id }) => id).join(', '));
  });

  it('asks for the version of values that the file does not state', () => {
    expect(refusal(changed((file) => delete file.kindVersions.service))).toMatchObject({ kind: 'invalid', place: 'kindVersions' });
    expect(refusal(changed((file) => delete file.kindVersions.link)).remedy).toContain('"link": 1');
  });

  it.each<[string, (file: ReturnType<typeof JSON.parse>) => void, string, RegExp]>([
    [
      'a missing name',
      (file) => delete file.designs[0].components[2].name,
      'designs[0].components[2].name (component "balancer" of design "Main")',
      /"name" is missing\..*Add it: it must be a text\./,
    ],
    [
      'an empty name',
      (file) => (file.designs[0].components[2].name = ''),
      'designs[0].components[2].name (component "" of design "Main")',
      /at least 1 characters/,
    ],
    ['a duration of 0', (file) => (file.settings.durationMs = 0), 'settings.durationMs', /"durationMs" is 0\..*above 0/],
    ['half a seed', (file) => (file.settings.seed = 1.5), 'settings.seed', /whole number/],
    ['an unknown warm-up', (file) => (file.settings.warmUpMs = 'soon'), 'settings.warmUpMs', /"auto" or a number/],
    ['an id with capitals', (file) => (file.designs[0].notes[0].id = 'Note'), 'designs[0].notes[0].id (note "Note" of design "Main")', /lower-case/],
    ['no design', (file) => (file.designs = []), 'designs', /at least 1 entries/],
    ['an unknown name', (file) => (file.extra = 1), 'the whole file', /unknown name "extra"/],
    [
      'an id used twice',
      (file) => (file.designs[0].components[1].id = 'users'),
      'designs[0].components[1].id (component "Robot" of design "Main")',
      /already used at designs\[0\]\.components\[0\]/,
    ],
    [
      'a link with the id of a component',
      (file) => (file.designs[0].links[0].id = 'web'),
      'designs[0].links[0].id (link "web" of design "Main")',
      /already used/,
    ],
    [
      'two faults of one id',
      (file) => (file.designs[0].faults[1].id = 'crash-of-web'),
      'designs[0].faults[1].id (fault "Wear" of design "Main")',
      /already used at designs\[0\]\.faults\[0\]/,
    ],
    ['two machines of one id', (file) => (file.machines[1].id = 'vcpu-1'), 'machines[1].id (machine "2 vCPU")', /already used/],
    ['two workloads of one id', (file) => (file.workloads[1].id = 'visitors'), 'workloads[1].id (workload "Nightly batch")', /already used/],
    [
      'a link to nowhere',
      (file) => (file.designs[0].links[0].to = 'moon'),
      'designs[0].links[0].to (link "users-balancer" of design "Main")',
      /no component with that id/,
    ],
    [
      'a workload that is missing',
      (file) => (file.designs[0].components[0].workload = 'moon'),
      'designs[0].components[0].workload (component "Users" of design "Main")',
      /no workload with the id "moon"/,
    ],
    [
      'clients without a workload',
      (file) => delete file.designs[0].components[0].workload,
      'designs[0].components[0].workload (component "Users" of design "Main")',
      /does not say which workload/,
    ],
    [
      'a service with a workload',
      (file) => (file.designs[0].components[3].workload = 'visitors'),
      'designs[0].components[3].workload (component "Web" of design "Main")',
      /has no workload/,
    ],
    ['components that are no list', (file) => (file.designs[0].components = { a: 1 }), 'designs[0].components (design "Main")', /a list/],
    ['too many designs', (file) => (file.designs = Array(LIMITS.designs + 1).fill(file.designs[1])), 'designs', /at most 50/],
    ['a position that is no place', (file) => (file.view.designs.main.positions.web.x = null), 'view.designs.main.positions.web.x', /a number/],
  ])('refuses %s with place, problem and remedy', (_name, change, place, words) => {
    const failure = refusal(changed(change));
    expect(failure.kind).toBe('invalid');
    expect(failure.place).toBe(place);
    expect(`${failure.problem} ${failure.remedy}`).toMatch(words);
  });

  it('refuses what is meant to harm', () => {
    expect(refusal(text.replace('"settings": {', '"__proto__": { "polluted": true }, "settings": {'))).toMatchObject({ kind: 'invalid' });
    expect(refusal(changed((file) => (file.designs[0].components[3].params = JSON.parse('{"__proto__":{"polluted":1}}')))).problem).toContain('__proto__');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(refusal(`{"format":"topolab","formatVersion":1,"x":${'['.repeat(5000)}${']'.repeat(5000)}}`).kind).toBe('too-deep');
    expect(refusal(`${'{"a":'.repeat(300_000)}1${'}'.repeat(300_000)}`).kind).toBe('too-deep');
    expect(refusal(text.replace('"seed": 4294967295', '"seed": 1e999')).problem).toContain('too large');
    const millions = refusal(`{"format":"topolab","formatVersion":1,"kindVersions":{},"designs":[{"id":"a","components":[${'0,'.repeat(2_000_000)}0]}]}`);
    expect(millions.problem).toContain('2000001 entries');
  });

  it('refuses a huge text before it looks into it', () => {
    expect(tooLarge(LIMITS.fileBytes)).toBeNull();
    expect(refusal(' '.repeat(LIMITS.fileBytes + 1))).toMatchObject({ kind: 'too-large', bytes: LIMITS.fileBytes + 1 });
    expect(tooLarge(200e6)?.problem).toBe('The file has 200 MB; a project has at most 52.4 MB.');
  });

  it('never repeats megabytes of the file in a message', () => {
    const failure = refusal(changed((file) => (file.designs[0].components[0].kind = 'k'.repeat(1_000_000))));
    expect(describeParseFailure(failure).length).toBeLessThan(1000);
  });
});

describe('serializeProject', () => {
  it('does not depend on the order in which an object was built', () => {
    const shuffled = JSON.stringify(JSON.parse(text), (_key, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).reverse()) : value,
    );
    expect(serializeProject(opened(shuffled))).toBe(text);
  });

  it('writes the versions of the kinds in use, whatever stood there', () => {
    const project = opened(text);
    expect(JSON.parse(serializeProject({ ...project, kindVersions: { nonsense: 7 } })).kindVersions).toEqual({
      client: 2,
      'load-balancer': 1,
      service: 1,
      database: 2,
      link: 1,
    });
    expect(JSON.parse(serializeProject(emptyProject())).kindVersions).toEqual({});
  });

  it('changes one line when one number changes', () => {
    const project = opened(text);
    const before = serializeProject(project).split('\n');
    const after = serializeProject({ ...project, settings: { ...project.settings, seed: 7 } }).split('\n');
    expect(after.filter((line, index) => line !== before[index])).toEqual(['    "seed": 7,']);
  });
});
