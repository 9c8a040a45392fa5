import type { Result } from '../base/result';
import { err, ok } from '../base/result';
import type { Project } from './project';
import { setParameter } from './set-parameter';
import { quote } from './words';

/** One thing that is simulated beside others: a design of the project, with parameters changed. */
export interface Variant {
  readonly label: string;
  readonly designId: string;
  /** Changes of the form `part.parameter=value`, applied one after the other. */
  readonly changes: readonly string[];
}

/** The project with the changes of a variant; the error is a sentence that names the change. */
export function applyVariant(project: Project, variant: Variant): Result<Project, string> {
  let changed = project;
  for (const change of variant.changes) {
    const design = changed.designs.find((candidate) => candidate.id === variant.designId);
    if (design === undefined) return err(`The project has no design with the id ${quote(variant.designId)}.`);
    const next = setParameter(changed, design, change);
    if (!next.ok) return next;
    changed = next.value;
  }
  return ok(changed);
}
