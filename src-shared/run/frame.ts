import type { RunEvent } from './result';

/** Live numbers of one component, by column; rates and shares describe the time since the previous frame. */
export const COMPONENT_COLUMNS = ['offeredPerS', 'completedPerS', 'failedPerS', 'utilisation', 'queue', 'inSystem', 'latencyMeanMs', 'latencyP95Ms'] as const;
/** Live numbers of one link, by column. */
export const LINK_COLUMNS = ['callsPerS', 'networkMeanMs', 'lostPerS', 'inTransit', 'utilisation'] as const;
/** In `Frame.primaries`: a component with copies that has no primary now. */
export const NO_PRIMARY = -1;
/** In `Frame.primaries`: a component without copies. */
export const NO_COPIES = -2;
export type ComponentColumn = (typeof COMPONENT_COLUMNS)[number];
export type LinkColumn = (typeof LINK_COLUMNS)[number];

/**
 * One live picture of a run, taken between two slices. Row i of `components` (COMPONENT_COLUMNS.length numbers) is
 * component i of `RunStarted.componentIds`; the same for links. A number without a sample is NaN.
 */
export interface Frame {
  readonly simulatedMs: number;
  readonly events: number;
  /** Events executed in the replication under way: with the instant it names a place in the run that a repetition comes to again. */
  readonly replicationEvents: number;
  readonly replication: number;
  /** Share of the whole run (all replications) done, 0..1. */
  readonly progress: number;
  /** Since the previous frame; percentiles in ms, NaN without a sample. */
  readonly endToEnd: {
    readonly offeredPerS: number;
    readonly completedPerS: number;
    readonly failedPerS: number;
    readonly latencyP50Ms: number;
    readonly latencyP95Ms: number;
    readonly latencyP99Ms: number;
    readonly inFlight: number;
  };
  readonly components: Float64Array;
  readonly links: Float64Array;
  /** What telemetry collectors show now: a row of TELEMETRY_SERIES for each link to one, in the order of the links; absent where there are none. */
  readonly telemetry?: Float64Array;
  /** Present requests per instance, component after component, in the order of `RunStarted.instanceCounts`. */
  readonly instances: Float64Array;
  /** State of each instance, an index into INSTANCE_STATES of the engine's names, in the order of `instances`. */
  readonly instanceStates: Uint8Array;
  /** Of each component the instance that leads its copies, from 0; else NO_PRIMARY or NO_COPIES. Absent where no component has copies. */
  readonly primaries?: Int32Array;
  /** What has happened since the previous frame, first replication only. */
  readonly journal: readonly RunEvent[];
  /** Points of the result's series that have become final since the previous frame: rows of SERIES_ROW layout, first replication only. */
  readonly points: readonly SeriesPoint[];
}

/** One finished point of the series, in the order of SYSTEM_SERIES and, component after component, COMPONENT_SERIES; NaN without a sample. */
export interface SeriesPoint {
  readonly timeMs: number;
  readonly system: Float64Array;
  readonly components: Float64Array;
  /** Link after link, in the order of LINK_SERIES. */
  readonly links: Float64Array;
  /** End to end in the order of STALENESS_SERIES, then component with copies after component, in the order of COPY_SERIES; absent where there are none. */
  readonly copies?: Float64Array;
  /** Link to a collector after link, in the order of TELEMETRY_SERIES; absent where there are none. */
  readonly telemetry?: Float64Array;
}
