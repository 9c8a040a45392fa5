import { LIMITS } from '../../../src-shared/project/project';
import { change, documentStore } from '../document-store';
import { freshId, freshName } from '../ids';
import { designOf } from '../records';
import { removeUnusedWorkloads } from './workloads';

/** Adds an empty design behind the others and gives its id. */
export function addDesign(): string | undefined {
  const { project } = documentStore.getState();
  if (project.designs.length >= LIMITS.designs) return undefined;
  const id = freshId('design', new Set(project.designs.map((design) => design.id)));
  const name = freshName('Design 1', new Set(project.designs.map((design) => design.name)));
  change(
    'Add design',
    (draft) => {
      draft.designs.push({ id, name, components: [], links: [], faults: [], notes: [] });
      draft.view.designs[id] = { positions: {} };
    },
    { designId: id },
  );
  return id;
}

/** Copies a design, right beside it. Clients of the copy share their workloads with the original, so that both can be compared. */
export function duplicateDesign(designId: string): string | undefined {
  const { project } = documentStore.getState();
  const source = designOf(project, designId);
  if (source === undefined || project.designs.length >= LIMITS.designs) return undefined;
  const id = freshId('design', new Set(project.designs.map((design) => design.id)));
  const name = freshName(source.name, new Set(project.designs.map((design) => design.name)));
  change(
    `Duplicate ${source.name}`,
    (draft) => {
      const index = draft.designs.findIndex((design) => design.id === designId);
      draft.designs.splice(index + 1, 0, { ...structuredClone(source), id, name });
      draft.view.designs[id] = structuredClone(project.view.designs[designId] ?? { positions: {} });
    },
    { designId: id },
  );
  return id;
}

/** Gives a design another name. An empty name changes nothing. */
export function renameDesign(designId: string, name: string): void {
  const trimmed = name.trim().slice(0, LIMITS.nameLength);
  if (trimmed === '') return;
  change(
    'Rename design',
    (draft) => {
      const design = draft.designs.find((candidate) => candidate.id === designId);
      if (design !== undefined) design.name = trimmed;
    },
    { designId, mark: `design-name:${designId}` },
  );
}

/** Deletes a design with everything in it; the last one of a project stays. */
export function deleteDesign(designId: string): void {
  const design = designOf(documentStore.getState().project, designId);
  if (design === undefined || documentStore.getState().project.designs.length < 2) return;
  change(`Delete ${design.name}`, (draft) => {
    const workloads = design.components.flatMap((component) => component.workload ?? []);
    draft.designs = draft.designs.filter((candidate) => candidate.id !== designId);
    delete draft.view.designs[designId];
    if (draft.variants?.some((variant) => variant.design === designId) === true)
      draft.variants = draft.variants.filter((variant) => variant.design !== designId);
    removeUnusedWorkloads(draft, workloads);
  });
}

/** Moves a design one place to the left or right among the tabs. */
export function moveDesign(designId: string, by: -1 | 1): void {
  change(
    'Move design',
    (draft) => {
      const index = draft.designs.findIndex((design) => design.id === designId);
      const [design, other] = [draft.designs[index], draft.designs[index + by]];
      if (design === undefined || other === undefined) return;
      draft.designs[index] = other;
      draft.designs[index + by] = design;
    },
    { designId },
  );
}
