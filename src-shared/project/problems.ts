import { formatDuration } from '../base/format';
import type { Problem } from '../base/problem';
import type { Distribution } from '../kinds/distribution';
import { kindOf } from '../kinds/registry';
import type { ValueProblem } from './check-value';
import { faultProblems } from './fault-problems';
import { itemProblems } from './item-problems';
import { linkProblems } from './link-problems';
import { loadProblems } from './load-problems';
import { objectiveProblems } from './objective-problems';

import type { Design, Project } from './project';
import { retryStormProblems } from './retry-loads';
import { routeProblems } from './route-problems';
import { sessionProblems } from './session-problems';
import { sweepProblems } from './sweep-points';
import type { Part, Topology } from './topology';
import { topologyOf } from './topology';
import { quote } from './words';

/** Every error and warning of every design, and of what the designs share: each once. */
export function projectProblems(project: Project): readonly Problem[] {
  const used = new Set(project.designs.flatMap((design) => design.components.map((component) => component.workload)));
  const unused = project.workloads
    .filter((workload) => !used.has(workload.id))
    .map(
      (workload): Problem => ({
        severity: 'warning',
        code: 'workload-not-used',
        recordId: workload.id,
        message: `No clients send the workload ${quote(workload.name)}.`,
        remedy: 'Remove it, or choose it for clients.',
      }),
    );
  return [
    ...settingsProblems(project),
    ...unused,
    ...objectiveProblems(project),
    ...sweepProblems(project),
    ...duplicateDesigns(project),
    ...project.designs.flatMap((design) => problemsOf(project, design)),
  ];
}

/** Every error and warning that concerns a run of one design. A run is possible when none of them is an error. */
export function designProblems(project: Project, designId: string): readonly Problem[] {
  const design = project.designs.find((candidate) => candidate.id === designId);
  if (design === undefined)
    return [
      {
        severity: 'error',
        code: 'no-such-design',
        designId,
        message: `The project has no design with the id ${quote(designId)}.`,
        remedy: `Choose one of ${project.designs.map((candidate) => candidate.id).join(', ')}.`,
      },
    ];
  return [...settingsProblems(project), ...objectiveProblems(project, designId), ...problemsOf(project, design)];
}

function settingsProblems(project: Project): Problem[] {
  const { durationMs, warmUpMs } = project.settings;
  if (warmUpMs === 'auto' || warmUpMs < durationMs) return [];
  return [
    {
      severity: 'error',
      code: 'warm-up-not-below-duration',
      path: 'settings.warmUpMs',
      message: `The warm-up of ${formatDuration(warmUpMs)} leaves nothing of the duration of ${formatDuration(durationMs)} to measure.`,
      remedy: 'Shorten the warm-up, or lengthen the run.',
    },
  ];
}

function duplicateDesigns(project: Project): Problem[] {
  return project.designs
    .filter((design, index) => project.designs.findIndex((other) => other.name === design.name) !== index)
    .map((design) => ({
      severity: 'warning',
      code: 'duplicate-name',
      designId: design.id,
      path: 'name',
      message: `Two designs are called ${quote(design.name)}.`,
      remedy: 'Rename one of them, so that results can be told apart.',
    }));
}

function problemsOf(project: Project, design: Design): Problem[] {
  const topology = topologyOf(project, design);
  const found = [
    ...referenceProblems(project, design),
    ...clientProblems(topology),
    ...[...topology.parts.values()].flatMap((part) => partProblems(topology, part)),
    ...nameProblems(design),
    ...operationProblems(topology),
    ...linkProblems(topology),
    ...routeProblems(topology),
    ...sessionProblems(topology),
    ...itemProblems(topology),
    ...faultProblems(project, design, topology),
  ];
  // An estimate of the load means something only where requests can go their ways.
  if (found.every((problem) => problem.severity !== 'error')) found.push(...loadProblems(topology), ...retryStormProblems(topology), ...workProblems(topology));
  return found.map((problem) => ({ ...problem, designId: design.id }));
}

/** Records that refer to nothing: files with such are refused, but a project can also come from elsewhere. */
function referenceProblems(project: Project, design: Design): Problem[] {
  const problems: Problem[] = [];
  const ids = new Set(design.components.map((component) => component.id));
  const seen = new Set<string>();
  const error = (recordId: string, code: string, path: string, message: string, remedy: string): void => {
    problems.push({ severity: 'error', code, recordId, path, message, remedy });
  };
  for (const record of [...design.components, ...design.links, ...design.notes]) {
    if (seen.has(record.id))
      error(record.id, 'duplicate-id', 'id', `The id ${quote(record.id)} is used twice in the design.`, 'Give one of the two another id.');
    seen.add(record.id);
  }
  for (const component of design.components) {
    const kind = kindOf(component.kind);
    if (kind === undefined)
      error(
        component.id,
        'unknown-kind',
        'kind',
        `The program knows no parts of the kind ${quote(component.kind)}.`,
        'Install a newer version of Topolab, or replace the part.',
      );
    else if (kind.stored === 'workload' && !project.workloads.some((workload) => workload.id === component.workload))
      error(
        component.id,
        'missing-workload',
        'workload',
        `The workload ${quote(component.workload ?? '')} does not exist.`,
        'Choose a workload for these clients.',
      );
  }
  for (const link of design.links)
    for (const end of ['from', 'to'] as const)
      if (!ids.has(link[end]))
        error(link.id, 'missing-end', end, `The link ${end === 'from' ? 'leaves' : 'leads to'} a part that does not exist.`, 'Remove the link.');
  return problems;
}

function clientProblems(topology: Topology): Problem[] {
  for (const part of topology.parts.values()) if (!part.kind.ports.in) return [];
  return [
    {
      severity: 'error',
      code: 'no-client',
      message: 'Nobody sends requests: the design has no clients.',
      remedy: 'Add clients and connect them to a part that serves requests.',
    },
  ];
}

function partProblems(topology: Topology, part: Part): Problem[] {
  const { component, kind, values } = part;
  const found: ValueProblem[] = [...part.valueProblems];
  if (kind.stored === 'workload')
    for (const key of Object.keys(component.params))
      found.push({
        severity: 'warning',
        code: 'unknown-parameter',
        path: key,
        message: `The value ${quote(key)} has no effect here: the values of ${kind.title.toLowerCase()} stand in their workload.`,
        remedy: 'Move it to the workload.',
      });
  const wrong = new Set(found.filter((problem) => problem.severity === 'error').map((problem) => firstStep(problem.path)));
  const outgoing = part.outgoing.map((wire) => {
    const target = topology.parts.get(wire.to);
    return { linkId: wire.link.id, targetKind: target?.kind.id ?? '', targetName: target?.component.name ?? wire.to, values: wire.values };
  });
  // What the kind says of a value that stands in for a wrong one would mislead.
  const own = kind
    .problems(values as never, { outgoing, incomingCount: part.incoming.length, machines: topology.machines, ladder: topology.ladder })
    .filter((problem) => problem.path === undefined || !wrong.has(firstStep(problem.path)));
  return [...found, ...own].map((problem) => ({
    severity: problem.severity,
    code: problem.code,
    recordId: component.id,
    ...(problem.path === undefined ? {} : { path: `params.${problem.path}` }),
    message: problem.message,
    remedy: problem.remedy,
  }));
}

function nameProblems(design: Design): Problem[] {
  const seen = new Set<string>();
  return design.components.flatMap((component): Problem[] => {
    const twice = seen.has(component.name);
    seen.add(component.name);
    return twice
      ? [
          {
            severity: 'warning',
            code: 'duplicate-name',
            recordId: component.id,
            path: 'name',
            message: `Two parts are called ${quote(component.name)}.`,
            remedy: 'Rename one of them, so that results can be told apart.',
          },
        ]
      : [];
  });
}

/** Operations that a service has times for, but that no clients of the design ever ask for. */
function operationProblems(topology: Topology): Problem[] {
  const parts = [...topology.parts.values()];
  const asked = new Set(parts.flatMap((part) => rowsOf(part.values.operations).map((row) => row.name)));
  if (asked.size === 0) return [];
  return parts.flatMap((part) =>
    rowsOf(part.values.perOperation).flatMap((row, index): Problem[] =>
      asked.has(row.operation)
        ? []
        : [
            {
              severity: 'warning',
              code: 'operation-not-asked',
              recordId: part.component.id,
              path: `params.perOperation[${index}].operation`,
              message: `No clients ask for the operation ${quote(row.operation)}, so that its service time has no effect.`,
              remedy: `Correct the name, or add the operation to a workload; there are ${[...asked].map(quote).join(', ')}.`,
            },
          ],
    ),
  );
}

/** Stations whose service time is what the request carries, where no clients and no jobs send requests that carry any; and jobs whose tasks nobody looks into. */
function workProblems(topology: Topology): Problem[] {
  const parts = [...topology.parts.values()];
  const jobs = parts.filter(
    (part) => part.kind.id === 'job' && part.outgoing.length > 0 && (part.values.work !== 'workers' || part.values.second === 'reduce'),
  );
  const reads = (part: Part): boolean =>
    part.kind.id !== 'job' &&
    Object.entries(part.kind.params).some(([key, param]) => param.type === 'distribution' && (part.values[key] as Distribution | null)?.type === 'request');
  if (jobs.length > 0 && !parts.some(reads))
    return jobs.map((part) => ({
      severity: 'warning',
      code: 'work-not-looked-at',
      recordId: part.component.id,
      path: 'params.work',
      message: `The tasks of ${quote(part.component.name)} carry work, but no part has the service time "as the request says": their work has no effect.`,
      remedy: 'Choose "as the request says" at the workers, or let the workers say how long a task takes.',
    }));
  if (jobs.length > 0 || parts.some((part) => part.values.arrivals === 'trace')) return [];
  return parts.flatMap((part) =>
    Object.entries(part.kind.params).flatMap(([key, param]): Problem[] => {
      const value = part.values[key];
      if (param.type !== 'distribution' || (value as Distribution | null)?.type !== 'request') return [];
      return [
        {
          severity: 'warning',
          code: 'no-work-carried',
          recordId: part.component.id,
          path: `params.${key}`,
          message: `${param.title} is "as the request says", but no clients send a trace and no job sends tasks: every request carries the work 0.`,
          remedy: 'Choose another distribution, a workload with a trace, or a job in front.',
        },
      ];
    }),
  );
}

function rowsOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? (value as readonly Readonly<Record<string, unknown>>[]) : [];
}

function firstStep(path: string): string {
  return path.split(/[.[]/)[0] ?? path;
}
