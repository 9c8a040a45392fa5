import { describe, expect, it } from 'vitest';
import type { Fault } from '../../src-shared/project/fault';
import { emptyProject, type Project } from '../../src-shared/project/project';
import { modelText } from './model-of';

const project: Project = {
  ...emptyProject(),
  workloads: [
    { id: 'w1', name: 'Users', params: { ratePerS: 10 } },
    { id: 'w2', name: 'Others', params: { ratePerS: 10 } },
  ],
  designs: [
    {
      id: 'design-1',
      name: 'One',
      components: [
        { id: 'clients', kind: 'client', name: 'Clients', workload: 'w1', params: {} },
        { id: 'web', kind: 'service', name: 'Web', params: { replicas: 2 } },
      ],
      links: [{ id: 'l1', from: 'clients', to: 'web', params: {} }],
      faults: [],
      notes: [],
    },
  ],
};
const FAULT: Fault = { id: 'f1', name: 'Pause', target: 'web', effect: { type: 'pause' }, timing: { type: 'once', atMs: 0, lastsMs: 1 } };
const changed = (recipe: (draft: Project) => unknown): boolean => {
  const copy = structuredClone(project);
  recipe(copy);
  return modelText(copy, 'design-1') !== modelText(project, 'design-1');
};

describe('the model that a result is of', () => {
  it('is another one after a change of parameter, wiring, workload or settings', () => {
    expect(changed((draft) => Object.assign(draft.designs[0]?.components[1] ?? {}, { params: { replicas: 3 } }))).toBe(true);
    expect(changed((draft) => draft.designs[0]?.links.pop())).toBe(true);
    expect(changed((draft) => Object.assign(draft.workloads[0] ?? {}, { params: { ratePerS: 20 } }))).toBe(true);
    expect(changed((draft) => Object.assign(draft.settings, { seed: 2 }))).toBe(true);
    expect(changed((draft) => Object.assign(draft.machines[0] ?? {}, { speed: 2 }))).toBe(true);
    expect(changed((draft) => draft.designs[0]?.faults.push(FAULT))).toBe(true);
  });

  it('is the same after moving and renaming, and after a change that another design alone uses', () => {
    expect(changed((draft) => Object.assign(draft.view.designs, { 'design-1': { positions: { web: { x: 1, y: 2 } } } }))).toBe(false);
    expect(changed((draft) => Object.assign(draft.designs[0]?.components[1] ?? {}, { name: 'Front', note: 'new' }))).toBe(false);
    expect(changed((draft) => Object.assign(draft.workloads[1] ?? {}, { params: { ratePerS: 20 } }))).toBe(false);
    expect(changed((draft) => Object.assign(draft.machines[0] ?? {}, { name: 'Small' }))).toBe(false);
    expect(changed((draft) => draft.designs[0]?.faults.push({ ...FAULT, disabled: true }))).toBe(false);
  });
});
