import { describe, expect, test } from 'vitest';
import { linkParams } from '../kinds/link/link';
import type { Param, ParamSet } from '../kinds/params';
import { defaultsOf, paramMatters, schemaOf } from '../kinds/params';
import { KINDS, kindOf } from '../kinds/registry';
import { parseProject } from '../project/parse';
import type { Project } from '../project/project';
import { serializeProject } from '../project/serialize';
import type { RunResult } from '../run/result';
import { simulate } from '../run/simulate';
import { DESIGN_ID, draft } from './draft';
import { mattering, perturbations } from './perturb';
import { addRevealing, besideOf, CALLERS_SESSIONS, revealingData, revealingLinks, targetsOf } from './revealing';
import { besideOfLink, FAILING } from './revealing-policies';

type Values = Readonly<Record<string, unknown>>;

const SUBJECT = 'subject';
/** Most values show within a short run; what shows in neither length does not count. */
const SHORT_MS = 6_000;
const LONG_MS = 30_000;
const SETTINGS = { durationMs: LONG_MS, warmUpMs: 0, seed: 11, requestLog: 200, seriesPoints: 10 };

function lasting(project: Project, durationMs: number): Project {
  return { ...project, settings: { ...project.settings, durationMs } };
}

/** A neighbourhood in which whatever a part does shows: two kinds of request, loaded stations of several sorts, traffic past the part. */
function neighbourhood(kindId: string, values: Values, linkValues: { readonly [from: string]: Values } = {}, workerValues: Values = {}): Project {
  const kind = kindOf(kindId);
  const parts = draft(`Contract of ${kindId}`);
  const operations = [
    { name: 'view', weight: 2, type: 'read' as const, requestBytes: 1000, responseBytes: 10_000, priority: 1 },
    { name: 'save', weight: 1, type: 'write' as const, requestBytes: 4000, responseBytes: 500, priority: 3 },
  ];
  parts.part(SUBJECT, kindId, values);
  parts.service('worker', {
    replicas: 3,
    servers: 1,
    serviceTime: { type: 'exponential', meanMs: 20 },
    perOperation: [{ operation: 'view', serviceTime: { type: 'exponential', meanMs: 12 } }],
    discipline: 'priority',
    ...workerValues,
  });
  parts.service('tracer', { serviceTime: { type: 'request' }, discipline: 'priority' });
  parts.database('data', revealingData(kindId));
  parts.client('passers-by', { ratePerS: 40, operations });
  const near = { latency: { type: 'exponential' as const, meanMs: 1 } };
  parts.link('passers-by', 'worker', near);
  // Nobody sends requests to a part that collects telemetry: it gets its links from those that report.
  if (kind?.ports.in === true && kind.telemetry !== 'collects') {
    parts.client('callers', { ratePerS: 80, operations, sessions: kindId === 'load-balancer' ? CALLERS_SESSIONS : null });
    parts.link('callers', SUBJECT, { ...near, ...linkValues.callers });
    // A second way out, so that the weights of the callers' links show.
    parts.link('callers', 'worker', { ...near, weight: 0.2 });
  }
  if (kind?.ports.out === true) {
    for (const [index, target] of targetsOf(kindId).entries()) parts.link(SUBJECT, target, index === 0 ? { ...near, ...linkValues[SUBJECT] } : near);
  } else parts.link('passers-by', 'tracer', near);
  if (kind?.ports.out !== true) parts.link('passers-by', 'data', near);
  addRevealing(parts, kindId, SUBJECT);
  return parts.build(SETTINGS);
}

function run(project: Project): RunResult | null {
  const outcome = simulate(project, DESIGN_ID);
  return outcome.ok ? outcome.value : null;
}

/** Every number of a result, without names, so that a mere renaming does not count. */
function numbersOf({ endToEnd, operations, components, links, requests }: RunResult): string {
  const numbers = [endToEnd, ...operations, ...components, ...components.flatMap(({ instances }) => instances), ...links];
  return JSON.stringify([
    numbers.map(({ metrics, failures }) => [metrics, failures]),
    requests.map(({ arrivalMs, endMs, outcome, waitingMs, serviceMs }) => [arrivalMs, endMs, outcome, waitingMs, serviceMs]),
  ]);
}

/** Numbers of designs that have been run before: most tests start from the same few. */
const known = new Map<string, string | null>();
function numbersKnown(project: Project): string | null {
  const text = JSON.stringify(project);
  const before = known.get(text);
  if (before !== undefined) return before;
  const result = run(project);
  const numbers = result === null ? null : numbersOf(result);
  known.set(text, numbers);
  return numbers;
}

/** Changes tried in each variant before the others of any variant are. */
const FIRST_TRIES = 4;

/** Whether some value other than the present one moves some number of the result, in one of the variants of the other values. */
function moves(build: (values: Values) => Project, variantOf: (variant: 0 | 1 | 2) => Values, change: (values: Values) => readonly Values[]): boolean {
  const variants = ([0, 1, 2] as const).map((variant) => ({ present: build(variantOf(variant)), changes: change(variantOf(variant)) }));
  const shows = (present: Project, changed: Values, durationMs: number): boolean => {
    const before = numbersKnown(lasting(present, durationMs));
    if (before === null) return false;
    const after = run(lasting(build(changed), durationMs));
    return after !== null && numbersOf(after) !== before;
  };
  const some = (from: number, to: number, durationMs: number): boolean =>
    variants.some(({ present, changes }) => changes.slice(from, to).some((changed) => shows(present, changed, durationMs)));
  return some(0, FIRST_TRIES, SHORT_MS) || some(0, FIRST_TRIES, LONG_MS) || some(FIRST_TRIES, Number.POSITIVE_INFINITY, LONG_MS);
}

const changesOf = (key: string, param: Param) => (values: Values) => perturbations(param, values[key]).map((value) => ({ ...values, [key]: value }));

/** Changes of one field of a list: the likeliest change of every row first, then the next. */
const changesOfField = (key: string, fieldKey: string, field: Param) => (values: Values) => {
  const rows = values[key] as readonly Values[];
  const ofRows = rows.map((row) => perturbations(field, row[fieldKey]));
  const most = Math.max(...ofRows.map((changes) => changes.length));
  return Array.from({ length: most }, (_, nth) => nth).flatMap((nth) =>
    rows.flatMap((_row, index) => {
      const changes = ofRows[index] ?? [];
      if (nth >= changes.length) return [];
      return [{ ...values, [key]: rows.map((row, at) => (at === index ? { ...row, [fieldKey]: changes[nth] } : row)) }];
    }),
  );
};

/** A name to test, with the change it stands for: parameters, their single choices, and the fields of their rows. */
function subjectsOf(params: ParamSet): readonly { readonly name: string; readonly key: string; readonly change: (values: Values) => readonly Values[] }[] {
  return Object.entries(params).flatMap(([key, param]) => [
    { name: key, key, change: changesOf(key, param) },
    ...(param.choices ?? [])
      .filter(({ value }) => value !== param.default)
      .map(({ value }) => ({
        name: `${key} = ${value}`,
        key,
        change: (values: Values) => [{ ...values, [key]: value === values[key] ? param.default : value }],
      })),
    ...Object.entries(param.fields ?? {}).map(([fieldKey, field]) => ({ name: `${key}[].${fieldKey}`, key, change: changesOfField(key, fieldKey, field) })),
  ]);
}

function expectDeclared(params: ParamSet, ofRows: boolean): void {
  for (const [key, param] of Object.entries(params)) {
    expect(param.title.length, `${key}: title`).toBeGreaterThan(0);
    expect(param.help, `${key}: help`).toMatch(/\.$/);
    if (!ofRows) {
      expect(param.group.length, `${key}: group`).toBeGreaterThan(0);
      expect(param.provenance, `${key}: provenance`).toMatch(/\.$/);
    }
    if (!['choice', 'flag', 'text', 'list', 'machine'].includes(param.type)) expect(param.unit.length, `${key}: unit`).toBeGreaterThan(0);
    if (param.default === null) expect(param.nullMeans, `${key}: what null means`).toBeTruthy();
    expect(param.schema.safeParse(param.default).success, `${key}: default`).toBe(true);
    expect(param.schema.safeParse(undefined).success, `${key}: is required`).toBe(false);
    for (const choice of param.choices ?? []) expect(choice.help, `${key}: help of ${choice.value}`).toMatch(/\.$/);
    const conditions = param.when === undefined ? [] : Array.isArray(param.when) ? param.when : [param.when];
    for (const condition of conditions) if (condition.param !== undefined) expect(Object.keys(params), `${key}: condition`).toContain(condition.param);
    if (param.fields !== undefined) expectDeclared(param.fields, true);
  }
}

describe.each(KINDS.map((kind) => [kind.id, kind] as const))('kind %s', (id, kind) => {
  const build = (values: Values): Project => neighbourhood(id, values);
  const defaults = defaultsOf(kind.params) as Values;

  test('is declared in full', () => {
    expect(kind.title.length).toBeGreaterThan(0);
    expect(kind.help).toMatch(/\.$/);
    expect(kind.manual.length).toBeGreaterThan(100);
    expect(kind.version).toBe(kind.migrations.length + 1);
    expect(kind.look.badges.length).toBeGreaterThan(0);
    expect(kind.summary(defaults as never, []).length).toBeGreaterThan(0);
    expectDeclared(kind.params, false);
    expect(schemaOf(kind.params).parse(defaults)).toEqual(defaults);
    expect(schemaOf(kind.params).safeParse({ ...defaults, unknown: 1 }).success).toBe(false);
  });

  test('runs with its defaults, conserves requests and gives the same bytes for the same seed', () => {
    const outcome = simulate(build(defaults), DESIGN_ID);
    expect(outcome).toMatchObject({ ok: true });
    if (!outcome.ok) return;
    expect(outcome.value.checks.conservation).toMatchObject({ holds: true, violations: [] });
    expect(outcome.value.checks.little.holds).toBe(true);
    expect(outcome.value.endToEnd.metrics.completed).toBeGreaterThan(100);
    expect(JSON.stringify(run(build(defaults)))).toBe(JSON.stringify(outcome.value));
  });

  test('survives its way through a file', () => {
    const project = build(defaults);
    const read = parseProject(serializeProject(project));
    expect(read).toEqual({ ok: true, value: project });
    if (read.ok) expect(JSON.stringify(run(read.value))).toBe(JSON.stringify(run(project)));
  });

  test.each(subjectsOf(kind.params).map((subject) => [subject.name, subject] as const))('%s moves a number', (_name, { key, change }) => {
    expect(moves(build, (variant) => ({ ...mattering(kind.params, key, variant), ...besideOf(id, key) }), change)).toBe(true);
  });
});

describe.each([
  ['client', 'service', 'callers'],
  ['load-balancer', 'load-balancer', SUBJECT],
  ['service', 'service', SUBJECT],
] as const)('link that leaves a %s', (sourceKind, kindId, from) => {
  const params: ParamSet = linkParams;
  const kind = kindOf(kindId);
  const build = (values: Values): Project =>
    neighbourhood(
      kindId,
      { ...defaultsOf(kind?.params ?? {}), ...revealingLinks(kindId), ...(kindId === 'service' ? FAILING : {}) },
      { [from]: values },
      FAILING,
    );
  const mattered = (key: string, variant: 0 | 1 | 2): Values => ({ ...mattering(params, key, variant), ...besideOfLink(key) });

  test.each(
    subjectsOf(params)
      .filter(({ key }) => paramMatters(params[key] as Param, mattered(key, 0), sourceKind))
      .map((subject) => [subject.name, subject] as const),
  )('%s moves a number', (_name, { key, change }) => {
    expect(moves(build, (variant) => mattered(key, variant), change)).toBe(true);
  });
});

test('the parameters of links are declared in full', () => {
  expectDeclared(linkParams, false);
  expect(schemaOf(linkParams).parse(defaultsOf(linkParams))).toEqual(defaultsOf(linkParams));
});
