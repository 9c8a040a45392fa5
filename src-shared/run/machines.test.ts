import { describe, expect, test } from 'vitest';
import type { Distribution } from '../kinds/distribution';
import { designProblems } from '../project/problems';
import { type DatabaseValues, DESIGN_ID, draft, type ServiceValues } from '../validation/draft';
import type { RunResult } from './result';
import { simulate } from './simulate';

/** Goal: what a machine, its cores and its threads do to service, on schedules worked out on paper. Method: traces of a few requests. */
interface Arrival {
  readonly atMs: number;
  readonly workMs?: number;
}

const constant = (valueMs: number) => ({ type: 'constant' as const, valueMs });
const project = (arrivals: readonly Arrival[], values: ServiceValues, callee: ServiceValues | null = null) => {
  const parts = draft('Hand-worked');
  parts.client('clients', { arrivals: 'trace', trace: arrivals.map((row) => ({ workMs: 10, priority: 1, ...row })) });
  parts.service('s', { serviceTime: { type: 'request' }, ...values });
  parts.link('clients', 's');
  if (callee !== null) {
    parts.service('behind', callee);
    parts.link('s', 'behind');
  }
  return parts.build({ warmUpMs: 0, durationMs: 1000, requestLog: 200, seriesPoints: 10 });
};
function run(arrivals: readonly Arrival[], values: ServiceValues, callee: ServiceValues | null = null): RunResult {
  const outcome = simulate(project(arrivals, values, callee), DESIGN_ID);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  expect(outcome.value.checks.conservation.violations).toEqual([]);
  expect(outcome.value.checks.little.holds).toBe(true);
  return outcome.value;
}
const ends = (result: RunResult): number[] => [...result.requests].sort((a, b) => a.arrivalMs - b.arrivalMs).map(({ endMs }) => endMs);
const station = (result: RunResult) => result.components.find(({ id }) => id === 's')?.metrics ?? {};

describe('cores of one machine', () => {
  test('[S7] two cores with contention 1/4 work at 4/5 each while both are busy', () => {
    // 0 alone until 4: 6 left. Both at 0.8: the first needs 7.5, until 11.5; the second (10) has then had 6 and finishes alone at 15.5.
    expect(ends(run([{ atMs: 0 }, { atMs: 4 }], { servers: 2, contention: 0.25 }))).toEqual([11.5, 15.5]);
  });

  test('[S7] coherency counts pairs: three cores at 1 / (1 + 0.1 * 3 * 2) = 5/8', () => {
    expect(ends(run([{ atMs: 0 }, { atMs: 0 }, { atMs: 0 }], { servers: 3, coherency: 0.1 }))).toEqual([16, 16, 16]);
  });

  test('[S7] a fourth request waits for one of three cores, first in first out, and slows nobody', () => {
    const result = run([{ atMs: 0 }, { atMs: 0 }, { atMs: 0 }, { atMs: 1 }], { servers: 3, coherency: 0.1 });
    expect(ends(result)).toEqual([16, 16, 16, 26]);
    expect(station(result).waitingMeanMs).toBeCloseTo(15 / 4, 9);
    expect(station(result).utilisation).toBeCloseTo((3 * 16 + 10) / 3000, 12);
  });

  test('[S10] under a preemptive discipline two cores contend alike', () => {
    expect(ends(run([{ atMs: 0 }, { atMs: 4 }], { servers: 2, contention: 0.25, discipline: 'shortest-remaining' }))).toEqual([11.5, 15.5]);
  });

  test('without contention a machine with as many threads as cores is the plain station', () => {
    const arrivals = Array.from({ length: 40 }, (_, index) => ({ atMs: index * 3, workMs: 5 + ((index * 7) % 11) }));
    expect(ends(run(arrivals, { servers: 3, concurrency: 'threads', threads: 3 }))).toEqual(ends(run(arrivals, { servers: 3 })));
  });

  test('a machine gives its cores, its speed and its price', () => {
    const four = run([{ atMs: 0 }, { atMs: 0 }, { atMs: 0 }, { atMs: 0 }, { atMs: 0 }], { machine: 'vcpu-4' });
    expect(ends(four)).toEqual([10, 10, 10, 10, 20]);
    expect(station(four).costPerHour).toBeCloseTo(0.2, 9);
    const fast = project([{ atMs: 0 }], { machine: 'vcpu-1' });
    const outcome = simulate({ ...fast, machines: fast.machines.map((machine) => ({ ...machine, speed: 2.5 })) }, DESIGN_ID);
    expect(outcome.ok && outcome.value.requests[0]?.endMs).toBe(4);
  });
});

describe('concurrency', () => {
  test('[S7] three threads on two cores share them', () => {
    // Three of 12 at rate 2/3: all done at 18; a fourth waits for a thread, not for a core.
    const work = { workMs: 12 };
    const result = run(
      [
        { atMs: 0, ...work },
        { atMs: 0, ...work },
        { atMs: 0, ...work },
        { atMs: 1, ...work },
      ],
      { servers: 2, concurrency: 'threads', threads: 3 },
    );
    expect(ends(result)).toEqual([18, 18, 18, 30]);
  });

  test('[S8] a thread that waits for a reply keeps its thread and uses no core', () => {
    // One core, two threads: both work at 1/2 until 20, then call for 30: until 50. The third waits for a thread until then: 60 + 30.
    const result = run([{ atMs: 0 }, { atMs: 0 }, { atMs: 5 }], { concurrency: 'threads', threads: 2 }, { serviceTime: constant(30), servers: 9 });
    expect(ends(result)).toEqual([50, 50, 90]);
    expect(station(result).utilisation).toBeCloseTo(30 / 1000, 12);
  });

  test('[S8] an actor is held by its call, an event loop is not, and has one core whatever the machine', () => {
    const callee = { serviceTime: constant(30), servers: 9 };
    const two = [{ atMs: 0 }, { atMs: 0.5 }];
    expect(ends(run(two, { concurrency: 'actor', machine: 'vcpu-4' }, callee))).toEqual([40, 80]);
    expect(ends(run(two, { concurrency: 'event-loop', machine: 'vcpu-4' }, callee))).toEqual([40, 50]);
  });

  test('a database on a machine of two cores lets its connections share them', () => {
    const ends = (values: DatabaseValues): number[] => {
      const parts = draft('Database');
      parts.client('clients', { arrivals: 'trace', trace: [0, 0, 0, 0].map((atMs) => ({ atMs, workMs: 0, priority: 1 })) });
      parts.database('d', { readTime: constant(10), connections: 4, ...values });
      parts.link('clients', 'd');
      const outcome = simulate(parts.build({ warmUpMs: 0, durationMs: 1000, requestLog: 10 }), DESIGN_ID);
      if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
      return outcome.value.requests.map(({ endMs }) => endMs);
    };
    expect(ends({})).toEqual([10, 10, 10, 10]);
    expect(ends({ machine: 'vcpu-2' })).toEqual([20, 20, 20, 20]);
    expect(ends({ machine: 'vcpu-2', growth: 'quadratic', dataSize: 500_000 })).toEqual([5, 5, 5, 5]);
  });
});

describe('work that grows with the data', () => {
  test.each([
    ['constant', 10],
    ['logarithmic', 15],
    ['linear', 1000],
    ['linearithmic', 1500],
    ['quadratic', 100_000],
  ] as const)('%s: a hundred times ten thousand items', (growth, expected) => {
    // log 10^6 / log 10^4 = 3/2.
    const parts = draft('Growth');
    parts.client('clients', { arrivals: 'trace', trace: [{ atMs: 0, workMs: 10, priority: 1 }] });
    parts.service('s', { serviceTime: { type: 'request' }, growth, dataSize: 1_000_000, referenceSize: 10_000 });
    parts.link('clients', 's');
    const outcome = simulate(parts.build({ warmUpMs: 0, durationMs: 1e6, requestLog: 10 }), DESIGN_ID);
    expect(outcome.ok && outcome.value.requests[0]?.endMs).toBeCloseTo(expected, 6);
  });

  test('a sampled time grows by the same factor, drawn from the same numbers', () => {
    const mean = (values: ServiceValues): number => {
      const parts = draft('Growth');
      parts.client('clients', { ratePerS: 50 });
      parts.service('s', { servers: 1000, ...values });
      parts.link('clients', 's');
      const outcome = simulate(parts.build({ warmUpMs: 0, durationMs: 20_000 }), DESIGN_ID);
      // Nobody waits, so that every demand drawn is counted.
      return outcome.ok ? (outcome.value.components.find(({ id }) => id === 's')?.metrics.serviceMeanMs ?? 0) : 0;
    };
    const times: readonly Distribution[] = [
      { type: 'exponential', meanMs: 5 },
      { type: 'fit', p50Ms: 5, p99Ms: 25 },
      { type: 'gamma', shape: 0.7, meanMs: 5 },
      { type: 'weibull', shape: 1.5, scaleMs: 5 },
      { type: 'pareto', minMs: 2, alpha: 3 },
      { type: 'uniform', minMs: 1, maxMs: 9 },
      { type: 'normal', meanMs: 9, sdMs: 2 },
      {
        type: 'hyperexponential',
        branches: [
          { probability: 0.5, meanMs: 1 },
          { probability: 0.5, meanMs: 9 },
        ],
      },
    ];
    for (const serviceTime of times)
      expect(mean({ serviceTime, growth: 'linear', dataSize: 4_000_000 }) / mean({ serviceTime }), serviceTime.type).toBeCloseTo(4, 4);
  });
});

describe('problems before the run', () => {
  const codes = (values: ServiceValues): string[] => designProblems(project([{ atMs: 0 }], values), DESIGN_ID).map(({ code }) => code);
  test.each([
    ['machine-not-found', { machine: 'mainframe' }],
    ['threads-below-cores', { machine: 'vcpu-8', concurrency: 'threads', threads: 4 }],
    ['cores-unused', { machine: 'vcpu-8', concurrency: 'event-loop' }],
    ['more-cores-than-help', { servers: 64, contention: 0.03, coherency: 0.0005 }],
    ['window-empty', { limiter: 'sliding-window', windowMs: 0 }],
    ['too-few-items', { growth: 'logarithmic', dataSize: 0 }],
    ['required-above-replicas', { replicas: 2, required: 3 }],
    ['nothing-to-shed', { shedding: 'codel', discipline: 'processor-sharing' }],
  ] as const)('%s', (code, values) => {
    expect(codes(values)).toContain(code);
    expect(codes({})).not.toContain(code);
  });

  test('the check for overload knows cores, speed, contention and growth', () => {
    const overloaded = (values: ServiceValues): boolean => {
      const parts = draft('Load');
      parts.client('clients', { ratePerS: 300 });
      parts.service('s', { serviceTime: { type: 'exponential', meanMs: 10 }, ...values });
      parts.link('clients', 's');
      return designProblems(parts.build({}), DESIGN_ID).some(({ code }) => code === 'overloaded');
    };
    expect(overloaded({ servers: 2 })).toBe(true);
    expect(overloaded({ machine: 'vcpu-4' })).toBe(false);
    expect(overloaded({ machine: 'vcpu-4', contention: 0.2 })).toBe(true);
    expect(overloaded({ machine: 'vcpu-4', growth: 'linear', dataSize: 2_000_000 })).toBe(true);
    expect(overloaded({ machine: 'vcpu-4', concurrency: 'event-loop' })).toBe(true);
    expect(overloaded({ machine: 'vcpu-4', concurrency: 'threads', threads: 2 })).toBe(true);
  });
});
