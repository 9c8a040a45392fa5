import { describe, expect, test } from 'vitest';
import type { ParamValues } from '../params';
import { defaultsOf } from '../params';
import { loadBalancerParams } from './load-balancer-params';
import { loadBalancerProblems } from './load-balancer-problems';

type Values = Partial<ParamValues<typeof loadBalancerParams>>;

const link = (weight: number) => ({ linkId: 'l', targetKind: 'service', targetName: 'Service', values: { weight } });
const codes = (values: Values, weights: readonly number[] = [1, 1]): string[] =>
  loadBalancerProblems({ ...defaultsOf(loadBalancerParams), ...values }, { outgoing: weights.map(link) }).map(({ code }) => code);

describe('problems of a balancer', () => {
  test('none with its defaults, and a named one without targets', () => {
    expect(codes({})).toEqual([]);
    expect(codes({}, [])).toEqual(['no-target']);
  });

  test('weights that sum to zero, where weights count', () => {
    expect(codes({ algorithm: 'weighted-round-robin' }, [0, 0])).toEqual(['weights-sum-to-zero']);
    expect(codes({ algorithm: 'weighted-round-robin' }, [0, 1])).toEqual([]);
    expect(codes({ algorithm: 'round-robin' }, [0, 0])).toEqual([]);
  });

  test.each<[string, Values, Values]>([
    ['own counts', { algorithm: 'weighted-least-connections' }, { algorithm: 'weighted-least-connections', knows: 'live' }],
    ['response times', { algorithm: 'least-response-time', knows: 'live' }, { algorithm: 'random' }],
    ['bounded loads', { algorithm: 'ring-hash', boundFactor: 1.25 }, { algorithm: 'ring-hash' }],
    ['ejection', { takesOut: 'both' }, { takesOut: 'health-checks' }],
  ])('direct replies hide %s', (_what, blind, sighted) => {
    expect(codes({ ...blind, replies: 'direct' })).toEqual(['balancer-sees-no-replies']);
    expect(codes({ ...blind, replies: 'proxy' })).toEqual([]);
    expect(codes({ ...sighted, replies: 'direct' })).toEqual([]);
  });

  test('a check that outlasts its interval, and reports that are older than the run', () => {
    expect(codes({ takesOut: 'health-checks', checkTimeoutMs: 6000 })).toEqual(['check-timeout-above-interval']);
    expect(codes({ takesOut: 'outliers', checkTimeoutMs: 6000 })).toEqual([]);
    expect(codes({ algorithm: 'least-connections', knows: 'reports', reportIntervalMs: 1, reportDelayMs: 5000 })).toEqual(['reports-too-late']);
  });

  test('a panic threshold above 100 % is no value at all', () => {
    expect(loadBalancerParams.panicShare.schema.safeParse(1.01).success).toBe(false);
  });

  test('the time of the balancer itself must be one that it can know', () => {
    expect(codes({ capacity: 'limited', serviceTime: { type: 'request' } })).toHaveLength(1);
    expect(codes({ capacity: 'unlimited', serviceTime: { type: 'request' } })).toEqual([]);
  });
});
