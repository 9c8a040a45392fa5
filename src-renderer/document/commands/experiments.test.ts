import { beforeEach, describe, expect, it } from 'vitest';
import { smallProject } from '../../../src-shared/project/small-project';
import { documentStore, openDocument, undo } from '../document-store';
import { applyChanges } from './apply-changes';
import { addSearch, addSweep, deleteSearch, deleteSweep, duplicateSweep, renamedWith, updateSearch, updateSweep } from './experiments';

const project = () => documentStore.getState().project;
const steps = () => documentStore.getState().past.length;
const axis = { parameter: 'web.replicas', values: { type: 'range' as const, from: 1, to: 4, steps: 4, scale: 'linear' as const } };

beforeEach(() =>
  openDocument(
    smallProject(
      [
        ['users', 'client'],
        ['web', 'service'],
      ],
      [['users', 'web']],
    ),
    null,
  ),
);

describe('sweeps and searches', () => {
  it('are added, copied, changed and deleted, one step each', () => {
    const first = addSweep({ name: 'Load', design: 'design', axes: [axis] }) ?? '';
    const copy = duplicateSweep(first) ?? '';
    expect(project().sweeps.map(({ name }) => name)).toEqual(['Load', 'Load 2']);
    updateSweep(copy, (sweep) => ({ ...sweep, name: 'More' }), 'name');
    updateSweep(copy, (sweep) => ({ ...sweep, name: 'Most' }), 'name');
    updateSweep(copy, (sweep) => ({ ...sweep, axes: [] }));
    expect([project().sweeps[1]?.name, steps()]).toEqual(['Most', 3]);
    undo();
    expect(project().sweeps[1]?.name).toBe('Load 2');
    deleteSweep(first);
    expect(project().sweeps.map(({ id }) => id)).toEqual([copy]);
  });

  it('are called after their first parameter until somebody names them', () => {
    const first = addSweep({ name: 'Rate', design: 'design', axes: [axis] }) ?? '';
    addSweep({ name: 'Replicas', design: 'design', axes: [axis] });
    const renamed = (name: string) => {
      updateSweep(first, (sweep) => ({ ...sweep, name }));
      return renamedWith(project().sweeps[0] as never, 'Rate', 'Replicas');
    };
    expect(renamed('Rate')).toBe('Replicas 2');
    expect(renamed('Rate 3')).toBe('Replicas 2');
    expect(renamed('Rate of shoppers')).toBe('Rate of shoppers');
    expect(renamed('Knee')).toBe('Knee');
  });

  it('leave a file without searches as it was', () => {
    const before = project();
    const id = addSearch({ name: 'Cheapest', design: 'design', axes: [axis] }) ?? '';
    updateSearch(id, (search) => ({ ...search, monotone: 'web.replicas' }));
    expect(project().searches).toMatchObject([{ id, monotone: 'web.replicas' }]);
    deleteSearch(id);
    expect(project()).toEqual(before);
  });
});

describe('applyChanges', () => {
  it('sets parameters of parts and of workloads in one step', () => {
    const before = project();
    expect(applyChanges('design', ['web.replicas=3', 'users.ratePerS=250'], 'Apply')).toBeNull();
    expect(project().designs[0]?.components.find(({ id }) => id === 'web')?.params.replicas).toBe(3);
    expect(project().workloads[0]?.params.ratePerS).toBe(250);
    expect(steps()).toBe(1);
    undo();
    expect(project()).toEqual(before);
  });

  it('says why a change cannot be made, and makes none', () => {
    const before = project();
    expect(applyChanges('design', ['web.replicas=2', 'web.gone=1'], 'Apply')).toContain('gone');
    expect(project()).toBe(before);
  });
});
