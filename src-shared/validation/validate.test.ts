import { expect, test } from 'vitest';
import { runValidation, selectCases, summarise, validateCase } from './validate';

test('cases that are known exactly come out exactly, and the table ends with the count', () => {
  const lines: string[] = [];
  const summary = runValidation({ quick: true, only: 'queue.trace,queue.little.dd1,link.store_and_forward,link.bandwidth_delay,lb.round_robin' }, (line) =>
    lines.push(line),
  );
  expect(summary.failed).toBe(0);
  expect(summary.passed).toBe(summary.checks.length);
  expect(summary.checks.length).toBeGreaterThan(90);
  expect(lines.at(-1)).toBe(`${summary.passed} passed, 0 failed`);
  expect(lines.some((line) => /^queue\.trace\.ps_c1 +completion_job1_s +13\.7963 +13\.7963 +– {2}pass$/.test(line))).toBe(true);
});

test('what cannot be expressed is listed with its reason and neither passes nor fails', () => {
  const [published] = selectCases({ only: 'forkjoin.hedged.bigtable_published' });
  if (published === undefined) throw new Error('the case is in the table');
  const outcome = validateCase({ ...published, id: 'published.without_a_model' }, { quick: true });
  expect(outcome.checks.map(({ verdict }) => verdict)).toEqual(published.expect.map(() => 'cannot be expressed'));
  expect(outcome.checks[0]?.note).toBe('the published figure names no model that could be run');
  const lines: string[] = [];
  expect(summarise([outcome], (line) => lines.push(line))).toMatchObject({ passed: 0, failed: 0, inexpressible: published.expect.length });
  expect(lines.at(-2)).toContain('cannot be expressed yet: published.without_a_model');
});

test('the same seed gives the same table, another seed another one', () => {
  const table = (seed: number): string => {
    const lines: string[] = [];
    runValidation({ quick: true, only: 'queue.mm1.rho050', seed }, (line) => lines.push(line));
    return lines.join('\n');
  };
  expect(table(1)).toBe(table(1));
  expect(table(2)).not.toBe(table(1));
});

test('cases are chosen by any part of their id', () => {
  expect(selectCases({ only: 'lb.jsq, nelson' }).map(({ family }) => family)).toEqual([
    'lb.jsq',
    'lb.jsq',
    ...Array.from({ length: 5 }, () => 'forkjoin.nelson_tantawi'),
  ]);
  expect(selectCases({ only: 'no such case' })).toEqual([]);
});
