import { demandTitle } from '../../src-shared/analysis/objective-text';
import { allowedShare, type Demand, hasWindows, isAboutLoss, isAboutReads, type Objective, type ObjectiveScope } from '../../src-shared/project/objective';
import { concerns, isClientOf, operationsOf } from '../../src-shared/project/objective-problems';
import type { Design, Project } from '../../src-shared/project/project';
import type { NewObjective } from '../document/commands/objectives';

/** Something that an objective can be about, for a list to choose from. */
export interface ScopeChoice {
  /** The scope as text, to be told from others. */
  readonly value: string;
  readonly label: string;
  readonly group: 'Requests' | 'Operations' | 'Parts';
  readonly scope: ObjectiveScope;
}

/** A scope as text: equal scopes have equal texts. */
export function scopeKey(scope: ObjectiveScope): string {
  return scope.type === 'end-to-end'
    ? scope.type
    : scope.type === 'component'
      ? `component/${scope.component}`
      : `operation/${scope.component}/${scope.operation}`;
}

/** Designs that an objective is meant for. */
export function designsOf({ designs }: Project, { design }: Pick<Objective, 'design'>): readonly Design[] {
  return design === undefined ? designs : designs.filter(({ id }) => id === design);
}

/** What an objective can be about in these designs, each thing once. What it is about by now is among them, also where it is gone. */
export function scopeChoices(project: Project, designs: readonly Design[], now: ObjectiveScope): readonly ScopeChoice[] {
  const found = new Map<string, ScopeChoice>();
  const add = (group: ScopeChoice['group'], label: string, scope: ObjectiveScope): void => {
    const value = scopeKey(scope);
    if (!found.has(value)) found.set(value, { value, label, group, scope });
  };
  add('Requests', 'All requests, end to end', { type: 'end-to-end' });
  for (const { components } of designs)
    for (const component of components)
      for (const operation of operationsOf(project, component))
        add('Operations', `${component.name}: ${operation}`, { type: 'operation', component: component.id, operation });
  for (const { components } of designs) for (const { id, name } of components) add('Parts', name, { type: 'component', component: id });
  if (now.type !== 'end-to-end' && !found.has(scopeKey(now)))
    add(now.type === 'operation' ? 'Operations' : 'Parts', `${now.component}${now.type === 'operation' ? `: ${now.operation}` : ''} (not there)`, now);
  return [...found.values()];
}

/** Types of demands in the order in which they are offered. */
export const DEMAND_TYPES: readonly Demand['type'][] = [
  'latency',
  'availability',
  'error-share',
  'recovery-time',
  'stale-share',
  'staleness',
  'recovery-point',
  'lost-writes',
  'cost-per-hour',
  'cost-per-million',
];

/** What the types of demands are, without their numbers. */
export const DEMAND_HELP: Readonly<Record<Demand['type'], string>> = {
  latency: 'A percentile of the latency of the requests that ended well.',
  availability: 'Of requests the share that ended well; of a part that serves the share of the time in which it could.',
  'error-share': 'Failed requests as a share of those that ended.',
  'recovery-time': 'From the beginning of a fault to the first window in which the service is good again.',
  'stale-share':
    'Reads of databases with copies that showed an older version than one acknowledged before, as a share of all; of requests, those that made such a read.',
  staleness: 'Of stale reads: how long before the first write that they did not show had been acknowledged.',
  'recovery-point': 'The longest stretch of acknowledged writes that a failover lost.',
  'lost-writes': 'Acknowledged writes that failovers lost.',
  'cost-per-hour': 'Price of the machines per hour.',
  'cost-per-million': 'Price of the machines per million requests that ended well.',
};

/** The title of a type of demand, without a percentile. */
export function demandTypeTitle(type: Demand['type']): string {
  if (type === 'staleness') return 'Staleness percentile';
  return type === 'latency' ? 'Latency percentile' : demandTitle(freshDemand(type));
}

/** Why something cannot be measured of a scope, in words; null where it can. */
export function whyNot(type: Demand['type'], scope: ObjectiveScope): string | null {
  if (scope.type !== 'operation') return null;
  if (type === 'cost-per-hour' || type === 'cost-per-million') return 'Not of one operation: machines serve all of them.';
  if (isAboutLoss(type)) return 'Not of one operation: a failover loses writes of all of them.';
  return type === 'recovery-time' ? 'Not of one operation: runs keep no points over time of it.' : null;
}

/** Why an objective cannot be judged over windows, in words; null where it can. */
export function whyNoWindows({ scope, demand }: Pick<Objective, 'scope' | 'demand'>, designs: readonly Design[]): string | null {
  if (designs.some((design) => hasWindows({ scope, demand }, isClientOf(design)))) return null;
  if (demand.type === 'cost-per-hour' || demand.type === 'cost-per-million') return 'The price of machines is judged over the whole run.';
  if (isAboutLoss(demand.type)) return 'What failovers lose is judged over the whole run.';
  if (scope.type === 'operation') return 'Runs keep no points over time of one operation.';
  if (isAboutReads(demand)) return 'Points over time have stale reads end to end and of databases only.';
  if (demand.type === 'latency') return demand.percentile === 99.9 ? 'Points over time have no p99.9.' : 'Points over time have latency end to end only.';
  return 'The time in which a part could serve is judged over the whole run.';
}

/** A demand of a type with numbers to begin with. */
export function freshDemand(type: Demand['type']): Demand {
  switch (type) {
    case 'latency':
      return { type, percentile: 95, atMostMs: 250 };
    case 'availability':
      return { type, atLeast: 0.999 };
    case 'error-share':
      return { type, atMost: 0.001 };
    case 'recovery-time':
      return { type, atMostMs: 30_000, errorShare: 0.01 };
    case 'stale-share':
      return { type, atMost: 0.01 };
    case 'staleness':
      return { type, percentile: 99, atMostMs: 1000 };
    case 'recovery-point':
      return { type, atMostMs: 1000 };
    case 'lost-writes':
      return { type, atMost: 0 };
    case 'cost-per-hour':
      return { type, atMost: 1 };
    case 'cost-per-million':
      return { type, atMost: 1 };
  }
}

/** Names that objectives have to begin with, by what they demand. */
const FRESH_NAMES: Readonly<Record<Demand['type'], string>> = {
  latency: 'Fast enough',
  availability: 'Available',
  'error-share': 'Few errors',
  'recovery-time': 'Recovers in time',
  'stale-share': 'Fresh enough',
  staleness: 'Soon fresh',
  'recovery-point': 'Loses little',
  'lost-writes': 'Loses nothing',
  'cost-per-hour': 'Affordable',
  'cost-per-million': 'Affordable requests',
};

/** The name of an objective after it demands something else: the usual one for that, unless somebody has given it one of its own. */
export function renamed(name: string, type: Demand['type']): string {
  return Object.values(FRESH_NAMES).includes(name.replace(/ \d+$/, '')) ? FRESH_NAMES[type] : name;
}

/** Length of windows to begin with: a tenth of what is measured, as a round number of at least a point. */
export function freshWindowMs({ settings: { durationMs, warmUpMs, seriesPoints } }: Project): number {
  const measured = durationMs - (warmUpMs === 'auto' ? 0 : warmUpMs);
  const wanted = Math.max(measured / 10, durationMs / seriesPoints);
  const scale = 10 ** Math.floor(Math.log10(wanted));
  const round = [1, 2, 5, 10].map((digit) => digit * scale).find((length) => length >= wanted * 0.999) ?? wanted;
  return round > measured ? wanted : round;
}

/** An objective to begin with: what most services promise first. */
export function freshObjective(project: Project): NewObjective {
  return { name: FRESH_NAMES.latency, scope: { type: 'end-to-end' }, demand: freshDemand('latency'), windowMs: freshWindowMs(project) };
}

/** An objective with another scope or demand, without what then has no meaning. */
export function fitted(objective: Objective, designs: readonly Design[]): Objective {
  const { windowMs, windowShare, ...rest } = objective;
  const demand = whyNot(rest.demand.type, rest.scope) === null ? rest.demand : freshDemand('latency');
  const scoped: Objective = { ...rest, demand: demand.type === 'recovery-time' && rest.scope.type !== 'end-to-end' ? withoutSpeed(demand) : demand };
  if (windowMs === undefined || whyNoWindows(scoped, designs) !== null) return scoped;
  return { ...scoped, windowMs, ...(windowShare !== undefined && demand.type !== 'recovery-time' && { windowShare }) };
}

function withoutSpeed({ p95Ms: _p95Ms, ...demand }: Extract<Demand, { readonly type: 'recovery-time' }>): Demand {
  return demand;
}

/** When an objective alerts during a run, in words. */
export function alertHelp(objective: Objective, designs: readonly Design[]): string {
  const { demand, windowMs } = objective;
  if (whyNoWindows(objective, designs) !== null) return 'It is judged at the end of the run and does not alert before.';
  if (demand.type === 'recovery-time') return 'It alerts during the run when the service is not good again in time.';
  if (windowMs !== undefined) return 'It alerts during the run when a window misses it, until one meets it again.';
  if (allowedShare(demand) !== null)
    return 'It alerts during the run by its burn rate: when 5 % of the error budget went in a 120th of the run, or 10 % in a tenth, and still goes at that rate.';
  return 'Without windows it is judged at the end of the run and does not alert before.';
}

/** The objectives of a project that a design has to meet. */
export function objectivesOfDesign(project: Project, designId: string): readonly Objective[] {
  const design = project.designs.find(({ id }) => id === designId);
  return design === undefined ? [] : project.objectives.filter((objective) => concerns(project, design, objective));
}
