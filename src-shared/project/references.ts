import { kindOf } from '../kinds/registry';
import type { ParseFailure } from './parse-failure';
import { describePlace } from './place';
import type { Project } from './project';
import { quote, writePath } from './words';

/** The first id that is used twice or leads nowhere, as a refusal, or null where all of them are right. */
export function findBrokenReference(project: Project): ParseFailure | null {
  const refuse = (path: PropertyKey[], problem: string, remedy: string): ParseFailure => ({
    kind: 'invalid',
    path: writePath(path),
    place: describePlace(project, path),
    problem,
    remedy,
  });
  const twice = (ids: readonly { readonly id: string; readonly path: PropertyKey[] }[]): ParseFailure | null => {
    const seen = new Map<string, PropertyKey[]>();
    for (const { id, path } of ids) {
      const before = seen.get(id);
      if (before !== undefined)
        return refuse(
          [...path, 'id'],
          `The id ${quote(id)} is already used at ${writePath(before)}.`,
          'Give one of the two another id, and correct what refers to it.',
        );
      seen.set(id, path);
    }
    return null;
  };

  const duplicate =
    twice(project.workloads.map(({ id }, index) => ({ id, path: ['workloads', index] }))) ??
    twice(project.designs.map(({ id }, index) => ({ id, path: ['designs', index] }))) ??
    twice(project.machines.map(({ id }, index) => ({ id, path: ['machines', index] }))) ??
    twice(project.objectives.map(({ id }, index) => ({ id, path: ['objectives', index] }))) ??
    twice(project.sweeps.map(({ id }, index) => ({ id, path: ['sweeps', index] }))) ??
    twice((project.searches ?? []).map(({ id }, index) => ({ id, path: ['searches', index] }))) ??
    twice((project.variants ?? []).map(({ id }, index) => ({ id, path: ['variants', index] }))) ??
    project.designs.reduce<ParseFailure | null>(
      (found, design, d) =>
        found ??
        twice(
          (['components', 'links', 'faults', 'notes'] as const).flatMap((list) =>
            design[list].map(({ id }, index) => ({ id, path: ['designs', d, list, index] })),
          ),
        ),
      null,
    );
  if (duplicate !== null) return duplicate;

  const workloads = new Set(project.workloads.map((workload) => workload.id));
  for (const [d, design] of project.designs.entries()) {
    const components = new Set(design.components.map((component) => component.id));
    for (const [c, component] of design.components.entries()) {
      const path = ['designs', d, 'components', c, 'workload'];
      const needs = kindOf(component.kind)?.stored === 'workload';
      if (needs && component.workload === undefined)
        return refuse(path, 'The component does not say which workload it sends.', 'Add "workload" with the id of a workload of this project.');
      if (!needs && component.workload !== undefined)
        return refuse(path, `A component of the kind ${quote(component.kind)} has no workload.`, 'Remove the line.');
      if (component.workload !== undefined && !workloads.has(component.workload))
        return refuse(path, `There is no workload with the id ${quote(component.workload)}.`, 'Correct the id, or add the workload.');
    }
    for (const [l, link] of design.links.entries())
      for (const end of ['from', 'to'] as const)
        if (!components.has(link[end]))
          return refuse(
            ['designs', d, 'links', l, end],
            `The link ${end === 'from' ? 'leaves' : 'leads to'} ${quote(link[end])}, but the design has no component with that id.`,
            'Correct the id, or remove the link.',
          );
  }
  return null;
}
