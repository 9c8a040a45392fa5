import type { Problem } from '../base/problem';
import type { Part, Topology } from './topology';
import { quote } from './words';

/** Balancers that go by sessions where no request that can reach them belongs to one. */
export function sessionProblems(topology: Topology): Problem[] {
  const problems: Problem[] = [];
  for (const part of topology.parts.values()) {
    const hashes = String(part.values.algorithm).endsWith('-hash');
    const keeps = part.kind.id === 'load-balancer' && part.values.affinityMs !== null;
    if (!(hashes || keeps) || hasSessions(topology, part)) continue;
    problems.push({
      severity: 'warning',
      code: 'no-sessions',
      recordId: part.component.id,
      path: hashes ? 'params.algorithm' : 'params.affinityMs',
      message: `No clients whose requests reach ${quote(part.component.name)} have sessions, so that ${hashes ? 'it chooses targets at random' : 'its affinity has no effect'}.`,
      remedy: 'Give the clients a number of sessions.',
    });
  }
  return problems;
}

function hasSessions(topology: Topology, part: Part): boolean {
  const seen = new Set<string>([part.component.id]);
  for (const id of seen) {
    const { sessions } = topology.parts.get(id)?.values ?? {};
    if (typeof sessions === 'number') return true;
    for (const wire of topology.parts.get(id)?.incoming ?? []) seen.add(wire.from);
  }
  return false;
}
