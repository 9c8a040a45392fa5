// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../src-shared/project/fault';
import { designProblems } from '../../src-shared/project/problems';
import { smallProject } from '../../src-shared/project/small-project';
import { prepareVariant, runVariant } from '../../src-shared/run/variants';
import { addFrozenDesign, addVariant, deleteVariant, updateVariant } from '../document/commands/variants';
import { documentStore, openDocument, undo } from '../document/document-store';
import { differencesTo, whyUnpaired } from './baseline-card';
import { withInjected } from './baselines';
import { changeError, joinChange, splitChange } from './variant-change';

const base = smallProject(
  [
    ['users', 'client'],
    ['web', 'service', { serviceTime: { type: 'exponential', meanMs: 10 } }],
  ],
  [['users', 'web']],
  { ratePerS: 50 },
);
const project = { ...base, settings: { ...base.settings, durationMs: 20_000, warmUpMs: 1000, replications: 5 } };

function run(from: typeof project, changes: readonly string[] = []) {
  const prepared = prepareVariant(from, { label: '', designId: 'design', changes });
  if (!prepared.ok) throw new Error('the design is sound');
  return runVariant(prepared.value);
}

describe('a run against a pinned one', () => {
  it('differs by pairs of replications with the same random numbers', () => {
    const before = run(project);
    const after = run(project, ['web.serviceTime.meanMs=5']);
    expect(whyUnpaired(before.result, after.result)).toBeNull();
    const rows = differencesTo(before, after.result, after.samples);
    const latency = rows.find(({ metric }) => metric === 'latencyMeanMs')?.differences[1];
    expect(latency).toMatchObject({ verdict: 'better', pairs: 5 });
    expect(latency?.halfWidth ?? Infinity).toBeLessThan(latency?.independentHalfWidth ?? 0);
    expect(differencesTo(before, before.result, before.samples).every(({ differences }) => differences[1]?.mean === 0)).toBe(true);
  });

  it('is not paired where the seed or the time is another one', () => {
    const { result } = run(project);
    expect(whyUnpaired(result, { ...result, settings: { ...result.settings, seed: 2 } })).toMatch(/seed 1, this run 2/);
    expect(whyUnpaired(result, { ...result, simulatedMs: 10 })).toMatch(/another time/);
  });

  it('is repeated with the faults that were injected by hand', () => {
    const fault: Fault = {
      id: 'f',
      name: 'F',
      target: 'web',
      effect: { type: 'crash', silent: false, restartMs: 0 },
      timing: { type: 'once', atMs: 5000, lastsMs: 0 },
    };
    expect(withInjected(project, 'design', [fault]).designs[0]?.faults).toEqual([{ ...fault, timing: { type: 'once', atMs: 5000, lastsMs: 15_000 } }]);
    expect(withInjected(project, 'design', [])).toBe(project);
  });
});

describe('commands on variants', () => {
  beforeEach(() => openDocument(project, null));
  const variants = () => documentStore.getState().project.variants ?? [];

  it('add, change and delete them, each as one step', () => {
    const id = addVariant({ name: 'Four', design: 'design', changes: [] }) ?? '';
    updateVariant(id, 'changes', (before) => ({ ...before, changes: ['web.replicas=4'] }));
    expect(variants()).toEqual([{ id: 'variant-1', name: 'Four', design: 'design', changes: ['web.replicas=4'] }]);
    deleteVariant(id);
    expect(variants()).toEqual([]);
    for (let step = 0; step < 3; step++) undo();
    expect(documentStore.getState().project).toEqual(project);
  });

  it('keep a design of an earlier state of the project, with the workload that it had', () => {
    const earlier = { ...project, workloads: project.workloads.map((workload) => ({ ...workload, params: { ...workload.params, ratePerS: 20 } })) };
    const id = addFrozenDesign(earlier, 'design', 'Before') ?? '';
    const { project: now } = documentStore.getState();
    const kept = now.designs.find((design) => design.id === id);
    const client = kept?.components.find(({ kind }) => kind === 'client');
    expect(now.workloads.find((workload) => workload.id === client?.workload)?.params.ratePerS).toBe(20);
    expect(now.workloads).toHaveLength(2);
    expect(designProblems(now, id).filter(({ severity }) => severity === 'error')).toEqual([]);
    // A workload that is the same is shared.
    addFrozenDesign(project, 'design', 'Same');
    expect(documentStore.getState().project.workloads).toHaveLength(2);
  });
});

describe('changes of a variant', () => {
  it('are taken apart, put together, and told where they cannot be made', () => {
    expect(splitChange('web.note=a=b')).toEqual({ path: 'web.note', value: 'a=b' });
    expect(joinChange({ path: 'web.replicas', value: '4' })).toBe('web.replicas=4');
    const changes = ['web.replicas=4', 'web.replicas=many', 'gone.replicas=4'];
    expect(changeError(project, 'design', changes, 0)).toBeNull();
    expect(changeError(project, 'design', changes, 1)).toMatch(/web.replicas/);
    // The one before it is told of already.
    expect(changeError(project, 'design', changes, 2)).toBeNull();
    expect(changeError(project, 'design', changes.slice(2), 0)).toMatch(/gone/);
  });
});
