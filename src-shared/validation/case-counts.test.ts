import { expect, it } from 'vitest';
import { CASE_COUNTS } from './case-counts';
import { CASES } from './cases';

it('the counts that the window shows are those of the table, and no topic is missing', () => {
  for (const { prefix, cases, numbers } of CASE_COUNTS) {
    const found = CASES.filter(({ family }) => family.startsWith(`${prefix}.`));
    expect([prefix, found.length, found.reduce((sum, { expect: list }) => sum + list.length, 0)]).toEqual([prefix, cases, numbers]);
  }
  expect(CASE_COUNTS.reduce((sum, { cases }) => sum + cases, 0)).toBe(CASES.length);
});
