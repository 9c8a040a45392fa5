import type { z } from 'zod';
import { enumerate, isRecord, quote } from './words';

/** The value at a path below a root, undefined where the path leads nowhere. */
export function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const step of path) {
    if (Array.isArray(value) && typeof step === 'number') value = value[step];
    else if (isRecord(value) && typeof step === 'string' && Object.hasOwn(value, step)) value = value[step];
    else return undefined;
  }
  return value;
}

const TYPE_WORDS: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object { … }',
  record: 'an object { … }',
  array: 'a list [ … ]',
  null: 'null',
};

/** One complaint of a schema in our words: a clause that follows the name of the value, and what to do. */
export function describeIssue(issue: z.core.$ZodIssue, value: unknown): { readonly problem: string; readonly remedy: string } {
  if (value === undefined && issue.code !== 'unrecognized_keys') return { problem: 'is missing', remedy: `Add it: it must be ${expectation(issue)}.` };
  switch (issue.code) {
    case 'invalid_type':
      return { problem: `is ${quote(value)}`, remedy: `It must be ${expectation(issue)}.` };
    case 'too_small':
    case 'too_big': {
      const many = issue.origin === 'array' || issue.origin === 'string';
      return {
        problem: many ? `has ${Array.isArray(value) ? `${value.length} entries` : `${String(value).length} characters`}` : `is ${String(value)}`,
        remedy: `It must ${many ? 'have' : 'be'} ${expectation(issue)}.`,
      };
    }
    case 'unrecognized_keys':
      return {
        problem: `has the unknown ${issue.keys.length === 1 ? 'name' : 'names'} ${enumerate(issue.keys.slice(0, 5).map(quote))}`,
        remedy: 'Remove it, or correct the spelling.',
      };
    default:
      return { problem: `is ${quote(value)}`, remedy: `It must be ${expectation(issue)}.` };
  }
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return TYPE_WORDS[issue.expected] ?? issue.expected;
    case 'too_small': {
      const bound = issue.inclusive === false ? 'above' : 'at least';
      return `${bound} ${issue.minimum}${unitOf(issue.origin)}`;
    }
    case 'too_big': {
      const bound = issue.inclusive === false ? 'below' : 'at most';
      return `${bound} ${issue.maximum}${unitOf(issue.origin)}`;
    }
    case 'invalid_value':
      return enumerate(
        issue.values.map((value) => quote(value)),
        'or',
      );
    case 'invalid_format':
    case 'custom':
      // Our own schemas word these as 'must be …'.
      return issue.message.replace(/^must be /, '');
    case 'invalid_union':
      return enumerate([...new Set(issue.errors.flatMap((branch) => branch.slice(0, 1).map(expectation)))], 'or');
    case 'invalid_key':
      return `a name that is ${enumerate(issue.issues.slice(0, 1).map(expectation))}`;
    default:
      return 'another value';
  }
}

function unitOf(origin: string): string {
  return origin === 'array' ? ' entries' : origin === 'string' ? ' characters' : '';
}
