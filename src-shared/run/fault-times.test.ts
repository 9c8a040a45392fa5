import { describe, expect, test } from 'vitest';
import type { Fault } from '../project/fault';
import { type Arrival, constant, crash, fault, log, metrics, once, run, service, wire } from './fault-schedules';

/** Goal: surges, resizes, faults by chance and what remains after a fault are checked against schedules worked out on paper, or a run without it. Times in ms. */
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

describe('[F7] after its end', () => {
  // Equal arrivals and demands: once the backlog of the fault is worked off, every request fares as it would have without it.
  const later = (faults: readonly Fault[]) => {
    const result = run(
      { arrivals: 'poisson', ratePerS: 300 },
      [service('s', { serviceTime: { type: 'exponential', meanMs: 5 }, servers: 2 })],
      [wire('l', 'c', 's', { latency: { type: 'exponential', meanMs: 2 } })],
      faults,
      20_000,
      10_000,
    );
    return { end: result.endToEnd.metrics, station: metrics(result, 's') };
  };
  test.each<[string, Fault]>([
    ['a pause', fault('s', { type: 'pause' }, once(1000, 500))],
    ['a slowdown', fault('s', { type: 'slow', factor: 3 }, once(1000, 800))],
    ['added latency', fault('l', { type: 'latency', addedMs: 50 }, once(1000, 800))],
    ['a resize', fault('s', { type: 'resize', machine: 'fast', restartMs: 0 }, once(1000, 800))],
  ])('of %s the numbers are those of a run without it', (_name, wrong) => {
    const without = later([]);
    const { end, station } = later([wrong]);
    for (const name of ['latencyMeanMs', 'throughput', 'inSystemMean', 'latencyP99Ms'] as const)
      expect(Math.abs((end[name] ?? 0) / (without.end[name] ?? 0) - 1), name).toBeLessThan(1e-6);
    for (const name of ['utilisation', 'waitingMeanMs', 'serviceMeanMs', 'queueMean'] as const)
      expect(Math.abs((station[name] ?? 0) / (without.station[name] ?? 0) - 1), name).toBeLessThan(1e-6);
    // Shown only where servers have come or gone.
    expect(station.serversMean).toBeUndefined();
  });
});
