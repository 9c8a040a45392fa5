import { describe, expect, it } from 'vitest';
import type { Objective } from '../project/objective';
import type { Project } from '../project/project';
import { smallProject } from '../project/small-project';
import { judgeObjectives } from './objectives';
import type { ObjectiveVerdict, RunResult } from './result';
import { simulate } from './simulate';

const exponential = (meanMs: number): unknown => ({ type: 'exponential', meanMs });
const direct = { latency: { type: 'constant', valueMs: 0 } };

function project(
  web: Record<string, unknown>,
  ratePerS: number,
  objectives: readonly Partial<Objective>[],
  settings: Partial<Project['settings']> = {},
): Project {
  const base = smallProject(
    [
      ['users', 'client'],
      ['web', 'service', { serviceTime: exponential(10), ...web }],
    ],
    [['users', 'web', direct]],
    { ratePerS },
  );
  return {
    ...base,
    settings: { ...base.settings, durationMs: 400_000, warmUpMs: 10_000, replications: 4, ...settings },
    objectives: objectives.map((objective, index) => ({
      id: `o-${index}`,
      name: `O ${index}`,
      scope: { type: 'end-to-end' },
      demand: { type: 'error-share', atMost: 0.5 },
      ...objective,
    })),
  };
}

function run(from: Project): RunResult {
  const result = simulate(from, 'design');
  if (!result.ok) throw new Error(result.error[0]?.message);
  return result.value;
}

describe('judgeObjectives over a run', () => {
  it('judges the percentile that theory gives: M/M/1 at half load, latency exponential with mean 20 ms, p99 = 20 ms · ln 100 = 92.1 ms', () => {
    const p99 = (atMostMs: number): Partial<Objective> => ({ demand: { type: 'latency', percentile: 99, atMostMs } });
    const [met, missed] = run(project({}, 50, [p99(115), p99(75)])).objectives as [ObjectiveVerdict, ObjectiveVerdict];
    expect(met).toMatchObject({ verdict: 'pass', measure: 'latencyP99Ms', demand: 'at-most', limit: 115, sure: true, windows: null, budget: null });
    expect(met.margin).toBeCloseTo(1 - 92.1 / 115, 1);
    expect(missed).toMatchObject({ verdict: 'fail', sure: true });
    expect(missed.margin).toBeCloseTo(1 - 92.1 / 75, 1);
  });

  it('counts the error budget: M/M/1/2 at its capacity refuses one in three', () => {
    const [errors, availability, strict] = run(
      project({ queueLimit: 1 }, 100, [
        { demand: { type: 'error-share', atMost: 0.5 } },
        { demand: { type: 'availability', atLeast: 0.5 } },
        { scope: { type: 'operation', component: 'users', operation: 'view' }, demand: { type: 'availability', atLeast: 0.9 } },
      ]),
    ).objectives as [ObjectiveVerdict, ObjectiveVerdict, ObjectiveVerdict];
    expect(errors.value).toBeCloseTo(1 / 3, 2);
    expect(errors.budget?.spent).toBeCloseTo(2 / 3, 1);
    expect(availability.value).toBeCloseTo(2 / 3, 2);
    expect(availability.budget?.spent).toBeCloseTo(2 / 3, 1);
    expect(availability.margin).toBeCloseTo(1 / 3, 1);
    expect(errors.verdict + availability.verdict).toBe('passpass');
    expect(strict).toMatchObject({ verdict: 'fail', measure: 'availability', operation: 'view', subject: 'users' });
    expect(strict.budget?.spent).toBeCloseTo(10 / 3, 0);
  });

  it('says why something cannot be judged, and takes a part that nothing can take away for available', () => {
    const [cost, gone, web] = run(
      project({}, 10, [
        { demand: { type: 'cost-per-hour', atMost: 1 } },
        { scope: { type: 'component', component: 'gone' } },
        { scope: { type: 'component', component: 'web' }, demand: { type: 'availability', atLeast: 1 } },
      ]),
    ).objectives as [ObjectiveVerdict, ObjectiveVerdict, ObjectiveVerdict];
    expect(cost).toMatchObject({ verdict: 'unknown', value: null, margin: null, reason: 'Nothing that it is about has a price: choose machines.' });
    expect(gone).toMatchObject({ verdict: 'unknown', reason: 'The design has not what it is about.' });
    expect(web).toMatchObject({ verdict: 'pass', value: 1, margin: null, reason: '' });
  });

  it('judges the price of the machines: two of 0.2 USD per hour', () => {
    const [hour, million] = run(
      project({ machine: 'vcpu-4', replicas: 2 }, 10, [
        { demand: { type: 'cost-per-hour', atMost: 0.5 } },
        { demand: { type: 'cost-per-million', atMost: 1 } },
      ]),
    ).objectives as [ObjectiveVerdict, ObjectiveVerdict];
    expect(hour).toMatchObject({ verdict: 'pass', measure: 'costPerHour' });
    expect(hour.value).toBeCloseTo(0.4, 9);
    expect(hour.margin).toBeCloseTo(0.2, 9);
    // 0.4 USD buys 36,000 requests: 11.1 USD for a million.
    expect(million.verdict).toBe('fail');
    expect(million.value).toBeCloseTo(11.1, 0);
  });

  it('leaves out objectives of other designs', () => {
    expect(run(project({}, 10, [{ design: 'other' }], { durationMs: 1000, warmUpMs: 0, replications: 1 })).objectives).toEqual([]);
  });
});

describe('judgeObjectives over windows, worked by hand', () => {
  const from = project({}, 10, []);
  /** One point a second; the warm-up ends after the first. */
  const point = { completedPerS: [0, 9, 10, 10, 8, 0, 0, 5], failedPerS: [9, 1, 0, 0, 2, 0, 0, 5], latencyP95Ms: [900, 50, 70, 20, 30, null, null, 10] };
  const result = {
    ...run(project({}, 10, [], { durationMs: 1000, warmUpMs: 0, replications: 1 })),
    warmUpMs: 1000,
    endToEnd: { metrics: { failureShare: 0.16, latencyP95Ms: 60 }, failures: {} },
    series: {
      timeMs: [1, 2, 3, 4, 5, 6, 7, 8].map((second) => second * 1000),
      endToEnd: { ...point, offeredPerS: [], latencyP50Ms: [], latencyP99Ms: [], inFlight: [] },
      components: [],
      links: [],
    },
  };
  const judge = (objective: Partial<Objective>): ObjectiveVerdict => {
    const asked = project({}, 10, [objective]);
    return judgeObjectives(asked, from.designs[0] as Project['designs'][number], result)[0] as ObjectiveVerdict;
  };

  it('takes whole windows after the warm-up, and leaves out those in which nothing ended', () => {
    // 1–3 s: 1 of 20 failed; 3–5 s: 2 of 20; 5–7 s: nothing ended; 7–9 s is not whole.
    const verdict = judge({ demand: { type: 'error-share', atMost: 0.08 }, windowMs: 2000 });
    expect(verdict).toMatchObject({ verdict: 'fail', value: 0.16, sure: null });
    expect(verdict.windows).toEqual({
      lengthMs: 2000,
      judged: 2,
      met: 1,
      demandedShare: 1,
      decidingValue: 0.1,
      worst: { fromMs: 3000, toMs: 5000, value: 0.1 },
      missed: [{ fromMs: 3000, toMs: 5000, value: 0.1 }],
    });
    expect(verdict.margin).toBeCloseTo(-0.25, 9);
    expect(verdict.budget?.spent).toBeCloseTo(2, 9);
    expect(verdict.budget?.worstBurn).toBeCloseTo(1.25, 9);
  });

  it('is met where enough windows meet it', () => {
    expect(judge({ demand: { type: 'error-share', atMost: 0.08 }, windowMs: 2000, windowShare: 0.5 })).toMatchObject({
      verdict: 'pass',
      windows: { met: 1, decidingValue: 0.05 },
    });
    expect(judge({ demand: { type: 'availability', atLeast: 0.95 }, windowMs: 2000, windowShare: 0.5 })).toMatchObject({
      verdict: 'pass',
      windows: { met: 1 },
    });
    expect(judge({ demand: { type: 'availability', atLeast: 0.95 }, windowMs: 2000, windowShare: 0.51 }).verdict).toBe('fail');
  });

  it('takes the slowest point for the percentile of a window', () => {
    expect(judge({ demand: { type: 'latency', percentile: 95, atMostMs: 60 }, windowMs: 2000 })).toMatchObject({
      verdict: 'fail',
      value: 60,
      windows: { judged: 2, met: 1, worst: { fromMs: 1000, value: 70 } },
    });
  });

  it('takes nothing for met in a run that a limit ended', () => {
    const [design] = from.designs;
    const judged = judgeObjectives(
      project({}, 10, [{ demand: { type: 'error-share', atMost: 0.5 } }, { demand: { type: 'error-share', atMost: 0.1 } }]),
      design as Project['designs'][number],
      { ...result, ended: 'limit' },
    );
    expect(judged.map(({ verdict, reason }) => [verdict, reason])).toEqual([
      ['unknown', 'A limit of the simulator ended the run.'],
      ['fail', ''],
    ]);
  });

  it('cannot judge windows shorter than a point, or longer than the run', () => {
    for (const windowMs of [500, 8000])
      expect(judge({ windowMs })).toMatchObject({ verdict: 'unknown', reason: 'The run has no whole window in which a request ended.' });
  });
});
