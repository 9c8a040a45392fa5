import { describe, expect, test } from 'vitest';
import { DESIGN_ID, draft, type ServiceValues } from '../validation/draft';
import type { RunResult } from './result';
import { simulate } from './simulate';

/** Goal: stations whose speed depends on what they do agree with the mathematics of birth and death. Method: long runs against exact solutions. */
const MEAN_MS = 10;

function run(ratePerS: number, values: ServiceValues, durationMs = 1_200_000): RunResult {
  const parts = draft('Theory');
  parts.client('clients', { ratePerS });
  parts.service('s', { serviceTime: { type: 'exponential', meanMs: MEAN_MS }, ...values });
  parts.link('clients', 's');
  const outcome = simulate(parts.build({ durationMs, warmUpMs: durationMs / 20, seed: 5 }), DESIGN_ID);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  return outcome.value;
}
const station = (result: RunResult) => result.components.find(({ id }) => id === 's')?.metrics ?? {};

/** Mean number in a birth-and-death process with births at `birth` and deaths at `death(n)` (L. Kleinrock, Queueing Systems, vol. 1, ch. 3). */
function meanPresent(birth: number, death: (n: number) => number): number {
  let weight = 1;
  let total = 1;
  let sum = 0;
  for (let n = 1; n < 2000; n++) {
    weight *= birth / death(n);
    total += weight;
    sum += n * weight;
  }
  return sum / total;
}

describe('exponential work at machines of several cores', () => {
  const usl = (contention: number, coherency: number, cores: number) => (n: number) => {
    const k = Math.min(n, cores);
    return ((1000 / MEAN_MS) * k) / (1 + contention * (k - 1) + coherency * k * (k - 1));
  };

  test.each([
    [4, 0.1, 0, 200],
    [8, 0.05, 0.01, 240],
    [16, 0, 0.01, 300],
  ])('[S7] %i cores, contention %d, coherency %d at %i per second', (servers, contention, coherency, ratePerS) => {
    const expected = meanPresent(ratePerS, usl(contention, coherency, servers));
    const measured = station(run(ratePerS, { servers, contention, coherency })).inSystemMean ?? 0;
    expect(Math.abs(measured / expected - 1)).toBeLessThan(0.03);
  });

  test('[S7] threads that share cores hold as many requests as servers of their own would: the total rate is the same', () => {
    const expected = meanPresent(300, usl(0, 0, 4));
    const result = run(300, { servers: 4, concurrency: 'threads', threads: 50 });
    expect(Math.abs((station(result).inSystemMean ?? 0) / expected - 1)).toBeLessThan(0.03);
    // All of them are in service at once, so that hardly anybody waits for a thread.
    expect(station(result).waitingMeanMs).toBeLessThan(0.1);
    expect(station(result).utilisation).toBeCloseTo(0.75, 1);
  });

  test('[S10] preemptive stations contend alike', () => {
    const expected = meanPresent(200, usl(0.1, 0, 4));
    const measured = station(run(200, { servers: 4, contention: 0.1, discipline: 'lifo-preemptive' })).inSystemMean ?? 0;
    expect(Math.abs(measured / expected - 1)).toBeLessThan(0.03);
  });
});

describe('limits hold over any stretch of time', () => {
  test('[P1] a token bucket lets no more through than its burst and what accrues', () => {
    const parts = draft('Bucket');
    parts.client('clients', { ratePerS: 300 });
    parts.service('s', { servers: 1000, serviceTime: { type: 'constant', valueMs: 0 }, limiter: 'token-bucket', limitPerS: 50, limitBurst: 7 });
    parts.link('clients', 's');
    const outcome = simulate(parts.build({ durationMs: 60_000, warmUpMs: 0, requestLog: 100_000 }), DESIGN_ID);
    if (!outcome.ok) throw new Error('must run');
    const passed = outcome.value.requests.filter(({ outcome: its }) => its === 'completed').map(({ endMs }) => endMs);
    // Most that any stretch from one of them to a later one let through beyond what the time between accrues.
    let most = 0;
    for (const [i, from] of passed.entries())
      for (let j = i + 1; j < Math.min(passed.length, i + 60); j++) most = Math.max(most, j - i + 1 - (((passed[j] as number) - from) * 50) / 1000);
    expect(most).toBeLessThanOrEqual(7 + 1e-6);
    expect(most).toBeGreaterThan(6.5);
    expect(passed.length).toBeGreaterThan(60 * 50 * 0.99);
  });

  test('[P2] a sliding window never holds more than its number', () => {
    const parts = draft('Window');
    parts.client('clients', { ratePerS: 300 });
    parts.service('s', { servers: 1000, serviceTime: { type: 'constant', valueMs: 0 }, limiter: 'sliding-window', windowRequests: 9, windowMs: 70 });
    parts.link('clients', 's');
    const outcome = simulate(parts.build({ durationMs: 30_000, warmUpMs: 0, requestLog: 100_000 }), DESIGN_ID);
    if (!outcome.ok) throw new Error('must run');
    const passed = outcome.value.requests.filter(({ outcome: its }) => its === 'completed').map(({ endMs }) => endMs);
    for (let i = 9; i < passed.length; i++) expect((passed[i] as number) - (passed[i - 9] as number)).toBeGreaterThanOrEqual(70 - 1e-9);
    expect(passed.length).toBeGreaterThan(30_000 / 70);
  });

  test('[P2] a window of a thousand is as exact', () => {
    const parts = draft('Window');
    parts.client('clients', { ratePerS: 3000 });
    parts.service('s', { servers: 1000, serviceTime: { type: 'constant', valueMs: 0 }, limiter: 'sliding-window', windowRequests: 1000, windowMs: 500 });
    parts.link('clients', 's');
    const outcome = simulate(parts.build({ durationMs: 10_000, warmUpMs: 0, requestLog: 100_000 }), DESIGN_ID);
    if (!outcome.ok) throw new Error('must run');
    const passed = outcome.value.requests.filter(({ outcome: its }) => its === 'completed').map(({ endMs }) => endMs);
    const closest = Math.min(...passed.slice(1000).map((at, i) => at - (passed[i] as number)));
    expect(closest).toBeGreaterThanOrEqual(500 - 1e-9);
    expect(passed.length).toBeGreaterThan(19_000);
  });
});

describe('what protects does', () => {
  const overload = 130;

  test('[P5] under overload, shedding by queue delay keeps the wait near its target where a plain queue grows without end', () => {
    const plain = station(run(overload, {}, 60_000)).waitingMeanMs ?? 0;
    const shed = station(run(overload, { shedding: 'codel', codelTargetMs: 20, codelIntervalMs: 200 }, 60_000)).waitingMeanMs ?? 0;
    expect(plain).toBeGreaterThan(3000);
    expect(shed).toBeLessThan(600);
  });

  test('[P3] the longer requests are ready to wait, the fewer give up', () => {
    const shares = [5, 20, 80, 320].map((valueMs) => run(95, { patience: { type: 'constant', valueMs } }, 200_000).endToEnd.metrics.failureShare ?? 0);
    for (let i = 1; i < shares.length; i++) expect(shares[i]).toBeLessThan(shares[i - 1] as number);
  });

  test('[D2] the longer idle servers are kept, the fewer starts are cold and the more servers are on', () => {
    const stations = [0, 50, 500, 5000].map((keepAliveMs) =>
      station(run(20, { servers: 5, onDemand: true, coldStart: { type: 'constant', valueMs: 300 }, keepAliveMs }, 200_000)),
    );
    for (let i = 1; i < stations.length; i++) {
      expect(stations[i]?.coldShare ?? 0).toBeLessThan(stations[i - 1]?.coldShare ?? 0);
      expect(stations[i]?.serversMean ?? 0).toBeGreaterThan(stations[i - 1]?.serversMean ?? 0);
    }
  });
});
