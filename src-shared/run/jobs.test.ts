import { describe, expect, test } from 'vitest';
import type { LinkValues, ServiceValues } from '../validation/draft';
import { DESIGN_ID, draft } from '../validation/draft';
import type { RunResult } from './result';
import { simulate } from './simulate';

/** Goal: every form of a job is checked against a schedule worked out on paper. */
const constant = (valueMs: number) => ({ type: 'constant' as const, valueMs });
type Values = Readonly<Record<string, unknown>>;

interface Setting {
  readonly job?: Values;
  /** Workers, each behind a link of its own. */
  readonly workers?: readonly ServiceValues[];
  readonly links?: readonly LinkValues[];
  readonly arrivals?: readonly number[];
  readonly call?: LinkValues;
  readonly crashJobAtMs?: number;
}

/** Jobs with a serial part of 10 ms before workers whose work is carried by the tasks. */
function run({ job = {}, workers = [{ servers: 4 }], links = [], arrivals = [0], call = {}, crashJobAtMs }: Setting): RunResult {
  const parts = draft('Jobs');
  parts.client('clients', { arrivals: 'trace', trace: arrivals.map((atMs) => ({ atMs, workMs: 0, priority: 1 })) });
  parts.part('job', 'job', { serialTime: constant(10), ...job });
  parts.link('clients', 'job', call);
  for (const [index, values] of workers.entries()) {
    parts.service(`worker-${index}`, { serviceTime: { type: 'request' }, ...values });
    parts.link('job', `worker-${index}`, links[index] ?? {});
  }
  if (crashJobAtMs !== undefined) parts.fault('job', { type: 'crash', silent: false, restartMs: 0 }, { type: 'once', atMs: crashJobAtMs, lastsMs: 1 });
  const result = simulate(parts.build({ durationMs: 1000, warmUpMs: 0, requestLog: 100, seriesPoints: 10 }), DESIGN_ID);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  expect(result.value.checks.conservation.violations).toEqual([]);
  expect(result.value.checks.little.holds).toBe(true);
  return result.value;
}
const ends = (result: RunResult) => Object.fromEntries(result.requests.map((row) => [row.arrivalMs, row.endMs]));
const part = (result: RunResult, id: string) => result.components.find((component) => component.id === id)?.metrics ?? {};
const link = (result: RunResult, to: string) => result.links.find((row) => row.to === to)?.metrics ?? {};

describe('[J1] a round: tasks over the workers', () => {
  test('fork and join: the tasks queue at the workers; speed-up and efficiency follow', () => {
    // 8 tasks of 10 on 4 servers: two waves. Work 10 + 80 in 30.
    const result = run({ job: { tasks: 8, totalWorkMs: 80 } });
    expect(ends(result)).toEqual({ 0: 10 + 20 });
    expect(part(result, 'job').speedUp).toBeCloseTo(3, 12);
    expect(part(result, 'job').efficiency).toBeCloseTo(0.75, 12);
  });

  test('tasks go over the links by turns', () => {
    // 5 tasks of 10 over two links: three to the first, two to the second, one server each.
    const result = run({ job: { tasks: 5, totalWorkMs: 50 }, workers: [{}, {}] });
    expect([part(result, 'worker-0').offered, part(result, 'worker-1').offered]).toEqual([3, 2]);
    expect(ends(result)).toEqual({ 0: 40 });
  });

  test('work that the workers say, and work that each task draws', () => {
    expect(ends(run({ job: { tasks: 4, work: 'workers' }, workers: [{ servers: 4, serviceTime: constant(7) }] }))).toEqual({ 0: 17 });
    expect(ends(run({ job: { tasks: 4, work: 'each', taskWork: constant(6) } }))).toEqual({ 0: 16 });
  });

  test('sending takes time: n tasks take n - 1 times that', () => {
    // Sent at 10, 13, 16 and 19; the last takes 20.
    expect(ends(run({ job: { tasks: 4, totalWorkMs: 80, dispatchMs: 3 } }))).toEqual({ 0: 39 });
  });

  test('a job without workers does its serial part', () => {
    expect(ends(run({ workers: [] }))).toEqual({ 0: 10 });
  });

  test('jobs at once: others wait for the whole of the job before them', () => {
    const job = { tasks: 4, totalWorkMs: 80 };
    expect(ends(run({ job, arrivals: [0, 1] }))).toEqual({ 0: 30, 1: 60 });
    // Two at once: the second has its serial part at 1..11; its tasks wait for those of the first until 30.
    expect(ends(run({ job: { ...job, jobsAtOnce: 2 }, arrivals: [0, 1] }))).toEqual({ 0: 30, 1: 50 });
  });
});

describe('[J2] master and worker: so many at once', () => {
  const five = { tasks: 5, totalWorkMs: 50, tasksAtOnce: 2 };
  test('the next task goes out when one comes back', () => {
    expect(ends(run({ job: five }))).toEqual({ 0: 10 + 3 * 10 });
    expect(ends(run({ job: five, links: [{ latency: constant(1) }] }))).toEqual({ 0: 10 + 3 * 12 });
    expect(ends(run({ job: { ...five, tasksAtOnce: 1 } }))).toEqual({ 0: 60 });
  });

  test('and when the sender is free', () => {
    // From 10 on: sent at 0 and 4; back at 10 and 14, when the sender is free: the next at 10 and 14, back at 20 and 24; the last at 20.
    expect(ends(run({ job: { ...five, dispatchMs: 4 } }))).toEqual({ 0: 10 + 30 });
    // Sent at 0 and 8; back at 10, but the sender is busy until 16; back at 18, busy until 24; back at 26, busy until 32: the last is back at 42.
    expect(ends(run({ job: { ...five, dispatchMs: 8 } }))).toEqual({ 0: 10 + 42 });
  });

  test('thousands of tasks that take no time at all come back one by one', () => {
    expect(ends(run({ job: { tasks: 20_000, work: 'each', taskWork: constant(0), tasksAtOnce: 1 } }))).toEqual({ 0: 10 });
  });
});

describe('[J3] rounds', () => {
  test('each has all its tasks, and a barrier', () => {
    const result = run({ job: { tasks: 2, rounds: 3, totalWorkMs: 60, barrier: constant(5) } });
    expect(ends(result)).toEqual({ 0: 10 + 3 * (10 + 5) });
    expect(part(result, 'worker-0').completed).toBe(6);
  });

  test('waiting for some: later results are ignored, the work for them is done', () => {
    // One server. Round 1: tasks of 10 end at 20, 30, 40; two are enough: 30. Round 2: its tasks wait until 40 and end at 50, 60, 70.
    const result = run({ job: { tasks: 3, rounds: 2, totalWorkMs: 60, waitFor: 2 }, workers: [{}] });
    expect(ends(result)).toEqual({ 0: 60 });
    expect(part(result, 'worker-0').completed).toBe(6);
    expect(link(result, 'worker-0').lateReplies).toBe(2);
    // The work that counts is that of the awaited tasks: 10 + 4 * 10 in 60.
    expect(part(result, 'job').speedUp).toBeCloseTo(50 / 60, 12);
  });

  test('tasks that were not sent when a round is over never are', () => {
    // At 10 and 20 one each; the second is back at 30, when the third of four would have gone: not needed.
    const result = run({ job: { tasks: 4, work: 'each', taskWork: constant(10), tasksAtOnce: 1, waitFor: 2 } });
    expect(ends(result)).toEqual({ 0: 30 });
    expect(part(result, 'worker-0').offered).toBe(2);
  });
});

describe('[J4] map and reduce', () => {
  const job = { tasks: 4, totalWorkMs: 40, second: 'reduce', shuffle: constant(7), reduceTasks: 2, reduceWork: constant(5) };
  test('the last link leads to the reducers', () => {
    // Maps: two waves of 10, until 30. Shuffle until 37. Two reduce tasks on one server.
    const result = run({ job, workers: [{ servers: 2 }, {}] });
    expect(ends(result)).toEqual({ 0: 47 });
    expect([part(result, 'worker-0').completed, part(result, 'worker-1').completed]).toEqual([4, 2]);
  });

  test('the data of the shuffle can pass a network', () => {
    // 1000 bytes at 8 Mbit/s are 1 ms: there at 38 and 39. One server: 38..43..48.
    expect(ends(run({ job, workers: [{ servers: 2 }, {}], links: [{}, { bandwidthMbps: 8, requestBytes: 1000, responseBytes: 0 }] }))).toEqual({ 0: 48 });
  });

  test('with one link both stages use the same workers', () => {
    expect(ends(run({ job, workers: [{ servers: 2 }] }))).toEqual({ 0: 42 });
  });
});

describe('[J5] what goes wrong', () => {
  test('a job fails when too few results can still come, with the reason of the task', () => {
    // One server, no queue: of two tasks the second is refused at once.
    const refused = run({ job: { tasks: 2, totalWorkMs: 40 }, workers: [{ queueLimit: 0 }] });
    expect(refused.endToEnd.failures).toEqual({ 'queue-full': 1 });
    expect(ends(refused)).toEqual({ 0: 10 });
    expect(part(refused, 'job').speedUp).toBeUndefined();
    expect(ends(run({ job: { tasks: 2, totalWorkMs: 40, waitFor: 1 }, workers: [{ queueLimit: 0 }] }))).toEqual({ 0: 30 });
  });

  test('a job that fails while it sends, or crashes while it pauses, leaves nothing behind', () => {
    // The first task fails at once, the second would leave at 15.
    const failed = run({ job: { tasks: 3, totalWorkMs: 30, dispatchMs: 5 }, workers: [{ queueLimit: 0, servers: 1 }], links: [{ timeoutMs: 2 }] });
    expect(failed.endToEnd.failures).toEqual({ timeout: 1 });
    expect(ends(failed)).toEqual({ 0: 12 });
    expect(part(failed, 'worker-0').offered).toBe(1);
    // Tasks until 20, barrier until 70; crashed at 40. The second job is refused while it is down, the third runs as ever.
    const job = { tasks: 2, totalWorkMs: 20, barrier: constant(50) };
    const crashed = run({ job, crashJobAtMs: 40, arrivals: [0, 40.5, 100] });
    expect(ends(crashed)).toEqual({ 0: 40, 40.5: 40.5, 100: 170 });
    expect(crashed.endToEnd.failures).toEqual({ 'component-down': 2 });
  });

  test('a caller that calls its job back stops it, whatever it is at', () => {
    const call = { timeoutMs: 14, cancelAbandoned: true };
    for (const job of [
      { tasks: 3, totalWorkMs: 60, dispatchMs: 5 },
      { tasks: 2, totalWorkMs: 4, barrier: constant(50) },
    ]) {
      const result = run({ job, call, links: [{ cancelAbandoned: true }], arrivals: [0, 100] });
      expect(ends(result)).toEqual({ 0: 14, 100: 114 });
      expect(result.components.every(({ metrics }) => metrics.inFlight === 0)).toBe(true);
    }
  });

  test('the same seed gives the same bytes', () => {
    const job = { tasks: 7, work: 'each', taskWork: { type: 'exponential', meanMs: 4 }, tasksAtOnce: 3, dispatchMs: 0.3, rounds: 4, waitFor: 6 };
    const setting: Setting = { job, arrivals: [0, 3, 50, 51, 200], workers: [{ servers: 2 }, {}] };
    expect(JSON.stringify(run(setting))).toBe(JSON.stringify(run(setting)));
  });
});
