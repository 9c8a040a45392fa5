import { expect, test } from 'vitest';
import type { Demand, ObjectiveScope } from '../project/objective';
import { projectProblems } from '../project/problems';
import type { Project } from '../project/project';
import { DEFAULT_TRACE_OPTIONS, traceSetSchema } from '../protocol/trace';
import { type DatabaseValues, DESIGN_ID } from '../validation/draft';
import { scriptedCopies } from '../validation/scripted-copies';
import type { RunResult } from './result';
import { simulate } from './simulate';
import { createTraceRun } from './traces';

/** A write at 100 ms, acknowledged at 102 and applied by the follower at 113; reads at 103 and 120 ms. See copies.test.ts. */
function project(values: DatabaseValues, demands: readonly Demand[] = [], scope: ObjectiveScope = { type: 'end-to-end' }): Project {
  const parts = scriptedCopies({ copies: 2, readFrom: 'followers', failover: 'none', ...values }, [100], [103, 120]);
  const built = parts.build({ durationMs: 1000, warmUpMs: 0 });
  return { ...built, objectives: demands.map((demand, index) => ({ id: `objective-${index}`, name: `Objective ${index}`, scope, demand })) };
}

function run(its: Project): RunResult {
  const outcome = simulate(its, DESIGN_ID);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  return outcome.value;
}

const verdicts = (its: Project): unknown => run(its).objectives.map(({ verdict, measure }) => [measure, verdict]);

test('objectives about staleness and loss are judged by what was measured', () => {
  // One of two reads is stale, by 104 - 102 = 2 ms; nothing fails, so that nothing is lost.
  const demands: readonly Demand[] = [
    { type: 'stale-share', atMost: 0.5 },
    { type: 'stale-share', atMost: 0.4 },
    { type: 'staleness', percentile: 99, atMostMs: 3 },
    { type: 'staleness', percentile: 50, atMostMs: 1 },
    { type: 'recovery-point', atMostMs: 0 },
    { type: 'lost-writes', atMost: 0 },
  ];
  const expected = [
    ['staleShare', 'pass'],
    ['staleShare', 'fail'],
    ['staleAgeP99Ms', 'pass'],
    ['staleAgeP50Ms', 'fail'],
    ['recoveryPointMs', 'pass'],
    ['lostWrites', 'pass'],
  ];
  expect(verdicts(project({}, demands))).toEqual(expected);
  expect(verdicts(project({}, demands, { type: 'component', component: 'data' }))).toEqual(expected);
  expect(verdicts(project({}, demands.slice(0, 4), { type: 'operation', component: 'reader', operation: 'read' }))).toEqual(expected.slice(0, 4));
});

test('where no read was stale there was no staleness; without copies it cannot be judged, and a warning says so', () => {
  const demand: Demand = { type: 'staleness', percentile: 99, atMostMs: 1 };
  expect(verdicts(project({ readFrom: 'primary' }, [demand]))).toEqual([['staleAgeP99Ms', 'pass']]);
  for (const type of [demand, { type: 'lost-writes', atMost: 0 } as const]) {
    const without = project({ copies: 1 }, [type]);
    expect(run(without).objectives[0]).toMatchObject({ verdict: 'unknown', value: null });
    expect(run(without).objectives[0]?.reason).not.toBe('');
    expect(projectProblems(without).map(({ code }) => code)).toContain('objective-without-copies');
  }
  const ofOperation = project({}, [{ type: 'lost-writes', atMost: 0 }], { type: 'operation', component: 'writer', operation: 'write' });
  expect(projectProblems(ofOperation).map(({ code }) => code)).toContain('objective-not-measurable');
});

test('a trace marks the read that was stale, and a request that made one is kept (X5, V12)', () => {
  const traced = createTraceRun(project({}), DESIGN_ID, DEFAULT_TRACE_OPTIONS);
  if (!traced.ok) throw new Error('The project has errors.');
  while (traced.value.advance(100_000));
  const set = traceSetSchema.parse(traced.value.traces());
  const stale = set.traces.filter(({ picks }) => picks.includes('stale'));
  expect(stale).toHaveLength(1);
  expect(stale[0]).toMatchObject({ operation: 'read', beginNs: 103e6, outcome: 'completed', staleNs: 2e6 });
  const marked = stale[0]?.spans.filter((span) => span.staleNs !== undefined) ?? [];
  expect(marked).toMatchObject([{ kind: 'visit', componentId: 'data', instance: 1, staleNs: 2e6, versionsBehind: 1 }]);
  expect(set.traces.filter(({ staleNs }) => staleNs !== undefined)).toHaveLength(1);
});

test('a trace shows the wait of a write for other copies, and tracing changes no number (X1, X2)', () => {
  const its = project({ replication: 'synchronous' });
  const traced = createTraceRun(its, DESIGN_ID, { ...DEFAULT_TRACE_OPTIONS, sampleRate: 1 });
  if (!traced.ok) throw new Error('The project has errors.');
  while (traced.value.advance(100_000));
  const write = traced.value.traces().traces.find(({ operation }) => operation === 'write');
  const stretches = write?.spans.filter(({ kind }) => kind === 'service' || kind === 'commit').map(({ kind, beginNs, endNs }) => [kind, beginNs, endNs]);
  expect(stretches).toEqual([
    ['service', 100e6, 102e6],
    ['commit', 102e6, 122e6],
  ]);
  const { events, journal } = run(its);
  expect(traced.value.part()).toMatchObject({ events, journal });
});

test('a write that still waits for copies when tracing ends has its wait up to then (X2)', () => {
  // Acknowledged at 122 ms; the run ends before.
  const its = project({ replication: 'synchronous' });
  const traced = createTraceRun({ ...its, settings: { ...its.settings, durationMs: 110 } }, DESIGN_ID, { ...DEFAULT_TRACE_OPTIONS, sampleRate: 1 });
  if (!traced.ok) throw new Error('The project has errors.');
  while (traced.value.advance(100_000));
  const write = traceSetSchema.parse(traced.value.traces()).traces.find(({ operation }) => operation === 'write');
  expect(write).toMatchObject({ outcome: 'under-way', endNs: null });
  expect(write?.spans.filter(({ kind }) => kind === 'commit')).toMatchObject([{ beginNs: 102e6, endNs: null }]);
});

test('items times copies have a limit, told before a run', () => {
  const its = project({});
  const many = (items: number): Project => ({
    ...its,
    workloads: its.workloads.map((workload) => ({
      ...workload,
      params: { ...workload.params, operations: (workload.params.operations as readonly object[]).map((row) => ({ ...row, items })) },
    })),
  });
  const codes = (items: number): readonly string[] => projectProblems(many(items)).map(({ code }) => code);
  expect(codes(1_000_000)).not.toContain('too-many-items');
  expect(codes(1_000_000 + 1)).toContain('value-not-allowed');
  const nine = { ...many(300_000), designs: project({ copies: 9 }).designs };
  expect(projectProblems(nine)).toContainEqual(expect.objectContaining({ code: 'too-many-items', severity: 'error', recordId: 'data' }));
});
