import { expect, test } from 'vitest';
import { biasOf, signTest } from './bias';
import type { Check } from './judge';

const check = (caseId: string, metric: string, deviation: number, unbiased = true): Check => ({
  caseId,
  metric,
  expected: 1,
  measured: 1,
  allowed: 1,
  deviation,
  unbiased,
  verdict: 'pass',
  note: '',
});

test('finds a lean that no single deviation shows', () => {
  // Thirty cases, each 0.9 standard errors high: every one is well within 4, together they are 4.9 off.
  const leaning = Array.from({ length: 30 }, (_, i) => check(`case ${i}`, 'mean_response_s', 0.9));
  expect(biasOf(leaning)[0]).toMatchObject({ group: 'mean times', cases: 30, above: 30, holds: false });
});

test('accepts deviations to both sides', () => {
  const balanced = Array.from({ length: 30 }, (_, i) => check(`case ${i}`, 'utilisation', i % 2 === 0 ? 1.2 : -1.1));
  expect(biasOf(balanced)).toMatchObject([{ group: 'rates and utilisation', above: 15, holds: true }]);
});

test('counts each case once and leaves out what is no plain chance', () => {
  const checks = Array.from({ length: 8 }, (_, i) => [
    check(`case ${i}`, 'mean_response_s', i % 2 === 0 ? 1 : -1),
    check(`case ${i}`, 'mean_wait_s', 3),
    check(`case ${i}`, 'p95_response_s', 3, false),
  ]).flat();
  expect(biasOf(checks)).toMatchObject([{ group: 'mean times', cases: 8, above: 4, spread: 1 }]);
});

test('the sign test agrees with the binomial distribution', () => {
  // Of 10 signs, 1 or fewer (or 9 or more): 2 * (1 + 10) / 1024.
  expect(signTest(1, 10)).toBeCloseTo(22 / 1024, 12);
  expect(signTest(9, 10)).toBeCloseTo(22 / 1024, 12);
  expect(signTest(5, 10)).toBe(1);
});
