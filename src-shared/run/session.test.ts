import { describe, expect, test } from 'vitest';
import { meanInterval } from '../base/statistics/intervals';
import { emptyProject, type Project } from '../project/project';
import { combineParts, createReplicationRunner } from './session';
import { simulate } from './simulate';

function project(change: (project: Project) => Project = (same) => same): Project {
  const empty = emptyProject('Session');
  return change({
    ...empty,
    settings: { ...empty.settings, durationMs: 10_000, warmUpMs: 1000, replications: 4, seriesPoints: 50 },
    workloads: [{ id: 'load', name: 'Load', params: { ratePerS: 700 } }],
    designs: [
      {
        id: 'd',
        name: 'D',
        components: [
          { id: 'c', kind: 'client', name: 'Clients', workload: 'load', params: {} },
          { id: 's', kind: 'service', name: 'Service', params: { serviceTime: { type: 'exponential', meanMs: 1 } } },
        ],
        links: [{ id: 'l', from: 'c', to: 's', params: {} }],
        faults: [],
        notes: [],
      },
    ],
  });
}
const withSettings = (settings: Partial<Project['settings']>) => project((p) => ({ ...p, settings: { ...p.settings, ...settings } }));
const resultOf = (p: Project) => {
  const result = simulate(p, 'd');
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

describe('session', () => {
  test('[R2] equal project and seed give equal bytes; another seed does not', () => {
    expect(JSON.stringify(resultOf(project()))).toBe(JSON.stringify(resultOf(project())));
    expect(resultOf(withSettings({ seed: 2 })).endToEnd.metrics.latencyMeanMs).not.toBe(resultOf(project()).endToEnd.metrics.latencyMeanMs);
  });

  test('replications run one by one elsewhere combine to the same bytes, in whatever order they were run', () => {
    const runner = createReplicationRunner(project(), 'd');
    if (!runner.ok) throw new Error('refused');
    const parts = [3, 0, 2, 1].map((index) => runner.value.run(index)).sort((a, b) => a.index - b.index);
    const combined = combineParts(project(), 'd', parts);
    expect(JSON.stringify(combined.ok && combined.value)).toBe(JSON.stringify(resultOf(project())));
  });

  test('[R1] a part that is added beside changes no number of the others', () => {
    const alone = resultOf(project());
    const beside = resultOf(
      project((p) => ({
        ...p,
        workloads: [...p.workloads, { id: 'other', name: 'Other', params: { ratePerS: 50 } }],
        designs: p.designs.map((design) => ({
          ...design,
          components: [
            { id: 'c2', kind: 'client', name: 'Others', workload: 'other', params: {} },
            { id: 's2', kind: 'service', name: 'Aside', params: {} },
            ...design.components,
          ],
          links: [{ id: 'l2', from: 'c2', to: 's2', params: {} }, ...design.links],
        })),
      })),
    );
    const service = (result: typeof alone) => result.components.find((part) => part.id === 's');
    expect(service(beside)).toEqual(service(alone));
  });

  test('[M4] pooled percentiles lie among those of single replications', () => {
    const pooled = resultOf(project()).endToEnd.metrics.latencyP99Ms ?? 0;
    const runner = createReplicationRunner(withSettings({ replications: 1 }), 'd');
    if (!runner.ok) throw new Error('refused');
    const single = [0, 1, 2, 3].map((index) => combineParts(withSettings({ replications: 1 }), 'd', [{ ...runner.value.run(index), index: 0 }]));
    const values = single.map((result) => (result.ok ? (result.value.endToEnd.metrics.latencyP99Ms ?? 0) : 0));
    expect(pooled).toBeGreaterThanOrEqual(Math.min(...values));
    expect(pooled).toBeLessThanOrEqual(Math.max(...values));
  });

  test('counts of failures have the interval of their values in single replications', () => {
    const failing = (replications: number) =>
      project((p) => ({
        ...p,
        settings: { ...p.settings, replications },
        designs: p.designs.map((design) => ({
          ...design,
          components: design.components.map((part) => (part.id === 's' ? { ...part, params: { ...part.params, failureShare: 0.2 } } : part)),
        })),
      }));
    const { failures, failureHalfWidths } = resultOf(failing(4)).endToEnd;
    const runner = createReplicationRunner(failing(4), 'd');
    if (!runner.ok) throw new Error('refused');
    const counts = [0, 1, 2, 3].map((index) => {
      const one = combineParts(failing(1), 'd', [{ ...runner.value.run(index), index: 0 }]);
      return one.ok ? (one.value.endToEnd.failures.error ?? 0) : 0;
    });
    const { mean, halfWidth } = meanInterval(counts, 0.95);
    expect(mean).toBeGreaterThan(0);
    expect(failures.error).toBeCloseTo(mean, 9);
    expect(failureHalfWidths?.error).toBeCloseTo(halfWidth ?? 0, 9);
    expect(resultOf(failing(1)).endToEnd.failureHalfWidths).toBeUndefined();
  });

  test('an automatic warm-up leaves out the climb from an empty system', () => {
    // 100 servers at 90 %: starting empty, the number in flight climbs for some service times.
    const slow = project((p) => ({
      ...p,
      settings: { ...p.settings, durationMs: 60_000, warmUpMs: 'auto', replications: 1, seriesPoints: 300 },
      workloads: [{ id: 'load', name: 'Load', params: { ratePerS: 45 } }],
      designs: p.designs.map((design) => ({
        ...design,
        components: design.components.map((part) =>
          part.id === 's' ? { ...part, params: { servers: 100, serviceTime: { type: 'constant', valueMs: 2000 } } } : part,
        ),
      })),
    }));
    const { warmUpMs } = resultOf(slow);
    expect(warmUpMs).toBeGreaterThanOrEqual(1000);
    expect(warmUpMs).toBeLessThan(30_000);
  });

  test('[B2] more in flight than the simulator keeps: the run ends early with a finding and keeps its numbers', () => {
    const flood = project((p) => ({
      ...p,
      settings: { ...p.settings, durationMs: 600_000, replications: 1 },
      workloads: [{ id: 'load', name: 'Load', params: { ratePerS: 20_000 } }],
    }));
    const result = resultOf(flood);
    expect(result.ended).toBe('limit');
    expect(result.findings.map((finding) => finding.code)).toContain('in-flight-limit');
    expect(result.simulatedMs).toBeLessThan(60_000);
    expect(result.checks.conservation.holds).toBe(true);
    expect(result.endToEnd.metrics.completed).toBeGreaterThan(1000);
  });

  test('an unstable part is called unstable', () => {
    const over = project((p) => ({ ...p, workloads: [{ id: 'load', name: 'Load', params: { ratePerS: 1200 } }] }));
    expect(resultOf(over).findings).toContainEqual(expect.objectContaining({ code: 'unstable', componentId: 's' }));
  });
});
