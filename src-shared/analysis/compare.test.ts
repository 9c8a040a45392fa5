import { describe, expect, it } from 'vitest';
import type { Project } from '../project/project';
import { smallProject } from '../project/small-project';
import type { Variant } from '../project/variant';
import { prepareVariant, runVariant } from '../run/variants';
import { type ComparedRun, compareRuns } from './compare';
import { comparisonCsv } from './comparison-export';

const exponential = (meanMs: number): unknown => ({ type: 'exponential', meanMs });
const base = smallProject(
  [
    ['users', 'client'],
    ['web', 'service', { serviceTime: exponential(10) }],
  ],
  [['users', 'web', { latency: { type: 'constant', valueMs: 0 } }]],
  { ratePerS: 50 },
);
const project: Project = { ...base, settings: { ...base.settings, durationMs: 60_000, warmUpMs: 5000, replications: 8 } };

function run(from: Project, label: string, ...changes: string[]): ComparedRun {
  const variant: Variant = { label, designId: 'design', changes };
  const prepared = prepareVariant(from, variant);
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.error));
  const { result, samples } = runVariant(prepared.value);
  return { label, changes, result, samples };
}

const slow = run(project, 'slow');
const fast = run(project, 'fast', 'web.serviceTime.meanMs=9.5');
const comparison = compareRuns([slow, fast]);
const latency = comparison.rows.find((row) => row.scope === 'end-to-end' && row.metric === 'latencyMeanMs')?.differences[1];

describe('compareRuns', () => {
  it('finds the difference that theory gives: M/M/1 at 50 req/s, 20 ms and 18.095 ms in the system', () => {
    expect(latency).toMatchObject({ pairs: 8, verdict: 'better' });
    const error = Math.abs((latency?.mean ?? 0) - (1000 / (1000 / 9.5 - 50) - 1000 / (100 - 50)));
    expect(error).toBeLessThan(3 * (latency?.halfWidth ?? 0));
  });

  it('has a narrower interval by common random numbers than independent runs have', () => {
    const independent = run({ ...project, settings: { ...project.settings, seed: 2 } }, 'fast', 'web.serviceTime.meanMs=9.5');
    const unpaired = compareRuns([slow, independent]).rows.find((row) => row.scope === 'end-to-end' && row.metric === 'latencyMeanMs')?.differences[1];
    const half = latency?.halfWidth ?? Infinity;
    expect(half).toBeLessThan((unpaired?.halfWidth ?? 0) / 3);
    // Welch's interval over the common runs foretells the same gain.
    expect(half).toBeLessThan((latency?.independentHalfWidth ?? 0) / 3);
  });

  it('gives every side the same arrivals, and the values that its run by itself has', () => {
    const offered = comparison.rows.find((row) => row.scope === 'end-to-end' && row.metric === 'offered');
    expect(offered?.differences[1]).toMatchObject({ mean: 0, halfWidth: 0, verdict: 'not-distinguishable' });
    expect(offered?.values[0]?.value).toBe(slow.result.endToEnd.metrics.offered);
    const p99 = comparison.rows.find((row) => row.scope === 'component' && row.id === 'web' && row.metric === 'latencyP99Ms');
    expect(p99?.values.map((value) => value?.value)).toEqual(
      [slow, fast].map(({ result }) => result.components.find(({ id }) => id === 'web')?.metrics.latencyP99Ms),
    );
  });

  it('compares only what both sides have, and needs two replications for a verdict', () => {
    const renamed = smallProject(
      [
        ['users', 'client'],
        ['app', 'service', { serviceTime: exponential(10) }],
      ],
      [['users', 'app']],
      { ratePerS: 50 },
    );
    const other = run({ ...renamed, settings: { ...project.settings, replications: 1 } }, 'other');
    const single = compareRuns([slow, other]);
    expect(new Set(single.rows.map(({ scope, id }) => `${scope}/${id}`))).toEqual(new Set(['end-to-end/', 'operation/users: view', 'component/users']));
    expect(new Set(single.rows.flatMap(({ differences }) => differences.map((found) => found?.verdict)))).toEqual(new Set([undefined, 'unknown']));
  });

  it('is written as CSV, one row for each metric and side', () => {
    const lines = comparisonCsv(comparison).trimEnd().split('\r\n');
    expect(lines).toHaveLength(comparison.rows.length + 1);
    expect(lines.find((line) => line.startsWith('end-to-end,,End to end,latencyMeanMs,'))).toMatch(/,lower,slow,fast,.*,better$/);
  });
});
