import type { MetricName } from '../engine/metrics';
import type { LoweringContext } from './lowering';
import type { Machine } from './machine';
import type { ParamSet, ParamValues } from './params';

/** Colour family of a part; the renderer maps it to a token of the theme. */
export type Accent = 'traffic' | 'routing' | 'compute' | 'storage' | 'observing';

/** What a part is for: the heading that it stands under in the palette. */
export type KindGroup = 'Traffic' | 'Routing' | 'Compute' | 'Data' | 'Observing';

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
  readonly outgoing: readonly {
    readonly linkId: string;
    readonly targetKind: string;
    readonly targetName: string;
    readonly values: Readonly<Record<string, unknown>>;
  }[];
  /** Ids of the components and number of the links that come in. */
  readonly incomingCount: number;
  /** Ids of the machines of the project's ladder. */
  readonly machines: readonly string[];
  /** The ladder itself. */
  readonly ladder: readonly Machine[];
}

/**
 * What the check for overload before a run may assume of a kind, in long-run means. The engine never reads it: what really
 * happens is found by running.
 */
export interface KindEstimate<P extends ParamSet = ParamSet> {
  /** Requests per second that the part sends by itself in the long run; null where that depends on the system, as with users who wait. */
  readonly offeredPerS?: (values: ParamValues<P>) => number | null;
  /** Instances that a balancer sees, and the servers that all of them together can use. */
  readonly capacity?: (values: ParamValues<P>, ladder: readonly Machine[]) => { readonly instances: number; readonly servers: number };
  /** Mean time that a server works on a request of an operation, in ms; null where that is not known before. */
  readonly meanMs?: (values: ParamValues<P>, operation: { readonly name: string; readonly type: string }, ladder: readonly Machine[]) => number | null;
  /** How requests leave: each over one link by weight, each to one instance behind the links (all alike, by the weights of their links, or more to those that can do more), or over every link by its probability. */
  readonly sends?: (values: ParamValues<P>) => 'by-weight' | 'evenly' | 'by-instance-weight' | 'by-capacity' | 'by-probability';
  /** Calls that one request makes over its link number `place` of `links`, where that is not one. */
  readonly copies?: (values: ParamValues<P>, place: number, links: number) => number;
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
  /** As the palette shows it; stem of the names of new components: 'Service' gives 'Service 2'. */
  readonly title: string;
  /** Version of the stored values; raised with each migration. */
  readonly version: number;
  readonly group: KindGroup;
  /** One or two sentences for the palette and the manual. */
  readonly help: string;
  /** Written part of the manual page, Markdown. */
  readonly manual: string;
  /** Whether it takes requests, and makes calls. */
  readonly ports: { readonly in: boolean; readonly out: boolean };
  /** A link from a part that reports to one that collects carries telemetry and no requests; a part that collects takes no other links. Absent: neither. */
  readonly telemetry?: 'reports' | 'collects';
  readonly params: P;
  /** Where values are stored: on the component, or in a workload record that the project's designs share. */
  readonly stored: 'component' | 'workload';
  readonly migrations: readonly KindMigration[];
  readonly look: KindLook;
  /** One line for the part on the canvas; the ladder names the machine that the values refer to. */
  readonly summary: (values: ParamValues<P>, ladder: readonly Machine[]) => string;
  /** What is wrong with these values, beyond what the schema says. */
  readonly problems: (values: ParamValues<P>, surroundings: KindSurroundings) => readonly KindProblem[];
  /** Long-run means for the check for overload, where the kind has a load or a capacity. */
  readonly estimate?: KindEstimate<P>;
  /** Adds the component's sources, stations and routers to the plan: its behaviour. */
  readonly lower: (values: ParamValues<P>, context: LoweringContext) => void;
}

/** Declares a kind; the parameter types flow into its functions. */
export function defineKind<P extends ParamSet>(kind: Kind<P>): Kind<P> {
  return kind;
}
