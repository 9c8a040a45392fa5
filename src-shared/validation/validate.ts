import { describeProblem } from '../base/problem';
import { simulate } from '../run/simulate';
import type { Bias } from './bias';
import { biasOf, describeBias } from './bias';
import { expressCase } from './build-project';
import type { ValidationCase } from './case';
import { CASES } from './cases';
import { DESIGN_ID } from './draft';
import type { Check } from './judge';
import { describeCheck, judge } from './judge';

export interface ValidationOptions {
  /** Runs of a twentieth of the stated length, with tolerances widened accordingly: the least that the cases allow. */
  readonly quick?: boolean;
  /** Only cases whose id contains one of these, separated by commas. */
  readonly only?: string;
  readonly seed?: number;
}

/** What one case gave, as plain data, so that cases can be run anywhere and reported together. */
export interface CaseOutcome {
  readonly caseId: string;
  readonly checks: readonly Check[];
  readonly events: number;
}

export interface ValidationSummary {
  readonly passed: number;
  readonly failed: number;
  readonly inexpressible: number;
  readonly checks: readonly Check[];
  readonly bias: readonly Bias[];
}

const QUICK_SHARE = 1 / 20;

/** The cases that the options ask for, in the order of the table. */
export function selectCases({ only }: ValidationOptions): readonly ValidationCase[] {
  if (only === undefined || only === '') return CASES;
  const parts = only.split(',').map((part) => part.trim());
  return CASES.filter(({ id }) => parts.some((part) => id.includes(part)));
}

/** Runs one case through the public path, project to result, and checks each of its expectations. */
export function validateCase(example: ValidationCase, options: ValidationOptions): CaseOutcome {
  const { id, run, expect } = example;
  const share = options.quick === true && run.kind !== 'deterministic' ? QUICK_SHARE : 1;
  const expression = expressCase(example, { share, seed: caseSeed(id, options.seed ?? 1) });
  const noneOf = (verdict: 'FAIL' | 'cannot be expressed', note: string): CaseOutcome => ({
    caseId: id,
    events: 0,
    checks: expect.map(({ metric, value }) => ({
      caseId: id,
      metric,
      expected: value,
      measured: null,
      allowed: null,
      deviation: null,
      unbiased: false,
      verdict,
      note,
    })),
  });
  if ('reason' in expression) return noneOf('cannot be expressed', expression.reason);
  let events = 0;
  for (let index = 0; index < expression.runs; index++) {
    const outcome = simulate(expression.project(index), DESIGN_ID);
    if (!outcome.ok) return noneOf('FAIL', outcome.error.map(describeProblem).join(' '));
    const result = outcome.value;
    if (result.ended !== 'finished') return noneOf('FAIL', `the run ended early: ${result.findings.map(({ message }) => message).join(' ')}`);
    if (!result.checks.conservation.holds) return noneOf('FAIL', `requests are not conserved: ${result.checks.conservation.violations.join(', ')}`);
    events += result.events;
    expression.take(result, index);
  }
  const measurements = expression.measure();
  return { caseId: id, events, checks: expect.map((expectation) => judge(id, expectation, measurements, Math.sqrt(1 / share), run.kind === 'reference_only')) };
}

/** A seed of its own for each case, so that no two of them share their random numbers and their deviations are independent. */
function caseSeed(id: string, seed: number): number {
  let hash = 0x811c9dc5 ^ seed;
  for (const character of id) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}

/** Prints the test of the whole and the summary line, and counts. */
export function summarise(outcomes: readonly CaseOutcome[], print: (line: string) => void): ValidationSummary {
  const checks = outcomes.flatMap((outcome) => outcome.checks);
  const bias = biasOf(checks);
  print('');
  for (const group of bias) print(describeBias(group));
  const count = (verdict: Check['verdict']): number => checks.filter((check) => check.verdict === verdict).length;
  const passed = count('pass') + bias.filter(({ holds }) => holds).length;
  const failed = count('FAIL') + bias.filter(({ holds }) => !holds).length;
  const inexpressible = count('cannot be expressed');
  const away = new Set(checks.filter(({ verdict }) => verdict === 'cannot be expressed').map(({ caseId }) => caseId));
  print('');
  print(
    `${outcomes.length} cases, ${checks.length} numbers, ${bias.length} tests for bias; cannot be expressed yet: ${away.size === 0 ? 'none' : [...away].join(', ')}`,
  );
  for (const { caseId, metric, expected, measured, allowed, note } of checks.filter(({ verdict }) => verdict === 'FAIL'))
    print(`FAIL ${caseId} ${metric}: expected ${expected}, measured ${measured ?? '–'}, allowed ±${allowed ?? '–'} ${note}`);
  print(`${passed} passed, ${failed} failed`);
  return { passed, failed, inexpressible, checks, bias };
}

/** Heading of the table. */
export const TABLE_HEADING = [
  'case'.padEnd(36),
  'metric'.padEnd(46),
  'expected'.padStart(14),
  'measured'.padStart(14),
  'deviation'.padStart(10),
  'verdict',
].join('  ');

/** Runs the cases one after the other and prints the table. `now` gives wall time in ms, for the time that each case took. */
export function runValidation(options: ValidationOptions, print: (line: string) => void, now?: () => number): ValidationSummary {
  print(TABLE_HEADING);
  const begun = now?.() ?? 0;
  const outcomes: CaseOutcome[] = [];
  for (const example of selectCases(options)) {
    const outcome = validateCase(example, options);
    outcomes.push(outcome);
    for (const check of outcome.checks) print(describeCheck(check));
  }
  const summary = summarise(outcomes, print);
  if (now !== undefined) print(`${((now() - begun) / 1000).toFixed(1)} s, ${outcomes.reduce((sum, { events }) => sum + events, 0)} events`);
  return summary;
}
