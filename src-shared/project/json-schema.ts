import { z } from 'zod';
import { distributionSchema } from '../kinds/distribution';
import type { Kind } from '../kinds/kind';
import { linkParams } from '../kinds/link/link';
import type { Param, ParamSet } from '../kinds/params';
import { KINDS } from '../kinds/registry';
import { LINK_KEY } from './migrations';
import { workloadKind } from './params-of';
import { projectSchema } from './project';

/** A node of a JSON Schema, draft 2020-12. */
export type JsonSchema = { [key: string]: unknown };

/**
 * The JSON Schema of project files, made from the schemas that the program itself reads files with: editors complete and
 * check a file by it. Values of parameters may be left out; they take the defaults that stand here.
 */
export function projectJsonSchema(): JsonSchema {
  const schema = z.toJSONSchema(projectSchema, { io: 'input' }) as JsonSchema;
  const design = itemsOf(at(schema, 'designs'));
  const components = at(design, 'components');
  const link = itemsOf(at(design, 'links'));
  const workload = itemsOf(at(schema, 'workloads'));

  components.items = { anyOf: KINDS.map((kind) => componentSchemaOf(itemsOf(components), kind)) };
  (link.properties as JsonSchema).params = { $ref: `#/$defs/${LINK_KEY}` };
  (workload.properties as JsonSchema).params = { $ref: `#/$defs/${workloadKind().id}` };

  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Topolab project',
    description:
      'A project file of Topolab: designs of distributed systems, the workloads that they share, and how runs are made. Times are in ms, rates in requests per second.',
    ...without(schema, '$schema'),
    $defs: {
      ...Object.fromEntries(KINDS.map((kind) => [kind.id, { title: kind.title, description: kind.help, ...valuesSchema(kind.params) }])),
      [LINK_KEY]: { title: 'Link', description: 'What lies between two parts.', ...valuesSchema(linkParams) },
      distribution: {
        title: 'Distribution',
        description: 'A distribution of durations in ms.',
        ...without(z.toJSONSchema(distributionSchema, { io: 'input' }) as JsonSchema, '$schema'),
      },
    },
  };
}

/** What a component of one kind must be: its kind tells what its values are and where they stand. */
function componentSchemaOf(component: JsonSchema, kind: Kind): JsonSchema {
  const { workload, ...properties } = component.properties as JsonSchema;
  const inWorkload = kind.stored === 'workload';
  return {
    title: kind.title,
    ...component,
    properties: {
      ...properties,
      kind: { const: kind.id },
      ...(inWorkload ? { workload, params: { type: 'object', properties: {}, additionalProperties: false } } : { params: { $ref: `#/$defs/${kind.id}` } }),
    },
    required: [...(component.required as string[]), ...(inWorkload ? ['workload'] : [])],
  };
}

function valuesSchema(params: ParamSet): JsonSchema {
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(params).map(([key, param]) => [key, paramSchema(param)])),
    additionalProperties: false,
  };
}

function paramSchema(param: Param): JsonSchema {
  const unit = param.unit === '' ? '' : param.type === 'probability' ? ' As a share from 0 to 1.' : ` In ${param.unit}.`;
  const nothing = param.nullMeans === undefined ? '' : ` null: ${param.nullMeans}.`;
  const choices = (param.choices ?? []).map((option) => ` ${option.value}: ${option.help}`).join('');
  return { title: param.title, description: `${param.help}${unit}${nothing}${choices}`, ...constraintOf(param), default: param.default };
}

function constraintOf(param: Param): JsonSchema {
  const orNull = (schema: JsonSchema): JsonSchema => (param.nullMeans === undefined ? schema : { anyOf: [schema, { type: 'null' }] });
  if (param.type === 'distribution') return orNull({ $ref: '#/$defs/distribution' });
  const schema = without(z.toJSONSchema(param.schema, { io: 'input' }) as JsonSchema, '$schema');
  if (param.fields === undefined) return schema;
  return orNull({ type: 'array', ...pick(schema, ['minItems', 'maxItems']), items: valuesSchema(param.fields) });
}

function at(schema: JsonSchema, key: string): JsonSchema {
  return (schema.properties as JsonSchema)[key] as JsonSchema;
}

function itemsOf(schema: JsonSchema): JsonSchema {
  return schema.items as JsonSchema;
}

function without(schema: JsonSchema, key: string): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => name !== key));
}

function pick(schema: JsonSchema, keys: readonly string[]): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => keys.includes(name)));
}
