import type { Plan } from '../../engine/plan';
import { linkParamsOf, paramsOf } from '../../project/params-of';
import type { Design, Link, Project } from '../../project/project';
import type { RunResult } from '../../run/result';
import type { BottleneckReading } from '../bottleneck';
import type { OverProvisioned } from './over-provisioned';
import type { SinglePoint } from './single-points';

/** What an advice is for: less waiting and fewer errors, less that one crash can stop, or a lower price. */
export type Goal = 'faster' | 'safer' | 'cheaper';

/** A change that may help: it is simulated before anybody is told of it. */
export interface Candidate {
  readonly goal: Goal;
  /** What to do, as an order: `Raise the replicas of Web from 3 to 5`. */
  readonly title: string;
  /** Why it may help, in a sentence. */
  readonly why: string;
  /** Part or link that it is about. */
  readonly recordId: string;
  /** Changes of the form `part.parameter=value`. */
  readonly changes: readonly string[];
  /** It is simulated with this instance down for a while, and so is what it is compared with; null: as the design is. */
  readonly crash: { readonly componentId: string; readonly instance: number } | null;
  /** How much is given of what, where several amounts are tried: of those that do as well, the least is advice. */
  readonly amount?: { readonly of: string; readonly value: number };
}

/** What a run says of a design, apart from what could be done about it. */
export interface SystemReading {
  readonly bottleneck: BottleneckReading;
  readonly singlePoints: readonly SinglePoint[];
  readonly overProvisioned: readonly OverProvisioned[];
  /** Share of the price of all machines by component id; empty where nothing has a price. */
  readonly costShares: ReadonlyMap<string, number>;
}

/** What rules look at when they propose candidates. */
export interface RuleContext {
  readonly project: Project;
  readonly design: Design;
  readonly plan: Plan;
  readonly result: RunResult;
  readonly reading: SystemReading;
}

/** Values of a component of the design with their defaults; none where it does not exist. */
export function valuesOf({ project, design }: RuleContext, id: string): Readonly<Record<string, unknown>> {
  const component = design.components.find((candidate) => candidate.id === id);
  return component === undefined ? {} : paramsOf(project, component);
}

/** Values of a link of the design with their defaults. */
export function linkValuesOf(link: Link): Readonly<Record<string, unknown>> {
  return linkParamsOf(link);
}

/** Links that lead to a component. */
export function incomingOf({ design }: RuleContext, id: string): readonly Link[] {
  return design.links.filter((link) => link.to === id);
}

/** Kind of a component. */
export function kindIdOf({ design }: RuleContext, id: string): string {
  return design.components.find((candidate) => candidate.id === id)?.kind ?? '';
}

/** Name of a component. */
export function nameOfPart({ design }: RuleContext, id: string): string {
  return design.components.find((candidate) => candidate.id === id)?.name ?? id;
}

/** Both ends of a link in words. */
export function nameOfLink(context: RuleContext, { from, to }: Link): string {
  return `${nameOfPart(context, from)} → ${nameOfPart(context, to)}`;
}
