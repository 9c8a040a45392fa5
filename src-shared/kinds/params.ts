import { z } from 'zod';
import type { Distribution } from './distribution';
import { distributionSchema } from './distribution';

/** When a parameter matters: another parameter of the same record has one of these values, or a link leaves one of these kinds. */
export interface ParamCondition {
  readonly param?: string;
  readonly is?: readonly unknown[];
  /** For link parameters: ids of the kinds of the component the link leaves. */
  readonly sourceKind?: readonly string[];
}

export interface ParamChoice {
  readonly value: string;
  readonly title: string;
  readonly help: string;
}

/** How a value is edited and shown. The value itself is always plain JSON in the unit of `unit`. */
export type ParamType =
  | 'duration' // number, ms
  | 'rate' // number, req/s
  | 'count' // integer
  | 'number'
  | 'probability' // number 0..1, shown in percent
  | 'size' // integer, bytes
  | 'bandwidth' // number, Mbit/s
  | 'choice' // string, one of `choices`
  | 'flag' // boolean
  | 'text'
  | 'machine' // id of a machine of the project's ladder
  | 'distribution' // Distribution, ms
  | 'list'; // array of rows, `fields` declares a row

/**
 * One parameter, declared once. The palette, the inspector, validation, the manual page, the JSON Schema,
 * the perturbation test and file migration all read this declaration.
 */
export interface Param<T = unknown> {
  readonly type: ParamType;
  readonly title: string;
  /** Unit as shown: `ms`, `req/s`, `bytes`, `Mbit/s`, `%`, `replicas`, or '' for a pure choice. */
  readonly unit: string;
  readonly default: T;
  readonly min?: number;
  readonly max?: number;
  readonly choices?: readonly ParamChoice[];
  /** Declares the columns of a row of a `list`. */
  readonly fields?: ParamSet;
  /** Name of one row of a `list`, in the singular: 'operation'. */
  readonly rowTitle?: string;
  readonly maxRows?: number;
  /** The value may be null; this says what null means: 'unlimited', 'as the operation says'. */
  readonly nullMeans?: string;
  /** One or two sentences: what it does to the system. */
  readonly help: string;
  /** Where the default comes from. */
  readonly provenance: string;
  /** Heading in the inspector. */
  readonly group: string;
  readonly when?: ParamCondition | readonly ParamCondition[];
  readonly schema: z.ZodType<T>;
}

export type ParamSet = Readonly<Record<string, Param>>;

/** The plain object of values that a set of parameters declares. */
export type ParamValues<P> = { readonly [K in keyof P]: P[K] extends Param<infer T> ? T : never };

interface Common {
  readonly title: string;
  readonly help: string;
  readonly provenance: string;
  readonly group: string;
  readonly when?: ParamCondition | readonly ParamCondition[];
}
interface Numeric extends Common {
  readonly default: number;
  readonly min?: number;
  readonly max?: number;
}

function numeric(type: ParamType, unit: string, spec: Numeric & { readonly unit?: string }, integer: boolean, least: number, most: number): Param<number> {
  const min = spec.min ?? least;
  const max = spec.max ?? most;
  const base = integer ? z.number().int() : z.number();
  return { type, unit, ...spec, min, max, schema: base.min(min).max(max) };
}

/** Milliseconds of simulated time, 0 .. 100 days. */
export const duration = (spec: Numeric): Param<number> => numeric('duration', 'ms', spec, false, 0, 8.64e9);
/** Requests per second of simulated time. */
export const rate = (spec: Numeric): Param<number> => numeric('rate', 'req/s', spec, false, 0, 1e9);
/** A whole number of things; `unit` names them in the plural. */
export const count = (spec: Numeric & { readonly unit: string }): Param<number> => numeric('count', spec.unit, spec, true, 0, 1e9);
/** A pure number. */
export const number = (spec: Numeric & { readonly unit: string }): Param<number> => numeric('number', spec.unit, spec, false, -1e12, 1e12);
/** A share or chance, stored as 0..1 and shown in percent. */
export const probability = (spec: Numeric): Param<number> => numeric('probability', '%', spec, false, 0, 1);
/** Bytes. */
export const size = (spec: Numeric): Param<number> => numeric('size', 'bytes', spec, true, 0, 1e15);
/** Megabits (10^6 bits) per second. */
export const bandwidth = (spec: Numeric): Param<number> => numeric('bandwidth', 'Mbit/s', spec, false, 1e-6, 1e9);

export function flag(spec: Common & { readonly default: boolean }): Param<boolean> {
  return { type: 'flag', unit: '', ...spec, schema: z.boolean() };
}

export function text(spec: Common & { readonly default: string; readonly maxLength?: number }): Param<string> {
  return {
    type: 'text',
    unit: '',
    ...spec,
    schema: z
      .string()
      .min(1)
      .max(spec.maxLength ?? 200),
  };
}

/** Id of a machine of the project's ladder. */
export function machine(spec: Common & { readonly default: string }): Param<string> {
  return { type: 'machine', unit: '', ...spec, schema: z.string().min(1).max(64) };
}

export function choice<const C extends readonly ParamChoice[]>(
  spec: Common & { readonly choices: C; readonly default: C[number]['value'] },
): Param<C[number]['value']> {
  const values = spec.choices.map((option) => option.value) as C[number]['value'][];
  return { type: 'choice', unit: '', ...spec, schema: z.enum(values as [string, ...string[]]) as unknown as z.ZodType<C[number]['value']> };
}

export function distribution(spec: Common & { readonly default: Distribution }): Param<Distribution> {
  return { type: 'distribution', unit: 'ms', ...spec, schema: distributionSchema };
}

export function list<F extends ParamSet>(
  spec: Common & {
    readonly rowTitle: string;
    readonly fields: F;
    readonly default: readonly ParamValues<F>[];
    readonly minRows?: number;
    readonly maxRows: number;
  },
): Param<readonly ParamValues<F>[]> {
  const shape = Object.fromEntries(Object.entries(spec.fields).map(([key, field]) => [key, field.schema]));
  const schema = z
    .array(z.strictObject(shape))
    .min(spec.minRows ?? 0)
    .max(spec.maxRows) as unknown as z.ZodType<readonly ParamValues<F>[]>;
  return { type: 'list', unit: '', ...spec, schema };
}

/** Allows null, and says what null means. */
export function optional<T>(param: Param<T>, nullMeans: string, byDefault: T | null = null): Param<T | null> {
  const { schema, default: _default, ...rest } = param;
  return { ...rest, default: byDefault, nullMeans, schema: schema.nullable() };
}

/** Whether a parameter has any effect, given the values beside it (and, for a link, the kind that the link leaves). */
export function paramMatters(param: Param, values: Readonly<Record<string, unknown>>, sourceKind?: string): boolean {
  if (param.when === undefined) return true;
  const conditions = Array.isArray(param.when) ? (param.when as readonly ParamCondition[]) : [param.when as ParamCondition];
  return conditions.every((condition) => {
    if (condition.sourceKind !== undefined && !condition.sourceKind.includes(sourceKind ?? '')) return false;
    if (condition.param !== undefined) {
      const value = values[condition.param];
      const listed = condition.is ?? [];
      // 'set' stands for any value but null, so that a limit can depend on a limit.
      return listed.includes(value) || (listed.includes('set') && value !== null && value !== undefined);
    }
    return true;
  });
}

/** The default value of every parameter of a set. */
export function defaultsOf<P extends ParamSet>(params: P): ParamValues<P> {
  return Object.fromEntries(Object.entries(params).map(([key, param]) => [key, param.default])) as ParamValues<P>;
}

/** A strict schema for the plain object of values that a set of parameters declares. */
export function schemaOf(params: ParamSet): z.ZodType<Record<string, unknown>> {
  return z.strictObject(Object.fromEntries(Object.entries(params).map(([key, param]) => [key, param.schema])));
}
