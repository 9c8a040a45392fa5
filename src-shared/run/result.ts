import { COPY_COLUMNS, STALENESS_COLUMNS } from '../engine/copy-series';
import type { JournalType } from '../engine/journal';
import type { FailureReason, MetricName } from '../engine/metrics';
import { VIEW_COLUMNS } from '../engine/telemetry-view';
import type { RunSettings } from '../project/project';

/** Batches into which the measured window of a single replication is cut for its intervals; see batch-means.ts. */
export const BATCHES = 20;
/** Why a single replication is not: what is asked of the system, or what it consists of, changes with time; something fails in it; it is too short. */
export const WITHOUT_BATCHES = ['changes', 'faults', 'short'] as const;
export type WithoutBatches = (typeof WITHOUT_BATCHES)[number];

/**
 * What a run found. The same object is the command line's JSON, the renderer's table and the export; its JSON Schema is committed.
 * Numbers are those of the measured window (after the warm-up), of one replication or the mean over replications.
 */
export interface RunResult {
  readonly format: 'topolab-result';
  readonly formatVersion: 1;
  readonly engineVersion: string;
  readonly project: { readonly name: string };
  readonly design: { readonly id: string; readonly name: string };
  readonly settings: RunSettings;
  /** `finished`: ran its duration; `stopped`: ended by the user; `limit`: a limit of the simulator ended it, see problems. */
  readonly ended: 'finished' | 'stopped' | 'limit';
  /** Simulated time reached in ms, and the warm-up that was really left out (found, where it was 'auto'). */
  readonly simulatedMs: number;
  readonly warmUpMs: number;
  /** Replications that ran to their end, and events executed in all of them. */
  readonly replications: number;
  /** With one replication: what its intervals rest on, see batch-means.ts; absent where there are none. Correlation null: unknown. */
  readonly batches?: { readonly count: number; readonly durationMs: number; readonly lagCorrelation: number | null };
  /** Why a single replication has no intervals. */
  readonly noBatches?: WithoutBatches;
  readonly events: number;
  readonly endToEnd: Measured;
  readonly operations: readonly (Measured & { readonly clientId: string; readonly operation: string })[];
  readonly components: readonly (Measured & { readonly id: string; readonly name: string; readonly kind: string; readonly instances: readonly Measured[] })[];
  readonly links: readonly (Measured & { readonly id: string; readonly from: string; readonly to: string; readonly mode: string })[];
  /** End to end, of every operation and every component that completed a request; percentiles come from eight times finer ones. */
  readonly latencies: readonly LatencyHistogram[];
  readonly checks: Checks;
  /** What the design can be expected to have in the long run by its random crashes and cuts: a calculation, not a measurement. */
  readonly expected: ExpectedAvailability;
  /** What happened during the run that the user should know: an unstable part, a limit reached, a run too short. */
  readonly findings: readonly Finding[];
  /** Verdicts on the objectives of the project that concern the design, in the order of the project. */
  readonly objectives: readonly ObjectiveVerdict[];
  readonly series: Series;
  /** The faults of the design that were not disabled, then those that were injected, with the windows of the first replication that had them. */
  readonly faults: readonly RunFault[];
  /** What happened in the first replication: faults, instances, scaling, breakers, targets, alerts of objectives. */
  readonly journal: readonly RunEvent[];
  /** Entries beyond the number that a run keeps. */
  readonly journalDropped: number;
  /** The first requests one by one, where the settings ask for them. */
  readonly requests: readonly LoggedRequest[];
}

export type MetricValues = Readonly<Partial<Record<MetricName, number>>>;

/** Metrics of one thing; an absent metric does not apply to it or had no sample. */
export interface Measured {
  readonly metrics: MetricValues;
  /** Half-widths of the Student-t intervals at the level of the settings: over replications, or over the batches of the only one. */
  readonly halfWidths?: MetricValues;
  /** Failures of the measured window by reason; absent reasons did not occur. */
  readonly failures: Readonly<Partial<Record<FailureReason, number>>>;
  /** Half-widths of the counts of failures, as those of the metrics; absent with one replication, and where there were no failures. */
  readonly failureHalfWidths?: Readonly<Partial<Record<FailureReason, number>>>;
}

/** How the latencies of one measured thing are distributed: all completed requests of the measured window, of all replications together. */
export interface LatencyHistogram {
  readonly scope: 'end-to-end' | 'operation' | 'component';
  /** Id of the component, or of the client that asks for the operation; empty end to end. */
  readonly id: string;
  /** Name of the operation; else null. */
  readonly operation: string | null;
  /** Buckets that are not empty, ascending: latencies in ms from `fromMs[i]` to below `toMs[i]`, and how many there were. */
  readonly fromMs: readonly number[];
  readonly toMs: readonly number[];
  readonly counts: readonly number[];
}

/** What each replication of a run measured by itself: the material of comparisons in pairs. Never part of a result. */
export interface RunSamples {
  readonly rows: readonly SampleRow[];
}

/** The values of one measured thing; `values[metric][r]` is that of replication r, null where it had no sample. */
export interface SampleRow {
  readonly scope: 'end-to-end' | 'operation' | 'component' | 'link';
  /** Id of the component or link; `client: operation` for an operation; empty end to end. Equal things of two designs have equal ids. */
  readonly id: string;
  readonly name: string;
  readonly values: Readonly<Partial<Record<MetricName, readonly (number | null)[]>>>;
}

/** Self-checks over the whole run, warm-up included. */
export interface Checks {
  /** Offered = completed + failed + in flight, for every component, link, operation and end to end. */
  readonly conservation: { readonly holds: boolean; readonly checked: number; readonly violations: readonly string[] };
  /** Time-weighted number in system against the sum of the times that requests really spent: largest relative residual over all stations. */
  readonly little: { readonly holds: boolean; readonly checked: number; readonly worstResidual: number; readonly worstComponentId: string | null };
}

export interface Finding {
  readonly severity: 'error' | 'warning' | 'info';
  readonly code: 'unstable' | 'in-flight-limit' | 'standstill' | 'too-short' | 'no-completions' | 'warm-up-too-long' | 'warm-up-too-short';
  readonly componentId?: string;
  readonly message: string;
  readonly remedy: string;
}

/** How a run did by one objective. */
export interface ObjectiveVerdict {
  readonly id: string;
  readonly name: string;
  readonly scope: 'end-to-end' | 'operation' | 'component';
  /** Id of the component, or of the client that asks for the operation; empty end to end. */
  readonly subject: string;
  readonly operation: string | null;
  /** Metric that is judged, with its unit; `availability` is of requests end to end and of operations, of time for a component that serves. */
  readonly measure: MetricName | 'recoveryTimeMs';
  readonly demand: 'at-most' | 'at-least';
  readonly limit: number;
  /** Value over the whole measured run; null where there is none. */
  readonly value: number | null;
  readonly halfWidth: number | null;
  /** `unknown`: it could not be judged, see `reason`; --check counts it as missed. */
  readonly verdict: 'pass' | 'fail' | 'unknown';
  /** Share of the limit that is left (of an availability: of what it allows to be missing), negative where it is exceeded; null where the limit allows nothing. */
  readonly margin: number | null;
  /** Whether the interval lies on one side of the limit; null without one, and for windows. */
  readonly sure: boolean | null;
  /** Windows of the first replication after the warm-up, where the objective is judged over them. */
  readonly windows: {
    readonly lengthMs: number;
    readonly judged: number;
    readonly met: number;
    readonly demandedShare: number;
    /** Value of the worst window that must still meet the objective. */
    readonly decidingValue: number | null;
    readonly worst: ObjectiveWindow | null;
    /** The first windows that missed it, in their order; at most {@link MISSED_WINDOWS}. */
    readonly missed: readonly ObjectiveWindow[];
  } | null;
  /** Of an objective about a share: what may go wrong, how much of that the run used up, and the worst burn rate of a window. */
  readonly budget: { readonly allowed: number; readonly spent: number; readonly worstBurn: number | null; readonly rules: readonly BurnRule[] } | null;
  /** Of an objective about the time to recover: the faults of the first replication that began after the warm-up, and what became of them. */
  readonly recovery: {
    readonly faults: number;
    /** Faults in whose time the service was not good, and those of them after which it was not good again before the run ended. */
    readonly disturbed: number;
    readonly notRecovered: number;
    /** The one that took longest; `recoveredMs` null: not before the end of the run. */
    readonly worst: { readonly faultId: string; readonly beginMs: number; readonly recoveredMs: number | null } | null;
  } | null;
  /** Why it could not be judged; else empty. */
  readonly reason: string;
}

/** A window that an objective was judged over, with the value that it had. */
export interface ObjectiveWindow {
  readonly fromMs: number;
  readonly toMs: number;
  readonly value: number;
}

/** Windows listed of those that missed an objective. */
export const MISSED_WINDOWS = 1000;

/** A rule that alerts by the burn rate of an error budget: both windows must burn at least at the threshold. */
export interface BurnRule {
  readonly name: 'fast-burn' | 'slow-burn';
  readonly longMs: number;
  readonly shortMs: number;
  /** Burn rate from which it alerts; 1 would use up the budget exactly in the measured run. */
  readonly threshold: number;
  /** Highest burn rate that both windows had at once; null where no long window was whole. */
  readonly worst: number | null;
  /** Times at which it alerted. */
  readonly alerts: number;
}

/**
 * Points over simulated time of the first replication, from time 0: `timeMs[i]` ends the interval that point i describes.
 * Every column has as many numbers as `timeMs`; NaN-free: where an interval had no sample the value is null.
 */
export interface Series {
  readonly timeMs: readonly number[];
  readonly endToEnd: Readonly<Record<SystemSeriesName, readonly (number | null)[]>>;
  readonly components: readonly { readonly id: string; readonly columns: Readonly<Record<ComponentSeriesName, readonly (number | null)[]>> }[];
  readonly links: readonly { readonly id: string; readonly columns: Readonly<Record<LinkSeriesName, readonly (number | null)[]>> }[];
  /** Staleness of requests, and of each component with copies of its data its staleness and replication lag; absent where there are none. */
  readonly copies?: {
    readonly endToEnd: Readonly<Record<StalenessSeriesName, readonly (number | null)[]>>;
    readonly components: readonly { readonly id: string; readonly columns: Readonly<Record<CopySeriesName, readonly (number | null)[]>> }[];
  };
  /** For each link to a telemetry collector: what the collector showed of the part at the end of each interval; absent where there are none. */
  readonly telemetry?: readonly (TelemetryLink & { readonly columns: Readonly<Record<TelemetrySeriesName, readonly (number | null)[]>> })[];
}

/** A link over which a part reports to a telemetry collector, by ids. */
export interface TelemetryLink {
  readonly linkId: string;
  readonly componentId: string;
  readonly collectorId: string;
}

/** See STALENESS_COLUMNS and COPY_COLUMNS of the engine. */
export const STALENESS_SERIES = STALENESS_COLUMNS;
export type StalenessSeriesName = (typeof STALENESS_SERIES)[number];
export const COPY_SERIES = COPY_COLUMNS;
export type CopySeriesName = (typeof COPY_SERIES)[number];

/** See VIEW_COLUMNS of the engine. */
export const TELEMETRY_SERIES = VIEW_COLUMNS;
export type TelemetrySeriesName = (typeof TELEMETRY_SERIES)[number];

export const SYSTEM_SERIES = ['offeredPerS', 'completedPerS', 'failedPerS', 'latencyP50Ms', 'latencyP95Ms', 'latencyP99Ms', 'inFlight'] as const;
export type SystemSeriesName = (typeof SYSTEM_SERIES)[number];
/** Utilisation is that of the interval; queue and inSystem are time-weighted means of the interval; present is the number in the system at its end; instancesUp is counted at its end, servers is the mean number that could serve. */
export const COMPONENT_SERIES = ['utilisation', 'queue', 'inSystem', 'present', 'completedPerS', 'failedPerS', 'instancesUp', 'servers'] as const;
export type ComponentSeriesName = (typeof COMPONENT_SERIES)[number];
/** Requests put on the link per second, mean network time of the messages put on it, both ways; inTransit is counted at the end of the interval; utilisation is that of the busier transmitter, of links with a bandwidth. */
export const LINK_SERIES = ['callsPerS', 'networkMeanMs', 'inTransit', 'utilisation'] as const;
export type LinkSeriesName = (typeof LINK_SERIES)[number];

/** Expected availability: of each component, of what each client asks for, and end to end that of the client that has it lowest. */
export interface ExpectedAvailability {
  readonly availability: number;
  /** Seconds in a year of 365 days. */
  readonly downtimePerYearS: number;
  readonly clients: readonly { readonly id: string; readonly availability: number }[];
  readonly components: readonly { readonly id: string; readonly availability: number }[];
}

/** A fault of a run, and when it was active on any of its targets. */
export interface RunFault {
  readonly id: string;
  readonly name: string;
  /** Id of the component or link. */
  readonly target: string;
  /** Instance of the component, from 0; null: all of them, or the target is a link. */
  readonly instance: number | null;
  /** Injected while the run was under way; a fault with the same effect at these times in the file repeats the run. */
  readonly live: boolean;
  /** Times in which it was active, at most 1000 of them; endMs null: it never ended. */
  readonly windows: readonly { readonly beginMs: number; readonly endMs: number | null }[];
}

/** An alert of an objective, and its end. */
export const ALERT_TYPES = ['alert', 'alert-over'] as const;

/** What an alert is about. */
export interface AlertDetail {
  /** Id and name of the objective. */
  readonly id: string;
  readonly name: string;
  /** `window`: a window missed the bound; a burn rule of the error budget; `recovery`: the service is not good again in time. */
  readonly rule: 'window' | 'recovery' | BurnRule['name'];
  /** Value that led to it, and the bound: of the objective's measure, a burn rate, or a time in ms. */
  readonly value: number;
  readonly limit: number;
  /** Share of the error budget of the run that was left, negative where it was overspent; null where there is none. */
  readonly budgetLeft: number | null;
}

/** A rare happening that explains the numbers. */
export interface RunEvent {
  readonly atMs: number;
  readonly type: JournalType | (typeof ALERT_TYPES)[number];
  readonly componentId: string | null;
  /** Instance of the component, from 0; null: all, or none. */
  readonly instance: number | null;
  readonly linkId: string | null;
  /** Id of the fault in the design, or of one that was injected. */
  readonly faultId: string | null;
  /** What the type says: a state by name, instances wanted, servers; null where there is nothing to say. */
  readonly value: number | string | null;
  /** Of a promotion only: acknowledged writes that were lost by it. */
  readonly lostWrites?: number;
  /** Of an alert and its end only. */
  readonly objective?: AlertDetail;
}

export interface LoggedRequest {
  readonly clientId: string;
  readonly operation: string;
  readonly arrivalMs: number;
  readonly endMs: number;
  readonly outcome: 'completed' | FailureReason;
  readonly waitingMs: number;
  readonly serviceMs: number;
  /** Data item that it touched, from 0 by popularity; only where a part reads items. */
  readonly item?: number;
}
