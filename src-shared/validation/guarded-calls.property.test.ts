import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RunResult } from '../run/result';
import { simulate } from '../run/simulate';
import { DESIGN_ID, type Draft, draft, type LinkValues, UNLIMITED_SERVERS } from './draft';

/** Goal: policies move numbers in the direction that they are there for, and keep the bounds that they promise, whatever the load. Method: pairs of runs. */
const constant = (valueMs: number) => ({ type: 'constant' as const, valueMs });

function run(parts: Draft, seed: number, durationMs = 10_000): RunResult {
  const result = simulate(parts.build({ durationMs, warmUpMs: 0, seed }), DESIGN_ID);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  expect(result.value.checks.conservation.violations).toEqual([]);
  return result.value;
}

/** A part where nobody waits and a share of the requests fails, behind a link with a policy. */
function failing(share: number, link: LinkValues, seed: number): RunResult {
  const parts = draft('Failing');
  parts.client('c', { ratePerS: 200 });
  parts.service('s', { servers: UNLIMITED_SERVERS, serviceTime: { type: 'exponential', meanMs: 4 }, failureShare: share });
  parts.link('c', 's', link);
  return run(parts, seed);
}
const of = (result: RunResult, index = 0) => result.links[index]?.metrics ?? {};
const RETRIES: LinkValues = { retries: 'backoff', backoffBaseMs: 5, backoffCapMs: 40, backoffJitter: 'full' };
const SEEDS = { numRuns: 6 } as const;

test('more attempts never make fewer calls succeed, and a budget bounds what they cost', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 2, max: 6 }), fc.nat(1e6), (tenths, attempts, seed) => {
      const share = tenths / 10;
      const success = [attempts, attempts + 3].map((most) => of(failing(share, { ...RETRIES, attempts: most }, seed)).callSuccessShare ?? Number.NaN);
      expect(success[1]).toBeGreaterThan((success[0] ?? Number.NaN) - 0.02);
      const bounded = failing(share, { ...RETRIES, attempts, retryBudget: 0.1, retryBudgetBurst: 10 }, seed);
      // Each call brings a tenth of a retry, and the bucket was full at the start.
      const calls = bounded.endToEnd.metrics.offered ?? Number.NaN;
      expect(of(bounded).amplification).toBeLessThanOrEqual(1.1 + 10 / calls + 1e-9);
    }),
    SEEDS,
  );
}, 60_000);

test('a hedge at a percentile stays at that share of the calls, and shortens the tail', () => {
  fc.assert(
    fc.property(fc.constantFrom(0.8, 0.9, 0.95), fc.nat(1e6), (hedgePercentile, seed) => {
      const latency = (link: LinkValues) => {
        const parts = draft('Tail');
        parts.client('c', { ratePerS: 1000 });
        parts.service('s', { servers: UNLIMITED_SERVERS, serviceTime: { type: 'lognormal', meanMs: 10, sigma: 1.2 } });
        parts.link('c', 's', link);
        return run(parts, seed);
      };
      const hedged = latency({ hedging: 'percentile', hedgePercentile, hedgeAfterMs: 1000 });
      // That copies answer first must not make the calls seem fast, and so lower the percentile more and more.
      expect(Math.abs((of(hedged).hedgeShare ?? Number.NaN) - (1 - hedgePercentile))).toBeLessThan(0.02);
      expect(hedged.endToEnd.metrics.latencyP999Ms).toBeLessThan((latency({}).endToEnd.metrics.latencyP999Ms ?? Number.NaN) * 0.75);
    }),
    SEEDS,
  );
}, 60_000);

test('a breaker spares a part that fails, the more so the longer it stays open', () => {
  fc.assert(
    fc.property(fc.integer({ min: 5, max: 9 }), fc.nat(1e6), (tenths, seed) => {
      const reached = [100, 1000].map((breakerOpenMs) => {
        const result = failing(tenths / 10, { breaker: 'rate', breakerShare: 0.3, breakerWindowMs: 500, breakerOpenMs }, seed);
        // What is not turned away is sent.
        const { rejectedShare = 0, offered = 0 } = of(result);
        expect(offered + Math.round(rejectedShare * (result.endToEnd.metrics.offered ?? 0))).toBe(result.endToEnd.metrics.offered);
        return offered;
      });
      expect(reached[1]).toBeLessThan(reached[0] ?? 0);
    }),
    SEEDS,
  );
}, 60_000);

test('a budget, or cancelling what was abandoned, ends a retry storm that retries alone keep going', () => {
  // 70 req/s at a part that serves 100 and stops for ten seconds; three attempts of a second each are 210 req/s (cf. the reference cases).
  const after = (link: LinkValues): number => {
    const parts = draft('Storm');
    parts.client('c', { ratePerS: 70 });
    parts.service('s', { serviceTime: { type: 'exponential', meanMs: 10 } });
    parts.link('c', 's', { ...RETRIES, timeoutMs: 1000, attempts: 3, ...link });
    parts.fault('s', { type: 'pause' }, { type: 'once', atMs: 20_000, lastsMs: 10_000 });
    const result = simulate(parts.build({ durationMs: 200_000, warmUpMs: 150_000, seed: 5 }), DESIGN_ID);
    if (!result.ok) throw new Error(JSON.stringify(result.error));
    return of(result.value).callSuccessShare ?? Number.NaN;
  };
  expect(after({})).toBeLessThan(0.02);
  expect(after({ retryBudget: 0.1 })).toBeGreaterThan(0.999);
  expect(after({ cancelAbandoned: true })).toBeGreaterThan(0.999);
  expect(after({ breaker: 'rate', breakerWindowMs: 2000, breakerOpenMs: 5000 })).toBeGreaterThan(0.9);
}, 60_000);

test('what a balancer counts as under way comes back from calls that were hedged, retried, given up or called back', () => {
  // Two equal targets chosen by fewest connections: a count that is not given back would keep requests away from its target for ever.
  for (const link of [
    { timeoutMs: 6, ...RETRIES, attempts: 3 },
    { hedging: 'delay', hedgeAfterMs: 3, hedgeCopies: 3 },
    { hedging: 'delay', hedgeAfterMs: 3, hedgeCancel: false, cancelAbandoned: true },
    { deadlineMs: 5, cancelAbandoned: true },
    { breaker: 'rate', breakerWindowMs: 100, breakerOpenMs: 50, timeoutMs: 5, bulkhead: 4 },
  ] satisfies readonly LinkValues[]) {
    const parts = draft('Balanced');
    parts.client('c', { ratePerS: 150 });
    parts.balancer('b', { algorithm: 'least-connections' });
    parts.service('s', { replicas: 2, serviceTime: { type: 'exponential', meanMs: 4 } });
    // The balancer's own caller gives up as well, and takes its work back.
    parts.link('c', 'b', { timeoutMs: 20, cancelAbandoned: true });
    parts.link('b', 's', link);
    const result = run(parts, 3);
    const shares = result.components.find(({ id }) => id === 's')?.instances.map(({ metrics }) => metrics.offered ?? 0) ?? [];
    expect(Math.min(...shares) / Math.max(...shares), JSON.stringify([link, shares])).toBeGreaterThan(0.9);
  }
}, 60_000);

test('full jitter waits half as long as none, equal jitter three quarters', () => {
  const waits = (['none', 'equal', 'full'] as const).map((backoffJitter) => {
    const parts = draft('Jitter');
    parts.client('c', { ratePerS: 100 });
    parts.service('s', { servers: UNLIMITED_SERVERS, serviceTime: constant(0), failureShare: 1 });
    parts.link('c', 's', { retries: 'backoff', attempts: 2, backoffBaseMs: 100, backoffCapMs: 100, backoffJitter });
    return of(run(parts, 9, 100_000)).backoffMean ?? Number.NaN;
  });
  // By Little: 100 calls a second, each waiting 100, 75 or 50 ms.
  for (const [index, expected] of [10, 7.5, 5].entries()) expect(Math.abs((waits[index] ?? Number.NaN) / expected - 1)).toBeLessThan(0.04);
}, 60_000);
