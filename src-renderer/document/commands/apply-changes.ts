import { applyVariant } from '../../../src-shared/project/variant';
import { change, documentStore } from '../document-store';
import { designOf } from '../records';

/** Makes changes of the form `part.parameter=value` in a design, as one step that can be undone. Gives why they cannot be made, as a sentence, or null. */
export function applyChanges(designId: string, changes: readonly string[], label: string): string | null {
  const { project } = documentStore.getState();
  const applied = applyVariant(project, { label, designId, changes });
  if (!applied.ok) return applied.error;
  const next = applied.value;
  const design = designOf(next, designId);
  change(
    label,
    (draft) => {
      for (const [index, workload] of next.workloads.entries()) {
        const target = draft.workloads[index];
        if (target !== undefined && workload !== project.workloads[index]) target.params = workload.params;
      }
      const target = draft.designs.find(({ id }) => id === designId);
      for (const [index, component] of (design?.components ?? []).entries()) {
        const own = target?.components[index];
        if (own !== undefined && JSON.stringify(own.params) !== JSON.stringify(component.params)) own.params = component.params;
      }
      for (const [index, link] of (design?.links ?? []).entries()) {
        const own = target?.links[index];
        if (own !== undefined && JSON.stringify(own.params) !== JSON.stringify(link.params)) own.params = link.params;
      }
    },
    { designId },
  );
  return null;
}
