import type { Problem } from '../../src-shared/base/problem';
import type { Project } from '../../src-shared/project/project';

/** A problem on one line, with the names that the user gave: `error  web "Web" of design "Shop" · params.replicas: message Remedy`. */
export function problemLine(project: Project, problem: Problem): string {
  const design = project.designs.find((candidate) => candidate.id === problem.designId);
  const component = design?.components.find((candidate) => candidate.id === problem.recordId);
  const workload = project.workloads.find((candidate) => candidate.id === problem.recordId);
  const objective = project.objectives.find((candidate) => candidate.id === problem.recordId);
  const sweep = project.sweeps.find((candidate) => candidate.id === problem.recordId);
  const link = design?.links.find((candidate) => candidate.id === problem.recordId);
  const record =
    component !== undefined
      ? `${component.id} ${JSON.stringify(component.name)}`
      : link !== undefined
        ? `link ${link.id} from ${link.from} to ${link.to}`
        : design === undefined && workload !== undefined
          ? `workload ${workload.id} ${JSON.stringify(workload.name)}`
          : design === undefined && objective !== undefined
            ? `objective ${objective.id} ${JSON.stringify(objective.name)}`
            : design === undefined && sweep !== undefined
              ? `sweep ${sweep.id} ${JSON.stringify(sweep.name)}`
              : problem.recordId;
  const owner = design === undefined ? record : [record, `design ${JSON.stringify(design.name)}`].filter(Boolean).join(' of ');
  const place = [owner, problem.path].filter(Boolean).join(' · ');
  return `${problem.severity.padEnd(7)}  ${place === '' ? 'project' : place}: ${problem.message} ${problem.remedy}`;
}

/** `2 errors, 1 warning` or `no problems`. */
export function problemCount(problems: readonly Problem[]): string {
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  const warnings = problems.length - errors;
  const words = [
    errors > 0 ? `${errors} ${errors === 1 ? 'error' : 'errors'}` : '',
    warnings > 0 ? `${warnings} ${warnings === 1 ? 'warning' : 'warnings'}` : '',
  ].filter((part) => part !== '');
  return words.length === 0 ? 'no problems' : words.join(', ');
}
