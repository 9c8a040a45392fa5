import type { Draft } from 'immer';
import { FAULT_LIMIT, type Fault, faultSchema } from '../../../src-shared/project/fault';
import type { Design, Project } from '../../../src-shared/project/project';
import { LIMITS } from '../../../src-shared/project/project';
import { change, documentStore } from '../document-store';
import { freshId, freshName } from '../ids';
import { designOf, draftDesign, recordIds } from '../records';

/** A fault before it has an id. */
export type NewFault = Omit<Fault, 'id'>;

/** Ids that a new fault must not take: those of all records of the design, and of its faults. */
function takenIds(design: Design): Set<string> {
  const taken = recordIds(design);
  for (const fault of design.faults) taken.add(fault.id);
  return taken;
}

/** Puts a fault on the timeline of a design, under a name that no other fault has. Gives the new id. */
export function addFault(designId: string, fault: NewFault): string | undefined {
  const design = designOf(documentStore.getState().project, designId);
  if (design === undefined || design.faults.length >= FAULT_LIMIT) return undefined;
  const id = freshId('fault', takenIds(design));
  const name = freshName(fault.name, new Set(design.faults.map((other) => other.name))).slice(0, LIMITS.nameLength);
  const parsed = faultSchema.safeParse({ ...fault, id, name });
  if (!parsed.success) return undefined;
  change('Add fault', (draft) => void draftDesign(draft, designId)?.design.faults.push(parsed.data), { designId });
  return id;
}

/**
 * Changes a fault; what the file could not hold changes nothing. Changes under the same mark are one step. Gives whether the
 * result is one that a file can hold.
 */
export function updateFault(designId: string, faultId: string, label: string, update: (fault: Fault) => Fault, mark?: string, withinMs?: number): boolean {
  const fault = designOf(documentStore.getState().project, designId)?.faults.find((candidate) => candidate.id === faultId);
  if (fault === undefined) return false;
  const parsed = faultSchema.safeParse({ ...update(fault), id: faultId });
  if (!parsed.success) return false;
  if (JSON.stringify(parsed.data) === JSON.stringify(fault)) return true;
  change(
    label,
    (draft) => {
      const faults = draftDesign(draft, designId)?.design.faults;
      const index = faults?.findIndex((candidate) => candidate.id === faultId) ?? -1;
      if (faults !== undefined && index >= 0) faults[index] = parsed.data;
    },
    { designId, ...(mark !== undefined && { mark: `fault:${designId}/${faultId}/${mark}` }), ...(withinMs !== undefined && { withinMs }) },
  );
  return true;
}

/** Takes a fault off the timeline. */
export function deleteFault(designId: string, faultId: string): void {
  const fault = designOf(documentStore.getState().project, designId)?.faults.find((candidate) => candidate.id === faultId);
  if (fault === undefined) return;
  change(
    `Delete ${fault.name}`,
    (draft) => {
      const target = draftDesign(draft, designId);
      if (target !== undefined) target.design.faults = target.design.faults.filter((candidate) => candidate.id !== faultId);
    },
    { designId },
  );
}

/** Copies a fault within its design. Gives the new id. */
export function duplicateFault(designId: string, faultId: string): string | undefined {
  const fault = designOf(documentStore.getState().project, designId)?.faults.find((candidate) => candidate.id === faultId);
  return fault === undefined ? undefined : addFault(designId, structuredClone(fault));
}

/** Puts faults that were copied with their targets into a design, under new ids and names and on the copies. */
export function insertFaults(draft: Draft<Project>, designId: string, faults: readonly Fault[], copies: ReadonlyMap<string, string>): void {
  const design = draftDesign(draft, designId)?.design;
  if (design === undefined) return;
  const taken = takenIds(design as Design);
  const names = new Set(design.faults.map((fault) => fault.name));
  for (const fault of faults) {
    const target = copies.get(fault.target);
    if (target === undefined || design.faults.length >= FAULT_LIMIT) continue;
    const name = freshName(fault.name, names).slice(0, LIMITS.nameLength);
    names.add(name);
    design.faults.push({ ...structuredClone(fault), id: freshId('fault', taken), name, target });
  }
}
