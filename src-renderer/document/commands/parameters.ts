import type { Draft } from 'immer';
import { linkParams } from '../../../src-shared/kinds/link/link';
import type { ParamSet } from '../../../src-shared/kinds/params';
import { kindOf } from '../../../src-shared/kinds/registry';
import type { Project } from '../../../src-shared/project/project';
import { change } from '../document-store';
import { draftDesign } from '../records';

/** Whose parameters are meant. A client's are those of its workload, which other designs may share. */
export interface ParamTarget {
  readonly type: 'component' | 'link';
  readonly designId: string;
  readonly id: string;
}

/** Where the values of a target stand, and what declares them. */
function draftValues(draft: Draft<Project>, target: ParamTarget): { values: Record<string, unknown>; params: ParamSet } | undefined {
  const design = draftDesign(draft, target.designId)?.design;
  if (target.type === 'link') {
    const link = design?.links.find((candidate) => candidate.id === target.id);
    return link === undefined ? undefined : { values: link.params, params: linkParams };
  }
  const component = design?.components.find((candidate) => candidate.id === target.id);
  const kind = component === undefined ? undefined : kindOf(component.kind);
  if (component === undefined || kind === undefined) return undefined;
  if (kind.stored === 'component') return { values: component.params, params: kind.params };
  const workload = draft.workloads.find((candidate) => candidate.id === component.workload);
  return workload === undefined ? undefined : { values: workload.params, params: kind.params };
}

/** Sets one parameter. Changes of the same parameter are one step until the field is left ({@link sealHistory}). */
export function setParameter(target: ParamTarget, key: string, value: unknown): void {
  change(
    'Change parameter',
    (draft) => {
      const found = draftValues(draft, target);
      const param = found?.params[key];
      if (found === undefined || param === undefined || !param.schema.safeParse(value).success) return;
      if (JSON.stringify(found.values[key]) !== JSON.stringify(value)) found.values[key] = structuredClone(value);
    },
    { designId: target.designId, mark: `param:${target.type}/${target.designId}/${target.id}/${key}` },
  );
}

/** Sets one parameter back to its default, as a step of its own. */
export function resetParameter(target: ParamTarget, key: string): void {
  change(
    'Reset parameter',
    (draft) => {
      const found = draftValues(draft, target);
      const param = found?.params[key];
      if (found !== undefined && param !== undefined) found.values[key] = structuredClone(param.default);
    },
    { designId: target.designId },
  );
}
