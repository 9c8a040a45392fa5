import type { Machine } from '../kinds/machine';
import { kindOf } from '../kinds/registry';
import { paramsOf } from './params-of';
import type { Component, Project } from './project';

/** Words for values that stay what they are: records are replaced, never changed. */
const known = new WeakMap<object, { readonly ladder: readonly Machine[]; readonly summary: string }>();

/** One line about the values of a component, as the canvas and reports show it; what cannot be said is explained in its place. */
export function componentSummary(project: Project, component: Component): string {
  const kind = kindOf(component.kind);
  if (kind === undefined) return 'a kind that this version does not know';
  const holder = kind.stored === 'workload' ? project.workloads.find((workload) => workload.id === component.workload) : component;
  if (holder === undefined) return 'no workload';
  const before = known.get(holder.params);
  if (before !== undefined && before.ladder === project.machines) return before.summary;
  let summary: string;
  try {
    summary = kind.summary(paramsOf(project, component) as never, project.machines);
  } catch {
    // Values from a file may not fit the declaration; the problems list says what is wrong with them.
    summary = 'some values cannot be read';
  }
  known.set(holder.params, { ladder: project.machines, summary });
  return summary;
}
