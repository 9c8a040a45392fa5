import { describe, expect, test } from 'vitest';
import { type DatabaseValues, DESIGN_ID, type Draft } from '../validation/draft';
import { scriptedCopies } from '../validation/scripted-copies';
import type { RunResult } from './result';
import { simulate } from './simulate';

/** Writes and reads of one item at given instants, straight at a database whose statements take 2 and 1 ms and whose messages take 10 ms. */
function database(values: DatabaseValues, writesAt: readonly number[], readsAt: readonly number[], more: (parts: Draft) => void = () => {}): RunResult {
  const parts = scriptedCopies(
    { copies: 3, readFrom: 'followers', heartbeatMs: 100, failureTimeoutMs: 300, timeoutSpreadMs: 200, ...values },
    writesAt,
    readsAt,
  );
  more(parts);
  const outcome = simulate(parts.build({ durationMs: 10_000, warmUpMs: 0, requestLog: 1000 }), DESIGN_ID);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  expect(outcome.value.checks.conservation).toMatchObject({ holds: true });
  expect(outcome.value.checks.little.holds).toBe(true);
  return outcome.value;
}

const metricsOf = (result: RunResult) => result.components.find(({ id }) => id === 'data')?.metrics ?? {};
const latencies = (result: RunResult): number[] => result.requests.map(({ arrivalMs, endMs }) => endMs - arrivalMs);
const events = (result: RunResult, type: string) => result.journal.filter((event) => event.type === type);
const CRASH = { type: 'crash', silent: false, restartMs: 0 } as const;

describe('staleness (V5)', () => {
  /*
   * Two copies. Writes come at 100 and 104 ms, are acknowledged at 102 and 106, reach the follower at 112 and 116 and are applied there
   * at 113 and 117. Reads at the follower end 1 ms after they were sent:
   *   sent 101    the first write is acknowledged at 102, later than that: fresh
   *   sent 103    does not show the first (acknowledged at 102): 104 - 102 = 2 ms, 1 version
   *   sent 107    shows neither: 108 - 102 = 6 ms, 2 versions
   *   sent 112.5  shows the first, since 113; not the second (106): 113.5 - 106 = 7.5 ms, 1 version
   *   sent 114    the same: 115 - 106 = 9 ms, 1 version
   *   sent 118    shows both
   */
  test('is what a read at a follower does not show of what was acknowledged before it was sent', () => {
    const result = database({ copies: 2, failover: 'none' }, [100, 104], [101, 103, 107, 112.5, 114, 118]);
    const metrics = metricsOf(result);
    expect(metrics.staleShare).toBeCloseTo(4 / 6, 12);
    expect(metrics.versionsBehindMean).toBeCloseTo(5 / 6, 12);
    expect(metrics.versionsBehindMax).toBe(2);
    // Histograms have buckets of 0.8 %.
    expect(metrics.staleAgeP50Ms).toBeCloseTo(6, 1);
    expect(metrics.staleAgeP99Ms).toBeCloseTo(9, 1);
    expect(metrics.replicationLagMeanMs).toBeCloseTo(11, 9);
    expect(metrics.replicationLagP99Ms).toBeCloseTo(11, 1);
  });

  test('reaches the request, its operation and the whole, and nothing else', () => {
    const result = database({ copies: 2, failover: 'none' }, [100, 104], [101, 103, 107, 112.5, 114, 118]);
    expect(result.endToEnd.metrics.staleShare).toBeCloseTo(4 / 6, 12);
    expect(result.endToEnd.metrics.lostWrites).toBe(0);
    const [write, read] = result.operations;
    expect(read?.metrics).toMatchObject({ staleShare: 4 / 6, versionsBehindMax: 2 });
    expect(write?.metrics.staleShare).toBeUndefined();
    expect(result.requests.every(({ outcome, item }) => outcome === 'completed' && item === 0)).toBe(true);
  });

  test('comes up through the services between, and does not where the primary answers', () => {
    const through = (readFrom: 'primary' | 'followers'): RunResult =>
      database({ copies: 2, failover: 'none', readFrom }, [100], [], (parts) => {
        parts.client('user', {
          arrivals: 'trace',
          trace: [{ atMs: 104, workMs: 0, priority: 1 }],
          operations: [{ name: 'page', weight: 1, type: 'read', requestBytes: 1, responseBytes: 1, priority: 1, items: 1, itemSkew: 0 }],
        });
        parts.service('web', { serviceTime: { type: 'constant', valueMs: 1 } });
        parts.link('user', 'web', { latency: { type: 'constant', valueMs: 1 } });
        parts.link('web', 'data');
      });
    // Sent by the user at 104 and by the service at 106, answered at 107: 5 ms after the acknowledgement at 102.
    const stale = through('followers');
    expect(stale.operations.find(({ operation }) => operation === 'page')?.metrics).toMatchObject({ staleShare: 1, versionsBehindMax: 1 });
    expect(stale.operations.find(({ operation }) => operation === 'page')?.metrics.staleAgeP50Ms).toBeCloseTo(5, 1);
    expect(through('primary').operations.find(({ operation }) => operation === 'page')?.metrics.staleShare).toBe(0);
  });
});

describe('acknowledgement (V2)', () => {
  // A write is served for 2 ms; a follower has it 10 ms later, and the primary knows 10 ms after that.
  test.each([
    ['asynchronous', 2],
    ['semi-synchronous', 22],
    ['synchronous', 22],
    ['majority', 22],
  ] as const)('%s: a write takes %s ms', (replication, ms) => {
    const result = database({ replication }, [100], []);
    expect(latencies(result)[0]).toBeCloseTo(ms, 9);
  });

  /*
   * Copy 2 is down from 50 ms on. The primary last heard from it at 20 ms: the answer to the heartbeat of time 0. All followers that were
   * heard from within 300 ms count, and the primary looks with each heartbeat: at 400 ms copy 2 does not count any more.
   */
  test('synchronous replication waits for a follower that is gone until the failure timeout', () => {
    const result = database({ replication: 'synchronous' }, [100, 500], [], (parts) => parts.fault('data', CRASH, { type: 'once', atMs: 50, lastsMs: 1e6 }, 2));
    expect(latencies(result)[0]).toBeCloseTo(300, 9);
    expect(latencies(result)[1]).toBeCloseTo(22, 9);
  });

  test('a write that waits keeps its connection', () => {
    // One connection: the second write begins when the first one is acknowledged, at 122, and is acknowledged 22 ms later.
    const result = database({ replication: 'majority', connections: 1 }, [100, 100], []);
    expect(latencies(result)[0]).toBeCloseTo(22, 9);
    expect(latencies(result)[1]).toBeCloseTo(44, 9);
    expect(latencies(database({ replication: 'asynchronous', connections: 1 }, [100, 100], []))[1]).toBeCloseTo(4, 9);
  });

  test('without a majority a write waits; without a follower semi-synchronous replication goes on alone', () => {
    const alone = (replication: 'majority' | 'semi-synchronous'): RunResult =>
      database({ replication }, [1000], [], (parts) => {
        for (const copy of [1, 2]) parts.fault('data', CRASH, { type: 'once', atMs: 50, lastsMs: 1e6 }, copy);
      });
    expect(alone('majority').requests).toEqual([]);
    expect(latencies(alone('semi-synchronous'))[0]).toBeCloseTo(2, 9);
  });
});

describe('failover (V7 to V9)', () => {
  /*
   * The primary goes down at 1000 ms. Writes are acknowledged at 982 (with the followers at 992), 991 and 997: the last two are under way
   * when the connection breaks. Its last heartbeat, of 900, came at 910; a follower suspects it between 1210 and 1410 and has the vote of
   * the other one 20 ms after it has asked for it.
   */
  const crashed = (values: DatabaseValues = {}): RunResult =>
    database(values, [980, 989, 995, 1100, 3000], [1105, 1500], (parts) => parts.fault('data', CRASH, { type: 'once', atMs: 1000, lastsMs: 4000 }, 0));

  test('a follower suspects the primary, stands, is elected and promoted', () => {
    const result = crashed();
    const suspicion = events(result, 'suspicion')[0];
    const election = events(result, 'election').at(-1);
    const [promotion, ...others] = events(result, 'promotion');
    expect(others).toEqual([]);
    expect(suspicion?.atMs).toBeGreaterThanOrEqual(1210);
    expect(suspicion?.atMs).toBeLessThanOrEqual(1410);
    expect(promotion?.atMs).toBeCloseTo((election?.atMs ?? 0) + 20, 6);
    expect(promotion).toMatchObject({ componentId: 'data', value: election?.value, lostWrites: 2 });
    const metrics = metricsOf(result);
    expect(metrics.detectionMeanMs).toBeCloseTo((suspicion?.atMs ?? 0) - 1000, 6);
    expect(metrics.withoutPrimaryMs).toBeCloseTo((promotion?.atMs ?? 0) - 1000, 6);
    expect(metrics).toMatchObject({ promotions: 1, elections: events(result, 'election').length });
  });

  test('what was acknowledged and no other copy had is lost, and told', () => {
    const result = crashed();
    expect(metricsOf(result)).toMatchObject({ lostWrites: 2, recoveryPointMs: 9 });
    // The old primary is back at 5000, hears of the new one and gives up its two writes.
    const [rejoin] = events(result, 'rejoin').filter(({ instance }) => instance === 0);
    expect(rejoin?.value).toBe(2);
    expect(rejoin?.atMs).toBeGreaterThan(5000);
  });

  test.each(['semi-synchronous', 'synchronous', 'majority'] as const)('%s replication loses nothing', (replication) => {
    expect(metricsOf(crashed({ replication }))).toMatchObject({ lostWrites: 0, recoveryPointMs: 0, promotions: 1 });
  });

  test('meanwhile writes fail with "no-primary" and followers answer reads', () => {
    const result = crashed();
    expect(result.requests.filter(({ operation }) => operation === 'write').map(({ outcome }) => outcome)).toEqual([
      'completed',
      'completed',
      'completed',
      'no-primary',
      'completed',
    ]);
    expect(result.requests.filter(({ operation }) => operation === 'read').every(({ outcome }) => outcome === 'completed')).toBe(true);
  });

  test('without failover the primary comes back with all that it had acknowledged', () => {
    const result = crashed({ failover: 'none' });
    expect(metricsOf(result)).toMatchObject({ lostWrites: 0, promotions: 0, elections: 0, withoutPrimaryMs: 4000 });
    expect(result.requests.filter(({ outcome }) => outcome === 'no-primary')).toHaveLength(2);
    // Its followers get what had been under way: each is connected again.
    expect(events(result, 'suspicion')).toHaveLength(1);
  });

  test('a minority elects nobody', () => {
    const result = database({}, [2000, 8000], [2500], (parts) => {
      for (const copy of [0, 1]) parts.fault('data', CRASH, { type: 'once', atMs: 1000, lastsMs: 5000 }, copy);
    });
    const [promotion] = events(result, 'promotion');
    expect(promotion?.atMs).toBeGreaterThan(6000);
    expect(metricsOf(result).promotions).toBe(1);
    expect(result.requests.map(({ outcome }) => outcome)).toEqual(['no-primary', 'completed', 'completed']);
    expect(metricsOf(result).elections).toBeGreaterThan(5);
  });
});

describe('a primary that stands still (V10)', () => {
  const paused = (values: DatabaseValues): RunResult =>
    database(values, [990, 1050, 3000], [], (parts) => parts.fault('data', { type: 'pause' }, { type: 'once', atMs: 1000, lastsMs: 4000 }, 0));

  test.each(['asynchronous', 'majority'] as const)('cannot acknowledge anything once another one has been elected (%s)', (replication) => {
    const result = paused({ replication });
    const [promotion, ...others] = events(result, 'promotion');
    expect(promotion?.atMs).toBeLessThan(1600);
    expect(others).toEqual([]);
    // The write of 1050 waited at the old primary until it woke up at 5000: it reads its messages first and learns that its term is over.
    const late = result.requests.find(({ arrivalMs }) => arrivalMs === 1050);
    expect(late).toMatchObject({ outcome: 'no-primary' });
    expect(late?.endMs).toBeCloseTo(5002, 6);
    expect(result.requests.find(({ arrivalMs }) => arrivalMs === 3000)?.outcome).toBe('completed');
    expect(metricsOf(result).lostWrites).toBe(0);
    expect(events(result, 'rejoin').some(({ instance }) => instance === 0)).toBe(true);
  });
});

describe('work at followers (V4)', () => {
  test('a write takes its share of the time at each follower, on one connection', () => {
    // 100 writes, 2 ms each at the primary and 1 ms at each of two followers, within 10 s and on one connection each.
    const writes = Array.from({ length: 100 }, (_, index) => 100 + 10 * index);
    const result = database({ connections: 1 }, writes, []);
    const [primary, ...followers] = result.components.find(({ id }) => id === 'data')?.instances ?? [];
    expect(primary?.metrics.utilisation).toBeCloseTo(0.02, 12);
    for (const follower of followers) expect(follower.metrics.utilisation).toBeCloseTo(0.01, 12);
    expect(metricsOf(result).completed).toBe(100);
  });

  test('one that applies more slowly than writes come falls behind', () => {
    const writes = Array.from({ length: 100 }, (_, index) => 100 + 10 * index);
    const behind = metricsOf(database({ applyShare: 1, writeTime: { type: 'constant', valueMs: 20 } }, writes, []));
    // Each write comes 10 ms after the one before and takes 20: the last waits for 99 times 10 ms beside its own 20 and 10 on the way.
    expect(behind.replicationLagP99Ms).toBeGreaterThan(1000);
    expect(metricsOf(database({ applyShare: 0, writeTime: { type: 'constant', valueMs: 20 } }, writes, [])).replicationLagMeanMs).toBeCloseTo(10, 9);
  });
});
