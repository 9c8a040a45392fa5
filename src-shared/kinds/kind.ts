import type { ParamSet, ParamValues } from './params';
import type { MetricName } from '../engine/metrics';
import type { LoweringContext } from './lowering';

/** Colour family of a part; the renderer maps it to a token of the theme. */
export type Accent = 'traffic' | 'routing' | 'compute' | 'storage';

/** What a part is for: the heading that it stands under in the palette. */
export type KindGroup = 'Traffic' | 'Routing' | 'Compute' | 'Data';

/** How a kind looks, as data: no renderer code is needed for a new kind. */
export interface KindLook {
  /** Path data of an icon drawn with strokes in a 24 by 24 box. */
  readonly icon: string;
  readonly accent: Accent;
  /** Metrics shown live on the part, most telling first. */
  readonly badges: readonly MetricName[];
}

/** Something wrong with the values of one component, found by its kind. `path` is below `params`. */
export interface KindProblem {
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly path?: string;
  readonly message: string;
  readonly remedy: string;
}

/** What a kind may know of its surroundings when it checks itself. */
export interface KindSurroundings {
  /** Outgoing links of the component, in order, with their values and the kind at the far end. */
  readonly outgoing: readonly { readonly linkId: string; readonly targetKind: string; readonly targetName: string; readonly values: Readonly<Record<string, unknown>> }[];
  /** Ids of the components and number of the links that come in. */
  readonly incomingCount: number;
}

/** A named, append-only step from one version of a kind's stored values to the next. */
export interface KindMigration {
  readonly name: string;
  /** Version that the values have after the step; steps are contiguous from 2. */
  readonly to: number;
  readonly migrate: (values: Record<string, unknown>) => Record<string, unknown>;
}

/** One kind of component: one folder and one line of the registry. */
export interface Kind<P extends ParamSet = ParamSet> {
  /** Stable, kebab-case; stored in files. */
  readonly id: string;
  readonly title: string;
  /** Stem of the names of new components: 'Service' gives 'Service 2'. */
  readonly version: number;
  readonly group: KindGroup;
  /** One or two sentences for the palette and the manual. */
  readonly help: string;
  /** Written part of the manual page, Markdown. */
  readonly manual: string;
  readonly ports: { readonly in: boolean; readonly out: boolean };
  readonly params: P;
  /** Where values are stored: on the component, or in a workload record that the project's designs share. */
  readonly stored: 'component' | 'workload';
  readonly migrations: readonly KindMigration[];
  readonly look: KindLook;
  /** One line for the part on the canvas. */
  readonly summary: (values: ParamValues<P>) => string;
  /** What is wrong with these values, beyond what the schema says. */
  readonly problems: (values: ParamValues<P>, surroundings: KindSurroundings) => readonly KindProblem[];
  /** Adds the component's sources, stations and routers to the plan: its behaviour. */
  readonly lower: (values: ParamValues<P>, context: LoweringContext) => void;
}

/** Declares a kind; the parameter types flow into its functions. */
export function defineKind<P extends ParamSet>(kind: Kind<P>): Kind<P> {
  return kind;
}
