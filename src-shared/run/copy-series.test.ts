import { describe, expect, test } from 'vitest';
import type { Objective } from '../project/objective';
import type { Project } from '../project/project';
import { type DatabaseValues, DESIGN_ID } from '../validation/draft';
import { scriptedCopies } from '../validation/scripted-copies';
import type { RunResult } from './result';
import { createSession } from './session';
import { simulate } from './simulate';

/*
 * Two copies, points of 10 ms. Writes come at 100 and 104 ms, are acknowledged at 102 and 106 and applied by the follower at 113 and 117,
 * 11 ms later. Reads at the follower end 1 ms after they were sent (see copies.test.ts):
 *   100 to 110 ms: those of 101 (fresh), 103 and 107 (stale by 2 and 6 ms)
 *   110 to 120 ms: those of 112.5 and 114 (stale by 7.5 and 9 ms) and 118 (fresh)
 */
function project(values: DatabaseValues = {}, settings: Partial<Project['settings']> = {}, objectives: readonly Partial<Objective>[] = []): Project {
  const parts = scriptedCopies({ copies: 2, readFrom: 'followers', failover: 'none', ...values }, [100, 104], [101, 103, 107, 112.5, 114, 118]);
  const built = parts.build({ durationMs: 140, warmUpMs: 0, seriesPoints: 14, ...settings });
  const named = objectives.map(
    (objective, index): Objective => ({
      id: `o-${index}`,
      name: `O ${index}`,
      scope: { type: 'end-to-end' },
      demand: { type: 'stale-share', atMost: 0.5 },
      ...objective,
    }),
  );
  return { ...built, objectives: named };
}

function run(its: Project): RunResult {
  const outcome = simulate(its, DESIGN_ID);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  return outcome.value;
}

/** What a column has from 90 ms on: four points, of which the first and the last are empty. */
const late = (column: readonly (number | null)[] | undefined): readonly (number | null)[] => column?.slice(9, 13) ?? [];
const third = expect.closeTo(2 / 3, 12);
/** Histograms have buckets of 0.8 %. */
const about = (ms: number): unknown => expect.closeTo(ms, 1);

describe('the series of copies', () => {
  test('tell the stale reads of each interval, their age, and the lag of the writes applied in it', () => {
    const { copies } = run(project()).series;
    expect(copies?.components.map(({ id }) => id)).toEqual(['data']);
    for (const columns of [copies?.endToEnd, copies?.components[0]?.columns]) {
      expect(late(columns?.readsPerS)).toEqual([0, 300, 300, 0]);
      expect(late(columns?.staleShare)).toEqual([null, third, third, null]);
      expect(late(columns?.staleAgeP50Ms)).toEqual([null, about(2), about(7.5), null]);
      expect(late(columns?.staleAgeP99Ms)).toEqual([null, about(6), about(9), null]);
    }
    expect(late(copies?.components[0]?.columns.replicationLagMeanMs)).toEqual([null, null, expect.closeTo(11, 9), null]);
    expect(late(copies?.components[0]?.columns.replicationLagP99Ms)).toEqual([null, null, about(11), null]);
  });

  test('are the same where the measured window begins in the middle of an interval, and after a pilot run', () => {
    const { copies } = run(project()).series;
    expect(run(project({}, { warmUpMs: 105 })).series.copies).toEqual(copies);
    expect(run(project({}, { warmUpMs: 'auto' })).series.copies).toEqual(copies);
  });

  test('are those of the run under way, and there are none without copies', () => {
    const session = createSession(project(), DESIGN_ID);
    if (!session.ok) throw new Error(JSON.stringify(session.error));
    expect(session.value.copiedIds).toEqual(['data']);
    while (session.value.advance(1000) === 'running');
    const rows = session.value.frame().points.map((point) => point.copies);
    // Reads per second: end to end first, then of the database.
    expect(rows.map((row) => [row?.[0], row?.[4]]).slice(9, 13)).toEqual([
      [0, 0],
      [300, 300],
      [300, 300],
      [0, 0],
    ]);
    const plain = createSession(project({ copies: 1 }), DESIGN_ID);
    if (!plain.ok) throw new Error(JSON.stringify(plain.error));
    expect(plain.value.copiedIds).toEqual([]);
    expect(plain.value.frame().points.every((point) => !('copies' in point))).toBe(true);
    expect('copies' in run(project({ copies: 1 })).series).toBe(false);
  });
});

describe('objectives about stale reads over windows', () => {
  const ofData = { type: 'component', component: 'data' } as const;

  test('count the reads of each window, with an error budget; windows without a read are left out', () => {
    for (const scope of [{ type: 'end-to-end' } as const, ofData]) {
      // From 80 to 120 ms: 4 of 6 reads are stale. The other windows of 40 ms have none.
      const [half, most] = run(
        project({}, {}, [
          { scope, windowMs: 40, demand: { type: 'stale-share', atMost: 0.5 } },
          { scope, windowMs: 10, demand: { type: 'stale-share', atMost: 0.7 } },
        ]),
      ).objectives;
      expect(half).toMatchObject({ verdict: 'fail', value: third, windows: { judged: 1, met: 0, decidingValue: third, missed: [{ fromMs: 80, toMs: 120 }] } });
      expect(half?.budget).toMatchObject({ allowed: 0.5, spent: expect.closeTo(4 / 3, 9), worstBurn: expect.closeTo(4 / 3, 9) });
      expect(half?.budget?.rules).toHaveLength(2);
      expect(most).toMatchObject({ verdict: 'pass', windows: { judged: 2, met: 2 } });
    }
  });

  test('take the oldest point of a window for its percentile, and no age where no read was stale', () => {
    const staleness = (percentile: 50 | 99, atMostMs: number, windowMs: number): Partial<Objective> => ({
      windowMs,
      demand: { type: 'staleness', percentile, atMostMs },
    });
    const [first, second, whole] = run(project({}, {}, [staleness(99, 7, 10), staleness(50, 8, 10), staleness(99, 8, 40)])).objectives;
    expect(first).toMatchObject({ verdict: 'fail', budget: null, windows: { judged: 2, met: 1, worst: { fromMs: 110, toMs: 120, value: about(9) } } });
    expect(second).toMatchObject({ verdict: 'pass', windows: { judged: 2, met: 2 } });
    expect(whole).toMatchObject({ verdict: 'fail', windows: { judged: 1, met: 0, decidingValue: about(9) } });
    const fresh = run(project({ readFrom: 'primary' }, {}, [staleness(99, 1, 10)])).objectives[0];
    expect(fresh).toMatchObject({ verdict: 'pass', value: 0, windows: { judged: 2, met: 2, decidingValue: 0 } });
  });

  test('alert during the run when a window misses them', () => {
    for (const scope of [{ type: 'end-to-end' } as const, ofData]) {
      const its = project({}, {}, [{ scope, windowMs: 10, demand: { type: 'staleness', percentile: 99, atMostMs: 7 } }]);
      const told = run(its).journal.filter(({ type }) => type === 'alert' || type === 'alert-over');
      expect(told).toMatchObject([{ atMs: 120, type: 'alert', value: about(9) }]);
    }
  });

  test('cannot be judged where no read was answered in a whole window', () => {
    const [verdict] = run(project({}, {}, [{ windowMs: 100 }])).objectives;
    expect(verdict).toMatchObject({ verdict: 'unknown', reason: 'The run has no whole window in which a read was answered.' });
  });
});
