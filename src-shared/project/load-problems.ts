import { formatDuration, formatNumber, formatRate } from '../base/format';
import type { Problem } from '../base/problem';
import type { Part, Topology, Wire } from './topology';
import { quote } from './words';

/** Flows below this share of what is sent are not followed further: feedback would go on for ever. */
const NEGLIGIBLE = 1e-7;
/** Steps after which an estimate is given up: requests that multiply faster than they end have no long run. */
const MOST_STEPS = 200_000;

/** Load that the clients bring to one part in the long run. */
export interface Load {
  perS: number;
  /** Servers that this load keeps busy, on average. */
  busy: number;
}

/** Parts that are asked for more than they can do in the long run, by the means of the values: no run is needed to see that. */
export function loadProblems(topology: Topology): Problem[] {
  const loads = estimateLoads(topology);
  const problems: Problem[] = [];
  for (const [id, load] of loads) {
    const part = topology.parts.get(id);
    const servers = part?.kind.estimate?.capacity?.(part.values as never, topology.ladder).servers;
    if (part === undefined || servers === undefined || load.busy < servers) continue;
    const meanMs = (load.busy / load.perS) * 1000;
    problems.push({
      severity: 'warning',
      code: 'overloaded',
      recordId: id,
      message: `Overloaded: ${formatRate(load.perS)} at ${formatDuration(meanMs)} on average would keep ${formatNumber(load.busy)} servers busy, and ${quote(part.component.name)} has ${formatNumber(servers, 6)}. Its queue will grow as long as the run lasts, or be refused.`,
      remedy: 'Give it more replicas or servers, a shorter service time or less load, unless overload is what you want to see.',
    });
  }
  return problems;
}

/** Load of every part; `attemptsOf`: how often each call of a link is made. */
export function estimateLoads(topology: Topology, attemptsOf: (wire: Wire) => number = () => 1): Map<string, Load> {
  const loads = new Map<string, Load>();
  for (const client of topology.parts.values()) {
    const perS = client.kind.estimate?.offeredPerS?.(client.values as never);
    if (perS === undefined || perS === null || !(perS > 0)) continue;
    const operations = operationsOf(client);
    for (const [id, visits] of visitsFrom(topology, client, attemptsOf)) {
      const part = topology.parts.get(id);
      const meanMs = part === undefined ? null : meanOf(part, operations, topology.ladder);
      if (meanMs === null) continue;
      const load = loads.get(id) ?? { perS: 0, busy: 0 };
      load.perS += perS * visits;
      load.busy += (perS * visits * meanMs) / 1000;
      loads.set(id, load);
    }
  }
  return loads;
}

/** Mean number of times that one request of a client comes to each part; empty where that has no end. */
function visitsFrom(topology: Topology, client: Part, attemptsOf: (wire: Wire) => number): Map<string, number> {
  const visits = new Map<string, number>();
  const waiting = new Map<string, number>([[client.component.id, 1]]);
  let steps = 0;
  for (const [id, amount] of waiting) {
    waiting.delete(id);
    visits.set(id, (visits.get(id) ?? 0) + amount);
    const part = topology.parts.get(id);
    if (part === undefined) continue;
    for (const [to, share] of sharesOf(topology, part, attemptsOf)) {
      if (++steps > MOST_STEPS) return new Map();
      if (amount * share > NEGLIGIBLE) waiting.set(to, (waiting.get(to) ?? 0) + amount * share);
    }
  }
  return visits;
}

/** Where requests at a part go next, and how many for each. */
function sharesOf(topology: Topology, part: Part, attemptsOf: (wire: Wire) => number): (readonly [string, number])[] {
  const sends = part.kind.estimate?.sends?.(part.values as never);
  if (sends === undefined || part.outgoing.length === 0) return [];
  if (sends === 'by-probability')
    return part.outgoing.map((wire, place) => [
      wire.to,
      attemptsOf(wire) * wire.probability * (part.kind.estimate?.copies?.(part.values as never, place, part.outgoing.length) ?? 1),
    ]);
  const weights = part.outgoing.map((wire) => {
    if (sends === 'by-weight') return part.outgoing.length === 1 ? 1 : Number(wire.values.weight);
    const target = topology.parts.get(wire.to);
    const capacity = target?.kind.estimate?.capacity?.(target.values as never, topology.ladder);
    if (target === undefined || capacity === undefined) return 1;
    if (sends === 'by-instance-weight') return Number(wire.values.weight) * capacity.instances;
    if (sends === 'evenly') return capacity.instances;
    // A balancer that looks at its targets sends more to those that are done sooner.
    const meanMs = target.kind.estimate?.meanMs?.(target.values as never, { name: '', type: 'read' }, topology.ladder) ?? 1;
    return capacity.servers / Math.max(meanMs, 1e-9);
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return total > 0 ? part.outgoing.map((wire, index) => [wire.to, (attemptsOf(wire) * (weights[index] ?? 0)) / total]) : [];
}

interface Operation {
  readonly name: string;
  readonly type: string;
  readonly share: number;
}

function operationsOf(client: Part): Operation[] {
  const rows = Array.isArray(client.values.operations)
    ? (client.values.operations as readonly { readonly name: string; readonly type: string; readonly weight: number }[])
    : [];
  const total = rows.reduce((sum, row) => sum + row.weight, 0);
  return total > 0 ? rows.map((row) => ({ name: row.name, type: row.type, share: row.weight / total })) : [];
}

function meanOf(part: Part, operations: readonly Operation[], ladder: Topology['ladder']): number | null {
  const { estimate } = part.kind;
  if (estimate?.meanMs === undefined) return null;
  let mean = 0;
  for (const operation of operations) {
    const its = estimate.meanMs(part.values as never, operation, ladder);
    if (its === null) return null;
    if (operation.share > 0) mean += operation.share * its;
  }
  return mean;
}
