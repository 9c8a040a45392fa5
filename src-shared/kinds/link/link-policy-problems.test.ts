import { describe, expect, test } from 'vitest';
import { defaultsOf, type ParamValues } from '../params';
import { linkParams } from './link';
import { linkPolicyProblems } from './link-policy-problems';

type LinkValues = ParamValues<typeof linkParams>;

const found = (values: Partial<LinkValues>): readonly (readonly [string, string, string | undefined])[] =>
  linkPolicyProblems({ ...defaultsOf(linkParams), ...values } as LinkValues).map(({ severity, code, path }) => [severity, code, path]);

describe('problems of guarded calls', () => {
  test('are none with policies off, or on at their defaults', () => {
    expect(found({})).toEqual([]);
    expect(found({ retries: 'backoff' })).toEqual([]);
    expect(found({ retries: 'drawn', attempts: null })).toEqual([]);
    expect(found({ hedging: 'percentile', breaker: 'rate', bulkhead: 1, fallback: true, deadlineMs: 2000, propagateDeadline: true })).toEqual([]);
    expect(found({ breaker: 'consecutive', cancelAbandoned: true, timeoutMs: 10 })).toEqual([]);
  });

  test.each<[string, Partial<LinkValues>, readonly [string, string, string]]>([
    ['a breaker that lets no probe through', { breaker: 'rate', breakerProbes: 0 }, ['error', 'breaker-never-closes', 'breakerProbes']],
    ['a breaker that stays open for ever', { breaker: 'consecutive', breakerOpenMs: null }, ['error', 'breaker-never-closes', 'breakerOpenMs']],
    ['one copy', { hedging: 'delay', hedgeCopies: 1 }, ['error', 'hedge-without-copies', 'hedgeCopies']],
    ['a copy after the timeout', { hedging: 'delay', hedgeAfterMs: 50, timeoutMs: 50 }, ['warning', 'hedge-after-timeout', 'hedgeAfterMs']],
    ['a cap below the base', { retries: 'backoff', backoffBaseMs: 300 }, ['error', 'backoff-cap-below-base', 'backoffCapMs']],
    ['retries on nothing', { retries: 'drawn', retryTimeouts: false, retryRefusals: false, retryErrors: false }, ['error', 'retries-on-nothing', 'retries']],
    ['retries without end or wait', { retries: 'backoff', attempts: null, backoffBaseMs: 0 }, ['error', 'retries-without-end', 'attempts']],
    [
      'drawn waits of nothing without end',
      { retries: 'drawn', attempts: null, retryDelay: { type: 'constant', valueMs: 0 } },
      ['error', 'retries-without-end', 'attempts'],
    ],
    ['a deadline below the timeout', { deadlineMs: 99, timeoutMs: 100 }, ['warning', 'deadline-below-timeout', 'deadlineMs']],
    ['a deadline below the first wait', { deadlineMs: 25, retries: 'backoff', backoffJitter: 'none' }, ['warning', 'no-time-to-retry', 'deadlineMs']],
    ['no deadline to pass on', { propagateDeadline: true }, ['warning', 'no-deadline-to-pass-on', 'propagateDeadline']],
    ['nothing to cancel', { cancelAbandoned: true }, ['warning', 'nothing-to-cancel', 'cancelAbandoned']],
  ])('%s', (_name, values, problem) => {
    expect(found(values)).toEqual([problem]);
    // On a forward link nobody waits, so that none of it matters.
    expect(found({ ...values, mode: 'forward' })).toEqual([]);
  });
});
