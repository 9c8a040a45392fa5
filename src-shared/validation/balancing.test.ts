import { describe, expect, test } from 'vitest';
import type { Project } from '../project/project';
import type { RunResult } from '../run/result';
import { simulate } from '../run/simulate';
import { type BalancerValues, type ClientValues, DESIGN_ID, type Draft, draft, type ServiceValues, UNLIMITED_SERVERS } from './draft';

/** Goal: each rule of balancers against a schedule worked out on paper. Method: a few requests at known instants, targets told apart by the latency of their links. */
const constant = (valueMs: number) => ({ type: 'constant', valueMs }) as const;
const traceOf = (count: number, gapMs: number): ClientValues => ({
  arrivals: 'trace',
  trace: Array.from({ length: count }, (_, index) => ({ atMs: index * gapMs, workMs: 0, priority: 1 })),
});

interface Setup {
  readonly client: ClientValues;
  readonly balancer: BalancerValues;
  readonly targets: readonly (ServiceValues & { readonly weight?: number })[];
  readonly durationMs: number;
  readonly more?: (parts: Draft) => void;
}

/** Targets a, b, c … behind links whose latency is 0, 1, 2 … ms; their service takes no time unless said otherwise. */
function projectOf({ client, balancer, targets, durationMs, more }: Setup): Project {
  const parts = draft('Balancing');
  parts.client('clients', client);
  parts.balancer('balancer', balancer);
  parts.link('clients', 'balancer');
  for (const [index, { weight = 1, ...values }] of targets.entries()) {
    const id = 'abcdefgh'.charAt(index);
    parts.service(id, { servers: UNLIMITED_SERVERS, serviceTime: constant(0), ...values });
    parts.link('balancer', id, { weight, latency: constant(index) });
  }
  more?.(parts);
  return parts.build({ durationMs, warmUpMs: 0, seed: 5, requestLog: 10_000, seriesPoints: 10 });
}

function run(setup: Setup): RunResult {
  const result = simulate(projectOf(setup), DESIGN_ID);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  expect(result.value.checks.conservation.violations).toEqual([]);
  expect(result.value.checks.little.holds).toBe(true);
  return result.value;
}

/** Targets in the order in which requests came, by the time that they spent on links. */
function sequence(result: RunResult): string {
  return [...result.requests]
    .sort((one, other) => one.arrivalMs - other.arrivalMs)
    .map(({ arrivalMs, endMs, waitingMs, serviceMs, outcome }) =>
      outcome === 'completed' ? 'abcdefgh'.charAt(Math.round((endMs - arrivalMs - waitingMs - serviceMs) / 2)) : '-',
    )
    .join('');
}

const offered = (result: RunResult, id: string): number => result.components.find((part) => part.id === id)?.metrics.offered ?? Number.NaN;
const metric = (result: RunResult, name: 'sessionsMoved' | 'ejectedMean' | 'utilisation') =>
  result.components.find((part) => part.id === 'balancer')?.metrics[name];
const notes = (result: RunResult, type: string): number[] => result.journal.filter((entry) => entry.type === type).map((entry) => entry.atMs);
const crash = (parts: Draft, id: string, atMs: number, lastsMs: number, instance?: number): void =>
  parts.fault(id, { type: 'crash', silent: false, restartMs: 0 }, { type: 'once', atMs, lastsMs }, instance);

describe('algorithms', () => {
  test('[K2] weighted round robin with weights 5, 1, 1 goes a a b a c a a, over and over', () => {
    const result = run({
      client: traceOf(14, 10),
      balancer: { algorithm: 'weighted-round-robin' },
      targets: [{ weight: 5 }, { weight: 1 }, { weight: 1 }],
      durationMs: 1000,
    });
    expect(sequence(result)).toBe('aabacaaaabacaa');
  });

  test('[K3] weighted least connections compares (n + 1) / weight', () => {
    // Weights 5 and 3, nothing ends: 1/5 < 1/3 a; 2/5 > 1/3 b; 2/5 < 2/3 a; 3/5 < 2/3 a; 4/5 > 2/3 b; 4/5 < 3/3 a.
    const result = run({
      client: traceOf(6, 1),
      balancer: { algorithm: 'weighted-least-connections' },
      targets: [
        { weight: 5, serviceTime: constant(100) },
        { weight: 3, serviceTime: constant(100) },
      ],
      durationMs: 1000,
    });
    expect(sequence(result)).toBe('abaaba');
  });

  test('weight 0 keeps requests away where weights count, and nowhere else', () => {
    const targets = [{ weight: 0 }, { weight: 1 }];
    for (const algorithm of ['weighted-random', 'weighted-round-robin', 'weighted-least-connections'] as const)
      expect(sequence(run({ client: traceOf(6, 10), balancer: { algorithm }, targets, durationMs: 1000 }))).toBe('bbbbbb');
    expect(sequence(run({ client: traceOf(6, 10), balancer: { algorithm: 'round-robin' }, targets, durationMs: 1000 }))).toBe('ababab');
  });

  test('[K4] least response time stays with the target that answers sooner once it has heard of both', () => {
    const result = run({
      client: traceOf(40, 100),
      balancer: { algorithm: 'least-response-time' },
      targets: [{ serviceTime: constant(10) }, { serviceTime: constant(30) }],
      durationMs: 10_000,
    });
    const order = sequence(result);
    expect(order).toContain('b');
    // b is tried once: from then on its 32 ms lose against 10 ms.
    expect(order.slice(order.indexOf('b') + 1)).toMatch(/^a+$/);
  });

  test('[K5] by reports, all go to the target that looked idle until the next report is known', () => {
    // Nothing ends, so that counts only grow. Reports at 105, 210, … of 11, 21, … requests are known 30 later: at 135, 240, …
    const result = run({
      client: traceOf(40, 10),
      balancer: { algorithm: 'least-connections', knows: 'reports', reportIntervalMs: 105, reportDelayMs: 30 },
      targets: [{ serviceTime: constant(1000) }, { serviceTime: constant(1000) }],
      durationMs: 3000,
    });
    const order = sequence(result);
    const fewer = (upTo: number): string => (order.slice(0, upTo).split('a').length - 1 < upTo / 2 ? 'a' : 'b');
    expect(order.slice(14, 24)).toBe(fewer(11).repeat(10));
    expect(order.slice(24, 34)).toBe(fewer(21).repeat(10));
  });

  test('[K6] a session always finds the same target, and every target has its share of the key space', () => {
    for (const algorithm of ['ring-hash', 'rendezvous-hash', 'ip-hash'] as const) {
      const result = run({ client: { ratePerS: 500, sessions: 60 }, balancer: { algorithm }, targets: [{}, {}, {}], durationMs: 4000 });
      expect(metric(result, 'sessionsMoved')).toBe(0);
      const shares = ['a', 'b', 'c'].map((id) => result.components.find((part) => part.id === id)?.metrics.keyShare ?? Number.NaN);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
      if (algorithm !== 'ring-hash') for (const share of shares) expect(share).toBeCloseTo(1 / 3, 12);
    }
    const random = run({
      client: { ratePerS: 500, sessions: 60 },
      balancer: { algorithm: 'random', affinityMs: 0.01 },
      targets: [{}, {}, {}],
      durationMs: 4000,
    });
    expect(metric(random, 'sessionsMoved')).toBeGreaterThan(1000);
  });

  test('[K7] bounded load: no target has more under way than ceil(factor (all + 1) / targets)', () => {
    const result = run({
      client: { arrivals: 'closed', users: 100, sessions: 100, thinkTime: constant(1) },
      balancer: { algorithm: 'ring-hash', virtualNodes: 1, boundFactor: 1.1 },
      targets: [{ serviceTime: constant(1e6) }, { serviceTime: constant(1e6) }, { serviceTime: constant(1e6) }, { serviceTime: constant(1e6) }],
      durationMs: 100,
    });
    const there = ['a', 'b', 'c', 'd'].map((id) => offered(result, id));
    expect(there.reduce((sum, n) => sum + n, 0)).toBe(100);
    expect(Math.max(...there)).toBe(28);
  });
});

describe('targets that go bad', () => {
  const checks = { takesOut: 'health-checks', checkIntervalMs: 100, checkTimeoutMs: 20, unhealthyAfter: 2, healthyAfter: 3, panicShare: 0 } as const;

  test('[K8] health checks: two failures take a target out, three successes bring it back', () => {
    // b (1 ms away) is down from 150 to 450. Probes at 200 and 300 are refused, the second is known at 302;
    // those at 500, 600 and 700 succeed, the third is known at 702.
    const result = run({ client: traceOf(100, 10), balancer: checks, targets: [{}, {}], durationMs: 1000, more: (parts) => crash(parts, 'b', 150, 300) });
    expect(notes(result, 'target-out')).toEqual([302]);
    expect(notes(result, 'target-back')).toEqual([702]);
    expect(metric(result, 'ejectedMean')).toBeCloseTo(0.4, 9);
    // In turn from 0 on, b is chosen at 10, 30, …: of 150 … 302 it fails those at 150, 170, … 290.
    expect(result.endToEnd.failures).toEqual({ 'component-down': 8 });
  });

  test('[K8] a target that is silent is found out when the probe times out', () => {
    const result = run({
      client: traceOf(10, 10),
      balancer: checks,
      targets: [{}, {}],
      durationMs: 1000,
      more: (parts) => parts.fault('b', { type: 'pause' }, { type: 'once', atMs: 150, lastsMs: 300 }),
    });
    expect(notes(result, 'target-out')).toEqual([320]);
    expect(notes(result, 'target-back')).toEqual([702]);
  });

  test('[K9] ejection after three failures in a row, for the base time, then for twice of it', () => {
    // In turn every 10 ms; b (down all the time) fails at 11, 31 and 51, its refusals are back at 12, 32 and 52.
    // It is let in at 1052, has its turn at once and fails at 1061, 1081, 1101: out for 2000 from 1102 on.
    const result = run({
      client: traceOf(400, 10),
      balancer: { takesOut: 'outliers', ejectAfter: 3, ejectBaseMs: 1000, panicShare: 0 },
      targets: [{}, {}],
      durationMs: 4000,
      more: (parts) => crash(parts, 'b', 0, 1e6),
    });
    expect(notes(result, 'target-out').slice(0, 2)).toEqual([52, 1102]);
    expect(notes(result, 'target-back')).toEqual([1052, 3102]);
  });

  test('[K9] no more than the largest share is ejected; with all of them out there is no target', () => {
    const both = (ejectMaxShare: number): RunResult =>
      run({
        client: traceOf(100, 10),
        balancer: { takesOut: 'outliers', ejectAfter: 2, ejectBaseMs: 1e6, ejectMaxShare, panicShare: 0 },
        targets: [{}, {}],
        durationMs: 1000,
        more: (parts) => {
          crash(parts, 'a', 0, 1e6);
          crash(parts, 'b', 0, 1e6);
        },
      });
    expect(notes(both(0.5), 'target-out')).toHaveLength(1);
    expect(both(0.5).endToEnd.failures).toEqual({ 'component-down': 100 });
    // Two failures each, the last of them at 30: from 40 on nobody is left.
    expect(both(1).endToEnd.failures).toEqual({ 'component-down': 4, 'no-healthy-target': 96 });
  });

  test('[K10] below the panic threshold all targets are used', () => {
    const down = (panicShare: number): RunResult =>
      run({
        client: traceOf(90, 10),
        balancer: { ...checks, panicShare },
        targets: [{}, {}, {}],
        durationMs: 1000,
        more: (parts) => {
          crash(parts, 'b', 0, 1e6);
          crash(parts, 'c', 0, 1e6);
        },
      });
    // One of three is well. Until 204 both bad ones get their turn: 14 of the requests at 0 … 200.
    expect(down(0).endToEnd.failures).toEqual({ 'component-down': 14 });
    expect(down(0.5).endToEnd.failures).toEqual({ 'component-down': 60 });
  });

  test('[K11] slow start: a new replica gets a tenth of a share, growing to all of it', () => {
    // From 1 s on the second replica weighs x = max(0.1, t / 10 s) beside 1: the integral of x / (1 + x) over 10 s is 3.1125 s.
    const result = run({
      client: { arrivals: 'constant', ratePerS: 1000 },
      balancer: { algorithm: 'round-robin', slowStartMs: 10_000 },
      targets: [{ replicas: 1, autoscaler: 'schedule', maximumReplicas: 2, schedule: [{ atMs: 1000, instances: 2 }], startUp: constant(0) }],
      durationMs: 11_000,
    });
    const second = result.components.find((part) => part.id === 'a')?.instances[1]?.metrics.offered ?? Number.NaN;
    expect(Math.abs(second - 3112.5)).toBeLessThan(5);
  });

  test('[K12] replicas that are off or draining get nothing new', () => {
    const result = run({
      client: traceOf(100, 10),
      balancer: { algorithm: 'round-robin' },
      targets: [
        {
          replicas: 2,
          serviceTime: constant(50),
          autoscaler: 'schedule',
          maximumReplicas: 3,
          schedule: [
            { atMs: 305, instances: 3 },
            { atMs: 605, instances: 1 },
          ],
          startUp: constant(0),
        },
      ],
      durationMs: 2000,
    });
    // 31 requests over two, 30 over three, 39 for one; those in service are finished.
    expect(result.components.find((part) => part.id === 'a')?.instances.map(({ metrics }) => metrics.offered)).toEqual([65, 25, 10]);
    expect(result.endToEnd.metrics.failed).toBe(0);
  });
});

describe('sessions', () => {
  const users: ClientValues = { arrivals: 'closed', users: 4, sessions: 4, thinkTime: constant(100) };

  test('[K13] a session goes where it went before, until it has been idle for too long', () => {
    const kept = run({ client: users, balancer: { affinityMs: 150 }, targets: [{}, {}, {}], durationMs: 1050 });
    expect(metric(kept, 'sessionsMoved')).toBe(0);
    const forgotten = run({ client: users, balancer: { affinityMs: 50 }, targets: [{}, {}, {}], durationMs: 1050 });
    // Four users over three targets in turn: none comes back to its place.
    expect(metric(forgotten, 'sessionsMoved')).toBeGreaterThan(25);
  });

  test('[K14] sessions with state fail once when their instance is gone, and begin anew elsewhere', () => {
    const quick = { takesOut: 'health-checks', checkIntervalMs: 10, checkTimeoutMs: 5, unhealthyAfter: 1, panicShare: 0 } as const;
    const setup = (stateful: boolean, client = users): Setup => ({
      client,
      balancer: { ...quick, affinityMs: 1e6, stateful },
      targets: [{}, {}],
      durationMs: 2050,
      more: (parts) => crash(parts, 'b', 150, 700),
    });
    // Two of the four are at b.
    const lost = run(setup(true));
    expect(lost.endToEnd.failures).toEqual({ 'session-lost': 2 });
    expect(metric(lost, 'sessionsMoved')).toBe(2);
    const kept = run(setup(false));
    expect(kept.endToEnd.failures).toEqual({});
    expect(metric(kept, 'sessionsMoved')).toBe(2);
    // Even an instance that is back before anybody asks has lost them.
    const asleep = run({
      ...setup(true, { ...users, thinkTime: constant(1000) }),
      balancer: { affinityMs: 1e6, stateful: true },
      more: (parts) => crash(parts, 'b', 1300, 200),
    });
    expect(asleep.endToEnd.failures).toEqual({ 'session-lost': 2 });
  });
});

describe('the balancer itself', () => {
  test('[K15] with capacity it is a station that routes: one server, one place to wait', () => {
    const result = run({
      client: traceOf(3, 1),
      balancer: { capacity: 'limited', servers: 1, serviceTime: constant(10), queueLimit: 1 },
      targets: [{}],
      durationMs: 100,
    });
    expect(result.endToEnd.failures).toEqual({ 'queue-full': 1 });
    expect(result.requests.filter(({ outcome }) => outcome === 'completed').map(({ endMs }) => endMs)).toEqual([10, 20]);
    expect(metric(result, 'utilisation')).toBeCloseTo(0.2, 9);
  });

  test('[K16] a standby takes over after the failover time, and keeps the load', () => {
    const result = run({
      client: traceOf(100, 10),
      balancer: { instances: 2, spread: 'active-passive', failoverMs: 100 },
      targets: [{}],
      durationMs: 1000,
      more: (parts) => crash(parts, 'balancer', 500, 300, 0),
    });
    expect(notes(result, 'failover')).toEqual([600]);
    expect(result.endToEnd.failures).toEqual({ 'component-down': 10 });
    expect(result.components.find((part) => part.id === 'balancer')?.instances.map(({ metrics }) => metrics.offered)).toEqual([60, 40]);
  });

  test('[K16] two in turn: one that is down fails its half', () => {
    const result = run({
      client: traceOf(100, 10),
      balancer: { instances: 2 },
      targets: [{}],
      durationMs: 1000,
      more: (parts) => crash(parts, 'balancer', 500, 1e6, 0),
    });
    expect(result.endToEnd.failures).toEqual({ 'component-down': 25 });
  });
});

const ALGORITHMS = [
  'random',
  'round-robin',
  'least-connections',
  'power-of-d',
  'weighted-random',
  'weighted-round-robin',
  'weighted-least-connections',
  'least-response-time',
  'ring-hash',
  'rendezvous-hash',
  'ip-hash',
] as const;

describe('in the long run', () => {
  const shares = (algorithm: BalancerValues['algorithm'], weights: readonly number[]): number[] => {
    const result = run({
      client: { ratePerS: 400, sessions: 20_000 },
      balancer: { algorithm, virtualNodes: 1000 },
      targets: weights.map((weight) => ({ weight })),
      durationMs: 40_000,
    });
    return weights.map((_, index) => offered(result, 'abcdefgh'.charAt(index)) / (result.endToEnd.metrics.offered ?? Number.NaN));
  };

  // 16,000 requests: five standard errors of a share are at most 0.02; hashing adds those of 20,000 sessions.
  test.each(['random', 'round-robin', 'ring-hash', 'rendezvous-hash', 'ip-hash'] as const)(
    '%s gives every target the same share, whatever the weights',
    (algorithm) => {
      for (const share of shares(algorithm, [4, 3, 2, 1])) expect(Math.abs(share - 0.25)).toBeLessThan(0.03);
    },
  );

  test.each(['weighted-random', 'weighted-round-robin'] as const)('%s gives shares in proportion to the weights', (algorithm) => {
    for (const [index, share] of shares(algorithm, [4, 3, 2, 1]).entries()) expect(Math.abs(share - (4 - index) / 10)).toBeLessThan(0.02);
  });

  test.each(ALGORITHMS)('%s conserves requests with everything on, and gives the same bytes again', (algorithm) => {
    const setup: Setup = {
      client: { ratePerS: 300, sessions: 200 },
      balancer: {
        algorithm,
        knows: 'reports',
        reportIntervalMs: 50,
        reportDelayMs: 120,
        boundFactor: 1.25,
        takesOut: 'both',
        checkIntervalMs: 300,
        checkTimeoutMs: 100,
        ejectAfter: 3,
        ejectBaseMs: 500,
        slowStartMs: 1000,
        affinityMs: 2000,
        stateful: true,
        capacity: 'limited',
        servers: 2,
        serviceTime: { type: 'exponential', meanMs: 4 },
        queueLimit: 20,
        instances: 3,
        spread: 'active-passive',
        failoverMs: 200,
      },
      targets: [
        { replicas: 3, servers: 1, serviceTime: { type: 'exponential', meanMs: 8 }, queueLimit: 10 },
        { weight: 2, servers: 2, serviceTime: { type: 'exponential', meanMs: 8 }, failureShare: 0.05 },
        {
          replicas: 1,
          serviceTime: constant(5),
          autoscaler: 'schedule',
          maximumReplicas: 4,
          schedule: [
            { atMs: 4000, instances: 4 },
            { atMs: 12_000, instances: 2 },
          ],
          startUp: constant(500),
        },
      ],
      durationMs: 20_000,
      more: (parts) => {
        const often = { type: 'random', between: { type: 'exponential', meanMs: 4000 }, lasts: { type: 'exponential', meanMs: 700 } } as const;
        for (const id of ['a', 'b', 'balancer']) parts.fault(id, { type: 'crash', silent: id === 'b', restartMs: 100 }, often);
        parts.fault('link-2', { type: 'cut', direction: 'replies' }, { type: 'once', atMs: 9000, lastsMs: 1500 });
      },
    };
    const result = run(setup);
    expect(result.endToEnd.metrics.completed).toBeGreaterThan(2000);
    expect(notes(result, 'target-out').length).toBeGreaterThan(3);
    expect(notes(result, 'failover').length).toBeGreaterThan(0);
    expect(result.endToEnd.failures['session-lost']).toBeGreaterThan(0);
    expect(JSON.stringify(run(setup))).toBe(JSON.stringify(result));
  });
});
