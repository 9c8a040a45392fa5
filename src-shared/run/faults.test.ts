import { describe, expect, test } from 'vitest';
import type { Fault } from '../project/fault';
import { emptyProject, type Project } from '../project/project';
import type { RunResult } from './result';
import { simulate } from './simulate';

/** Goal: every effect of a fault is checked against a schedule worked out on paper. Method: traces of a few requests, times in ms. */
type Params = Record<string, unknown>;
const constant = (valueMs: number) => ({ type: 'constant', valueMs });
/** A link without delay, with what the test adds. */
const wire = (id: string, from: string, to: string, params: Params = {}) => ({ id, from, to, params: { latency: constant(0), ...params } });
const service = (id: string, params: Params = {}) => ({ id, kind: 'service', name: id, params: { serviceTime: { type: 'request' }, ...params } });
const once = (atMs: number, lastsMs: number): Fault['timing'] => ({ type: 'once', atMs, lastsMs });
const crash = (restartMs = 0, silent = false): Fault['effect'] => ({ type: 'crash', silent, restartMs });
let number = 0;
const fault = (target: string, effect: Fault['effect'], timing: Fault['timing'], instance?: number): Fault => ({
  id: `fault-${++number}`,
  name: 'Fault',
  target,
  ...(instance === undefined ? {} : { instance }),
  effect,
  timing,
});

/** A request at an instant that brings so much work. */
type Arrival = readonly [atMs: number, workMs: number];

function run(
  arrivals: readonly Arrival[] | Params,
  parts: Project['designs'][number]['components'],
  links: Project['designs'][number]['links'],
  faults: readonly Fault[],
  durationMs = 1000,
): RunResult {
  const empty = emptyProject('Hand-worked');
  const load = Array.isArray(arrivals)
    ? { arrivals: 'trace', trace: (arrivals as readonly Arrival[]).map(([atMs, workMs]) => ({ atMs, workMs, priority: 1 })) }
    : (arrivals as Params);
  const project: Project = {
    ...empty,
    settings: { ...empty.settings, durationMs, warmUpMs: 0, requestLog: 1000, seriesPoints: 10 },
    machines: [...empty.machines, { id: 'fast', name: 'Fast', vcpus: 1, speed: 2, memoryGb: 4, pricePerHour: 0.1, provenance: 'Invented.' }],
    workloads: [{ id: 'load', name: 'Load', params: load }],
    designs: [
      {
        id: 'd',
        name: 'D',
        components: [{ id: 'c', kind: 'client', name: 'c', workload: 'load', params: {} }, ...parts],
        links,
        faults: [...faults],
        notes: [],
      },
    ],
  };
  const result = simulate(project, 'd');
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  expect(result.value.checks.conservation.violations).toEqual([]);
  expect(result.value.checks.little.holds).toBe(true);
  return result.value;
}
/** Arrival, end and outcome of each request, in the order of arrival. */
const log = (result: RunResult) =>
  [...result.requests].sort((a, b) => a.arrivalMs - b.arrivalMs).map((row) => [row.arrivalMs, row.endMs, row.outcome === 'completed' ? 'ok' : row.outcome]);
const metrics = (result: RunResult, id: string) => result.components.find((part) => part.id === id)?.metrics ?? {};

describe('[F1] a crash', () => {
  test('loses what is in service and in the queue, refuses what comes, and serves again after the restart', () => {
    // Down at 20, repaired at 40, up at 50. 0: served 0..10. 12: in service until 32, lost at 20; 15: in the queue, lost at 20. 30 and 45: refused. 50: served.
    const result = run(
      [
        [0, 10],
        [12, 20],
        [15, 5],
        [30, 5],
        [45, 5],
        [50, 5],
      ],
      [service('s')],
      [wire('l', 'c', 's')],
      [fault('s', crash(10), once(20, 20))],
    );
    expect(log(result)).toEqual([
      [0, 10, 'ok'],
      [12, 20, 'component-down'],
      [15, 20, 'component-down'],
      [30, 30, 'component-down'],
      [45, 45, 'component-down'],
      [50, 55, 'ok'],
    ]);
    // Up 970 of 1000; busy 10 + 8 + 5 of them.
    expect(metrics(result, 's')).toMatchObject({ availability: 0.97, crashes: 1, instancesUp: 0.97 });
    expect(metrics(result, 's').utilisation).toBeCloseTo(23 / 970, 12);
    expect(result.journal.map(({ atMs, type, value }) => [atMs, type, value])).toEqual([
      [20, 'fault-begins', null],
      [20, 'instance-state', 'down'],
      [40, 'fault-ends', null],
      [40, 'instance-state', 'starting'],
      [50, 'instance-state', 'up'],
    ]);
    expect(result.faults).toMatchObject([{ target: 's', instance: null, live: false, windows: [{ beginMs: 20, endMs: 40 }] }]);
  });

  test('that is silent lets the caller wait for its timeout, or for the detection of a lost message', () => {
    const [down] = [fault('s', crash(0, true), once(20, 30))];
    const arrivals: Arrival[] = [
      [10, 50],
      [30, 5],
      [60, 5],
    ];
    // In service at 20, timeout at 10 + 40; refused by nobody at 30: timeout at 70. The repaired service knows nothing of them.
    expect(log(run(arrivals, [service('s')], [wire('l', 'c', 's', { timeoutMs: 40 })], [down]))).toEqual([
      [10, 50, 'timeout'],
      [30, 70, 'timeout'],
      [60, 65, 'ok'],
    ]);
    // Without a timeout the connection is found dead after 100.
    expect(log(run(arrivals, [service('s')], [wire('l', 'c', 's', { lossDetectionMs: 100 })], [down]))).toEqual([
      [10, 120, 'component-down'],
      [30, 130, 'component-down'],
      [60, 65, 'ok'],
    ]);
  });

  test('during a call fails the caller; the work that was called for goes on for nobody', () => {
    // a serves 0..10, calls b at 10, which works 10..40. a crashes at 20: its caller knows at 20; b finishes at 40 all the same.
    const result = run(
      [[0, 10]],
      [service('a'), service('b', { serviceTime: constant(30) })],
      [wire('l', 'c', 'a'), wire('lb', 'a', 'b')],
      [fault('a', crash(), once(20, 5))],
    );
    expect(log(result)).toEqual([[0, 20, 'component-down']]);
    expect(metrics(result, 'b')).toMatchObject({ completed: 1 });
  });

  test('of the called part comes back to the caller, which answers with the reason', () => {
    const result = run(
      [[0, 10]],
      [service('a'), service('b', { serviceTime: constant(30) })],
      [wire('l', 'c', 'a'), wire('lb', 'a', 'b', { latency: constant(2) })],
      [fault('b', crash(), once(20, 5))],
    );
    // The refusal travels back for 2.
    expect(log(result)).toEqual([[0, 22, 'component-down']]);
    expect(metrics(result, 'a')).toMatchObject({ failed: 1 });
  });

  test('of one replica behind a balancer that knows nothing costs the requests that it would have got', () => {
    // Round robin: 0, 2, 4 to the first replica, 1, 3 to the second, which is down from 0.5 on.
    const result = run(
      [
        [0, 1],
        [10, 1],
        [20, 1],
        [30, 1],
        [40, 1],
      ],
      [{ id: 'b', kind: 'load-balancer', name: 'b', params: { algorithm: 'round-robin' } }, service('s', { replicas: 2 })],
      [wire('l', 'c', 'b'), wire('ls', 'b', 's')],
      [fault('s', crash(), once(0.5, 900), 1)],
    );
    expect(log(result).map(([, , outcome]) => outcome)).toEqual(['ok', 'component-down', 'ok', 'component-down', 'ok']);
    expect(metrics(result, 's')).toMatchObject({ availability: 1 });
    expect(metrics(result, 's').instancesUp).toBeCloseTo(2 - 0.9, 9);
  });

  test('of the balancer answers what has gone through it, while the replicas work on', () => {
    const result = run(
      [
        [0, 50],
        [30, 1],
      ],
      [{ id: 'b', kind: 'load-balancer', name: 'b', params: {} }, service('s')],
      [wire('l', 'c', 'b'), wire('ls', 'b', 's')],
      [fault('b', crash(), once(20, 20))],
    );
    expect(log(result)).toEqual([
      [0, 20, 'component-down'],
      [30, 30, 'component-down'],
    ]);
    expect(metrics(result, 's')).toMatchObject({ completed: 1 });
  });

  test('inside a crash is one time of downtime, and ends with the later of the two', () => {
    const result = run(
      [[45, 1]],
      [service('s')],
      [wire('l', 'c', 's')],
      [fault('s', crash(), once(10, 30)), fault('s', crash(), once(20, 30)), fault('s', crash(), once(25, 5))],
    );
    expect(log(result)).toEqual([[45, 45, 'component-down']]);
    expect(metrics(result, 's')).toMatchObject({ crashes: 1 });
    expect(metrics(result, 's').availability).toBeCloseTo(0.96, 12);
  });
});

describe('[F2] a pause', () => {
  test.each(['fifo', 'processor-sharing', 'lifo-preemptive'])('stops service in the middle, takes what comes, and goes on where it was (%s)', (discipline) => {
    // 0: 0..10, stands still 10..40, 40..60. 20 waits (under sharing and preemption: it would be served too, but nothing is).
    const result = run([[0, 30]], [service('s', { discipline })], [wire('l', 'c', 's')], [fault('s', { type: 'pause' }, once(10, 30))]);
    expect(log(result)).toEqual([[0, 60, 'ok']]);
    const two = run(
      [
        [0, 30],
        [20, 10],
      ],
      [service('s', { discipline })],
      [wire('l', 'c', 's')],
      [fault('s', { type: 'pause' }, once(10, 30))],
    );
    // FIFO: 0 until 60, then 20: 60..70. Sharing: both from 40 at half speed: 20 done at 60, 0 has 10 left: 70. Preemptive: 20 at 40..50, then 0: 70.
    expect(log(two).map(([, end]) => end)).toEqual(discipline === 'fifo' ? [60, 70] : discipline === 'processor-sharing' ? [70, 60] : [70, 50]);
    expect(metrics(two, 's').availability).toBeCloseTo(0.97, 12);
    expect(metrics(two, 's').utilisation).toBeLessThanOrEqual(1);
  });

  test('within which a crash falls still loses everything', () => {
    const result = run(
      [
        [0, 30],
        [20, 10],
        [50, 10],
      ],
      [service('s')],
      [wire('l', 'c', 's')],
      [fault('s', { type: 'pause' }, once(10, 50)), fault('s', crash(), once(30, 5))],
    );
    // 50 comes during the pause, which ends at 60.
    expect(log(result)).toEqual([
      [0, 30, 'component-down'],
      [20, 30, 'component-down'],
      [50, 70, 'ok'],
    ]);
  });
});

describe('[F3] slowness and errors', () => {
  test('by 2 in the middle of a service doubles what is left of it, and no more than that', () => {
    // 0: 10 of 30 done at 10; 10..30 does 10 at half speed; the last 10 from 30 at full speed: 40. Then 5 more: 45.
    const result = run(
      [
        [0, 30],
        [0.5, 5],
      ],
      [service('s')],
      [wire('l', 'c', 's')],
      [fault('s', { type: 'slow', factor: 2 }, once(10, 20))],
    );
    expect(log(result).map(([, end]) => end)).toEqual([40, 45]);
  });

  test('factors multiply while they overlap', () => {
    // Speed 1 until 10, 1/2 until 20, 1/6 until 50, 1/3 until 80, then 1: 10 + 5 + 5 + 10 = 30 done at 80; 10 more: 90.
    const result = run(
      [[0, 40]],
      [service('s')],
      [wire('l', 'c', 's')],
      [fault('s', { type: 'slow', factor: 2 }, once(10, 40)), fault('s', { type: 'slow', factor: 3 }, once(20, 60))],
    );
    expect(log(result)).toEqual([[0, 90, 'ok']]);
  });

  test('an error share of 1 fails every request at once, and none after its end', () => {
    const result = run(
      [
        [0, 5],
        [20, 5],
        [40, 5],
      ],
      [service('s')],
      [wire('l', 'c', 's')],
      [fault('s', { type: 'errors', share: 1 }, once(10, 20))],
    );
    expect(log(result)).toEqual([
      [0, 5, 'ok'],
      [20, 20, 'error'],
      [40, 45, 'ok'],
    ]);
  });

  test('shares combine as independent causes do', () => {
    const share = (shares: readonly number[]) =>
      run(
        { arrivals: 'constant', ratePerS: 10_000 },
        [service('s', { serviceTime: constant(0) })],
        [wire('l', 'c', 's')],
        shares.map((value) => fault('s', { type: 'errors', share: value }, once(0, 10_000))),
        5000,
      ).endToEnd.metrics.failureShare ?? 0;
    // 1 - 0.5 * 0.6 = 0.7, four standard errors of 50,000 trials.
    expect(Math.abs(share([0.5, 0.4]) - 0.7)).toBeLessThan(4 * Math.sqrt((0.7 * 0.3) / 50_000));
  });
});

describe('[F4] faults of links', () => {
  const arrivals: Arrival[] = [
    [0, 1],
    [20, 1],
    [40, 1],
  ];
  test('added latency holds for messages that are put on the link while it lasts, in both directions', () => {
    // 20: 3 + 7 there, 1 of work, 3 + 7 back. The reply of 0 leaves at 4, before the fault.
    const result = run(arrivals, [service('s')], [wire('l', 'c', 's', { latency: constant(3) })], [fault('l', { type: 'latency', addedMs: 7 }, once(10, 25))]);
    expect(log(result).map(([, end]) => end)).toEqual([7, 20 + 10 + 1 + 10, 47]);
    // A link that takes no time otherwise.
    const none = run(arrivals, [service('s')], [wire('l', 'c', 's')], [fault('l', { type: 'latency', addedMs: 7 }, once(10, 15))]);
    expect(log(none).map(([, end]) => end)).toEqual([1, 20 + 7 + 1, 41]);
  });

  test('a cut link loses requests, replies or both; the caller learns after the detection time', () => {
    const cut = (direction: 'both' | 'requests' | 'replies') =>
      run(arrivals, [service('s')], [wire('l', 'c', 's', { lossDetectionMs: 10 })], [fault('l', { type: 'cut', direction }, once(15, 10))]);
    for (const direction of ['both', 'requests'] as const) {
      const result = cut(direction);
      expect(log(result)).toEqual([
        [0, 1, 'ok'],
        [20, 30, 'link-lost'],
        [40, 41, 'ok'],
      ]);
      expect(metrics(result, 's').offered).toBe(2);
    }
    // The request arrives and is served at 21; the reply is lost.
    const replies = cut('replies');
    expect(log(replies)[1]).toEqual([20, 31, 'link-lost']);
    expect(metrics(replies, 's').completed).toBe(3);
  });

  test('loss comes on top of what the link loses anyway', () => {
    const result = run(
      { arrivals: 'constant', ratePerS: 10_000 },
      [service('s', { serviceTime: constant(0) })],
      [wire('l', 'c', 's', { loss: 0.1, lossDetectionMs: 0 })],
      [fault('l', { type: 'loss', share: 0.2 }, once(0, 10_000))],
      5000,
    );
    // A call survives where neither message is lost: (0.9 * 0.8)^2.
    const survives = (0.9 * 0.8) ** 2;
    expect(Math.abs((result.endToEnd.metrics.failureShare ?? 0) - (1 - survives))).toBeLessThan(4 * Math.sqrt((survives * (1 - survives)) / 50_000));
  });
});

describe('[F5] a surge', () => {
  test('of an even load moves the pending arrival too, and afterwards the load is as before', () => {
    // One every 10: 10, 20; from 24 on four times as many: the 6 that were left of the gap are 1.5: 25.5, 28, 30.5, 33; at 34 the 1.5 left become 6: 40, 50, 60.
    const result = run(
      { arrivals: 'constant', ratePerS: 100, stopMs: 65 },
      [service('s', { serviceTime: constant(0) })],
      [wire('l', 'c', 's')],
      [fault('c', { type: 'surge', factor: 4 }, once(24, 10))],
    );
    expect(log(result).map(([at]) => at)).toEqual([10, 20, 25.5, 28, 30.5, 33, 40, 50, 60]);
  });

  test('brings an arrival back that lay beyond the end of the load', () => {
    // One every 100 until 150: 100, and 200 lies beyond. Twice as many from 100 on: 100 + 50 = 150 is beyond still, four times as many: 125, 150.
    const sends = (factor: number) =>
      log(
        run(
          { arrivals: 'constant', ratePerS: 10, stopMs: 149 },
          [service('s', { serviceTime: constant(0) })],
          [wire('l', 'c', 's')],
          [fault('c', { type: 'surge', factor }, once(100.5, 100))],
        ),
      ).map(([at]) => at);
    expect(sends(2)).toEqual([100]);
    expect(sends(4)).toEqual([100, 100.5 + 99.5 / 4]);
  });

  test('plays a trace faster', () => {
    const result = run(
      [
        [10, 0],
        [30, 0],
        [50, 0],
      ],
      [service('s')],
      [wire('l', 'c', 's')],
      [fault('c', { type: 'surge', factor: 2 }, once(20, 10))],
    );
    // 10 before the surge; at 20 there are 10 left to the next: 25; then 20 at double speed would be 35, of which 5 are over at 30: the rest of 10 takes 10.
    expect(log(result).map(([at]) => at)).toEqual([10, 25, 40]);
  });

  test('of users who wait shortens the time that they think, for those who are thinking as well', () => {
    // Thinks 40, is served 10: asks at 40, 50 is answered, would ask at 90; at 70 the 20 left become 5: 75; 85; then thinks 10: 95.
    const result = run(
      { arrivals: 'closed', users: 1, thinkTime: constant(40) },
      [service('s', { serviceTime: constant(10) })],
      [wire('l', 'c', 's')],
      [fault('c', { type: 'surge', factor: 4 }, once(70, 27))],
      180,
    );
    // At 97 the request of 95 is served until 105; then 40: 145.
    expect(log(result).map(([at]) => at)).toEqual([40, 75, 95, 145]);
  });

  test.each([
    ['a Poisson stream', { arrivals: 'poisson', ratePerS: 1000 }],
    ['a ramp', { arrivals: 'poisson', ratePerS: 500, shape: 'ramp', rampToPerS: 1500, rampStartMs: 0, rampDurationMs: 20_000 }],
    ['a wave', { arrivals: 'poisson', ratePerS: 1000, shape: 'wave', waveAmplitude: 0.8, wavePeriodMs: 3000 }],
    ['independent gaps', { arrivals: 'renewal', interarrival: { type: 'erlang', meanMs: 1, stages: 3 } }],
  ])('of %s multiplies its rate by the factor, and leaves the rest as it was', (_name, load) => {
    const offered = (faults: readonly Fault[]) =>
      run(load, [service('s', { serviceTime: constant(0) })], [wire('l', 'c', 's')], faults, 20_000).endToEnd.metrics.offered ?? 0;
    const plain = offered([]);
    const tripled = offered([fault('c', { type: 'surge', factor: 3 }, once(0, 20_000))]);
    expect(Math.abs(tripled / plain - 3)).toBeLessThan(0.06);
    // Many surges of a nanosecond change nothing but rounding.
    const blinks = Array.from({ length: 20 }, (_, i) => fault('c', { type: 'surge', factor: 5 }, once(i * 1000 + 0.5, 1e-6)));
    expect(Math.abs(offered(blinks) - plain)).toBeLessThanOrEqual(1);
  });
});

describe('[F6] a resize', () => {
  const machine = (effect: Partial<Extract<Fault['effect'], { type: 'resize' }>> = {}): Fault['effect'] => ({
    type: 'resize',
    machine: 'vcpu-4',
    restartMs: 0,
    ...effect,
  });
  const four: Arrival[] = [
    [0, 40],
    [1, 40],
    [2, 40],
    [3, 40],
    [4, 40],
  ];
  test('live adds servers at once, which take what waits, and stays where it has no length', () => {
    // One server until 20: 0 is served. Then four: 1, 2 and 3 begin at 20; the next server is free at 40.
    const result = run(four, [service('s')], [wire('l', 'c', 's')], [fault('s', machine(), once(20, 0))]);
    expect(log(result).map(([, end]) => end)).toEqual([40, 60, 60, 60, 80]);
    expect(metrics(result, 's').serversMean).toBeCloseTo((20 + 980 * 4) / 1000, 9);
    expect(metrics(result, 's').crashes).toBe(0);
    expect(result.faults[0]?.windows).toEqual([{ beginMs: 20, endMs: null }]);
  });

  test('with a restart loses what is there and is down meanwhile, but has not crashed', () => {
    const result = run([...four, [50, 10], [51, 10]], [service('s')], [wire('l', 'c', 's')], [fault('s', machine({ restartMs: 30 }), once(20, 0))]);
    expect(
      log(result)
        .slice(0, 5)
        .map(([, end, outcome]) => [end, outcome]),
    ).toEqual(Array.from({ length: 5 }, () => [20, 'component-down']));
    expect(
      log(result)
        .slice(5)
        .map(([, end]) => end),
    ).toEqual([60, 61]);
    expect(metrics(result, 's')).toMatchObject({ crashes: 0, availability: 0.97 });
  });

  test('to a faster machine speeds up what is in service, and a slowdown counts from there', () => {
    // 20 of 40 done at 20; twice as fast: 10 more until 25, half of that while it is slowed down: 5 more until 30, and the last 5 take 2.5.
    const result = run(
      [[0, 40]],
      [service('s')],
      [wire('l', 'c', 's')],
      [fault('s', machine({ machine: 'fast' }), once(20, 0)), fault('s', { type: 'slow', factor: 2 }, once(25, 5))],
    );
    expect(log(result)).toEqual([[0, 32.5, 'ok']]);
    // From the fast machine to a plain one: 20 of 40 done at 10, 20 left.
    const back = run([[0, 40]], [service('s', { machine: 'fast' })], [wire('l', 'c', 's')], [fault('s', machine({ machine: 'vcpu-1' }), once(10, 0))]);
    expect(log(back)).toEqual([[0, 30, 'ok']]);
  });

  test('changes the price from then on', () => {
    // vcpu-1 costs 0.05 an hour, vcpu-4 0.2: a quarter of the time the first, three quarters the second.
    const result = run([], [service('s', { machine: 'vcpu-1' })], [wire('l', 'c', 's')], [fault('s', machine(), once(250, 0))]);
    expect(metrics(result, 's').costPerHour).toBeCloseTo(0.25 * 0.05 + 0.75 * 0.2, 12);
    expect(metrics(result, 's').serversMean).toBeCloseTo(0.25 + 0.75 * 4, 12);
  });

  test('that ends goes back to the machine that was there', () => {
    const result = run(
      [
        [0, 10],
        [30, 10],
        [31, 10],
        [60, 10],
        [61, 10],
      ],
      [service('s')],
      [wire('l', 'c', 's')],
      [fault('s', machine(), once(20, 30))],
    );
    expect(log(result).map(([, end]) => end)).toEqual([10, 40, 41, 70, 80]);
  });
});

test('[B3] users who do not think and are refused at once end the run with a finding instead of going round for ever', () => {
  const result = run(
    { arrivals: 'closed', users: 3, thinkTime: constant(0) },
    [service('s', { serviceTime: constant(10) })],
    [wire('l', 'c', 's')],
    [fault('s', crash(), once(95, 10))],
  );
  expect(result).toMatchObject({ ended: 'limit', simulatedMs: 95 });
  expect(result.findings.map(({ code }) => code)).toContain('standstill');
  // What was measured until then is kept: one every 10.
  expect(result.endToEnd.metrics.completed).toBe(9);
}, 120_000);

describe('[F8] faults by chance', () => {
  const often: Fault['timing'] = { type: 'random', between: { type: 'exponential', meanMs: 400 }, lasts: { type: 'exponential', meanMs: 100 } };
  test('hit every instance by itself, and another fault leaves their times as they were', () => {
    const crashes = (more: readonly Fault[]) => {
      const own: Fault = { ...fault('s', crash(), often), id: 'own' };
      const result = run({ arrivals: 'constant', ratePerS: 10 }, [service('s', { replicas: 3 })], [wire('l', 'c', 's')], [own, ...more], 10_000);
      return result.journal.filter(({ type, faultId }) => type === 'fault-begins' && faultId === 'own').map(({ atMs, instance }) => [atMs, instance]);
    };
    const alone = crashes([]);
    // 30 s of instances in cycles of 500 ms.
    expect(alone.length).toBeGreaterThan(35);
    expect(alone.length).toBeLessThan(85);
    expect(new Set(alone.map(([, instance]) => instance))).toEqual(new Set([0, 1, 2]));
    expect(crashes([fault('s', { type: 'slow', factor: 2 }, often)])).toEqual(alone);
  });

  test('the time to the next failure begins when the instance is up again', () => {
    // Up for 30, down for 10, starting for 5: down at 30, 75, 120, ...
    const timing: Fault['timing'] = { type: 'random', between: constant(30) as never, lasts: constant(10) as never };
    const result = run({ arrivals: 'constant', ratePerS: 1 }, [service('s')], [wire('l', 'c', 's')], [fault('s', crash(5), timing)], 200);
    expect(result.journal.filter(({ type }) => type === 'fault-begins').map(({ atMs }) => atMs)).toEqual([30, 75, 120, 165]);
    expect(metrics(result, 's').availability).toBeCloseTo((200 - 4 * 15) / 200, 12);
  });
});

describe('[F1] a crash of an instance that scaling starts or stops', () => {
  const scheduled = (replicas: number, then: number, drainMs = 1000) =>
    service('s', {
      replicas,
      autoscaler: 'schedule',
      schedule: [{ atMs: 100, instances: then }],
      startUp: constant(50),
      drainMs,
      maximumReplicas: 2,
    });
  const states = (result: RunResult) =>
    result.journal.filter(({ type, instance }) => type === 'instance-state' && instance === 1).map(({ atMs, value }) => [atMs, value]);

  test('while it starts does not keep it from being up after the repair', () => {
    const result = run([], [scheduled(1, 2)], [wire('l', 'c', 's')], [fault('s', crash(), once(120, 100), 1)]);
    expect(states(result)).toEqual([
      [100, 'starting'],
      [120, 'down'],
      [220, 'up'],
    ]);
    // Repaired before the start would have been over.
    const early = run([], [scheduled(1, 2)], [wire('l', 'c', 's')], [fault('s', crash(), once(120, 10), 1)]);
    expect(states(early)).toEqual([
      [100, 'starting'],
      [120, 'down'],
      [130, 'starting'],
      [150, 'up'],
    ]);
  });

  test('while it drains leaves nothing to wait for', () => {
    // By turns: the request of 60 goes to the second instance, which is asked to go at 100.
    const result = run(
      [
        [50, 1],
        [60, 500],
      ],
      [scheduled(2, 1)],
      [wire('l', 'c', 's')],
      [fault('s', crash(), once(120, 100), 1)],
    );
    expect(log(result)[1]).toEqual([60, 120, 'component-down']);
    expect(states(result)).toEqual([
      [100, 'draining'],
      [120, 'down'],
      [120, 'off'],
    ]);
  });
});
