import { describe, expect, test } from 'vitest';
import type { ServiceValues } from '../validation/draft';
import { DESIGN_ID, draft } from '../validation/draft';
import type { RunResult } from './result';
import { simulate } from './simulate';

/** Goal: every rule of an autoscaler is checked against decisions and schedules worked out on paper. */
const constant = (valueMs: number) => ({ type: 'constant' as const, valueMs });
const SCALED: ServiceValues = {
  replicas: 1,
  minimumReplicas: 1,
  maximumReplicas: 10,
  decisionIntervalMs: 1000,
  tolerance: 0.1,
  stepUp: 100,
  stepDown: 100,
  coolDownDownMs: 0,
  startUp: constant(0),
  serviceTime: { type: 'request' },
};

/** An instance that crashes at a time and for a time. */
interface Crash {
  readonly atMs: number;
  readonly lastsMs: number;
  readonly instance: number;
}

function run(values: ServiceValues, trace: readonly { atMs: number; workMs: number }[], durationMs = 20_000, crash?: Crash): RunResult {
  const parts = draft('Scaling');
  parts.client('clients', { arrivals: 'trace', trace: trace.map((row) => ({ priority: 1, ...row })) });
  parts.service('service', { ...SCALED, ...values });
  parts.link('clients', 'service');
  if (crash !== undefined)
    parts.fault('service', { type: 'crash', silent: false, restartMs: 0 }, { type: 'once', atMs: crash.atMs, lastsMs: crash.lastsMs }, crash.instance);
  const result = simulate(parts.build({ durationMs, warmUpMs: 0, requestLog: 1000, seriesPoints: 20 }), DESIGN_ID);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  expect(result.value.checks.conservation.violations).toEqual([]);
  expect(result.value.checks.little.holds).toBe(true);
  return result.value;
}
/** Instants (ms) and wishes of the decisions. */
const decisions = (result: RunResult) => result.journal.filter(({ type }) => type === 'scaling-decision').map(({ atMs, value }) => [atMs, value]);
const states = (result: RunResult) =>
  result.journal.filter(({ type }) => type === 'instance-state').map(({ atMs, instance, value }) => [atMs, instance, value]);
const ends = (result: RunResult) => Object.fromEntries(result.requests.map((row) => [row.arrivalMs, row.endMs]));
/** n requests at once that do not end within the run. */
const endless = (n: number, atMs = 0) => Array.from({ length: n }, () => ({ atMs, workMs: 1e6 }));

describe('[A1] how many instances are wanted', () => {
  test.each([
    // current, requests at each, target, wanted: ceil(current * measured / target), 10 % tolerance, 2 to 20
    [4, 90, 60, 6],
    [4, 65, 60, null],
    [10, 20, 60, 4],
    [3, 100, 50, 6],
    [15, 120, 60, 20],
    [2, 5, 60, null],
  ])('%i instances with %i requests each and a target of %i', (current, each, target, wanted) => {
    const result = run(
      { autoscaler: 'in-flight', replicas: current, minimumReplicas: 2, maximumReplicas: 20, targetInFlight: target, decisionIntervalMs: 15_000 },
      endless(current * each),
    );
    expect(decisions(result)).toEqual(wanted === null ? [] : [[15_000, wanted]]);
  });

  test('by utilisation: the busy share of the servers that are up, over the past interval', () => {
    // Work of 900 ms in each of the first two seconds: 90 % of one server. Target 50 %: ceil(0.9 / 0.5) = 2 at 1 s; then 45 % of two: within tolerance.
    const result = run({ autoscaler: 'utilisation', targetUtilisation: 0.5 }, [
      { atMs: 0, workMs: 900 },
      { atMs: 1000, workMs: 900 },
      { atMs: 2000, workMs: 900 },
    ]);
    // From 3 s on there is nothing to do: ceil(0) is below the minimum.
    expect(decisions(result)).toEqual([
      [1000, 2],
      [4000, 1],
    ]);
  });

  test('by queue: those waiting at each', () => {
    // One in service, 6 waiting at one instance: ceil(6 / 2) = 3.
    expect(decisions(run({ autoscaler: 'queue', targetQueue: 2 }, endless(7), 1500))).toEqual([[1000, 3]]);
  });

  test('by schedule, kept between minimum and maximum', () => {
    const schedule = [
      { atMs: 3000, instances: 4 },
      { atMs: 1000, instances: 2 },
      { atMs: 5000, instances: 20 },
    ];
    const result = run({ autoscaler: 'schedule', schedule, startUp: constant(500) }, []);
    expect(decisions(result)).toEqual([
      [1000, 2],
      [3000, 4],
      [5000, 10],
    ]);
    expect(states(result).slice(0, 4)).toEqual([
      [1000, 1, 'starting'],
      [1500, 1, 'up'],
      [3000, 2, 'starting'],
      [3000, 3, 'starting'],
    ]);
    // Up for 1 + (from 1.5 s) 1 + (from 3.5 s) 2 + (from 5.5 s) 6 of 20 s.
    expect(result.components.find(({ id }) => id === 'service')?.metrics.instancesUp).toBeCloseTo(1 + 18.5 / 20 + (2 * 16.5) / 20 + (6 * 14.5) / 20, 9);
  });
});

describe('[A2] how fast', () => {
  test('those that start are wanted but not up: the same load is not answered twice', () => {
    // 8 requests at one instance, target 2: 4 wanted at 1 s. The three others are up at 5 s; until then, and after, 8 requests still mean 4.
    const result = run({ autoscaler: 'in-flight', targetInFlight: 2, startUp: constant(4000) }, endless(8), 10_000);
    expect(decisions(result)).toEqual([[1000, 4]]);
  });

  test('steps and cool-downs bound each change', () => {
    const limits = { stepUp: 2, coolDownUpMs: 2500, stepDown: 3, coolDownDownMs: 3000 };
    // 20 requests, target 2: 10 wanted. 1 + 2 at 1 s; the next addition not before 3.5 s, hence at 4 s; then 7 s. All requests end at 8.5 s (work 8500, one server each: all but one wait).
    const result = run(
      { autoscaler: 'in-flight', targetInFlight: 2, servers: 100, ...limits },
      Array.from({ length: 20 }, () => ({ atMs: 0, workMs: 8500 })),
    );
    expect(decisions(result)).toEqual([
      [1000, 3],
      [4000, 5],
      [7000, 7],
      // From 8.5 s on nothing is there. The interval from 8 s to 9 s holds 20 requests for half a second, all at the first instance: 10 for 7 instances of 2.
      // ceil(10 / 2) = 5 is wanted at 9 s, but the cool-down of 3 s after the last change lasts until 10 s: then none, by steps of 3.
      [10_000, 4],
      [13_000, 1],
    ]);
  });

  test('a metric that is late is used late', () => {
    // Four requests until 2.5 s, target 2. Measured at 1 s and 2 s: 4, at 3 s: 2, at 4 s: 0; each is used 2.5 s later.
    const four = Array.from({ length: 4 }, () => ({ atMs: 0, workMs: 2500 }));
    const late = { autoscaler: 'in-flight', targetInFlight: 2, servers: 4, metricDelayMs: 2500 } as const;
    expect(decisions(run(late, four))).toEqual([
      [3500, 2],
      [5500, 1],
    ]);
    expect(decisions(run({ ...late, metricDelayMs: 0 }, four))).toEqual([
      [1000, 2],
      [3000, 1],
    ]);
  });
});

describe('[A3] instances that come and go', () => {
  const down = [{ atMs: 2000, instances: 1 }];
  test('a draining instance finishes what it has, then it is off', () => {
    // By turns: 0 to the first, 100 to the second until 3100, which drains from 2000 on; 2500 goes to the first (free at 500).
    const result = run({ autoscaler: 'schedule', schedule: down, replicas: 2 }, [
      { atMs: 0, workMs: 500 },
      { atMs: 100, workMs: 3000 },
      { atMs: 2500, workMs: 100 },
      { atMs: 2550, workMs: 100 },
    ]);
    expect(ends(result)).toEqual({ 0: 500, 100: 3100, 2500: 2600, 2550: 2700 });
    expect(states(result)).toEqual([
      [2000, 1, 'draining'],
      [3100, 1, 'off'],
    ]);
  });

  test('an idle one is off at once', () => {
    expect(states(run({ autoscaler: 'schedule', schedule: down, replicas: 2 }, []))).toEqual([
      [2000, 1, 'draining'],
      [2000, 1, 'off'],
    ]);
  });

  test('what is left when the time to drain is over fails', () => {
    const result = run({ autoscaler: 'schedule', schedule: down, replicas: 2, drainMs: 700 }, [
      { atMs: 0, workMs: 500 },
      { atMs: 100, workMs: 3000 },
    ]);
    expect(ends(result)).toEqual({ 0: 500, 100: 2700 });
    expect(result.endToEnd.failures).toEqual({ 'component-down': 1 });
    expect(states(result).at(-1)).toEqual([2700, 1, 'off']);
    expect(result.endToEnd.metrics.inFlight).toBe(0);
  });

  test('those that start are stopped first, and one that drains is started again only when it is off', () => {
    const schedule = [
      { atMs: 1000, instances: 3 },
      { atMs: 1500, instances: 1 },
      { atMs: 2000, instances: 2 },
      { atMs: 4000, instances: 1 },
      { atMs: 4100, instances: 2 },
    ];
    // At 1500 both starts are given up. The second is up at 3000, takes the request of 3500 by turns, drains from 4000 to 5500 and starts again at once: maximum 2.
    const result = run({ autoscaler: 'schedule', schedule: schedule.slice(2), startUp: constant(1000), maximumReplicas: 2 }, [
      { atMs: 3200, workMs: 2000 },
      { atMs: 3500, workMs: 2000 },
    ]);
    expect(states(result)).toEqual([
      [2000, 1, 'starting'],
      [3000, 1, 'up'],
      [4000, 1, 'draining'],
      [5500, 1, 'off'],
      [5500, 1, 'starting'],
      [6500, 1, 'up'],
    ]);
    expect(states(run({ autoscaler: 'schedule', schedule: schedule.slice(0, 2), startUp: constant(1000) }, []))).toEqual([
      [1000, 1, 'starting'],
      [1000, 2, 'starting'],
      [1500, 2, 'off'],
      [1500, 1, 'off'],
    ]);
  });
});

describe('[A2] [A3] instances that fail', () => {
  const crash = (atMs: number, lastsMs: number, instance: number) => ({ atMs, lastsMs, instance });
  /** Two requests at each of three instances, and one of these crashes. */
  const three: ServiceValues = { autoscaler: 'in-flight', replicas: 3, targetInFlight: 2, servers: 10 };
  test('one that is down counts as wanted, so that nothing replaces it', () => {
    const result = run({ ...three, minimumReplicas: 3 }, endless(6), 20_000, crash(1500, 10_000, 2));
    expect(decisions(result)).toEqual([]);
    expect(states(result)).toEqual([
      [1500, 2, 'down'],
      [11_500, 2, 'up'],
    ]);
  });

  test('unless the load on the others asks for more than are wanted', () => {
    // Target 4. Of 12 requests at three 4 are lost; with 8 more at 1.6 s the two that are up hold 8 + 0.4 * 8 = 11.2 until 2 s (2.8 of 3: within
    // tolerance), then 16: four wanted, of which one is down.
    expect(decisions(run({ ...three, targetInFlight: 4, stepUp: 1 }, [...endless(12), ...endless(8, 1600)], 3500, crash(1500, 10_000, 2)))).toEqual([
      [3000, 4],
    ]);
  });

  test('when fewer are wanted it goes first, and does not come back', () => {
    // The load of the two that are up is 4, target 2: two wanted at 2 s.
    const result = run(three, endless(6), 20_000, crash(1500, 10_000, 2));
    expect(decisions(result)).toEqual([[2000, 2]]);
    expect(states(result)).toEqual([
      [1500, 2, 'down'],
      [2000, 2, 'off'],
    ]);
    expect(result.endToEnd.failures).toEqual({ 'component-down': 2 });
  });

  test('one that crashes while it drains is off', () => {
    const down = { autoscaler: 'schedule', replicas: 2, schedule: [{ atMs: 1000, instances: 1 }] } as const;
    const result = run(down, endless(2), 20_000, crash(2000, 1000, 1));
    expect(states(result)).toEqual([
      [1000, 1, 'draining'],
      [2000, 1, 'down'],
      [2000, 1, 'off'],
    ]);
  });

  test('one that crashes while it starts is up when both are over', () => {
    const up = { autoscaler: 'schedule', schedule: [{ atMs: 1000, instances: 2 }], startUp: constant(2000) } as const;
    expect(states(run(up, [], 20_000, crash(1500, 500, 1)))).toEqual([
      [1000, 1, 'starting'],
      [1500, 1, 'down'],
      [2000, 1, 'starting'],
      [3000, 1, 'up'],
    ]);
  });
});
