import { describe, expect, test } from 'vitest';
import { DESIGN_ID, draft, type ServiceValues } from '../validation/draft';
import type { RunResult } from './result';
import { simulate } from './simulate';

/** Goal: every rule of what stands before a station, and of servers that come and go, on schedules worked out on paper. Method: traces of a few requests. */
interface Arrival {
  readonly atMs: number;
  readonly workMs?: number;
  readonly priority?: number;
}

const constant = (valueMs: number) => ({ type: 'constant' as const, valueMs });

function run(arrivals: readonly Arrival[], values: ServiceValues, build: (parts: ReturnType<typeof draft>) => void = () => {}, durationMs = 1000): RunResult {
  const parts = draft('Hand-worked');
  parts.client('clients', { arrivals: 'trace', trace: arrivals.map((row) => ({ workMs: 10, priority: 1, ...row })) });
  parts.service('s', { serviceTime: { type: 'request' }, ...values });
  parts.link('clients', 's');
  build(parts);
  const outcome = simulate(parts.build({ warmUpMs: 0, durationMs, requestLog: 200, seriesPoints: 10 }), DESIGN_ID);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  expect(outcome.value.checks.conservation.violations).toEqual([]);
  expect(outcome.value.checks.little.holds).toBe(true);
  return outcome.value;
}
const inOrder = (result: RunResult) => [...result.requests].sort((a, b) => a.arrivalMs - b.arrivalMs || a.endMs - b.endMs);
const ends = (result: RunResult): number[] => inOrder(result).map(({ endMs }) => endMs);
const outcomes = (result: RunResult): string[] => inOrder(result).map(({ outcome }) => outcome);
const station = (result: RunResult) => result.components.find(({ id }) => id === 's')?.metrics ?? {};

describe('rate limits', () => {
  test('[P1] a token bucket of depth 2 and 10 per second refuses the third of three, and has a token again 100 ms after the first was taken', () => {
    // Tokens: 2 at 0; taken at 0 and 10 (0.1 accrued); at 20 there are 0.2: refused; at 90 0.9: refused; at 100 exactly 1.
    const result = run([{ atMs: 0 }, { atMs: 10 }, { atMs: 20 }, { atMs: 90 }, { atMs: 100 }], {
      servers: 10,
      limiter: 'token-bucket',
      limitPerS: 10,
      limitBurst: 2,
    });
    expect(outcomes(result)).toEqual(['completed', 'completed', 'rate-limited', 'rate-limited', 'completed']);
    expect(ends(result)).toEqual([10, 20, 20, 90, 110]);
  });

  test('[P1] the same bucket as a shaper lets the third go at 100 and the fourth at 200, and their waiting counts', () => {
    const result = run([{ atMs: 0 }, { atMs: 10 }, { atMs: 20 }, { atMs: 90 }], {
      servers: 10,
      limiter: 'token-bucket',
      limitPerS: 10,
      limitBurst: 2,
      limitExcess: 'delay',
    });
    expect(ends(result)).toEqual([10, 20, 110, 210]);
    expect(inOrder(result).map(({ waitingMs }) => waitingMs)).toEqual([0, 0, 80, 110]);
    expect(station(result).queueMean).toBeCloseTo((80 + 110) / 1000, 12);
    expect(station(result).queueMax).toBe(2);
  });

  test('[P1] a shaper whose line is full refuses; one who gives up while waiting leaves at that instant', () => {
    const values: ServiceValues = { servers: 10, limiter: 'token-bucket', limitPerS: 10, limitBurst: 1, limitExcess: 'delay' };
    expect(outcomes(run([{ atMs: 0 }, { atMs: 1 }, { atMs: 2 }], { ...values, queueLimit: 1 }))).toEqual(['completed', 'completed', 'rate-limited']);
    const impatient = run([{ atMs: 0 }, { atMs: 1 }, { atMs: 2 }], { ...values, patience: constant(150) });
    // Let go at 100 and 200: the second waits 99; the third would wait 198 and leaves at 152.
    expect(ends(impatient)).toEqual([10, 110, 152]);
    expect(outcomes(impatient)).toEqual(['completed', 'completed', 'abandoned']);
  });

  test('[P2] a sliding window of 2 in 100 ms opens again exactly 100 ms after the first that it let in', () => {
    const result = run([{ atMs: 0 }, { atMs: 40 }, { atMs: 99 }, { atMs: 100 }, { atMs: 139 }, { atMs: 140 }], {
      servers: 10,
      limiter: 'sliding-window',
      windowRequests: 2,
      windowMs: 100,
    });
    expect(outcomes(result)).toEqual(['completed', 'completed', 'rate-limited', 'completed', 'rate-limited', 'completed']);
  });
});

describe('patience and shedding', () => {
  test('[P3] a request leaves the line at the instant its patience is over, and costs no service', () => {
    // Served 0..50; the second waits from 5 and leaves at 35; the third waits from 30 and is served 50..60.
    const result = run([{ atMs: 0, workMs: 50 }, { atMs: 5 }, { atMs: 30 }], { patience: constant(30) });
    expect(ends(result)).toEqual([50, 35, 60]);
    expect(outcomes(result)).toEqual(['completed', 'abandoned', 'completed']);
    expect(result.endToEnd.failures).toEqual({ abandoned: 1 });
    expect(station(result).queueMean).toBeCloseTo((30 + 20) / 1000, 12);
  });

  test.each(['lifo', 'priority', 'shortest-job'] as const)('[P3] patience takes a request out of the middle of a %s line', (discipline) => {
    const work = [100, 30, 20, 10];
    const result = run(
      work.map((workMs, index) => ({ atMs: index, workMs })),
      { discipline, patience: { type: 'empirical', values: [{ valueMs: 50, weight: 1 }] } },
    );
    expect(outcomes(result)).toEqual(['completed', 'abandoned', 'abandoned', 'abandoned']);
    expect(ends(result)).toEqual([100, 51, 52, 53]);
  });

  test('[P3] who was interrupted in service has begun and does not give up', () => {
    const result = run(
      [
        { atMs: 0, workMs: 20, priority: 5 },
        { atMs: 10, workMs: 100, priority: 0 },
      ],
      { discipline: 'priority-preemptive', patience: constant(30) },
    );
    expect(ends(result)).toEqual([120, 110]);
    expect(outcomes(result)).toEqual(['completed', 'completed']);
  });

  test('[P4] while two wait, only requests up to the priority kept may come in', () => {
    const arrivals = [
      { atMs: 0, workMs: 100 },
      { atMs: 1, priority: 5 },
      { atMs: 2, priority: 5 },
      { atMs: 3, priority: 5 },
      { atMs: 4, priority: 1 },
    ];
    const result = run(arrivals, { shedding: 'priority', shedFrom: 2, shedLevel: 1 });
    expect(outcomes(result)).toEqual(['completed', 'completed', 'completed', 'shed', 'completed']);
  });

  test('[P5] controlled delay: after 100 ms above the target one is turned away, the next 100 ms later, then 100 / sqrt 2 ms', () => {
    // Two come every 10 ms, one is served in 10 ms. At 10 the line is left empty, which is fine however long the last one waited; from
    // 20 on others stay behind and the wait is 10 and more. So one is turned away at 120, the next at 220, the third from
    // 220 + 100 / sqrt 2 = 290.7 on: at 300.
    const arrivals = Array.from({ length: 80 }, (_, index) => ({ atMs: 10 * Math.floor(index / 2) }));
    const result = run(arrivals, { shedding: 'codel', codelTargetMs: 5, codelIntervalMs: 100 });
    const shed = inOrder(result)
      .filter(({ outcome }) => outcome === 'shed')
      .map(({ endMs }) => endMs)
      .sort((a, b) => a - b);
    expect(shed.slice(0, 3)).toEqual([120, 220, 300]);
    // A turned-away request takes no server: the next one begins at that very instant.
    expect(ends(result).filter((endMs) => endMs === 130)).toHaveLength(1);
  });

  test('[P5] a line that is empty, or waits less than the target, sheds nothing', () => {
    const arrivals = Array.from({ length: 60 }, (_, index) => ({ atMs: 20 * Math.floor(index / 2) }));
    const result = run(arrivals, { shedding: 'codel', codelTargetMs: 11, codelIntervalMs: 10 });
    expect(new Set(outcomes(result))).toEqual(new Set(['completed']));
  });
});

describe('servers on demand', () => {
  test('[D1] the first request starts a server; the second, while it starts, starts another; a start that nobody waits for is cancelled', () => {
    // Start-up 100: servers at 100 and 130. The first is done at 110, when its server takes the second: the start of 130 is cancelled.
    const result = run([{ atMs: 0 }, { atMs: 30 }], { servers: 2, onDemand: true, coldStart: constant(100), keepAliveMs: 0 });
    expect(ends(result)).toEqual([110, 120]);
    // Starting: one from 0, two from 30 to 100, one to 110.
    expect(station(result).startingMean).toBeCloseTo((100 + 80) / 1000, 12);
    expect(station(result).coldShare).toBe(0.5);
    // On from 100 to 120 only.
    expect(station(result).serversMean).toBeCloseTo(20 / 1000, 12);
  });

  test('[D2] an idle server goes off after its keep-alive, counted from the moment it fell idle', () => {
    // On at 100, busy to 110, idle to 150: a request at 149 is served at once; idle again from 159 to 199; one at 200 finds it off.
    const result = run([{ atMs: 0 }, { atMs: 149 }, { atMs: 200 }], { onDemand: true, coldStart: constant(100), keepAliveMs: 40 });
    expect(ends(result)).toEqual([110, 159, 310]);
    expect(station(result).coldShare).toBeCloseTo(2 / 3, 12);
  });

  test('[D2] of two idle servers the one that fell idle last is used, so that the other goes off', () => {
    // Two servers on at 100; idle from 110 and 120. At 125 the one idle since 120 serves until 135; the other goes off at 160 and
    // leaves one: of two at 170 the second waits for a start, unless the first is done before: 180.
    const result = run([{ atMs: 0 }, { atMs: 0, workMs: 20 }, { atMs: 125 }, { atMs: 170 }, { atMs: 170 }], {
      servers: 2,
      onDemand: true,
      coldStart: constant(100),
      keepAliveMs: 50,
    });
    expect(ends(result)).toEqual([110, 120, 135, 180, 190]);
  });

  test('[D1] who gives up waiting cancels the start that was meant for it', () => {
    const result = run([{ atMs: 0 }], { onDemand: true, coldStart: constant(100), patience: constant(60) });
    expect(outcomes(result)).toEqual(['abandoned']);
    expect(ends(result)).toEqual([60]);
    expect(station(result).startingMean).toBeCloseTo(60 / 1000, 12);
    expect(station(result).serversMean).toBe(0);
  });
});
