import { describe, expect, test } from 'vitest';
import { compile } from '../compile/compile';
import { checkCore } from '../engine/checks';
import { createEngine } from '../engine/engine';
import { L_CANCELLED, L_HEDGES, L_OPENED, L_RETRIES, LINK_STATS } from '../engine/layout';
import type { LoggedRequest, RunResult } from '../run/result';
import { simulate } from '../run/simulate';
import { DESIGN_ID, type Draft, draft, type LinkValues } from './draft';

/** Goal: every policy of a link does what its rule in SPEC.md says, at the instants worked out on paper. Method: traces of a few requests. */
const constant = (valueMs: number) => ({ type: 'constant' as const, valueMs });
const NOTHING = constant(0);

interface Arrival {
  readonly atMs: number;
  readonly workMs?: number;
}

/** Requests of a trace to the service `s`, which takes what they carry, over a link with a policy. */
function design(arrivals: readonly Arrival[], link: LinkValues, service: Readonly<Record<string, unknown>> = {}, more?: (parts: Draft) => void): Draft {
  const parts = draft('Guarded calls');
  parts.client('c', { arrivals: 'trace', trace: arrivals.map((row) => ({ workMs: 10, priority: 1, ...row })) });
  parts.part('s', 'service', { serviceTime: { type: 'request' }, ...service });
  parts.link('c', 's', link);
  more?.(parts);
  return parts;
}

function run(parts: Draft, durationMs = 1000): RunResult {
  const result = simulate(parts.build({ durationMs, warmUpMs: 0, requestLog: 100, seriesPoints: 10 }), DESIGN_ID);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  expect(result.value.checks.conservation.violations).toEqual([]);
  expect(result.value.checks.little.holds).toBe(true);
  return result.value;
}

const ended = (result: RunResult): Record<number, readonly [number, string]> =>
  Object.fromEntries(result.requests.map((row: LoggedRequest) => [row.arrivalMs, [row.endMs, row.outcome] as const]));
const of = (result: RunResult, index = 0) => result.links[index]?.metrics ?? {};
const offered = (result: RunResult, id: string) => result.components.find((part) => part.id === id)?.metrics.offered;

const PLAIN: LinkValues = { retries: 'backoff', attempts: 3, backoffBaseMs: 10, backoffFactor: 2, backoffCapMs: 1000, backoffJitter: 'none' };

describe('[G] guarded calls, worked out on paper', () => {
  test('[G2] a refused call is made again after 10 and then 20 ms', () => {
    // 0 is served 0..25. 1 is refused at 1 and at 11; at 31 the server is free and serves it until 41.
    const result = run(design([{ atMs: 0, workMs: 25 }, { atMs: 1 }], PLAIN, { queueLimit: 0 }));
    expect(ended(result)).toEqual({ 0: [25, 'completed'], 1: [41, 'completed'] });
    // Waits of 10 and 20 ms in a second; two calls, four attempts.
    expect(of(result)).toMatchObject({ retryRate: 2, amplification: 2, backoffMean: 0.03, callSuccessShare: 1, callLatencyMeanMs: (25 + 40) / 2 });
  });

  test('[G2] after the last attempt the call fails with the reason of that attempt', () => {
    // Refused at 1, 11 and 31: 0 is served until 100.
    const result = run(design([{ atMs: 0, workMs: 100 }, { atMs: 1 }], PLAIN, { queueLimit: 0 }));
    expect(ended(result)).toEqual({ 0: [100, 'completed'], 1: [31, 'queue-full'] });
    expect(of(result)).toMatchObject({ retryRate: 2, callSuccessShare: 0.5 });
    // A link that does not retry refusals gives up at once.
    const once = run(design([{ atMs: 0, workMs: 100 }, { atMs: 1 }], { ...PLAIN, retryRefusals: false }, { queueLimit: 0 }));
    expect(ended(once)[1]).toEqual([1, 'queue-full']);
  });

  test('[G2] the wait grows up to its cap', () => {
    // Waits 10, 20, 40, 50, 50: attempts at 0, 10, 30, 70, 120, 170.
    const link: LinkValues = { ...PLAIN, attempts: 6, backoffCapMs: 50, loss: 1, lossDetectionMs: 0 };
    expect(ended(run(design([{ atMs: 0 }], link)))).toEqual({ 0: [170, 'link-lost'] });
  });

  test('[G3] the timeout is that of one attempt; what was sent goes on', () => {
    // Attempts at 0, 5+10 = 15, 20+20 = 40, given up at 5, 20 and 45; the server works on each of them: 0..30, 30..60, 60..90.
    const result = run(design([{ atMs: 0, workMs: 30 }], { ...PLAIN, timeoutMs: 5 }));
    expect(ended(result)).toEqual({ 0: [45, 'timeout'] });
    expect(offered(result, 's')).toBe(3);
    expect(result.components.find((part) => part.id === 's')?.metrics).toMatchObject({ completed: 3, utilisation: 0.09 });
    expect(of(result).lateReplies).toBe(3);
  });

  test('[G4] the deadline ends the call with all its attempts, and no attempt is begun that would come after it', () => {
    // As above, with a deadline at 42: the third attempt, sent at 40, is given up then.
    const link: LinkValues = { ...PLAIN, timeoutMs: 5, deadlineMs: 42 };
    expect(ended(run(design([{ atMs: 0, workMs: 30 }], link)))).toEqual({ 0: [42, 'timeout'] });
    // With a deadline at 40 the third attempt would start at it: the call fails when the second has, at 20.
    const shorter = run(design([{ atMs: 0, workMs: 30 }], { ...link, deadlineMs: 40 }));
    expect(ended(shorter)).toEqual({ 0: [20, 'timeout'] });
    expect(offered(shorter, 's')).toBe(2);
  });

  test('[G4] a deadline that is passed on keeps work from being begun too late, and ends retries further on', () => {
    // 0 is served 0..50 and given up at 20. 1 would be served 50..60, too late for its limit at 21, and keep 35 from its own, 55.
    const arrivals = [{ atMs: 0, workMs: 50 }, { atMs: 1 }, { atMs: 35, workMs: 5 }];
    expect(ended(run(design(arrivals, { timeoutMs: 20 })))).toMatchObject({ 1: [21, 'timeout'], 35: [55, 'timeout'] });
    const passed = run(design(arrivals, { timeoutMs: 20, propagateDeadline: true }));
    expect(ended(passed)[35]).toEqual([55, 'completed']);
    expect(ended(passed)[1]?.[0]).toBe(21);
    expect(passed.components.find((part) => part.id === 's')?.metrics.utilisation).toBeCloseTo(0.055, 12);
    // 0 keeps t busy until 100. 1 is refused there at 1 and 11; the third attempt would come at 31, which is when the client gives up: [T2] the
    // retry goes first, and is refused.
    const chain = (propagateDeadline: boolean) =>
      run(
        design([{ atMs: 0, workMs: 100 }, { atMs: 1 }], { timeoutMs: 30, propagateDeadline }, { serviceTime: NOTHING }, (parts) => {
          parts.service('t', { queueLimit: 0, serviceTime: { type: 'request' } });
          parts.link('s', 't', PLAIN);
        }),
      );
    expect(ended(chain(false))[1]).toEqual([31, 'queue-full']);
    expect(ended(chain(true))[1]).toEqual([11, 'queue-full']);
  });

  test('[G5] abandoned work is called back where the link cancels', () => {
    // Each attempt leaves the server when it is given up, at 5, 20 and 45: 15 ms of work.
    const result = run(design([{ atMs: 0, workMs: 30 }], { ...PLAIN, timeoutMs: 5, cancelAbandoned: true }));
    expect(ended(result)).toEqual({ 0: [45, 'timeout'] });
    expect(result.components.find((part) => part.id === 's')?.metrics).toMatchObject({ completed: 0, utilisation: 0.015 });
    // The deadline, too, calls back what is under way, two parts further on as well.
    const chain = run(
      design([{ atMs: 0 }], { deadlineMs: 20, cancelAbandoned: true }, { serviceTime: constant(5) }, (parts) => {
        parts.service('t', { serviceTime: constant(100) });
        parts.link('s', 't', { cancelAbandoned: true, deadlineMs: 500 });
      }),
    );
    expect(ended(chain)).toEqual({ 0: [20, 'timeout'] });
    expect(chain.components.find((part) => part.id === 't')?.metrics).toMatchObject({ utilisation: 0.015, inFlight: 0 });
  });

  test('[G5] of calls made together those that are not needed are called back, and one that comes back before the last is sent does no harm', () => {
    // The first part answers at once, on a link without delay, while the calls to the others are still being made: they are sent all the same.
    const parts = (first: number) =>
      run(
        design([{ atMs: 0 }], {}, { serviceTime: constant(1), calls: 'parallel', waitFor: 1 }, (more) => {
          for (const [id, ms] of [
            ['a', first],
            ['b', 50],
            ['d', 60],
          ] as const) {
            more.service(id, { serviceTime: constant(ms) });
            more.link('s', id, { cancelAbandoned: true, deadlineMs: 500 });
          }
        }),
      );
    const utilisation = (result: RunResult) => ['a', 'b', 'd'].map((id) => result.components.find((part) => part.id === id)?.metrics.utilisation);
    expect(ended(parts(0))).toEqual({ 0: [1, 'completed'] });
    expect(utilisation(parts(0))).toEqual([0, 0.05, 0.06]);
    // When it takes 10 ms the other two have had 10 ms of service when they are called back.
    expect(ended(parts(10))).toEqual({ 0: [11, 'completed'] });
    expect(utilisation(parts(10))).toEqual([0.01, 0.01, 0.01]);
  });

  test('[G6] a retry costs a token; each call earns its share of one', () => {
    // A bucket of one token, a tenth per call: the first call that fails takes it (0.1 is lost in the full bucket), so that the next
    // ten calls earn 1.0, and only the eleventh call after the first can retry again.
    const arrivals = Array.from({ length: 12 }, (_, index) => ({ atMs: index * 50 }));
    const link: LinkValues = { ...PLAIN, attempts: 2, loss: 1, lossDetectionMs: 0, retryBudget: 0.1, retryBudgetBurst: 1 };
    const result = run(design(arrivals, link));
    const waits = result.requests.map(({ arrivalMs, endMs }) => endMs - arrivalMs);
    expect(waits).toEqual([10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10, 0]);
  });

  test('[G7] a copy is sent when the first attempt is slow, and the first answer wins', () => {
    // Two replicas, by turns.
    const hedged = (link: LinkValues) =>
      run(
        design([{ atMs: 0, workMs: 100 }, { atMs: 1 }, { atMs: 2 }], {}, { serviceTime: NOTHING, calls: 'sequence', servers: 10 }, (parts) => {
          parts.service('t', { replicas: 2, serviceTime: { type: 'request' } });
          parts.link('s', 't', { hedging: 'delay', hedgeAfterMs: 20, ...link });
        }),
      );
    // 0 to the first until 100; 1 to the second until 11; 2 to the first, behind 0; 0's copy, at 20, to the second, which serves it until it
    // is called back at 100; 2's copy, at 22, to the first again, behind 2. So 2 is served 100..110.
    const result = hedged({});
    expect(ended(result)).toEqual({ 0: [100, 'completed'], 1: [11, 'completed'], 2: [110, 'completed'] });
    expect(of(result, 1)).toMatchObject({ hedgeShare: 2 / 3, hedgeWinShare: 0, amplification: 5 / 3 });
    const second = result.components.find((part) => part.id === 't');
    // 0's copy has had 80 ms of service when it was called back at 100: 100 + 10 + 10 + 80.
    expect((second?.metrics.utilisation ?? 0) * 2 * 1000).toBeCloseTo(200, 9);
    // Not called back, 0's copy is served to its end, and 2's copy after 2 itself: 100 + 10 + 10 + 100 + 10.
    const kept = hedged({ hedgeCancel: false }).components.find((part) => part.id === 't');
    expect((kept?.metrics.utilisation ?? 0) * 2 * 1000).toBeCloseTo(230, 9);
  });

  test('[G7] a copy that answers first counts as a win', () => {
    // Replicas by turns: 0 to the first until 100; 1 to the second until 11; 0's copy at 20 to the first, behind 0; 30 to the second until
    // 40; 45 to the first, behind both; its copy at 65 to the second, where it is served until 75.
    const arrivals = [{ atMs: 0, workMs: 100 }, { atMs: 1 }, { atMs: 30 }, { atMs: 45 }];
    const result = run(
      design(arrivals, {}, { serviceTime: NOTHING, servers: 10 }, (parts) => {
        parts.service('t', { replicas: 2, serviceTime: { type: 'request' } });
        parts.link('s', 't', { hedging: 'delay', hedgeAfterMs: 20 });
      }),
    );
    expect(ended(result)).toEqual({ 0: [100, 'completed'], 1: [11, 'completed'], 30: [40, 'completed'], 45: [75, 'completed'] });
    expect(of(result, 1)).toMatchObject({ hedgeShare: 0.5, hedgeWinShare: 0.5 });
  });

  test('[G7] a balancer’s copy goes to another target', () => {
    // 0 to the first until 100, its copy at 20 by turns to the second, where it would be served until 120: the first answers first.
    // 40, by turns, to the first, behind 0; its copy at 60 to the second, behind 0's copy until that is called back at 100.
    const result = run(
      design([{ atMs: 0, workMs: 100 }, { atMs: 40 }], {}, { serviceTime: NOTHING, servers: 10 }, (parts) => {
        parts.balancer('b', { algorithm: 'round-robin' });
        parts.service('t', { replicas: 2, serviceTime: { type: 'request' } });
        parts.link('s', 'b', {});
        parts.link('b', 't', { hedging: 'delay', hedgeAfterMs: 20 });
      }),
    );
    expect(ended(result)).toEqual({ 0: [100, 'completed'], 40: [110, 'completed'] });
    expect(result.components.find((part) => part.id === 't')?.instances.map(({ metrics }) => metrics.offered)).toEqual([2, 2]);
  });

  test('[G8] the breaker opens after failures in a row, lets a probe through after its time, and closes when it succeeds', () => {
    // Lost at once: 0 and 10 fail and open it at 10; 20 and 50 are turned away; half open at 110: 120 is the probe, fails, opens again
    // until 220; 230 probes again.
    const arrivals = [0, 10, 20, 50, 120, 130, 230].map((atMs) => ({ atMs }));
    const link: LinkValues = { breaker: 'consecutive', breakerFailures: 2, breakerOpenMs: 100, loss: 1, lossDetectionMs: 0 };
    const result = run(design(arrivals, link));
    expect(arrivals.map(({ atMs }) => ended(result)[atMs]?.[1])).toEqual([
      'link-lost',
      'link-lost',
      'breaker-open',
      'breaker-open',
      'link-lost',
      'breaker-open',
      'link-lost',
    ]);
    // Open 10..110, 120..220 and 230..330.
    expect(of(result)).toMatchObject({ breakerOpenShare: 0.3, rejectedShare: 3 / 7 });
  });

  test('[G8] a successful probe closes the breaker', () => {
    // 0 is served 0..30; 1 and 2 are refused and open it at 2; half open at 42: 50 is the probe, served 50..60, during which 55 is turned
    // away; closed at 60: 61 is served.
    const arrivals = [{ atMs: 0, workMs: 30 }, { atMs: 1 }, { atMs: 2 }, { atMs: 3 }, { atMs: 50 }, { atMs: 55 }, { atMs: 61 }];
    const link: LinkValues = { breaker: 'consecutive', breakerFailures: 2, breakerOpenMs: 40 };
    const result = run(design(arrivals, link, { queueLimit: 0 }));
    expect(ended(result)).toEqual({
      0: [30, 'completed'],
      1: [1, 'queue-full'],
      2: [2, 'queue-full'],
      3: [3, 'breaker-open'],
      50: [60, 'completed'],
      55: [55, 'breaker-open'],
      61: [71, 'completed'],
    });
    // What was sent before it opened says nothing about the far end now: the reply at 30 changes nothing.
    expect(of(result).breakerOpenShare).toBeCloseTo(0.04, 12);
  });

  test('[G9] by error rate: not before the least number of calls, and only what lies in the window counts', () => {
    // 1 and 2 are refused while 0 is served: two of two have failed, but four calls are needed. 0 succeeds at 10: two of three. 31 is refused
    // while 30 is served: three of four, which is the share that opens it.
    const arrivals = [{ atMs: 0 }, { atMs: 1 }, { atMs: 2 }, { atMs: 30 }, { atMs: 31 }, { atMs: 32 }];
    const link: LinkValues = { breaker: 'rate', breakerShare: 0.75, breakerMinimumCalls: 4, breakerWindowMs: 100, breakerOpenMs: 500 };
    const result = run(design(arrivals, link, { queueLimit: 0 }));
    expect(ended(result)[31]?.[1]).toBe('queue-full');
    expect(ended(result)[32]?.[1]).toBe('breaker-open');
    // The same 100 ms later: the failures of 1 and 2 have left the window, one of one is too few.
    const later = [{ atMs: 0 }, { atMs: 1 }, { atMs: 2 }, { atMs: 130 }, { atMs: 131 }, { atMs: 132 }];
    expect(ended(run(design(later, link, { queueLimit: 0 })))[132]?.[1]).toBe('queue-full');
  });

  test('[G10] the bulkhead lets so many calls through at once', () => {
    const result = run(design([{ atMs: 0 }, { atMs: 1 }, { atMs: 2 }, { atMs: 11 }], { bulkhead: 2 }));
    // 0 and 1 are under way until 10 and 20; 2 is turned away; 11 goes in when 0 has ended: served 20..30.
    expect(ended(result)).toEqual({ 0: [10, 'completed'], 1: [20, 'completed'], 2: [2, 'bulkhead-full'], 11: [30, 'completed'] });
    expect(of(result).rejectedShare).toBe(0.25);
  });

  test('[G11] the fallback answers in place of the far end, when all attempts have failed', () => {
    const result = run(design([{ atMs: 0, workMs: 100 }, { atMs: 1 }], { ...PLAIN, fallback: true }, { queueLimit: 0 }));
    expect(ended(result)).toEqual({ 0: [100, 'completed'], 1: [31, 'completed'] });
    expect(of(result)).toMatchObject({ fallbackShare: 0.5, callSuccessShare: 1 });
  });

  test('[G12] a balancer’s retry goes to another target', () => {
    // Two replicas by turns, without a line: 0 to the first until 100, 1 to the second until 11. 2 is refused by the first; its retry, at 12,
    // goes to the second, which is free.
    const result = run(
      design([{ atMs: 0, workMs: 100 }, { atMs: 1 }, { atMs: 2 }], {}, { serviceTime: NOTHING, servers: 10 }, (parts) => {
        parts.balancer('b', { algorithm: 'round-robin' });
        parts.service('t', { replicas: 2, queueLimit: 0, serviceTime: { type: 'request' } });
        parts.link('s', 'b', {});
        parts.link('b', 't', PLAIN);
      }),
    );
    expect(ended(result)).toEqual({ 0: [100, 'completed'], 1: [11, 'completed'], 2: [22, 'completed'] });
  });
});

/** Sum over all links of one field of their statistics. */
const sum = (links: Float64Array, field: number): number => links.reduce((total, value, index) => (index % LINK_STATS === field ? total + value : total), 0);

test('the records of all calls come back when the load stops', () => {
  const parts = draft('No leaks');
  parts.client('c', { ratePerS: 400, stopMs: 2000 });
  parts.service('s', { servers: 50, serviceTime: { type: 'exponential', meanMs: 5 }, calls: 'parallel', waitFor: 1 });
  parts.service('t', { replicas: 3, servers: 1, serviceTime: { type: 'exponential', meanMs: 8 }, queueLimit: 4 });
  parts.database('d', { connections: 1 });
  parts.balancer('b', { algorithm: 'least-connections' });
  const all: LinkValues = {
    ...PLAIN,
    timeoutMs: 12,
    deadlineMs: 60,
    backoffJitter: 'full',
    hedging: 'percentile',
    hedgeAfterMs: 6,
    hedgeCopies: 3,
    breaker: 'rate',
    breakerWindowMs: 300,
    breakerOpenMs: 20,
    breakerProbes: 2,
    bulkhead: 30,
    latency: { type: 'exponential', meanMs: 1 },
    loss: 0.02,
    lossDetectionMs: 5,
  };
  parts.link('c', 's', { ...all, cancelAbandoned: true, propagateDeadline: true });
  parts.link('s', 'b', { ...all, cancelAbandoned: true });
  parts.link('s', 'd', { ...all, hedgeCancel: false });
  parts.link('b', 't', all);
  const compiled = compile(parts.build({ durationMs: 4000, warmUpMs: 0, requestLog: 100 }), DESIGN_ID);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
  const engine = createEngine(compiled.value);
  for (const replication of [0, 1]) {
    engine.reset(7, replication, 0);
    while (engine.run(100_000) === 'running');
    const { core } = engine.observer;
    expect(checkCore(core).violations).toEqual([]);
    expect(core.pool.inUse).toBe(0);
    for (const field of [L_RETRIES, L_HEDGES, L_CANCELLED, L_OPENED]) expect(sum(core.links, field), `field ${field}`).toBeGreaterThan(10);
    // Nothing is pending but what ends the run: it has been taken.
    expect(core.list.count()).toBe(0);
  }
});
