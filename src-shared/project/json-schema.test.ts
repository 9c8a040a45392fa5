import { describe, expect, it } from 'vitest';
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

  it('refers only to what it defines', () => {
    const references = [...JSON.stringify(schema).matchAll(/"\$ref":"#\/\$defs\/([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(references.length).toBeGreaterThan(5);
    for (const name of references) expect(Object.keys(schema.$defs ?? {})).toContain(name);
  });
});
