import { atLeast } from '../../base/statistics/at-least';
import * as L from '../../engine/layout';
import type { Plan, PlanNode, StationCall, StationNode } from '../../engine/plan';

/** A part of which one instance that crashes makes requests fail. */
export interface SinglePoint {
  readonly componentId: string;
  readonly name: string;
  /** Instance whose crash does it, from 0. */
  readonly instance: number;
  readonly instances: number;
  /** `stops`: without it nothing that needs the part ends well. `degrades`: others stand by, but requests still go to the one that is down. */
  readonly effect: 'stops' | 'degrades';
  /** Largest share of the requests of any client that fail while it is down, 0..1. */
  readonly share: number;
  /** Clients whose operations it concerns, and the share of theirs that fails. */
  readonly clients: readonly { readonly id: string; readonly name: string; readonly operations: readonly string[]; readonly share: number }[];
  /** Why, and what stands in for it. */
  readonly reason: string;
}

/** Shares below this are those of sums of shares that ought to be 0. */
const NOTHING = 1e-9;
/** Calls behind each other that are followed. */
const DEEPEST = 500;

/**
 * Parts that one crash stops or degrades: from the paths of requests, the replicas and how many of them are required, pairs of balancers,
 * health checks, calls of which only some are awaited, retries and fallbacks. Those that stop most come first.
 */
export function singlePoints(plan: Plan): SinglePoint[] {
  const points: SinglePoint[] = [];
  const senders = plan.components.map((): number[] => []);
  for (const { from, to } of plan.links) senders[to]?.push(from);
  const sources = [...plan.components.entries()].filter(([, { firstNode }]) => plan.nodes[firstNode]?.role === 'source');
  for (const [index, component] of plan.components.entries()) {
    if (plan.nodes[component.firstNode]?.role === 'source') continue;
    const before = beforeOf(senders, index);
    const lost = survival(plan, index, before);
    const clients = sources.flatMap(([number, client]) => {
      if (!before.has(number)) return [];
      const share = 1 - lost.of(number);
      const operations = plan.operations.filter((operation) => operation.component === number).map(({ name }) => name);
      return share > NOTHING ? [{ id: client.id, name: client.name, operations, share: Math.min(1, share) }] : [];
    });
    if (clients.length === 0) continue;
    const { itself } = lost;
    const instances = standing(plan, index);
    points.push({
      componentId: component.id,
      name: component.name,
      instance: 0,
      instances,
      effect: itself < NOTHING ? 'stops' : 'degrades',
      share: Math.max(...clients.map(({ share }) => share)),
      clients,
      reason: reasonOf(plan, index, instances, itself),
    });
  }
  return points.sort((one, other) => Number(other.effect === 'stops') - Number(one.effect === 'stops') || other.share - one.share);
}

/** Components from which requests may come to one, itself included. */
function beforeOf(senders: readonly (readonly number[])[], index: number): ReadonlySet<number> {
  const seen = new Set([index]);
  const open = [index];
  for (let at = open.pop(); at !== undefined; at = open.pop())
    for (const sender of senders[at] ?? [])
      if (!seen.has(sender)) {
        seen.add(sender);
        open.push(sender);
      }
  return seen;
}

/** Instances of a component at the start. */
function standing({ components }: Plan, index: number): number {
  const component = components[index];
  return component === undefined ? 0 : Math.min(component.nodeCount, component.scaling?.initial ?? component.nodeCount);
}

function reasonOf({ components }: Plan, index: number, instances: number, itself: number): string {
  const { required = 1, spread } = components[index] as Plan['components'][number];
  if (instances === 1)
    return itself < NOTHING
      ? 'It has one instance, and nothing stands in for it.'
      : 'Others stand in for it, but nobody takes it out of use when it is down: requests go on to it.';
  const { replication } = components[index] as Plan['components'][number];
  if (replication !== undefined)
    return replication.elects
      ? `One of its ${instances} copies alone is no majority that could elect another primary.`
      : 'No other copy takes over from its primary.';
  if (instances - 1 < required) return `It needs ${required} of its ${instances} instances, and one less is too few.`;
  if (itself < NOTHING && spread === 'first') return 'All requests go to its first instance.';
  return itself < NOTHING
    ? 'Nothing sends requests to the other instances.'
    : 'Nobody takes an instance that is down out of use: requests go on to it, and are not tried again.';
}

/** Chance that a request ends well while the first instance of component `down` is gone: from each component on, and at that component itself. */
function survival(plan: Plan, down: number, before: ReadonlySet<number>): { readonly of: (component: number) => number; readonly itself: number } {
  const known = new Map<number, number>();
  const entered = new Set<number>();
  const downNode = plan.components[down]?.firstNode ?? -1;
  const instances = standing(plan, down);
  const { required = 1, spread = 'round-robin' } = plan.components[down] ?? {};
  const serves = instances - 1 >= Math.max(1, required);

  /** Chance that a call that goes by itself to a component finds an instance that is up. */
  const found = (component: number): number => {
    if (component !== down) return 1;
    const copies = plan.components[down]?.replication;
    // The first instance is the primary: another one stands in for it when a majority is left to elect it.
    if (copies !== undefined) return copies.elects && 2 * (instances - 1) > instances ? 1 : 0;
    if (!serves || spread === 'first') return 0;
    return spread === 'active-passive' ? 1 : (instances - 1) / instances;
  };

  /** Chance that a call over a link to a target that is found with chance `once` ends well, with the attempts that the link makes. */
  const over = (link: number, once: number): number => {
    const policy = plan.links[link]?.policy;
    if (policy === undefined) return once;
    if (policy.fallback) return 1;
    const retries = policy.maxAttempts > 1 && policy.retryOn.includes(L.REASON_DOWN);
    return retries && once > NOTHING ? 1 - (1 - once) ** Math.min(policy.maxAttempts, 64) : once;
  };

  const call = (link: number): number => {
    const to = plan.links[link]?.to ?? 0;
    return over(link, found(to) * of(to));
  };

  const routed = (node: Extract<PlanNode, { role: 'router' }>): number => {
    const targets = node.targets.map(({ link, node: target, weight = 1 }) => {
      const component = plan.nodes[target]?.component ?? 0;
      const up = target !== downNode && !(component === down && !serves);
      return { link, weight: node.balancing.startsWith('weighted') ? weight : 1, up, ends: up ? of(component) : 0 };
    });
    const well = targets.filter(({ up }) => up);
    const all = targets.reduce((sum, { weight }) => sum + weight, 0);
    if (all <= 0 || well.length === 0) return 0;
    const detects = node.health !== undefined || node.ejection !== undefined;
    // With too few good targets a balancer panics and uses all of them.
    const used = detects && well.length / targets.length >= (node.panicShare ?? 0) ? well : targets;
    const weight = used.reduce((sum, target) => sum + target.weight, 0);
    const once = weight > 0 ? used.reduce((sum, target) => sum + target.weight * target.ends, 0) / weight : 0;
    return over(targets[0]?.link ?? 0, once);
  };

  const station = (node: StationNode): number => {
    const made = (calls: readonly StationCall[], waitFor: number, certain: boolean): number => {
      const chances = calls.flatMap(({ link, probability, copies = 1 }) => {
        const ends = call(link);
        return new Array<number>(Math.min(copies, 200)).fill(certain ? ends : 1 - probability * (1 - ends));
      });
      return atLeast(Math.min(waitFor, chances.length), chances);
    };
    const stages = node.stages;
    const calls =
      stages === undefined
        ? made(node.calls, node.parallel ? node.waitFor : Infinity, false)
        : stages.reduce((product, { waitFor }, stage) => {
            const own = node.calls.filter((each) => (each.stage ?? 0) === stage);
            return own.length === 0 ? product : product * made(own, waitFor, true);
          }, 1);
    const forwards = node.forwards.reduce((sum, { link, probability }) => sum + probability * (1 - call(link)), 0);
    return calls * (1 - forwards);
  };

  const of = (component: number): number => {
    // What does not lead to the part that is down does not miss it.
    if (!before.has(component)) return 1;
    const already = known.get(component);
    if (already !== undefined) return already;
    // A loop asks for nothing that has not been asked for already; chains longer than any that is drawn must not exhaust the stack.
    if (entered.has(component) || entered.size > DEEPEST) return 1;
    entered.add(component);
    const node = plan.nodes[plan.components[component]?.firstNode ?? 0];
    let share = 1;
    if (node?.role === 'source') {
      const all = node.linkWeights.reduce((sum, weight) => sum + weight, 0);
      share = all > 0 ? node.links.reduce((sum, link, i) => sum + ((node.linkWeights[i] ?? 0) / all) * call(link), 0) : 1;
    } else if (node?.role === 'router') share = routed(node);
    else if (node?.role === 'station') share = station(node);
    entered.delete(component);
    known.set(component, share);
    return share;
  };
  return { of, itself: itselfOf() };

  /** What becomes of requests at the component whose instance is gone, by whoever sends to it. */
  function itselfOf(): number {
    const routers = [...before].flatMap((component) => {
      const node = plan.nodes[plan.components[component]?.firstNode ?? 0];
      return node?.role === 'router' && node.targets.some(({ node: target }) => target === downNode) ? [node] : [];
    });
    // Behind a balancer other targets, of this part or of others, take over: as well as it notices.
    return routers.length > 0 ? Math.max(...routers.map(routed)) : found(down);
  }
}
