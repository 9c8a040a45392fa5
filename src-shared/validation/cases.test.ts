import { expect, test } from 'vitest';
import { linkParams } from '../kinds/link/link';
import { schemaOf } from '../kinds/params';
import { kindOf } from '../kinds/registry';
import { projectSchema } from '../project/project';
import { expressCase } from './build-project';
import { CASES } from './cases';

test('the table has every case once, with a source, a model, a run and at least one number', () => {
  expect(new Set(CASES.map(({ id }) => id)).size).toBe(CASES.length);
  expect(CASES.length).toBeGreaterThanOrEqual(103);
  for (const { id, family, source, expect: numbers } of CASES) {
    expect(id.startsWith(family), id).toBe(true);
    expect(source.author.length, id).toBeGreaterThan(0);
    if (source.year !== null) expect(source.year, id).toBeGreaterThan(1900);
    expect(numbers.length, id).toBeGreaterThan(0);
    for (const { value, tolerance } of numbers) {
      expect(Number.isFinite(value), id).toBe(true);
      expect(['relative', 'absolute', 'ci'], id).toContain(tolerance.kind);
    }
  }
});

test.each(CASES.map((example) => [example.id, example] as const))('%s becomes a project of the application, or says why not', (_id, example) => {
  for (const share of [1, 1 / 20]) {
    const expression = expressCase(example, { share, seed: 7 });
    if ('reason' in expression) {
      expect(expression.reason.length).toBeGreaterThan(10);
      continue;
    }
    expect(expression.runs).toBeGreaterThanOrEqual(1);
    const project = projectSchema.parse(expression.project(0));
    for (const component of project.designs[0]?.components ?? []) {
      const kind = kindOf(component.kind);
      const values = kind?.stored === 'workload' ? project.workloads.find(({ id }) => id === component.workload)?.params : component.params;
      schemaOf(kind?.params ?? {}).parse(values);
    }
    for (const link of project.designs[0]?.links ?? []) schemaOf(linkParams).parse(link.params);
  }
});

test('every case can be expressed', () => {
  const away = CASES.filter((example) => 'reason' in expressCase(example, { share: 1, seed: 1 })).map(({ id }) => id);
  expect(away).toEqual([]);
});
