import { formatDuration } from '../base/format';
import type { Problem } from '../base/problem';
import { kindOf } from '../kinds/registry';
import { hasWindows, isAboutCopies, isAboutLoss, type Objective } from './objective';
import { paramsOf } from './params-of';
import type { Component, Design, Project } from './project';
import { enumerateShort, isRecord, quote } from './words';

/** Whether a design has what an objective is about, and the objective is meant for it. */
export function concerns(project: Project, design: Design, objective: Objective): boolean {
  if (objective.design !== undefined && objective.design !== design.id) return false;
  const { scope } = objective;
  if (scope.type === 'end-to-end') return true;
  const component = design.components.find((candidate) => candidate.id === scope.component);
  return component !== undefined && (scope.type === 'component' || operationsOf(project, component).includes(scope.operation));
}

/** Whether a component sends requests rather than serving them. */
export function isClientOf(design: Design): (id: string) => boolean {
  return (id) => kindOf(design.components.find((component) => component.id === id)?.kind ?? '')?.ports.in === false;
}

/** Objectives that are about nothing that exists, or that cannot be judged as they demand. Of all designs, or only what a run of one design should say. */
export function objectiveProblems(project: Project, designId?: string): readonly Problem[] {
  return project.objectives.flatMap((objective) =>
    designId !== undefined && objective.design !== undefined && objective.design !== designId ? [] : problemsOf(project, objective),
  );
}

function problemsOf(project: Project, objective: Objective): Problem[] {
  const called = `The objective ${quote(objective.name)}`;
  const warning = (code: string, path: string, message: string, remedy: string): Problem => ({
    severity: 'warning',
    code,
    recordId: objective.id,
    path,
    message: `${called} ${message}`,
    remedy,
  });
  const designs = objective.design === undefined ? project.designs : project.designs.filter((design) => design.id === objective.design);
  if (designs.length === 0)
    return [
      warning(
        'objective-without-design',
        'design',
        `is about the design ${quote(objective.design)}, which does not exist.`,
        `Choose one of ${enumerateShort(project.designs.map((design) => design.id))}, or leave it out for all designs.`,
      ),
    ];
  const first = designs.find((design) => concerns(project, design, objective));
  if (first === undefined) return [missing(project, designs, objective, warning)];
  const problems: Problem[] = [];
  const { scope, demand, windowMs, windowShare } = objective;
  if (scope.type === 'operation' && (demand.type === 'cost-per-hour' || demand.type === 'cost-per-million'))
    problems.push(
      warning(
        'objective-not-measurable',
        'demand',
        'is about the cost of one operation, which is not measured.',
        'Judge the cost end to end, or of a component.',
      ),
    );
  if (isAboutLoss(demand.type) && scope.type === 'operation')
    problems.push(
      warning(
        'objective-not-measurable',
        'demand',
        'is about writes that a failover loses, which are not told apart by operation.',
        'Judge the loss end to end, or of a database.',
      ),
    );
  if (isAboutCopies(demand) && !designs.some((design) => concerns(project, design, objective) && hasCopies(project, design)))
    problems.push(
      warning(
        'objective-without-copies',
        'demand',
        'is about copies of data, of which there are none.',
        'Give a database two copies or more, or remove the objective.',
      ),
    );
  if (demand.type === 'recovery-time')
    problems.push(
      ...recoveryProblems(
        designs.filter((design) => concerns(project, design, objective)),
        objective,
        warning,
      ),
    );
  if (windowMs === undefined) {
    if (windowShare !== undefined)
      problems.push(
        warning(
          'objective-share-without-windows',
          'windowShare',
          'says how many windows must meet it, but not how long a window is.',
          'Set the length of the windows.',
        ),
      );
    return problems;
  }
  const { durationMs, warmUpMs, seriesPoints } = project.settings;
  const measured = durationMs - (warmUpMs === 'auto' ? 0 : warmUpMs);
  if (!hasWindows(objective, isClientOf(first))) {
    if (demand.type === 'recovery-time') return problems;
    problems.push(
      warning(
        'objective-windows-not-judged',
        'windowMs',
        'is judged over the whole run: runs keep no points over time of what it is about.',
        'Remove the length of the windows, or demand latency or staleness end to end, or an error share.',
      ),
    );
  } else if (windowMs > measured)
    problems.push(
      warning(
        'objective-window-too-long',
        'windowMs',
        `has windows of ${formatDuration(windowMs)}, longer than the ${formatDuration(measured)} that are measured.`,
        'Lengthen the run, or shorten the windows.',
      ),
    );
  else if (windowMs < durationMs / seriesPoints)
    problems.push(
      warning(
        'objective-window-too-short',
        'windowMs',
        `has windows of ${formatDuration(windowMs)}, shorter than the ${formatDuration(durationMs / seriesPoints)} between two points of the run.`,
        'Lengthen the windows, or set more points over time.',
      ),
    );
  return problems;
}

/** Whether a database of a design has copies. */
function hasCopies(project: Project, design: Design): boolean {
  return design.components.some((component) => Number(paramsOf(project, component).copies ?? 1) > 1);
}

/** A time to recover needs points over time, and something to recover from. */
function recoveryProblems(designs: readonly Design[], { scope, windowShare, windowMs }: Objective, warning: Warn): Problem[] {
  const problems: Problem[] = [];
  if (scope.type === 'operation')
    problems.push(
      warning(
        'objective-not-measurable',
        'demand',
        'is about the recovery of one operation, of which runs keep no points over time.',
        'Judge the recovery end to end, or of a component.',
      ),
    );
  if (windowShare !== undefined && windowMs !== undefined)
    problems.push(
      warning(
        'objective-share-of-recovery',
        'windowShare',
        'bounds every recovery, so that a share of windows has no meaning.',
        'Remove the share of windows.',
      ),
    );
  if (!designs.some((design) => design.faults.some((fault) => fault.disabled !== true)))
    problems.push(
      warning(
        'objective-without-fault',
        'demand',
        'is about the time to recover from faults, of which the timeline has none.',
        'Put a fault on the timeline, or inject one while the run is under way.',
      ),
    );
  return problems;
}

type Warn = (code: string, path: string, message: string, remedy: string) => Problem;

function missing(project: Project, designs: readonly Design[], { scope }: Objective, warning: Warn): Problem {
  const id = scope.type === 'end-to-end' ? '' : scope.component;
  const component = designs.flatMap((design) => design.components).find((candidate) => candidate.id === id);
  if (component === undefined || scope.type !== 'operation')
    return warning(
      'objective-without-part',
      'scope.component',
      `is about the part ${quote(id)}, which ${designs.length === 1 ? 'the design does not have' : 'no design has'}.`,
      `Choose one of ${enumerateShort([...new Set(designs.flatMap((design) => design.components.map((candidate) => candidate.id)))])}.`,
    );
  const known = operationsOf(project, component);
  return warning(
    'objective-without-operation',
    'scope.operation',
    `is about the operation ${quote(scope.operation)}, which ${quote(component.name)} does not ask for.`,
    known.length === 0 ? 'Choose clients: only they have operations.' : `Choose one of ${enumerateShort(known)}.`,
  );
}

/** Names of the operations that a client asks for. */
export function operationsOf(project: Project, component: Component): string[] {
  const { operations } = paramsOf(project, component);
  return Array.isArray(operations) ? operations.flatMap((row: unknown) => (isRecord(row) && typeof row.name === 'string' ? [row.name] : [])) : [];
}
