import { beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_MACHINES } from '../../../src-shared/kinds/machine';
import { emptyProject } from '../../../src-shared/project/project';
import { documentStore, openDocument, undo } from '../document-store';
import { copyText, pasteText } from './clipboard';
import { addComponent } from './components';
import { addFault } from './faults';
import { addMachine, deleteMachine, machineUses, moveMachine, resetMachines, setMachine } from './machines';

const D = 'design-1';
const machines = () => documentStore.getState().project.machines;
beforeEach(() => openDocument(emptyProject(), null));

describe('the ladder of machines', () => {
  it('grows by a rung twice as large as the last', () => {
    expect(addMachine()).toBe('machine-1');
    expect(machines().at(-1)).toMatchObject({ name: '192 vCPU', vcpus: 192, memoryGb: 768, pricePerHour: 9.6 });
  });

  it('takes what a machine can be, and typing is one step', () => {
    const before = documentStore.getState().past.length;
    setMachine('vcpu-1', 'vcpus', 2.5);
    setMachine('vcpu-1', 'speed', 0);
    setMachine('vcpu-1', 'name', '');
    expect(documentStore.getState().past.length).toBe(before);
    for (const price of [0.1, 0.12, 0.125]) setMachine('vcpu-1', 'pricePerHour', price);
    expect(documentStore.getState().past.length).toBe(before + 1);
    expect(machines()[0]).toMatchObject({ pricePerHour: 0.125 });
  });

  it('is put in order, shortened, and reset, each undone by one step', () => {
    moveMachine('vcpu-1', 1);
    expect(
      machines()
        .map((machine) => machine.id)
        .slice(0, 2),
    ).toEqual(['vcpu-2', 'vcpu-1']);
    moveMachine('vcpu-2', -1);
    deleteMachine('vcpu-96');
    expect(machines()).toHaveLength(DEFAULT_MACHINES.length - 1);
    resetMachines();
    expect(machines()).toEqual(DEFAULT_MACHINES);
    undo();
    expect(machines()).toHaveLength(DEFAULT_MACHINES.length - 1);
  });

  it('knows who uses a machine, and its machines travel with parts', () => {
    const service = addComponent(D, 'service', { x: 0, y: 0 })!;
    const machine = addMachine()!;
    addFault(D, {
      name: 'Resize',
      target: service,
      effect: { type: 'resize', machine, restartMs: 0 },
      timing: { type: 'once', atMs: 0, lastsMs: 0 },
    });
    expect(machineUses(documentStore.getState().project).get(machine)).toBe(1);
    const text = copyText(D, [service])!;
    openDocument(emptyProject('Other'), null);
    pasteText(D, text);
    expect(machines().map(({ id }) => id)).toEqual([...DEFAULT_MACHINES.map(({ id }) => id), machine]);
  });
});
