import { describe, expect, it } from 'vitest';
import type { Project } from '../project/project';
import { smallProject } from '../project/small-project';
import type { Sweep } from '../project/sweep';
import { pointVariant, sweepPoints } from '../project/sweep-points';
import type { RunResult } from '../run/result';
import { prepareVariant, runVariant } from '../run/variants';
import { loadLatencyOf, refinedValues, scalabilityOf } from './sweep-curves';
import { sweepCsv, sweepJson } from './sweep-export';
import { mergeParts, readSweepPart } from './sweep-merge';
import { finishSweep, type SweepHeader, type SweepPointResult, sweepPart, sweepPointOf } from './sweep-result';

const exponential = (meanMs: number): unknown => ({ type: 'exponential', meanMs });
const direct = { latency: { type: 'constant', valueMs: 0 } };
const base = smallProject(
  [
    ['users', 'client'],
    ['web', 'service', { serviceTime: exponential(10) }],
  ],
  [['users', 'web', direct]],
  { ratePerS: 50 },
);
const project: Project = { ...base, settings: { ...base.settings, durationMs: 200_000, warmUpMs: 5000, replications: 4 } };

function header(parameter: string, whole: boolean): SweepHeader {
  return {
    engineVersion: '1',
    fingerprint: 'f',
    project: { name: 'Test' },
    design: { id: 'design', name: 'Design' },
    sweep: { name: 'S' },
    axes: [{ parameter, title: parameter, unit: '', whole }],
    changes: [],
    settings: project.settings,
  };
}

function runSweep(from: Project, parameter: string, values: readonly number[]): SweepPointResult[] {
  const sweep: Pick<Sweep, 'design' | 'axes'> = { design: 'design', axes: [{ parameter, values: { type: 'list', values: [...values] } }] };
  const points = sweepPoints(from, sweep);
  if (!points.ok) throw new Error(points.error);
  return points.value.map((point) => {
    const prepared = prepareVariant(from, pointVariant(sweep, point.values));
    if (!prepared.ok) throw new Error(JSON.stringify(prepared.error));
    return sweepPointOf(point.index, point.values, runVariant(prepared.value).result);
  });
}

const loads = runSweep(project, 'load.ratePerS', [20, 40, 60, 80]);
const loadHeader = header('load.ratePerS', false);

describe('loadLatencyOf', () => {
  it('finds the knee of M/M/1 at half of its capacity of 100 req/s', () => {
    const curve = loadLatencyOf(loadHeader, loads);
    expect(curve?.points.map(({ load }) => load)).toEqual([20, 40, 60, 80]);
    // Means of theory: 1000 / (100 − load) ms.
    for (const { load, latencyMeanMs } of curve?.points ?? []) expect(latencyMeanMs / (1000 / (100 - load))).toBeCloseTo(1, 0);
    expect(curve?.knee?.load).toBeGreaterThan(46);
    expect(curve?.knee?.load).toBeLessThan(54);
  });

  it('is none where the axis does not raise the load', () => {
    expect(loadLatencyOf(header('web.serviceTime.meanMs', false), runSweep(project, 'web.serviceTime.meanMs', [2, 4, 8]))).toBeNull();
  });

  it('is refined between the strongest point and its neighbours', () => {
    const best = (loadLatencyOf(loadHeader, loads)?.points ?? []).reduce((most, point) => (point.power > most.power ? point : most)).load;
    expect(refinedValues(loadHeader, loads, 5)).toEqual([best - 10, best + 10]);
    expect(refinedValues(loadHeader, loads, 1)).toEqual([best - 10]);
    expect(refinedValues(header('load.ratePerS', true), [...loads.slice(0, 2), ...loads.slice(3)], 5).every((value) => Number.isInteger(value))).toBe(true);
  });
});

describe('scalabilityOf', () => {
  const saturated: Project = {
    ...project,
    settings: { ...project.settings, durationMs: 20_000 },
    workloads: project.workloads.map((row) => ({ ...row, params: { ...row.params, ratePerS: 2000 } })),
  };
  const bounded: Project = {
    ...saturated,
    designs: saturated.designs.map((design) => ({
      ...design,
      components: design.components.map((part) => (part.id === 'web' ? { ...part, params: { ...part.params, queueLimit: 20 } } : part)),
    })),
  };

  it('finds that independent servers scale linearly: 100 req/s each, no contention, no coherency', () => {
    const fit = scalabilityOf(header('web.servers', true), runSweep(bounded, 'web.servers', [1, 2, 4, 6, 8, 12]))?.fit;
    expect((fit?.gamma.value ?? 0) / 100).toBeCloseTo(1, 1);
    expect(fit?.alpha.value).toBeLessThan(0.01);
    expect(fit?.beta.value).toBeLessThan(0.001);
    expect(fit?.rSquared).toBeGreaterThan(0.999);
  });

  it('leaves out the points whose throughput is all that was asked for', () => {
    const few = scalabilityOf(header('web.servers', true), runSweep(project, 'web.servers', [1, 2, 3, 4]));
    expect(few?.points.map(({ limitedByLoad }) => limitedByLoad)).toEqual([true, true, true, true]);
    expect(few?.fit).toBeNull();
    expect(scalabilityOf(header('load.ratePerS', false), loads)).toBeNull();
  });
});

describe('mergeParts', () => {
  const part = (index: number, count: number, from = loadHeader) =>
    sweepPart(
      from,
      { index, count },
      loads.length,
      loads.filter((point) => point.index % count === index - 1),
    );
  /** What a part is after it has been written and read. */
  const stored = (index: number, count: number, from?: SweepHeader) => {
    const read = readSweepPart(sweepJson(part(index, count, from)));
    if (!read.ok) throw new Error(read.error);
    return { name: `part-${index}.json`, part: read.value };
  };
  const whole = sweepJson(finishSweep(loadHeader, loads));

  it.each([1, 2, 3, 4])('gives what one machine gives, byte for byte, from %d shards in any order', (count) => {
    const parts = Array.from({ length: count }, (_, index) => stored(index + 1, count)).reverse();
    const merged = mergeParts(parts);
    expect(merged.ok && sweepJson(merged.value)).toBe(whole);
  });

  it.each<[string, () => Parameters<typeof mergeParts>[0], string]>([
    ['a missing shard', () => [stored(1, 3), stored(3, 3)], 'Of 3 shards one is missing: 2.'],
    ['a shard that is there twice', () => [stored(1, 2), stored(1, 2)], 'part-1.json and part-1.json are both shard 1 of 2.'],
    ['shards of different numbers', () => [stored(1, 2), stored(2, 3)], 'part-1.json is one of 2 shards, part-2.json one of 3.'],
    ['another project', () => [stored(1, 2), stored(2, 2, { ...loadHeader, fingerprint: 'g' })], 'part-2.json and part-1.json are not parts of the same sweep'],
    ['nothing', () => [], 'There is no part to merge.'],
  ])('refuses %s', (_name, parts, message) => {
    expect(mergeParts(parts())).toEqual({ ok: false, error: expect.stringContaining(message) });
  });

  it('refuses what is no part, and says so', () => {
    expect(readSweepPart(whole)).toEqual({ ok: false, error: expect.stringContaining('not a part of a sweep') });
    expect(readSweepPart(sweepJson(part(1, 2)).slice(0, 500))).toEqual({ ok: false, error: expect.stringContaining('not JSON') });
  });
});

describe('a sweep', () => {
  it('has at each point what a run of it by itself finds', () => {
    const prepared = prepareVariant(project, { label: '', designId: 'design', changes: ['load.ratePerS=60'] });
    const alone: RunResult | null = prepared.ok ? runVariant(prepared.value).result : null;
    expect(loads[2]?.endToEnd).toEqual(alone?.endToEnd);
    expect(loads[2]?.components.map(({ id }) => id)).toEqual(['users', 'web']);
  });

  it('is written as CSV, with the axis under its name', () => {
    const [head = '', ...rows] = sweepCsv(finishSweep(loadHeader, loads)).trimEnd().split('\r\n');
    expect(head).toMatch(/^point,load\.ratePerS,scope,id,name,/);
    expect(rows).toHaveLength(4 * 3);
    expect(rows[6]).toMatch(/^2,60,end-to-end,,End to end,/);
  });
});
