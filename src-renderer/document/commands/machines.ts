import type { Draft } from 'immer';
import { DEFAULT_MACHINES, type Machine, machineSchema } from '../../../src-shared/kinds/machine';
import { LIMITS, type Project } from '../../../src-shared/project/project';
import { change, documentStore } from '../document-store';
import { freshId, freshName } from '../ids';

/** Adds a rung above the largest machine of the ladder, twice as large. Gives the new id. */
export function addMachine(): string | undefined {
  const { machines } = documentStore.getState().project;
  if (machines.length >= LIMITS.machines) return undefined;
  const last = machines.at(-1) ?? DEFAULT_MACHINES[0];
  if (last === undefined) return undefined;
  const id = freshId('machine', new Set(machines.map((machine) => machine.id)));
  const vcpus = Math.min(100_000, last.vcpus * 2);
  const factor = vcpus / last.vcpus;
  const machine: Machine = {
    id,
    name: freshName(`${vcpus} vCPU`, new Set(machines.map((other) => other.name))),
    vcpus,
    speed: last.speed,
    memoryGb: Math.min(1e6, last.memoryGb * factor),
    pricePerHour: Math.min(1e6, Math.round(last.pricePerHour * factor * 1e6) / 1e6),
    provenance: 'Twice the machine before it; put in the numbers of your provider.',
  };
  change('Add machine', (draft) => void draft.machines.push(machine));
  return id;
}

/** Changes one field of a machine; a value that the file could not hold changes nothing. */
export function setMachine<K extends Exclude<keyof Machine, 'id'>>(machineId: string, key: K, value: Machine[K]): void {
  if (!machineSchema.shape[key].safeParse(value).success) return;
  change(
    'Change machine',
    (draft) => {
      const machine: Draft<Machine> | undefined = draft.machines.find((candidate) => candidate.id === machineId);
      if (machine !== undefined) machine[key] = value;
    },
    { mark: `machine:${machineId}/${key}` },
  );
}

/** Takes a machine off the ladder. Parts that run on it keep its id and show a problem, until they are given another. */
export function deleteMachine(machineId: string): void {
  const machine = documentStore.getState().project.machines.find((candidate) => candidate.id === machineId);
  if (machine === undefined) return;
  change(`Delete ${machine.name}`, (draft) => {
    draft.machines = draft.machines.filter((candidate) => candidate.id !== machineId);
  });
}

/** Moves a machine one rung up or down the ladder. */
export function moveMachine(machineId: string, by: -1 | 1): void {
  change('Move machine', (draft) => {
    const index = draft.machines.findIndex((candidate) => candidate.id === machineId);
    const [machine, other] = [draft.machines[index], draft.machines[index + by]];
    if (machine === undefined || other === undefined) return;
    draft.machines[index] = other;
    draft.machines[index + by] = machine;
  });
}

/** Gives the project the ladder that a new project has. */
export function resetMachines(): void {
  if (isDefaultLadder(documentStore.getState().project.machines)) return;
  change('Reset machines', (draft) => {
    draft.machines = DEFAULT_MACHINES.map((machine) => ({ ...machine }));
  });
}

/** Whether a ladder is the one that a new project has. */
export function isDefaultLadder(machines: readonly Machine[]): boolean {
  return JSON.stringify(machines) === JSON.stringify(DEFAULT_MACHINES);
}

/** Adds to the ladder what parts that come from another project run on, where this one has no machine of that id. */
export function bringMachines(draft: Draft<Project>, parts: Project): void {
  const uses = machineUses(parts);
  const known = new Set(draft.machines.map((machine) => machine.id));
  for (const machine of parts.machines)
    if (uses.has(machine.id) && !known.has(machine.id) && draft.machines.length < LIMITS.machines) draft.machines.push({ ...machine });
}

/** How many parts and faults of the project use each machine, by its id. */
export function machineUses(project: Project): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  const known = new Set(project.machines.map((machine) => machine.id));
  const count = (value: unknown): void => {
    if (typeof value === 'string' && known.has(value)) uses.set(value, (uses.get(value) ?? 0) + 1);
  };
  for (const design of project.designs) {
    for (const component of design.components) count(component.params.machine);
    for (const fault of design.faults) if (fault.effect.type === 'resize') count(fault.effect.machine);
  }
  return uses;
}
