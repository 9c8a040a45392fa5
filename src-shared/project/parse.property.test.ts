import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distributionSchema } from '../kinds/distribution';
import { linkParams } from '../kinds/link/link';
import type { Param, ParamSet } from '../kinds/params';
import { KINDS, kindOf } from '../kinds/registry';
import { checkValue } from './check-value';
import type { Fault, FaultEffectRecord } from './fault';
import { kindVersionsOf } from './migrations';
import { workloadKind } from './params-of';
import { parseProject, serializeProject } from './parse';
import { projectProblems } from './problems';
import type { Project } from './project';

const text = readFileSync(new URL('./fixtures/version-2.topolab', import.meta.url), 'utf8');

const noMinusZero = (value: number): number => value + 0;
const positive = fc.double({ min: 1e-6, max: 1e6, noNaN: true }).map(noMinusZero);
const anyNumber = fc.double({ noNaN: true, noDefaultInfinity: true }).map(noMinusZero);
const name = fc.string({ minLength: 1, maxLength: 20, unit: 'binary' });

const distributions = fc.oneof(
  fc.record({ type: fc.constant('constant' as const), valueMs: positive }),
  fc.record({ type: fc.constant('lognormal' as const), meanMs: positive, sigma: fc.double({ min: 0, max: 5, noNaN: true }).map(noMinusZero) }),
  fc.record({ type: fc.constant('fit' as const), p50Ms: positive, p99Ms: positive }),
  fc.record({
    type: fc.constant('hyperexponential' as const),
    branches: fc.array(fc.record({ probability: fc.constantFrom(0.25, 0.5, 1), meanMs: positive }), { minLength: 1, maxLength: 4 }),
  }),
  fc.record({ type: fc.constant('empirical' as const), values: fc.array(fc.record({ valueMs: positive, weight: positive }), { minLength: 1, maxLength: 4 }) }),
  fc.constant({ type: 'request' as const }),
);

/** Any value at all, as a damaged or hand-written file may hold it. */
const anything = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value).replaceAll('__proto__', 'proto')) as unknown);

function paramValue(param: Param): fc.Arbitrary<unknown> {
  const right = rightValue(param);
  return fc.oneof({ weight: 8, arbitrary: param.nullMeans === undefined ? right : fc.option(right) }, { weight: 1, arbitrary: anything });
}

function rightValue(param: Param): fc.Arbitrary<unknown> {
  const between = { min: param.min ?? 0, max: param.max ?? 1 };
  switch (param.type) {
    case 'flag':
      return fc.boolean();
    case 'text':
      return name;
    case 'choice':
      return fc.constantFrom(...(param.choices ?? []).map((option) => option.value));
    case 'distribution':
      return distributions;
    case 'list':
      return fc.array(valuesOf(param.fields ?? {}), { maxLength: 3 });
    case 'count':
    case 'size':
      return fc.integer({ min: between.min, max: Math.min(between.max, 2 ** 31) });
    default:
      return fc.double({ ...between, noNaN: true }).map(noMinusZero);
  }
}

function valuesOf(params: ParamSet): fc.Arbitrary<Record<string, unknown>> {
  return fc.record(Object.fromEntries(Object.entries(params).map(([key, param]) => [key, paramValue(param)])));
}

const share = fc.double({ min: 0, max: 1, noNaN: true }).map(noMinusZero);
const effects: fc.Arbitrary<FaultEffectRecord> = fc.oneof(
  fc.record({ type: fc.constant('crash' as const), silent: fc.boolean(), restartMs: positive }),
  fc.record({ type: fc.constant('pause' as const) }),
  fc.record({ type: fc.constant('slow' as const), factor: fc.double({ min: 1, max: 100, noNaN: true }) }),
  fc.record({ type: fc.constant('errors' as const), share }),
  fc.record({ type: fc.constant('surge' as const), factor: fc.double({ min: 0.01, max: 100, noNaN: true }) }),
  fc.record({ type: fc.constant('latency' as const), addedMs: positive }),
  fc.record({ type: fc.constant('loss' as const), share }),
  fc.record({ type: fc.constant('cut' as const), direction: fc.constantFrom('both' as const, 'requests' as const, 'replies' as const) }),
  fc.record({ type: fc.constant('resize' as const), machine: fc.constantFrom('vcpu-4', 'gone'), restartMs: positive }),
);
const timings: fc.Arbitrary<Fault['timing']> = fc.oneof(
  fc.record({ type: fc.constant('once' as const), atMs: positive, lastsMs: positive }),
  fc.record({ type: fc.constant('random' as const), between: distributions, lasts: distributions }),
);
/** Faults on any of these targets, and on one that is gone. */
function faultsOn(targets: readonly string[]): fc.Arbitrary<readonly Fault[]> {
  const details = fc.record(
    { instance: fc.nat(9999), disabled: fc.boolean(), target: fc.constantFrom(...targets, 'gone-target'), effect: effects, timing: timings, name },
    { requiredKeys: ['target', 'effect', 'timing', 'name'] },
  );
  return fc.array(details, { maxLength: 4 }).map((list) => list.map((fault, index) => ({ id: `fault-number-${index}`, ...fault }) as Fault));
}

const ids = fc.uniqueArray(
  fc.string({ minLength: 1, maxLength: 8, unit: fc.constantFrom(...'abc019-') }).filter((id) => /^[a-z0-9]/.test(id)),
  { minLength: 8, maxLength: 12 },
);

const projects: fc.Arbitrary<Project> = ids.chain((pool) => {
  const [designId = 'a', otherDesign = 'b', workloadId = 'c', ...rest] = pool;
  const componentIds = rest.slice(0, 3);
  const component = (id: string) =>
    fc.constantFrom(...KINDS).chain((kind) =>
      fc
        .record({
          id: fc.constant(id),
          kind: fc.constant(kind.id),
          name,
          params: kind.stored === 'workload' ? fc.constant({}) : valuesOf(kind.params),
          workload: fc.constant(kind.stored === 'workload' ? workloadId : undefined),
        })
        .map(({ workload, ...other }) => (workload === undefined ? other : { ...other, workload })),
    );
  return fc
    .record({
      name,
      description: fc.string({ unit: 'binary' }),
      seed: fc.integer({ min: 0, max: 4_294_967_295 }),
      warmUpMs: fc.oneof(fc.constant('auto' as const), positive),
      workload: valuesOf(workloadKind().params),
      components: fc.tuple(...componentIds.map(component)),
      ends: fc.array(fc.tuple(fc.constantFrom(...componentIds), fc.constantFrom(...componentIds), valuesOf(linkParams)), { maxLength: rest.length - 3 }),
      faults: faultsOn(rest),
      x: anyNumber,
    })
    .map((parts) => {
      const design = {
        id: designId,
        name: parts.name,
        components: parts.components,
        links: parts.ends.map(([from, to, params], index) => ({ id: rest[index + 3] ?? 'z', from, to, params })),
        faults: [...parts.faults],
        notes: [],
      };
      const project: Project = {
        format: 'topolab',
        formatVersion: 2,
        kindVersions: {},
        name: parts.name,
        description: parts.description,
        settings: { durationMs: 1000, warmUpMs: parts.warmUpMs, seed: parts.seed, replications: 1, confidence: 0.95, seriesPoints: 10, requestLog: 0 },
        machines: [],
        workloads: [{ id: workloadId, name: parts.name, params: parts.workload }],
        designs: [design, { ...design, id: otherDesign }],
        objectives: [],
        sweeps: [],
        view: {
          designs: {
            [designId]: { positions: { [componentIds[0] ?? 'a']: { x: parts.x, y: 0 } } },
            [otherDesign]: { positions: {}, viewport: { x: 0, y: parts.x, zoom: 1 } },
          },
        },
      };
      return { ...project, kindVersions: kindVersionsOf(project) };
    });
});

describe('project files', () => {
  it('give back what was saved, and the same bytes when saved again', () => {
    fc.assert(
      fc.property(projects, (project) => {
        const saved = serializeProject(project);
        const result = parseProject(saved);
        if (!result.ok) throw new Error(`${result.error.place}: ${result.error.problem}`);
        expect(result.value).toEqual(filled(project));
        expect(serializeProject(result.value)).toBe(serializeProject(filled(project)));
      }),
      { numRuns: 150 },
    );
  });

  it('are checked without a throw, whatever values they hold, with words in every problem', () => {
    fc.assert(
      fc.property(projects, (project) => {
        for (const problem of projectProblems(project)) {
          expect(problem.message).toMatch(/\S/);
          expect(problem.remedy).toMatch(/\S/);
          expect(problem.code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('are refused in words when bytes of them are wrong, never by a throw', () => {
    const bytes = new TextEncoder().encode(text);
    const change = fc.record({ at: fc.nat(bytes.length - 1), remove: fc.nat(12), insert: fc.uint8Array({ maxLength: 6 }) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
        let damaged = bytes;
        for (const { at, remove, insert } of changes) damaged = Uint8Array.from([...damaged.slice(0, at), ...insert, ...damaged.slice(at + remove)]);
        expectResult(new TextDecoder().decode(damaged));
      }),
      { numRuns: 300 },
    );
  });

  it('are refused in words when letters of JSON are exchanged', () => {
    const change = fc.tuple(fc.nat(text.length - 1), fc.constantFrom(...'{}[]",:0-.e \n', 'null', 'true', '"__proto__"', '[]', '{}', '1e400', '""'));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        let damaged = text;
        for (const [at, letters] of changes) damaged = damaged.slice(0, at) + letters + damaged.slice(at + 1);
        expectResult(damaged);
      }),
      { numRuns: 500 },
    );
  });

  it('are refused in words when any part of their JSON is replaced', () => {
    const file: unknown = JSON.parse(text);
    const places = pathsOf(file);
    fc.assert(
      fc.property(fc.constantFrom(...places), anything, (place, value) => {
        const copy: unknown = JSON.parse(text);
        const holder = place.slice(0, -1).reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], copy) as Record<string, unknown>;
        holder[place[place.length - 1] ?? ''] = value;
        expectResult(JSON.stringify(copy));
      }),
      { numRuns: 500 },
    );
  });

  it('are recognised as cut short wherever they end', () => {
    const whole = text.trimEnd();
    for (let length = 0; length < whole.length; length += 37) {
      const result = parseProject(text.slice(0, length));
      expect(result.ok ? 'opened' : result.error.kind).toBe('truncated');
    }
  });
});

describe('checkValue', () => {
  it('finds something wrong exactly where the schema does', () => {
    const params = [...KINDS.flatMap((kind) => Object.values(kind.params)), ...Object.values(linkParams)];
    fc.assert(
      fc.property(
        fc.constantFrom(...params).chain((param) => fc.tuple(fc.constant(param), fc.oneof(paramValue(param), anything, anyNumber))),
        ([param, value]) => {
          const problems = checkValue(param, value, 'value');
          expect(problems.length === 0).toBe(param.schema.safeParse(value).success);
          for (const problem of problems) expect(problem.path.startsWith('value')).toBe(true);
        },
      ),
      { numRuns: 5000 },
    );
    expect(distributionSchema.options.length).toBeGreaterThan(10);
  });
});

/** What parsing adds: missing fields of rows that are objects. */
function filled(project: Project): Project {
  const again = parseProject(serializeProject(project));
  if (!again.ok) throw new Error(again.error.problem);
  const listsOf = (params: ParamSet, values: Readonly<Record<string, unknown>> = {}): Record<string, unknown> =>
    Object.fromEntries(Object.keys(params).flatMap((key) => (params[key]?.type === 'list' && Object.hasOwn(values, key) ? [[key, values[key]]] : [])));
  return {
    ...project,
    workloads: project.workloads.map((workload, w) => ({
      ...workload,
      params: { ...workload.params, ...listsOf(workloadKind().params, again.value.workloads[w]?.params) },
    })),
    designs: project.designs.map((design, d) => ({
      ...design,
      components: design.components.map((component, c) => ({
        ...component,
        params: { ...component.params, ...listsOf(kindOf(component.kind)?.params ?? {}, again.value.designs[d]?.components[c]?.params) },
      })),
    })),
  };
}

function expectResult(input: string): void {
  const result = parseProject(input);
  if (result.ok) {
    // What opens can also be checked and saved.
    projectProblems(result.value);
    expect(parseProject(serializeProject(result.value))).toEqual(result);
    return;
  }
  for (const words of [result.error.place, result.error.problem, result.error.remedy]) expect(words.trim()).not.toBe('');
  expect(JSON.stringify(result.error)).not.toMatch(/undefined|\[object/);
}

function pathsOf(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return [...(path.length > 0 ? [path] : []), ...Object.entries(value).flatMap(([key, child]) => pathsOf(child, [...path, key]))];
}
