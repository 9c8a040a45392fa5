import { describe, expect, test } from 'vitest';
import { type Arrival, constant, crash, fault, log, metrics, once, run, service, wire } from './fault-schedules';
import type { RunResult } from './result';

/** Goal: crashes, pauses, slowness, errors and faults of links are checked against schedules worked out on paper. Method: traces of a few requests, times in ms. */
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
