import { describe, expect, it } from 'vitest';
import type { Objective } from '../project/objective';
import type { AlertDetail } from '../run/result';
import { alertText, burnRuleText, objectiveSentence } from './objective-text';

const base: Objective = { id: 'o', name: 'O', scope: { type: 'end-to-end' }, demand: { type: 'latency', percentile: 95, atMostMs: 250 } };
const sentence = (change: Partial<Objective>): string => objectiveSentence({ ...base, ...change }, (id) => id.toUpperCase());

describe('objectives in words', () => {
  it('say what is bounded, of what, and over which time', () => {
    expect(sentence({})).toBe('Latency p95 end to end ≤ 250 ms, over the whole run');
    expect(
      sentence({ scope: { type: 'component', component: 'web' }, demand: { type: 'availability', atLeast: 0.9995 }, windowMs: 5000, windowShare: 0.9 }),
    ).toBe('Availability of WEB ≥ 99.95 %, in 90 % of the windows of 5 s');
    expect(sentence({ scope: { type: 'operation', component: 'users', operation: 'buy' }, demand: { type: 'error-share', atMost: 0.01 } })).toBe(
      'Error share of USERS: buy ≤ 1 %, over the whole run',
    );
    expect(sentence({ demand: { type: 'recovery-time', atMostMs: 30_000, errorShare: 0.01, p95Ms: 500 } })).toBe(
      'Recovery time (RTO) end to end ≤ 30 s after every fault; good means that at most 1 % of the requests fail and p95 is at most 500 ms',
    );
  });

  it('tell alerts with what is left of the budget', () => {
    const alert = (detail: Partial<AlertDetail>, over = false): string =>
      alertText({ id: 'o', name: 'O', rule: 'fast-burn', value: 12, limit: 6, budgetLeft: 0.4, ...detail }, over);
    expect(alert({})).toBe('fast burn: 12 times the rate that the budget allows, alert from 6; 40 % of the error budget left');
    expect(alert({ budgetLeft: -0.5 }, true)).toBe('fast burn is over; error budget overspent by 50 %');
    expect(alert({ budgetLeft: -9, rule: 'window' })).toBe('window missed the bound; error budget spent 10 times over');
    expect(alert({ rule: 'recovery', limit: 5000, budgetLeft: null })).toBe('not good again after 5 s');
    expect(alert({ rule: 'recovery', value: 7000, budgetLeft: null }, true)).toBe('good again after 7 s');
  });

  it('tell a rule by burn rate, also where the run is too short for it', () => {
    const rule = { name: 'slow-burn', longMs: 6000, shortMs: 600, threshold: 1 } as const;
    expect(burnRuleText({ ...rule, worst: 3.5, alerts: 2 })).toBe('Slow burn: from 1 over 6 s and 600 ms; highest 3.5, 2 alerts');
    expect(burnRuleText({ ...rule, worst: null, alerts: 0 })).toBe('Slow burn: from 1 over 6 s and 600 ms; the run is too short for it');
  });
});
