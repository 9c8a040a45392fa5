import type { z } from 'zod';
import { formatBytes, formatDuration, formatNumber, formatRate, formatShare } from '../base/format';
import { distributionSchema } from '../kinds/distribution';
import type { Param, ParamSet } from '../kinds/params';
import { describeIssue, valueAt } from './describe-issue';
import type { Values } from './params-of';
import { enumerate, isRecord, nearest, quote, writePath } from './words';

/** What is wrong with one value: `path` is below `params`. */
export interface ValueProblem {
  readonly severity: 'error' | 'warning';
  readonly code: 'value-not-allowed' | 'unknown-parameter';
  readonly path: string;
  readonly message: string;
  readonly remedy: string;
}

/** A number with the unit of its parameter: `250 ms`, `16 connections`, `50 %`. */
export function formatParam(param: Param, value: number): string {
  switch (param.type) {
    case 'duration':
      return formatDuration(value);
    case 'rate':
      return formatRate(value);
    case 'probability':
      return formatShare(value);
    case 'size':
      return formatBytes(value);
    default:
      return param.unit === '' ? formatNumber(value, 6) : `${formatNumber(value, 6)} ${param.unit}`;
  }
}

/** What a parameter allows, in words with its unit: `a whole number from 0 to 1000 requests, or null (unlimited)`. */
export function allowedInWords(param: Param): string {
  const orNull = param.nullMeans === undefined ? '' : `, or null (${param.nullMeans})`;
  switch (param.type) {
    case 'flag':
      return `true or false${orNull}`;
    case 'text':
      return `a text${orNull}`;
    case 'choice':
      return `${enumerate(
        (param.choices ?? []).map((option) => quote(option.value)),
        'or',
      )}${orNull}`;
    case 'distribution':
      return `a distribution${orNull}`;
    case 'list':
      return `a list of at most ${param.maxRows ?? 0} rows${orNull}`;
    default: {
      const whole = param.type === 'count' || param.type === 'size' ? 'a whole number' : 'a number';
      const raw = param.type === 'probability' ? ' (stored as 0 to 1)' : '';
      const least = param.type === 'count' || param.type === 'number' ? formatNumber(param.min ?? 0, 6) : formatParam(param, param.min ?? 0);
      return `${whole} from ${least} to ${formatParam(param, param.max ?? 0)}${raw}${orNull}`;
    }
  }
}

/** What is wrong with the value of one parameter; empty exactly when the parameter's schema accepts it. */
export function checkValue(param: Param, value: unknown, path: string): ValueProblem[] {
  const parsed = param.schema.safeParse(value);
  if (parsed.success) return [];
  const error = (at: string, message: string, remedy: string): ValueProblem => ({ severity: 'error', code: 'value-not-allowed', path: at, message, remedy });
  if (param.type === 'distribution' && isRecord(value)) return distributionIssues(param, value, parsed.error.issues, path, error);
  if (param.type === 'list' && Array.isArray(value)) {
    const rows = value.flatMap((row: unknown, index) => rowProblems(param, row, `${path}[${index}]`, error));
    if (rows.length > 0) return rows.slice(0, 20);
    const issue = parsed.error.issues[0];
    const words = issue === undefined ? 'has a wrong number of rows' : describeIssue(issue, value).problem;
    return [error(path, `${param.title} ${words}.`, `Give it ${allowedInWords(param)}.`)];
  }
  return [
    error(
      path,
      value === undefined ? `${param.title} is missing.` : `${param.title}: ${shown(param, value)} is not allowed.`,
      `It must be ${allowedInWords(param)}.`,
    ),
  ];
}

/** What is wrong with a set of values: those that the schema refuses, and names that the set does not have. */
export function checkValues(params: ParamSet, values: Values, owner: string): ValueProblem[] {
  const problems: ValueProblem[] = [];
  for (const [key, param] of Object.entries(params)) problems.push(...checkValue(param, values[key], key));
  for (const key of Object.keys(values)) if (!Object.hasOwn(params, key)) problems.push(unknownParameter(params, key, owner));
  return problems;
}

/** A name that nothing reads: the run goes on without it, but somebody meant something by it. */
export function unknownParameter(params: ParamSet, key: string, owner: string): ValueProblem {
  const meant = nearest(key, Object.keys(params));
  return {
    severity: 'warning',
    code: 'unknown-parameter',
    path: key,
    message: `${owner} has no parameter ${quote(key)}: the value has no effect.`,
    remedy: meant === undefined ? 'Remove it from the file.' : `Remove it from the file, or rename it if ${quote(meant)} was meant.`,
  };
}

/** The values that a kind may work with while others are wrong: declared names only, the default in place of what is not allowed. */
export function usableValues(params: ParamSet, values: Values): Record<string, unknown> {
  return Object.fromEntries(Object.entries(params).map(([key, param]) => [key, param.schema.safeParse(values[key]).success ? values[key] : param.default]));
}

type MakeError = (at: string, message: string, remedy: string) => ValueProblem;

function rowProblems(param: Param, row: unknown, path: string, error: MakeError): ValueProblem[] {
  const rowTitle = param.rowTitle ?? 'row';
  if (!isRecord(row))
    return [
      error(path, `${param.title}: the ${rowTitle} is ${quote(row)}.`, `Each ${rowTitle} is an object with ${enumerate(Object.keys(param.fields ?? {}))}.`),
    ];
  const fields = param.fields ?? {};
  const problems = Object.entries(fields).flatMap(([key, field]) => checkValue(field, row[key], `${path}.${key}`));
  for (const key of Object.keys(row))
    if (!Object.hasOwn(fields, key))
      problems.push(error(`${path}.${key}`, `The ${rowTitle} has no field ${quote(key)}.`, `Remove it; the fields are ${enumerate(Object.keys(fields))}.`));
  return problems;
}

function distributionIssues(param: Param, value: Record<string, unknown>, issues: readonly z.core.$ZodIssue[], path: string, error: MakeError): ValueProblem[] {
  const types = distributionSchema.options.map((option) => option.shape.type.value);
  if (!types.some((type) => type === value.type))
    return [
      error(
        `${path}.type`,
        `${param.title} is of the type ${value.type === undefined ? 'that is missing' : quote(value.type)}, which is not a distribution.`,
        `Choose ${enumerate(types, 'or')}.`,
      ),
    ];
  return issues.slice(0, 20).map((issue) => {
    const below = writePath(issue.path);
    const { problem, remedy } = describeIssue(issue, valueAt(value, issue.path));
    return error(below === '' ? path : `${path}.${below}`, `${param.title}: ${below === '' ? 'it' : below} ${problem}.`, remedy);
  });
}

function shown(param: Param, value: unknown): string {
  return typeof value === 'number' && Number.isFinite(value) ? formatParam(param, value) : quote(value);
}
