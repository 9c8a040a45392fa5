import { formatDuration } from '../base/format';
import type { Problem } from '../base/problem';
import type { Distribution } from '../kinds/distribution';
import { distributionMeanMs } from '../kinds/distribution-moments';
import { distributionProblems } from '../kinds/distribution-problems';
import { mostReplicas } from '../kinds/service/scaling-behaviour';
import type { Fault } from './fault';
import type { Design, Project } from './project';
import type { Part, Topology } from './topology';
import { enumerate, quote } from './words';

type Effect = Fault['effect']['type'];

/** What faults are called in messages. */
const TITLES: Record<Effect, string> = {
  crash: 'crash',
  pause: 'pause',
  partition: 'partition',
  slow: 'slowdown',
  errors: 'error share',
  surge: 'surge',
  latency: 'added latency',
  loss: 'loss',
  cut: 'cut',
  resize: 'resize',
};
/** Effects that a link can suffer. */
export const LINK_EFFECTS: readonly Effect[] = ['latency', 'loss', 'cut'];
const OF_SOURCES: readonly Effect[] = ['surge'];
const OF_ROUTERS: readonly Effect[] = ['crash'];
const OF_STATIONS: readonly Effect[] = ['crash', 'pause', 'partition', 'slow', 'errors', 'resize'];

/** What is wrong with the faults of a design. Those that are disabled do not happen, so nothing can be wrong with them. */
export function faultProblems(project: Project, design: Design, topology: Topology): Problem[] {
  const seen = new Set<string>();
  return design.faults.flatMap((fault) => {
    const twice = seen.has(fault.id);
    seen.add(fault.id);
    return fault.disabled === true ? [] : problemsOfFault(project, design, topology, fault, twice);
  });
}

/** What is wrong with one fault; `twice`: another one has its id. */
export function problemsOfFault(project: Project, design: Design, topology: Topology, fault: Fault, twice = false): Problem[] {
  const found: Problem[] = [];
  const report = (severity: Problem['severity'], code: string, path: string, message: string, remedy: string): void => {
    found.push({ severity, code, recordId: fault.id, path, message, remedy });
  };
  if (twice) report('error', 'duplicate-id', 'id', `Two faults have the id ${quote(fault.id)}.`, 'Remove one of them.');

  const part = topology.parts.get(fault.target);
  const isLink = design.links.some((link) => link.id === fault.target);
  if (part === undefined && !isLink) {
    // A part of an unknown kind is a problem of its own.
    if (!design.components.some((component) => component.id === fault.target))
      report(
        'error',
        'fault-target-missing',
        'target',
        `The fault ${quote(fault.name)} hits ${quote(fault.target)}, which the design does not have.`,
        'Choose another target, or remove the fault.',
      );
    return found;
  }
  const fitting = part === undefined ? LINK_EFFECTS : fittingEffects(part);
  const { effect, timing } = fault;
  if (!fitting.includes(effect.type))
    report(
      'error',
      'fault-does-not-fit',
      'effect.type',
      `A ${TITLES[effect.type]} cannot happen to ${part === undefined ? 'a link' : quote(part.component.name)}.`,
      fitting.length === 0
        ? 'Choose another target.'
        : `Choose another target, or another effect; possible here: ${enumerate(
            fitting.map((type) => TITLES[type]),
            'or',
          )}.`,
    );
  const instances = part === undefined ? 0 : instancesOf(part);
  if (fault.instance !== undefined && fault.instance >= instances)
    report(
      'error',
      'fault-no-such-instance',
      'instance',
      part === undefined ? 'A link has no instances.' : `${quote(part.component.name)} has no instance ${fault.instance + 1}: it has ${instances}.`,
      part === undefined ? 'Leave the instance out.' : 'Choose another instance, or all of them.',
    );
  else if (effect.type === 'partition' && instances < 2)
    report(
      'error',
      'fault-without-copies',
      'effect.type',
      `${quote(part?.component.name ?? fault.target)} has one copy of its data, which nothing can be parted from.`,
      'Give the database two copies or more, or choose another effect.',
    );
  if (effect.type === 'resize' && !topology.machines.includes(effect.machine))
    report(
      'error',
      'no-such-machine',
      'effect.machine',
      `The ladder of machines has none with the id ${quote(effect.machine)}.`,
      `Choose one of ${enumerate(topology.machines.map(quote), 'or')}, or add the machine to the ladder.`,
    );
  if (timing.type === 'once') {
    if (timing.atMs >= project.settings.durationMs)
      report(
        'warning',
        'fault-after-end',
        'timing.atMs',
        `The fault ${quote(fault.name)} begins at ${formatDuration(timing.atMs)}, after the end of the run at ${formatDuration(project.settings.durationMs)}.`,
        'Let it begin earlier, or lengthen the run.',
      );
  } else if (effect.type === 'resize') report('error', 'fault-does-not-fit', 'timing.type', 'A resize does not happen by chance.', 'Give it a time.');
  else for (const key of ['between', 'lasts'] as const) timeProblems(timing[key], key, report);
  if (isIdle(fault))
    report(
      'warning',
      'fault-without-effect',
      'effect',
      `The fault ${quote(fault.name)} changes nothing: ${timing.type === 'once' && timing.lastsMs === 0 && !lastsByItself(effect.type) ? 'it lasts no time' : 'its effect is none'}.`,
      'Make it longer or stronger, or disable it.',
    );
  return found;
}

function timeProblems(
  time: Distribution,
  key: 'between' | 'lasts',
  report: (severity: Problem['severity'], code: string, path: string, message: string, remedy: string) => void,
): void {
  const problems = distributionProblems(time, `timing.${key}`, 'forbid-request');
  for (const problem of problems) report(problem.severity, problem.code, problem.path ?? `timing.${key}`, problem.message, problem.remedy);
  if (problems.length > 0) return;
  const mean = distributionMeanMs(time) ?? 0;
  if (key === 'between' && !(mean > 0))
    report('error', 'fault-without-pause', 'timing.between', 'No time lies between the repair and the next failure.', 'Choose a time above zero.');
}

/** A crash of no length loses what was in progress, and a resize stays. */
const lastsByItself = (type: Effect): boolean => type === 'crash' || type === 'resize';

function isIdle({ effect, timing }: Fault): boolean {
  if (timing.type === 'once' && timing.lastsMs === 0 && !lastsByItself(effect.type)) return true;
  switch (effect.type) {
    case 'slow':
    case 'surge':
      return effect.factor === 1;
    case 'errors':
    case 'loss':
      return effect.share === 0;
    case 'latency':
      return effect.addedMs === 0;
    default:
      return false;
  }
}

/** Effects that a component can suffer: clients only send, balancers only pass on, everything else serves. */
export function fittingEffects({ kind }: Pick<Part, 'kind'>): readonly Effect[] {
  if (kind.stored === 'workload') return OF_SOURCES;
  if (kind.group === 'Routing') return OF_ROUTERS;
  return OF_STATIONS.filter((effect) => {
    if (effect === 'resize') return Object.hasOwn(kind.params, 'machine') || Object.hasOwn(kind.params, 'servers');
    return effect !== 'partition' || Object.hasOwn(kind.params, 'copies');
  });
}

function instancesOf({ kind, values }: Part): number {
  if (kind.id === 'service') return mostReplicas(values as Parameters<typeof mostReplicas>[0]);
  return Number(values.replicas ?? values.instances ?? values.copies ?? 1);
}
