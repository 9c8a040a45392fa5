import { type NamedVariant, namedVariantSchema, VARIANT_LIMIT } from '../../../src-shared/project/named-variant';
import { LIMITS, type Project } from '../../../src-shared/project/project';
import { change, documentStore } from '../document-store';
import { freshId, freshName } from '../ids';

/** Adds a variant of a design under a name that no other has. Gives its id; undefined where a file could not hold it. */
export function addVariant(variant: Omit<NamedVariant, 'id'>): string | undefined {
  const { variants = [], designs } = documentStore.getState().project;
  if (variants.length >= VARIANT_LIMIT) return undefined;
  const id = freshId('variant', new Set(variants.map((other) => other.id)));
  const name = freshName(variant.name, new Set([...variants, ...designs].map((other) => other.name))).slice(0, LIMITS.nameLength);
  const parsed = namedVariantSchema.safeParse({ ...variant, id, name });
  if (!parsed.success) return undefined;
  change('Add variant', (draft) => {
    draft.variants = [...(draft.variants ?? []), parsed.data];
  });
  return id;
}

/** Changes a variant; what the file could not hold changes nothing. Changes of one field are one step until it is left. */
export function updateVariant(id: string, field: string, update: (variant: NamedVariant) => NamedVariant): void {
  const variant = documentStore.getState().project.variants?.find((candidate) => candidate.id === id);
  if (variant === undefined) return;
  const parsed = namedVariantSchema.safeParse({ ...update(variant), id });
  if (!parsed.success || JSON.stringify(parsed.data) === JSON.stringify(variant)) return;
  change(
    'Change variant',
    (draft) => {
      const index = draft.variants?.findIndex((candidate) => candidate.id === id) ?? -1;
      if (draft.variants !== undefined && index >= 0) draft.variants[index] = parsed.data;
    },
    { mark: `variant:${id}/${field}` },
  );
}

/** Removes a variant. */
export function deleteVariant(id: string): void {
  const variant = documentStore.getState().project.variants?.find((candidate) => candidate.id === id);
  if (variant === undefined) return;
  change(`Delete ${variant.name}`, (draft) => {
    draft.variants = draft.variants?.filter((candidate) => candidate.id !== id);
  });
}

/**
 * Puts a design of another state of the project into this one, under a name that no other has: workloads that are still the same are
 * shared, others come with it. Gives the id of the new design; undefined where there is no room.
 */
export function addFrozenDesign(frozen: Project, designId: string, name: string): string | undefined {
  const { project } = documentStore.getState();
  const source = frozen.designs.find((design) => design.id === designId);
  if (source === undefined || project.designs.length >= LIMITS.designs || project.workloads.length + source.components.length > LIMITS.workloads)
    return undefined;
  const id = freshId('design', new Set(project.designs.map((design) => design.id)));
  const taken = new Set(project.workloads.map((workload) => workload.id));
  const workloads = new Map<string, string>();
  change(
    `Keep ${name}`,
    (draft) => {
      const components = source.components.map((component) => {
        const workload = frozen.workloads.find((candidate) => candidate.id === component.workload);
        if (workload === undefined) return structuredClone(component);
        const same = project.workloads.find(
          (candidate) => candidate.id === workload.id && JSON.stringify(candidate.params) === JSON.stringify(workload.params),
        );
        const known = workloads.get(workload.id) ?? same?.id;
        const own = known ?? freshId(workload.id, taken);
        workloads.set(workload.id, own);
        if (known === undefined) draft.workloads.push(structuredClone({ ...workload, id: own }));
        return { ...structuredClone(component), workload: own };
      });
      draft.designs.push({ ...structuredClone(source), id, name: freshName(name, new Set(project.designs.map((design) => design.name))), components });
      draft.view.designs[id] = structuredClone(frozen.view.designs[designId] ?? { positions: {} });
      for (const { kind } of source.components) draft.kindVersions[kind] ??= frozen.kindVersions[kind] ?? 1;
    },
    { designId: id },
  );
  return id;
}
