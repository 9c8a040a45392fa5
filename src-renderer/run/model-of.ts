import type { Project } from '../../src-shared/project/project';

/**
 * Everything of a project that the numbers of a run of one design depend on, as text: names, notes and places on the canvas are
 * left out, so that moving or renaming a part does not make a result old.
 */
export function modelText(project: Project, designId: string): string {
  const design = project.designs.find((candidate) => candidate.id === designId);
  if (design === undefined) return '';
  const used = new Set(design.components.map((component) => component.workload));
  return JSON.stringify([
    project.settings,
    project.machines.map(({ provenance: _provenance, name: _name, ...numbers }) => numbers),
    project.workloads.filter(({ id }) => used.has(id)).map(({ id, params }) => [id, params]),
    design.components.map(({ id, kind, workload, params }) => [id, kind, workload, params]),
    design.links.map(({ id, from, to, params }) => [id, from, to, params]),
    design.faults.filter(({ disabled }) => disabled !== true).map(({ name: _name, ...fault }) => fault),
  ]);
}
