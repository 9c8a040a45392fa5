import { linkParams } from '../kinds/link/link';
import { kindOf } from '../kinds/registry';
import type { Design, Link, Project } from './project';

/** Kinds whose parts report to telemetry collectors, in words. */
const REPORTERS = 'services, databases, load balancers and jobs';

/** Whether a link carries telemetry to a collector instead of requests. */
export function isTelemetry(design: Design, link: Link): boolean {
  return kindOf(design.components.find((component) => component.id === link.to)?.kind ?? '')?.telemetry === 'collects';
}

/** Whether the far end of a link answers the original caller itself, so that the link waits for no reply. */
export function isForward(design: Design, link: Link): boolean {
  const source = design.components.find((component) => component.id === link.from);
  return source?.kind === 'service' && (link.params.mode ?? linkParams.mode.default) === 'forward';
}

/** Whether calls along existing links lead from one component to another; a forward link is no call. */
function callsReach(design: Design, fromId: string, toId: string): boolean {
  const services = new Set(design.components.filter((component) => component.kind === 'service').map((component) => component.id));
  const targets = new Map<string, string[]>();
  for (const link of design.links) {
    if (services.has(link.from) && (link.params.mode ?? linkParams.mode.default) === 'forward') continue;
    const list = targets.get(link.from);
    if (list === undefined) targets.set(link.from, [link.to]);
    else list.push(link.to);
  }
  const seen = new Set<string>([fromId]);
  const open = [fromId];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === toId) return true;
    for (const next of targets.get(id) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(next);
    }
  }
  return false;
}

/** Whether a call from one component to another would, by further calls, come back to where it started and so never end. */
export function closesCallCycle(design: Design, fromId: string, toId: string): boolean {
  return fromId === toId || callsReach(design, toId, fromId);
}

/**
 * Why two components cannot be linked, in words, or null where they can be.
 * A link that closes a cycle of calls is possible from a service only, as a forward link.
 */
export function connectionRefusal(project: Project, designId: string, fromId: string, toId: string): string | null {
  const design = project.designs.find((candidate) => candidate.id === designId);
  const from = design?.components.find((component) => component.id === fromId);
  const to = design?.components.find((component) => component.id === toId);
  if (design === undefined || from === undefined || to === undefined) return 'One of the two parts no longer exists.';
  const source = kindOf(from.kind);
  const target = kindOf(to.kind);
  if (source === undefined) return `${from.name} is of a kind that this version does not know.`;
  if (target === undefined) return `${to.name} is of a kind that this version does not know.`;
  if (target.telemetry === 'collects') {
    if (source.telemetry !== 'reports') return `${from.name} cannot report to ${to.name}: ${REPORTERS} report telemetry.`;
  } else if (!source.ports.out && source.telemetry === 'reports')
    return `${from.name} calls no other part: parts of the kind ${source.title} can be linked to a telemetry collector only.`;
  if (!source.ports.out && target.telemetry !== 'collects') return `No link can start at ${from.name}: parts of the kind ${source.title} have no output.`;
  if (!target.ports.in) return `No link can end at ${to.name}: parts of the kind ${target.title} have no input.`;
  if (design.links.some((link) => link.from === fromId && link.to === toId))
    return fromId === toId ? `${from.name} is already linked to itself.` : `${from.name} is already linked to ${to.name}.`;
  if (from.kind !== 'service') {
    if (fromId === toId) return `${from.name} cannot send to itself. Only a service can hand a request back to itself.`;
    if (closesCallCycle(design, fromId, toId))
      return `Requests would go round in a circle without an end. Only a service can hand a request back, over a forward link.`;
  }
  return null;
}
