import { describe, expect, it } from 'vitest';
import type { Objective } from '../project/objective';
import type { Project } from '../project/project';
import { smallProject } from '../project/small-project';
import { withAlerts } from './alerts';
import type { RunEvent, RunResult } from './result';
import { createSession } from './session';
import { simulate } from './simulate';

const base = smallProject(
  [
    ['users', 'client'],
    ['web', 'service', { serviceTime: { type: 'constant', valueMs: 4 }, queueLimit: 20 }],
  ],
  [['users', 'web', { latency: { type: 'constant', valueMs: 0 } }]],
  { ratePerS: 100 },
);
const objective = (id: string, change: Partial<Objective>): Objective => ({
  id,
  name: `Objective ${id}`,
  scope: { type: 'end-to-end' },
  demand: { type: 'availability', atLeast: 0.99 },
  ...change,
});

/** A crash from 30 s to 40 s of two minutes at 100 requests a second, which fail at once meanwhile. */
function project(objectives: readonly Objective[], replications = 1): Project {
  const [design] = base.designs as [Project['designs'][number]];
  return {
    ...base,
    settings: { ...base.settings, durationMs: 120_000, warmUpMs: 0, seriesPoints: 120, replications },
    objectives: [...objectives],
    designs: [
      {
        ...design,
        faults: [
          {
            id: 'crash',
            name: 'Crash',
            target: 'web',
            effect: { type: 'crash', silent: false, restartMs: 0 },
            timing: { type: 'once', atMs: 30_000, lastsMs: 10_000 },
          },
        ],
      },
    ],
  };
}

function run(from: Project): RunResult {
  const result = simulate(from, 'design');
  if (!result.ok) throw new Error(result.error[0]?.message);
  return result.value;
}

const alerts = ({ journal }: { readonly journal: readonly RunEvent[] }): readonly (readonly [number, string, string | undefined, string | undefined])[] =>
  journal.flatMap(({ atMs, type, objective: about }) => (type === 'alert' || type === 'alert-over' ? [[atMs, type, about?.id, about?.rule] as const] : []));

describe('alerts of objectives', () => {
  const burn = objective('budget', {});
  const windows = objective('windows', { windowMs: 5000 });
  const late = objective('late', { demand: { type: 'recovery-time', atMostMs: 4000, errorShare: 0.1 } });
  const inTime = objective('in-time', { demand: { type: 'recovery-time', atMostMs: 15_000, errorShare: 0.1 } });

  it('tell the breach and the end of it, in the journal of the result', () => {
    const result = run(project([burn, windows, late, inTime]));
    // Windows of 5 s: 30–35 and 35–40 s are missed, 40–45 s is met. The fast rule looks at 1 s, the slow one at 12 s and 1 s.
    expect(alerts(result).filter(([, , id]) => id === 'windows')).toEqual([
      [35_000, 'alert', 'windows', 'window'],
      [45_000, 'alert-over', 'windows', 'window'],
    ]);
    expect(alerts(result).filter(([, , id]) => id === 'budget')).toEqual([
      [31_000, 'alert', 'budget', 'fast-burn'],
      [31_000, 'alert', 'budget', 'slow-burn'],
      [41_000, 'alert-over', 'budget', 'fast-burn'],
      [41_000, 'alert-over', 'budget', 'slow-burn'],
    ]);
    // Good again from 40 s on, 10 s after the fault. A window that begins after 34 s is too late: the one to 36 s shows that it is.
    expect(alerts(result).filter(([, , , rule]) => rule === 'recovery')).toEqual([
      [36_000, 'alert', 'late', 'recovery'],
      [41_000, 'alert-over', 'late', 'recovery'],
    ]);
    const verdicts = new Map(result.objectives.map((verdict) => [verdict.id, verdict]));
    expect(verdicts.get('late')).toMatchObject({
      verdict: 'fail',
      value: 10_000,
      measure: 'recoveryTimeMs',
      recovery: { faults: 1, disturbed: 1, notRecovered: 0 },
    });
    expect(verdicts.get('in-time')).toMatchObject({ verdict: 'pass', value: 10_000 });
    expect(verdicts.get('in-time')?.margin).toBeCloseTo(1 / 3, 9);
    expect(verdicts.get('budget')?.budget?.rules.map(({ name, alerts: count }) => [name, count])).toEqual([
      ['fast-burn', 1],
      ['slow-burn', 1],
    ]);
    expect(result.journal.map(({ atMs }) => atMs)).toEqual(result.journal.map(({ atMs }) => atMs).sort((one, other) => one - other));
  });

  it('come live in the frames, the same as in the result, of the first replication only', () => {
    const from = project([burn, windows, late], 2);
    const session = createSession(from, 'design');
    if (!session.ok) throw new Error('The project runs.');
    const seen: RunEvent[] = [];
    for (let status = session.value.advance(500); status !== 'finished'; status = session.value.advance(500)) seen.push(...session.value.frame().journal);
    const result = session.value.result();
    expect(alerts({ journal: seen })).toEqual(alerts(result));
    expect(alerts(result).length).toBeGreaterThan(4);
  });

  it('cost nothing and say nothing without objectives that points over time can break', () => {
    expect(alerts(run(project([])))).toEqual([]);
    expect(alerts(run(project([objective('p95', { demand: { type: 'latency', percentile: 95, atMostMs: 1 } })])))).toEqual([]);
    const { journal, ...rest } = run(project([burn]));
    const { journal: plain, ...bare } = run(project([]));
    expect({ ...rest, objectives: [] }).toEqual(bare);
    expect(journal.filter(({ type }) => !type.startsWith('alert'))).toEqual(plain);
  });

  it('stand after what happened at the same instant', () => {
    const event = (atMs: number, type: RunEvent['type']): RunEvent => ({
      atMs,
      type,
      componentId: null,
      instance: null,
      linkId: null,
      faultId: null,
      value: null,
    });
    expect(
      withAlerts([event(1, 'resize'), event(2, 'resize'), event(4, 'resize')], [event(2, 'alert'), event(3, 'alert-over'), event(5, 'alert')]).map(
        ({ atMs, type }) => `${atMs} ${type}`,
      ),
    ).toEqual(['1 resize', '2 resize', '2 alert', '3 alert-over', '4 resize', '5 alert']);
  });

  it('says that a recovery cannot be judged where nothing failed or the run ended first', () => {
    const without = project([inTime]);
    const [design] = without.designs as [Project['designs'][number]];
    expect(run({ ...without, designs: [{ ...design, faults: [] }] }).objectives[0]).toMatchObject({ verdict: 'unknown', value: null });
    const short = { ...without, settings: { ...without.settings, durationMs: 38_000, seriesPoints: 38 } };
    expect(run(short).objectives[0]).toMatchObject({ verdict: 'unknown', value: 8000, reason: 'The run ended before the service had recovered.' });
  });
});
