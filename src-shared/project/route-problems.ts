import type { Problem } from '../base/problem';
import type { Graph } from './graph';
import { findCycles, reachable } from './graph';
import type { Topology, Wire } from './topology';
import { enumerateShort, quote } from './words';

/** What is wrong with the ways that requests take: circles without an end, and parts that no request reaches. */
export function routeProblems(topology: Topology): Problem[] {
  return [...circleProblems(topology), ...reachProblems(topology)];
}

function circleProblems(topology: Topology): Problem[] {
  const problems: Problem[] = [];
  const name = (id: string): string => topology.parts.get(id)?.component.name ?? id;
  const walk = (cycle: readonly string[]): string => enumerateArrows([...cycle, cycle[0] ?? ''].map(name));

  const calling = graphOf(topology, (wire) => !wire.forward && wire.probability > 0);
  const circling = new Set<string>();
  for (const cycle of findCycles(calling)) {
    for (const id of cycle) circling.add(id);
    problems.push({
      severity: 'error',
      code: 'call-cycle',
      recordId: cycle[0] ?? '',
      message: `Calls lead round in a circle: ${walk(cycle)}. Each would wait for a reply that depends on its own.`,
      remedy: 'Remove one of these links, set its probability to 0, or make it a forward link from a service.',
    });
  }

  // Handing over: a request stays in the circle for ever where every way on leads back into it.
  const endless = endlessParts(topology);
  const handing = graphOf(topology, (wire) => endless.has(wire.from) && endless.has(wire.to) && wire.probability > 0);
  for (const cycle of findCycles(handing)) {
    if (cycle.some((id) => circling.has(id))) continue;
    problems.push({
      severity: 'error',
      code: 'never-leaves',
      recordId: cycle[0] ?? '',
      message: `Requests go round for ever: ${walk(cycle)}. No part on this way ever answers.`,
      remedy: 'Lower the probability of a forward link on the way, so that some requests are answered there.',
    });
  }
  return problems;
}

/**
 * Parts from which no request ever comes back, whatever the dice say. A part ends its requests if everything that it must
 * call ends, and if it may answer by itself or can hand over to a part that ends: the least set for which that holds.
 */
function endlessParts(topology: Topology): Set<string> {
  const ends = new Set<string>();
  const waiting = [...topology.parts.keys()];
  const open = [...waiting];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (ends.has(id) || !endsGiven(topology, id, ends)) continue;
    ends.add(id);
    for (const wire of topology.parts.get(id)?.incoming ?? []) open.push(wire.from);
  }
  return new Set(waiting.filter((id) => !ends.has(id)));
}

function endsGiven(topology: Topology, id: string, ends: ReadonlySet<string>): boolean {
  const part = topology.parts.get(id);
  if (part === undefined) return true;
  if (part.outgoing.length === 0) return true;
  // A client or a balancer sends each request over one of its links; a service or a job calls all of them.
  if (part.kind.estimate?.sends?.(part.values as never) !== 'by-probability') return part.outgoing.some((wire) => ends.has(wire.to));
  const forwards = part.outgoing.filter((wire) => wire.forward && wire.probability > 0);
  const answers = forwards.reduce((sum, wire) => sum + wire.probability, 0) < 1 - 1e-9;
  const mustCall = part.outgoing.filter((wire) => !wire.forward && wire.probability >= 1);
  return mustCall.every((wire) => ends.has(wire.to)) && (answers || forwards.some((wire) => ends.has(wire.to)));
}

function reachProblems(topology: Topology): Problem[] {
  const clients = [...topology.parts.values()].filter((part) => !part.kind.ports.in).map((part) => part.component.id);
  const reached = reachable(
    graphOf(topology, (wire) => wire.probability > 0 && wire.values.weight !== 0),
    clients,
  );
  const problems: Problem[] = [];
  for (const [id, part] of topology.parts) {
    if (!part.kind.ports.in || reached.has(id)) continue;
    const { name } = part.component;
    if (part.kind.telemetry === 'collects') {
      if (part.observed.length === 0)
        problems.push({
          severity: 'warning',
          code: 'observes-nothing',
          recordId: id,
          message: `No part reports to ${quote(name)}, so that it sees nothing.`,
          remedy: 'Draw links to it from the parts that it shall observe, or remove it.',
        });
      continue;
    }
    problems.push(
      part.incoming.length === 0
        ? {
            severity: 'warning',
            code: 'not-linked',
            recordId: id,
            message: `No link leads to ${quote(name)}, so that it gets no requests.`,
            remedy: 'Connect the output of another part to it, or remove it.',
          }
        : {
            severity: 'warning',
            code: 'unreachable',
            recordId: id,
            message: `No request reaches ${quote(name)}: the links to it come from ${enumerateShort([...new Set(part.incoming.map((wire) => quote(topology.parts.get(wire.from)?.component.name ?? wire.from)))])}, and none of these sends any.`,
            remedy: 'Connect the part to clients by way of other parts, or raise a probability or weight that is 0.',
          },
    );
  }
  return problems;
}

function graphOf(topology: Topology, takes: (wire: Wire) => boolean): Graph {
  return new Map([...topology.parts].map(([id, part]) => [id, part.outgoing.filter((wire) => wire.possible && takes(wire)).map((wire) => wire.to)]));
}

function enumerateArrows(names: readonly string[]): string {
  return names.length <= 12 ? names.join(' → ') : [...names.slice(0, 10), '…', names[names.length - 1]].join(' → ');
}
