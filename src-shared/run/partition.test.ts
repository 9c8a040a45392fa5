import { describe, expect, test } from 'vitest';
import { type DatabaseValues, DESIGN_ID } from '../validation/draft';
import { scriptedCopies } from '../validation/scripted-copies';
import type { RunResult } from './result';
import { simulate } from './simulate';

/*
 * Three copies, copy 0 the primary. A write takes 2 ms and a read 1, messages between copies take 10, heartbeats go out every 100 ms, and
 * the failure timeout is 300 to 500 ms. From 1000 to 5000 ms a copy is parted from the other two.
 */
interface Wishes {
  readonly parted: number;
  /** Share of the requests on its side. */
  readonly callers: number;
  readonly writes: readonly number[];
  readonly reads?: readonly number[];
  readonly values?: DatabaseValues;
}

function run({ parted, callers, writes, reads = [], values = {} }: Wishes): RunResult {
  const parts = scriptedCopies({ copies: 3, readFrom: 'any', heartbeatMs: 100, failureTimeoutMs: 300, timeoutSpreadMs: 200, ...values }, writes, reads);
  parts.fault('data', { type: 'partition', callers }, { type: 'once', atMs: 1000, lastsMs: 4000 }, parted);
  const outcome = simulate(parts.build({ durationMs: 10_000, warmUpMs: 0, requestLog: 1000 }), DESIGN_ID);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  expect(outcome.value.checks.conservation).toMatchObject({ holds: true });
  expect(outcome.value.checks.little.holds).toBe(true);
  return outcome.value;
}

const metricsOf = (result: RunResult) => result.components.find(({ id }) => id === 'data')?.metrics ?? {};
const outcomes = (result: RunResult): readonly unknown[] => result.requests.map(({ arrivalMs, outcome }) => [arrivalMs, outcome]);
const events = (result: RunResult, type: string) => result.journal.filter((event) => event.type === type);

describe('a primary that is parted (V13)', () => {
  test('the others elect another one as after a crash; it steps down when it hears of that', () => {
    const result = run({ parted: 0, callers: 0, writes: [500, 1100, 3000] });
    const [promotion, ...others] = events(result, 'promotion');
    // The last heartbeat came at 910, or at 1010 if that of 1000 was sent before; then 300 to 500 ms, and 20 for the vote.
    expect(promotion?.atMs).toBeGreaterThan(1230);
    expect(promotion?.atMs).toBeLessThan(1531);
    expect(others).toEqual([]);
    expect(outcomes(result)).toEqual([
      [500, 'completed'],
      [1100, 'no-primary'],
      [3000, 'completed'],
    ]);
    // It is told by the first heartbeat after 5000, which takes 10 ms, and asks the new primary for what it has not: 20 ms more.
    const [rejoin] = events(result, 'rejoin').filter(({ instance }) => instance === 0);
    expect(rejoin?.atMs).toBeGreaterThan(5029);
    expect(rejoin?.atMs).toBeLessThan(5131);
    expect(metricsOf(result)).toMatchObject({ promotions: 1, lostWrites: 0 });
    expect(metricsOf(result).withoutPrimaryMs).toBeCloseTo((promotion?.atMs ?? 0) - 1000, 6);
  });

  test('asynchronous: it goes on acknowledging, and all of that is lost when it follows again (split brain)', () => {
    const result = run({ parted: 0, callers: 1, writes: [500, 1100, 3000, 4900] });
    expect(result.requests.every(({ outcome }) => outcome === 'completed')).toBe(true);
    expect(events(result, 'promotion')).toHaveLength(1);
    // That of 1100 was acknowledged before the promotion, those of 3000 and 4900 after it.
    expect(events(result, 'promotion')[0]?.lostWrites).toBe(1);
    expect(metricsOf(result).lostWrites).toBe(3);
    expect(events(result, 'rejoin').find(({ instance }) => instance === 0)?.value).toBe(3);
    // From the acknowledgement at 3002 until it follows.
    expect(metricsOf(result).recoveryPointMs).toBeCloseTo((events(result, 'rejoin').find(({ instance }) => instance === 0)?.atMs ?? 0) - 3002, 6);
  });

  test.each(['semi-synchronous', 'synchronous'] as const)('%s: it goes on alone after the failure timeout, and that is lost too', (replication) => {
    const result = run({ parted: 0, callers: 1, writes: [1100], values: { replication } });
    // Both followers were last heard at 920, by their answers to the heartbeat of 900: at that of 1300 that is more than 300 ms ago, not yet at 1200.
    const [write] = result.requests;
    expect(write?.outcome).toBe('completed');
    expect(write?.endMs).toBeCloseTo(1300, 6);
    expect(metricsOf(result).lostWrites).toBe(1);
  });

  test('majority: it cannot acknowledge anything, and nothing is lost', () => {
    const result = run({ parted: 0, callers: 1, writes: [500, 1100, 6000], values: { replication: 'majority' } });
    expect(outcomes(result)).toEqual([
      [500, 'completed'],
      [1100, 'no-primary'],
      [6000, 'completed'],
    ]);
    const waited = result.requests.find(({ arrivalMs }) => arrivalMs === 1100);
    expect(waited?.endMs).toBeGreaterThan(5009);
    expect(waited?.endMs).toBeLessThan(5111);
    expect(metricsOf(result).lostWrites).toBe(0);
  });

  test('without failover it leads again when it is back, with all that it has', () => {
    const result = run({ parted: 0, callers: 0, writes: [990, 6000], values: { failover: 'none' } });
    expect(metricsOf(result)).toMatchObject({ promotions: 0, lostWrites: 0, withoutPrimaryMs: 4000 });
    // Its followers are connected again, and have both writes: no read is stale.
    const late = run({
      parted: 0,
      callers: 0,
      writes: [990, 6000],
      reads: [7000, 7001, 7002, 7003, 7004],
      values: { failover: 'none', readFrom: 'followers' },
    });
    expect(metricsOf(late).staleShare).toBe(0);
  });
});

describe('a follower that is parted (V13)', () => {
  test('answers on its side what it had, and stands in vain; its term makes the primary step down when it is back', () => {
    const result = run({ parted: 2, callers: 1, writes: [500], reads: [600, 3000] });
    expect(outcomes(result).every((row) => (row as [number, string])[1] === 'completed')).toBe(true);
    expect(events(result, 'promotion').every(({ atMs }) => atMs > 5000)).toBe(true);
    expect(events(result, 'promotion').length).toBeGreaterThan(0);
    expect(metricsOf(result).elections).toBeGreaterThan(7);
    // A term each 300 to 500 ms for four seconds.
    expect(Number(events(result, 'promotion').at(-1)?.value)).toBeGreaterThan(7);
  });

  test('shows no write that was acknowledged meanwhile: stale by all the time since', () => {
    // Half of the requests come from its side: of many reads some, and of many writes those that it refuses.
    const writes = Array.from({ length: 40 }, (_, index) => 1500 + 10 * index);
    const reads = Array.from({ length: 40 }, (_, index) => 3000 + 10 * index);
    const result = run({ parted: 2, callers: 0.5, writes, reads });
    const refused = result.requests.filter(({ outcome }) => outcome === 'no-primary').length;
    expect(refused).toBeGreaterThan(10);
    expect(refused).toBeLessThan(30);
    expect(metricsOf(result).staleShare).toBeGreaterThan(0.25);
    expect(metricsOf(result).staleShare).toBeLessThan(0.75);
    expect(metricsOf(result).staleAgeP50Ms).toBeGreaterThan(1400);
    expect(metricsOf(result).lostWrites).toBe(0);
  });
});
