import type { Problem } from '../../src-shared/base/problem';
import type { Fault } from '../../src-shared/project/fault';
import type { Project } from '../../src-shared/project/project';
import type { Speed } from '../../src-shared/protocol/messages';
import type { Frame } from '../../src-shared/run/frame';
import type { RunEvent, RunResult, RunSamples } from '../../src-shared/run/result';
import type { SeriesView } from './series';

export type RunPhase = 'idle' | 'starting' | 'running' | 'paused' | 'finished' | 'refused' | 'crashed';

/** How a run ended that the engine did not survive. Seed and simulated time are what it takes to see it again. */
export interface Crash {
  readonly message: string;
  readonly seed: number;
  readonly simulatedMs: number;
  readonly componentId: string | null;
}

/** How fast the run goes, averaged over the visible window. */
export interface RunPace {
  /** Requests that arrive in the model, and events, per second of wall time. */
  readonly requestsPerS: number;
  readonly eventsPerS: number;
  /** Seconds of simulated time per second of wall time. */
  readonly realTimeFactor: number;
  /** Frames of data per second. */
  readonly framesPerS: number;
}

/** Everything that the window knows of the run, the last one or the one under way. */
export interface RunState {
  readonly phase: RunPhase;
  readonly runId: number;
  /** The project as it was sent to the engine, and the design of it that runs; null before the first run. */
  readonly project: Project | null;
  readonly designId: string | null;
  readonly speed: Speed;
  readonly simulatedMs: number;
  /** Time spent running, pauses apart. */
  readonly wallMs: number;
  /** 0-based replication under way. */
  readonly replication: number;
  /** Share of the whole run done, 0..1, and wall time until its end in ms; null before it can be told. */
  readonly progress: number;
  readonly leftMs: number | null;
  readonly events: number;
  readonly pace: RunPace;
  /** The latest frame as it came. */
  readonly frame: Frame | null;
  /** Points so far; `seriesVersion` changes when there are more. */
  readonly series: SeriesView;
  readonly seriesVersion: number;
  /** What has happened so far: faults, instances, scaling, breakers, targets; of the first replication. */
  readonly journal: readonly RunEvent[];
  /** Faults injected by hand into this run, in their order; what they are on and what they do stands here and not in the project. */
  readonly injected: readonly Fault[];
  /** Why the engine did not take the last fault that was injected; null where it did. */
  readonly refusal: Problem | null;
  readonly result: RunResult | null;
  /** What each replication of the result measured by itself, to compare it with a baseline; null as long as there is no result. */
  readonly samples: RunSamples | null;
  /** Why the engine refused to run the model. */
  readonly problems: readonly Problem[];
  readonly crash: Crash | null;
  /** The model or its settings have changed since the run began, so that its numbers are of an older model. */
  readonly stale: boolean;
}

export const NO_PACE: RunPace = { requestsPerS: Number.NaN, eventsPerS: Number.NaN, realTimeFactor: Number.NaN, framesPerS: Number.NaN };

/** Whether a run is under way, paused or not. */
export function isActive(phase: RunPhase): boolean {
  return phase === 'starting' || phase === 'running' || phase === 'paused';
}
