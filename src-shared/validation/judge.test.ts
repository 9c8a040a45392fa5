import { expect, test } from 'vitest';
import type { Expectation } from './case';
import { describeCheck, judge } from './judge';

const close: Expectation = { metric: 'mean_response_s', value: 0.5, tolerance: { kind: 'relative', value: 0.04, se: 0.005, basis: '4 standard errors' } };

test('accepts up to four standard errors and says how many there were', () => {
  expect(judge('a', close, { values: { mean_response_s: 0.519 } }, 1)).toMatchObject({ verdict: 'pass', unbiased: true });
  expect(judge('a', close, { values: { mean_response_s: 0.519 } }, 1).deviation).toBeCloseTo(3.8, 9);
  expect(judge('a', close, { values: { mean_response_s: 0.4799 } }, 1).verdict).toBe('FAIL');
});

test('a run shorter by n widens the tolerance by the square root of n, but only the part that is chance', () => {
  expect(judge('a', close, { values: { mean_response_s: 0.535 } }, 2).verdict).toBe('pass');
  const approximate: Expectation = {
    ...close,
    tolerance: { kind: 'absolute', value: 0.1, se: 0.005, basis: '4 standard errors plus 0.08 for the approximation' },
  };
  expect(judge('a', approximate, { values: { mean_response_s: 0.619 } }, 2)).toMatchObject({ verdict: 'pass', unbiased: false });
  expect(judge('a', approximate, { values: { mean_response_s: 0.621 } }, 2).verdict).toBe('FAIL');
});

test('an exact value is exact at every length', () => {
  const exact: Expectation = { metric: 'completed', value: 799, tolerance: { kind: 'relative', value: 1e-9, basis: 'exact' } };
  expect(judge('a', exact, { values: { completed: 799 } }, 5).verdict).toBe('pass');
  expect(judge('a', exact, { values: { completed: 799.00001 } }, 5).verdict).toBe('FAIL');
});

test('bounds are one-sided', () => {
  const upper: Expectation = { metric: 'mean_wait_s.kingman_bound', value: 1, relation: 'le', tolerance: { kind: 'relative', value: 0, basis: 'bound' } };
  expect(judge('a', upper, { values: { mean_wait_s: 0.2 } }, 1).verdict).toBe('pass');
  expect(judge('a', upper, { values: { mean_wait_s: 1.01 } }, 1).verdict).toBe('FAIL');
  expect(judge('a', { ...upper, relation: 'ge' }, { values: { mean_wait_s: 1.01 } }, 1).verdict).toBe('pass');
  expect(judge('a', { ...upper, relation: 'ge' }, { values: { mean_wait_s: 0.99 } }, 1).verdict).toBe('FAIL');
});

test('an interval of the run itself must contain the value', () => {
  const interval: Expectation = { metric: 'utilisation', value: 0.8, tolerance: { kind: 'ci', value: 0.999, basis: 'interval' } };
  expect(judge('a', interval, { values: { utilisation: 0.81 }, halfWidths: { utilisation: 0.011 } }, 1).verdict).toBe('pass');
  expect(judge('a', interval, { values: { utilisation: 0.81 }, halfWidths: { utilisation: 0.009 } }, 1).verdict).toBe('FAIL');
  expect(judge('a', interval, { values: { utilisation: 0.8 } }, 1)).toMatchObject({ verdict: 'FAIL', note: 'the run gave no interval' });
});

test('what was not measured has failed, and metrics may have a point in their name', () => {
  expect(judge('a', close, { values: {} }, 1)).toMatchObject({ verdict: 'FAIL', note: 'not measured' });
  expect(judge('a', close, { values: { mean_response_s: Number.NaN } }, 1).verdict).toBe('FAIL');
  const instant: Expectation = { ...close, metric: 'mean_in_system_at_0.5s' };
  expect(judge('a', instant, { values: { 'mean_in_system_at_0.5s': 0.5, mean_in_system_at_0: 9 } }, 1).measured).toBe(0.5);
});

test('published numbers without a model never fail', () => {
  expect(judge('a', close, { values: { mean_response_s: 9 } }, 1, true).verdict).toBe('reference only');
});

test('a line of the table names case, metric, both numbers, the deviation and the verdict', () => {
  expect(describeCheck(judge('queue.mm1', close, { values: { mean_response_s: 0.4975 } }, 1))).toMatch(
    /^queue\.mm1 +mean_response_s +0\.5 +0\.4975 +−0\.50 se {2}pass$/,
  );
});
