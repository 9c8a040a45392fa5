import { describe, expect, it } from 'vitest';
import { designProblems } from './problems';
import type { Project } from './project';
import { retryLoads } from './retry-loads';
import { type Params, smallProject } from './small-project';
import { topologyOf } from './topology';

/** Clients of 70 req/s in front of a chain of two parts that serve 100 and 1000 req/s. */
const chain = (first: Params, second: Params = {}): Project =>
  smallProject(
    [
      ['users', 'client'],
      ['web', 'service', { serviceTime: { type: 'exponential', meanMs: 1 } }],
      ['store', 'service', { serviceTime: { type: 'exponential', meanMs: 10 } }],
    ],
    [
      ['users', 'web', first],
      ['web', 'store', second],
    ],
    { ratePerS: 70 },
  );
const RETRIES: Params = { retries: 'backoff', attempts: 3, timeoutMs: 1000 };
const loadsOf = (project: Project) => {
  const [design] = project.designs;
  if (design === undefined) throw new Error('no design');
  return retryLoads(topologyOf(project, design));
};
const storms = (project: Project) => designProblems(project, 'design').filter(({ code }) => code === 'retry-storm-possible');

describe('retryLoads', () => {
  it('multiply over the layers of a chain, and say from which load on a storm can feed itself', () => {
    expect(loadsOf(chain(RETRIES)).get('store')).toEqual({ usualPerS: 70, worstPerS: 210, capacityPerS: 100, vulnerableAbovePerS: 100 / 3 });
    const both = loadsOf(chain(RETRIES, RETRIES)).get('store');
    expect(both?.worstPerS).toBe(630);
    expect(both?.vulnerableAbovePerS).toBeCloseTo(100 / 9, 9);
    expect(loadsOf(chain(RETRIES, RETRIES)).get('web')?.worstPerS).toBe(210);
  });

  it('are nothing without retries after timeouts, or where abandoned work is cancelled; a budget bounds them', () => {
    for (const harmless of [{}, { ...RETRIES, timeoutMs: null }, { ...RETRIES, retryTimeouts: false }, { ...RETRIES, cancelAbandoned: true }])
      expect(loadsOf(chain(harmless)).size).toBe(0);
    expect(loadsOf(chain({ ...RETRIES, retryBudget: 0.2 })).get('store')?.worstPerS).toBeCloseTo(84, 9);
    expect(loadsOf(chain({ ...RETRIES, attempts: null })).get('store')).toMatchObject({ worstPerS: Number.POSITIVE_INFINITY, vulnerableAbovePerS: 0 });
  });

  it('are a warning on the part that has too little for them, and only there', () => {
    expect(storms(chain(RETRIES))).toMatchObject([{ severity: 'warning', recordId: 'store' }]);
    expect(storms(chain(RETRIES))[0]?.message).toBe(
      'A retry storm is possible: "STORE" gets 70 req/s and can serve 100 req/s, but 210 req/s (3 times as much) when every call times out and is made again. Above 33.3 req/s a disturbance can outlive its cause.',
    );
    expect(storms(chain({ ...RETRIES, attempts: null }))[0]?.message).toContain('but more without end when');
    expect(storms(chain({ ...RETRIES, retryBudget: 0.2 }))).toEqual([]);
  });
});

describe('policies of links that leave a balancer', () => {
  const balanced = (replies: string, link: Params) =>
    smallProject(
      [
        ['users', 'client'],
        ['x', 'load-balancer', { algorithm: 'round-robin', replies }],
        ['a', 'service'],
      ],
      [
        ['users', 'x'],
        ['x', 'a', link],
      ],
    );
  const codes = (project: Project) => designProblems(project, 'design').map(({ code }) => code);

  it('mean something only where the balancer sees the replies', () => {
    for (const link of [{ timeoutMs: 100 }, { breaker: 'rate' }, { fallback: true }]) {
      expect(codes(balanced('direct', link))).toEqual(['guard-without-replies']);
      expect(codes(balanced('proxy', link))).toEqual([]);
    }
    expect(codes(balanced('direct', {}))).toEqual([]);
  });
});
