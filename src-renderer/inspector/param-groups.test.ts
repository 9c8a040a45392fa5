import { describe, expect, it } from 'vitest';
import { choice, count, duration, flag, optional } from '../../src-shared/kinds/params';
import { countIdleMatches, groupSummary, groupsOf, searchGroups, startsOpen } from './param-groups';

const words = { help: 'What it does.', provenance: 'From nowhere.' };
const params = {
  replicas: count({ title: 'Replicas', unit: 'replicas', group: 'Instances', default: 1, ...words }),
  limit: optional(count({ title: 'Queue limit', unit: 'requests', group: 'Queue', default: 200, ...words }), 'unlimited'),
  retry: choice({
    title: 'Retry',
    group: 'Retries',
    default: 'none',
    choices: [
      { value: 'none', title: 'never', help: '' },
      { value: 'failures', title: 'on failures', help: '' },
    ],
    ...words,
  }),
  backoff: duration({ title: 'Backoff', group: 'Retries', default: 100, when: { param: 'retry', is: ['failures'] }, ...words }),
  scaling: flag({ title: 'Scale', group: 'Scaling', default: false, ...words }),
  breaker: flag({ title: 'Circuit breaker', group: 'Breaker', default: false, ...words }),
};
const defaults = { replicas: 1, limit: null, retry: 'none', backoff: 100, scaling: false, breaker: false };

describe('groups of parameters', () => {
  it('hold what has an effect, and tell what differs from the defaults', () => {
    const groups = groupsOf(params, { ...defaults, limit: 5 });
    expect(groups.map((group) => [group.title, group.rows.map((row) => row.name), group.changed])).toEqual([
      ['Instances', ['replicas'], 0],
      ['Queue', ['limit'], 1],
      ['Retries', ['retry'], 0],
      ['Scaling', ['scaling'], 0],
      ['Breaker', ['breaker'], 0],
    ]);
    expect(groupsOf(params, { ...defaults, retry: 'failures' })[2]?.rows.map((row) => row.name)).toEqual(['retry', 'backoff']);
  });

  it('start closed where all is at its default, apart from what leads and is on', () => {
    const groups = groupsOf(params, { ...defaults, scaling: true });
    expect(groups.map((group) => startsOpen(group, groups.length))).toEqual([true, false, false, true, false]);
    expect(groups.every((group) => startsOpen(group, 3))).toBe(true);
  });

  it('say in one line what is on', () => {
    const summary = (values: object): string[] => groupsOf(params, { ...defaults, ...values }).map(groupSummary);
    expect(summary({})).toEqual(['1 replica', 'unlimited', 'off', 'off', 'off']);
    expect(summary({ limit: 5, retry: 'failures', backoff: 250, scaling: true })).toEqual([
      '1 replica',
      'queue limit 5 requests',
      'on failures, backoff 250 ms',
      'scale on',
      'off',
    ]);
  });

  it('are searched by any words of title, group, help and choices', () => {
    const groups = groupsOf(params, defaults);
    expect(searchGroups(groups, 'BREAK').map((group) => group.title)).toEqual(['Breaker']);
    expect(searchGroups(groups, 'limit queue')[0]?.rows.map((row) => row.name)).toEqual(['limit']);
    expect(searchGroups(groups, 'on failures').map((group) => group.title)).toEqual(['Retries']);
    expect(searchGroups(groups, 'nothing of the kind')).toEqual([]);
    expect(searchGroups(groups, ' ')).toBe(groups);
    expect(countIdleMatches(params, groups, 'backoff')).toBe(1);
    expect(countIdleMatches(params, groups, '')).toBe(0);
  });
});
