import type { Draft } from 'immer';
import type { Project, Workload } from '../../../src-shared/project/project';
import { LIMITS } from '../../../src-shared/project/project';
import { change } from '../document-store';
import { freshId, freshName } from '../ids';
import { draftDesign } from '../records';

/** Adds a workload record with these values and gives its id. */
export function freshWorkload(draft: Draft<Project>, name: string, values: Record<string, unknown>): string {
  const id = freshId('workload', new Set(draft.workloads.map((workload) => workload.id)));
  const names = new Set(draft.workloads.map((workload) => workload.name));
  draft.workloads.push({ id, name: freshName(name, names).slice(0, LIMITS.nameLength), params: values });
  return id;
}

/** Removes those of the given workloads that no component of any design uses. */
export function removeUnusedWorkloads(draft: Draft<Project>, candidates: readonly string[]): void {
  if (candidates.length === 0) return;
  const used = new Set(draft.designs.flatMap((design) => design.components.map((component) => component.workload)));
  const unused = new Set(candidates.filter((id) => !used.has(id)));
  if (unused.size > 0) draft.workloads = draft.workloads.filter((workload) => !unused.has(workload.id));
}

/** Lets a client use another workload of the project. The one it used goes where nobody else uses it. */
export function chooseWorkload(designId: string, componentId: string, workloadId: string): void {
  change(
    'Choose workload',
    (draft) => {
      const component = draftDesign(draft, designId)?.design.components.find((candidate) => candidate.id === componentId);
      if (component === undefined || component.workload === workloadId || !draft.workloads.some((workload) => workload.id === workloadId)) return;
      const before = component.workload;
      component.workload = workloadId;
      if (before !== undefined) removeUnusedWorkloads(draft, [before]);
    },
    { designId },
  );
}

/** Gives a client a copy of its workload, so that changes to it no longer reach other clients and designs. */
export function separateWorkload(designId: string, componentId: string): void {
  change(
    'Separate workload',
    (draft) => {
      const component = draftDesign(draft, designId)?.design.components.find((candidate) => candidate.id === componentId);
      const workload = draft.workloads.find((candidate) => candidate.id === component?.workload);
      if (component === undefined || workload === undefined || usersOfWorkload(draft, workload.id).length < 2) return;
      component.workload = freshWorkload(draft, workload.name, structuredClone(plain(workload).params));
    },
    { designId },
  );
}

/** Gives a workload another name. An empty name changes nothing. */
export function renameWorkload(workloadId: string, name: string): void {
  const trimmed = name.trim().slice(0, LIMITS.nameLength);
  if (trimmed === '') return;
  change(
    'Rename workload',
    (draft) => {
      const workload = draft.workloads.find((candidate) => candidate.id === workloadId);
      if (workload !== undefined) workload.name = trimmed;
    },
    { mark: `workload-name:${workloadId}` },
  );
}

/** A draft as plain data: parameter values are JSON by definition. */
function plain(workload: Draft<Workload>): Workload {
  return JSON.parse(JSON.stringify(workload)) as Workload;
}

/** The clients that use a workload, with the designs they are in. */
export function usersOfWorkload(
  project: Project,
  workloadId: string,
): readonly { readonly designId: string; readonly designName: string; readonly componentId: string; readonly componentName: string }[] {
  return project.designs.flatMap((design) =>
    design.components
      .filter((component) => component.workload === workloadId)
      .map((component) => ({ designId: design.id, designName: design.name, componentId: component.id, componentName: component.name })),
  );
}
