import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { linkParams } from '../kinds/link/link';
import { KINDS } from '../kinds/registry';
import { projectJsonSchema } from './json-schema';

type Node = { readonly [key: string]: Node };

describe('projectJsonSchema', () => {
  const schema = projectJsonSchema() as Node;

  it('is the one that is committed (npx vitest run src-shared/project/json-schema -u writes it anew)', async () => {
    await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot('./topolab.schema.json');
  });

  it('describes every value of every kind and of links, with title, words and default', () => {
    for (const [id, params] of [...KINDS.map((kind) => [kind.id, kind.params] as const), ['link', linkParams] as const]) {
      const properties = schema.$defs?.[id]?.properties;
      expect(Object.keys(properties ?? {})).toEqual(Object.keys(params));
      for (const [key, param] of Object.entries(params)) {
        expect(properties?.[key]).toMatchObject({ title: param.title, default: param.default });
        expect(properties?.[key]?.description).toContain(param.help);
      }
    }
  });

  describe('accepts', () => {
    const check = z.fromJSONSchema(projectJsonSchema() as Parameters<typeof z.fromJSONSchema>[0]);
    const file = (name: string): ReturnType<typeof JSON.parse> => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
    const examples = readdirSync(new URL('../../examples', import.meta.url)).filter((name) => name.endsWith('.topolab'));

    it.each(['./fixtures/version-2.topolab', ...examples.map((name) => `../../examples/${name}`)])('%s', (name) => {
      const parsed = check.safeParse(file(name));
      expect(parsed.error?.issues ?? []).toEqual([]);
    });

    it.each<[string, (project: ReturnType<typeof JSON.parse>) => void]>([
      ['an unknown kind', (project) => (project.designs[0].components[3].kind = 'cache')],
      ['a parameter of another kind', (project) => (project.designs[0].components[3].params.connections = 3)],
      ['a value out of range', (project) => (project.designs[0].components[3].params.replicas = 0)],
      ['an unknown distribution', (project) => (project.designs[0].components[3].params.serviceTime = { type: 'guess' })],
      ['clients without a workload', (project) => delete project.designs[0].components[0].workload],
      ['a service with a workload', (project) => (project.designs[0].components[3].workload = 'visitors')],
      ['a link with a word for a number', (project) => (project.designs[0].links[0].params.loss = 'none')],
      ['an operation with an unknown field', (project) => (project.workloads[0].params.operations[0].colour = 'red')],
      ['a newer version', (project) => (project.formatVersion = 3)],
    ])('not %s', (_name, change) => {
      const project = file('./fixtures/version-2.topolab');
      change(project);
      expect(check.safeParse(project).success).toBe(false);
    });

    it('missing values, which take their defaults', () => {
      const project = file('./fixtures/version-2.topolab');
      project.designs[0].components[3].params = { replicas: 2 };
      project.designs[0].links[0].params = {};
      expect(check.safeParse(project).success).toBe(true);
    });
  });

  it('refers only to what it defines', () => {
    const references = [...JSON.stringify(schema).matchAll(/"\$ref":"#\/\$defs\/([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(references.length).toBeGreaterThan(5);
    for (const name of references) expect(Object.keys(schema.$defs ?? {})).toContain(name);
  });
});
