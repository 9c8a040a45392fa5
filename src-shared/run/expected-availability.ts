import { atLeast } from '../base/statistics/at-least';
import type { Plan, PlanNode } from '../engine/plan';
import { distributionMeanMs } from '../kinds/distribution-moments';
import type { Fault } from '../project/fault';
import type { ExpectedAvailability } from './result';

/** A year of 365 days. */
const SECONDS_PER_YEAR = 365 * 86_400;
/** Parts that several alternatives share are told apart case by case, up to this many. */
const MOST_SHARED = 12;

/** What must work for a request: all of these parts (numbers of components, then of links) that fail at times, and what each choice asks for. */
interface Need {
  readonly parts: ReadonlySet<number>;
  readonly choices: ReadonlySet<Choice>;
}
/** At least so many of these, or one of them by weight. */
type Choice = { readonly type: 'at-least'; readonly count: number; readonly of: readonly Need[] } | { readonly type: 'one'; readonly of: readonly Weighted[] };
interface Weighted {
  readonly weight: number;
  readonly need: Need;
}

const NOTHING: Need = { parts: new Set(), choices: new Set() };

/** Whether a part is ever down; what is not plays no role. */
type Fails = (part: number) => boolean;

const needOfPart = (part: number, fails: Fails): Need => (fails(part) ? { parts: new Set([part]), choices: new Set() } : NOTHING);

/**
 * Availability that a design can be expected to have in the long run, from the times of its random crashes and cuts. An instance is
 * up for MTBF / (MTBF + MTTR) of the time (renewal theory: R. E. Barlow, F. Proschan, Mathematical Theory of Reliability, 1965,
 * ch. 3), whatever the distributions; a component while at least `required` of its instances are (k of n), copies of data while their primary can be; a call while everything
 * that it needs is (series system). Failures are independent; requests find an instance that is up, behind a balancer too; retries,
 * fallbacks and overload are not counted.
 */
export function expectedAvailability(plan: Plan, faults: readonly Fault[]): ExpectedAvailability {
  const availabilities = [
    ...Array.from(plan.components.keys(), (index) => componentAvailability(plan, index, faults)),
    ...plan.links.map(({ id }) => instanceAvailability(faults.filter((fault) => fault.target === id && fault.effect.type === 'cut'))),
  ];
  const needOf = createNeeds(plan, (part) => (availabilities[part] ?? 1) < 1);
  const sources = plan.components.flatMap((component, index) => (plan.nodes[component.firstNode]?.role === 'source' ? [index] : []));
  const clients = sources.map((index) => ({ id: plan.components[index]?.id ?? '', availability: probabilityOf(needOf(index), availabilities) }));
  const availability = Math.min(1, ...clients.map((client) => client.availability));
  return {
    availability,
    downtimePerYearS: (1 - availability) * SECONDS_PER_YEAR,
    clients,
    components: plan.components.flatMap(({ id }, index) => (sources.includes(index) ? [] : [{ id, availability: availabilities[index] ?? 1 }])),
  };
}

/** Share of the time in which none of these faults is active; they come and go independently. */
function instanceAvailability(faults: readonly Fault[]): number {
  return faults.reduce((product, { timing, effect }) => {
    if (timing.type === 'once') return product;
    const up = distributionMeanMs(timing.between) ?? 0;
    const down = (distributionMeanMs(timing.lasts) ?? 0) + (effect.type === 'crash' ? effect.restartMs : 0);
    if (down === 0 || up === Infinity) return product;
    return down === Infinity ? 0 : (product * up) / (up + down);
  }, 1);
}

/** Chance that at least `required` instances are up, each with a chance of its own. */
function componentAvailability(plan: Plan, index: number, faults: readonly Fault[]): number {
  const {
    id,
    nodeCount,
    scaling,
    replication,
    required = replication?.elects === true ? (nodeCount >> 1) + 1 : 1,
  } = plan.components[index] as Plan['components'][number];
  const crashes = faults.filter((fault) => fault.target === id && fault.effect.type === 'crash');
  if (crashes.length === 0) return 1;
  const instances = Math.min(nodeCount, scaling?.initial ?? nodeCount);
  const up = Array.from({ length: instances }, (_, instance) =>
    instanceAvailability(crashes.filter((fault) => fault.instance === undefined || fault.instance === instance)),
  );
  // Copies of data: a majority can have a primary; without elections only the first one is.
  return replication?.elects === false ? (up[0] ?? 1) : atLeast(required, up);
}

function both(needs: readonly Need[]): Need {
  return { parts: new Set(needs.flatMap(({ parts }) => [...parts])), choices: new Set(needs.flatMap(({ choices }) => [...choices])) };
}

const choose = (choice: Choice): Need => ({ parts: new Set(), choices: new Set([choice]) });

/** Need of a component by its number. */
type NeedAt = (component: number) => Need;

/** What requests need of everything behind a node. */
function needBehind(plan: Plan, node: PlanNode, fails: Fails, needAt: NeedAt): Need {
  const over = (link: number): Need => both([needOfPart(plan.components.length + link, fails), needAt(plan.links[link]?.to ?? 0)]);
  const byWeight = (rows: readonly { readonly link: number; readonly weight: number }[], rest: number): Need => {
    const of = [
      ...rows.filter(({ weight }) => weight > 0).map(({ link, weight }) => ({ weight, need: over(link) })),
      ...(rest > 1e-12 ? [{ weight: rest, need: NOTHING }] : []),
    ];
    return of.length === 1 && of[0] !== undefined ? of[0].need : of.length === 0 ? NOTHING : choose({ type: 'one', of });
  };
  switch (node.role) {
    case 'source':
      return byWeight(
        node.links.map((link, i) => ({ link, weight: node.linkWeights[i] ?? 1 })),
        0,
      );
    case 'router': {
      const links = [...new Set(node.targets.map(({ link }) => link))].map(over);
      return links.length === 1 && links[0] !== undefined ? links[0] : choose({ type: 'at-least', count: 1, of: links });
    }
    case 'station': {
      const forwards = byWeight(
        node.forwards.map(({ link, probability }) => ({ link, weight: probability })),
        1 - node.forwards.reduce((sum, { probability }) => sum + probability, 0),
      );
      const calls = node.calls.map(({ link, probability }) => byWeight([{ link, weight: probability }], 1 - probability));
      const some = node.parallel && node.waitFor < calls.length;
      return both([forwards, ...(some ? [choose({ type: 'at-least', count: node.waitFor, of: calls })] : calls)]);
    }
  }
}

/** What requests need of each component and of everything behind it. Without recursion: chains may be thousands of parts long. */
function createNeeds(plan: Plan, fails: Fails): NeedAt {
  const known = new Map<number, Need>();
  // A loop asks for nothing that has not been asked for already.
  const knownOrNothing: NeedAt = (component) => known.get(component) ?? NOTHING;
  const nodeOf = (component: number): PlanNode | undefined => plan.nodes[plan.components[component]?.firstNode ?? 0];

  const behind = (component: number): number[] => {
    const found: number[] = [];
    const node = nodeOf(component);
    if (node !== undefined)
      needBehind(plan, node, fails, (next) => {
        found.push(next);
        return NOTHING;
      });
    return found;
  };
  const settle = (component: number): void => {
    const node = nodeOf(component);
    const own = node?.role === 'source' ? NOTHING : needOfPart(component, fails);
    known.set(component, node === undefined ? own : both([own, needBehind(plan, node, fails, knownOrNothing)]));
  };

  return (top) => {
    const path = [{ component: top, left: behind(top).reverse() }];
    const entered = new Set([top]);
    while (!known.has(top)) {
      const last = path[path.length - 1] as (typeof path)[number];
      const next = last.left.pop();
      if (next === undefined) {
        settle(last.component);
        entered.delete(last.component);
        path.pop();
      } else if (!known.has(next) && !entered.has(next)) {
        entered.add(next);
        path.push({ component: next, left: behind(next).reverse() });
      }
    }
    return knownOrNothing(top);
  };
}

const alternatives = ({ choices }: Need): Need[] => [...choices].flatMap(({ of }) => of.map((item) => ('need' in item ? item.need : item)));

/** Every need that is an alternative somewhere below, and the one itself: what a need rests on comes before it. */
function allNeeds(top: Need): readonly Need[] {
  const found = new Set<Need>();
  const path = [{ need: top, left: alternatives(top) }];
  const entered = new Set([top]);
  for (let last = path.at(-1); last !== undefined; last = path.at(-1)) {
    const next = last.left.pop();
    if (next === undefined) {
      found.add(last.need);
      path.pop();
    } else if (!entered.has(next)) {
      entered.add(next);
      path.push({ need: next, left: alternatives(next) });
    }
  }
  return [...found];
}

/** Chance that a need is met. What several alternatives share is decided first (conditioning), so that the rest is independent. */
function probabilityOf(top: Need, availabilities: readonly number[]): number {
  const needs = allNeeds(top);
  const holders = new Map<number, number>();
  for (const need of needs) for (const part of need.parts) holders.set(part, (holders.get(part) ?? 0) + 1);
  const shared = [...holders].flatMap(([part, count]) => (count > 1 ? [part] : [])).slice(0, MOST_SHARED);
  const decided = [...availabilities];

  const evaluate = (): number => {
    const met = new Map<Need, number>();
    const of = (need: Need): number => met.get(need) ?? 1;
    for (const need of needs) {
      let product = 1;
      for (const part of need.parts) product *= decided[part] ?? 1;
      for (const choice of need.choices) {
        if (product === 0) break;
        if (choice.type === 'at-least') product *= atLeast(choice.count, choice.of.map(of));
        else {
          const total = choice.of.reduce((sum, { weight }) => sum + weight, 0);
          product *= choice.of.reduce((sum, item) => sum + item.weight * of(item.need), 0) / total;
        }
      }
      met.set(need, product);
    }
    return of(top);
  };
  const condition = (from: number): number => {
    const part = shared[from];
    if (part === undefined) return evaluate();
    const availability = availabilities[part] ?? 1;
    decided[part] = 1;
    const up = availability > 0 ? condition(from + 1) : 0;
    decided[part] = 0;
    const down = condition(from + 1);
    return availability * up + (1 - availability) * down;
  };
  return condition(0);
}
