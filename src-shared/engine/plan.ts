/**
 * What the engine executes: sources, stations and routers joined by links, as plain data. The engine knows no kind by name;
 * kinds add these to a plan (see kinds/lowering.ts) and the compiler numbers them. All times are in ns of simulated time.
 */

/** A distribution of durations in ns, ready to sample. 'work' takes the demand that the request carries. */
export type Sampler =
  | { readonly type: 'constant'; readonly value: number }
  | { readonly type: 'uniform'; readonly min: number; readonly max: number }
  | { readonly type: 'exponential'; readonly mean: number }
  | { readonly type: 'normal'; readonly mean: number; readonly sd: number }
  | { readonly type: 'lognormal'; readonly mu: number; readonly sigma: number }
  | { readonly type: 'gamma'; readonly shape: number; readonly scale: number }
  | { readonly type: 'weibull'; readonly shape: number; readonly scale: number }
  | { readonly type: 'pareto'; readonly min: number; readonly alpha: number }
  | { readonly type: 'mixture'; readonly weights: readonly number[]; readonly means: readonly number[] }
  | { readonly type: 'empirical'; readonly weights: readonly number[]; readonly values: readonly number[] }
  /** Uniform on [0, 1): choices, not durations. */
  | { readonly type: 'unit' }
  | { readonly type: 'work' };

/** Order in which a station serves. */
export type Discipline = 'fifo' | 'lifo' | 'lifo-preemptive' | 'processor-sharing' | 'priority' | 'priority-preemptive' | 'shortest-job' | 'shortest-remaining';

/** Arrival rate over time, per ns: straight pieces from `from` on, each up to `to`; the last one lasts for ever. */
export interface RatePiece {
  readonly from: number;
  readonly to: number;
  readonly startRate: number;
  readonly endRate: number;
}

export type Arrivals =
  /** Independent times between arrivals. */
  | { readonly type: 'renewal'; readonly gap: Sampler }
  /** One arrival every `interval` ns, the k-th at start + k * interval. */
  | { readonly type: 'even'; readonly interval: number }
  /** Unit-rate points (`poisson`: exponential gaps, else 1 apart) mapped through the integral of the rate. */
  | { readonly type: 'pieces'; readonly poisson: boolean; readonly pieces: readonly RatePiece[] }
  /** rate * (1 + amplitude * sin(2 pi t / period)). */
  | { readonly type: 'wave'; readonly poisson: boolean; readonly rate: number; readonly amplitude: number; readonly period: number }
  | { readonly type: 'closed'; readonly users: number; readonly think: Sampler }
  | { readonly type: 'trace'; readonly at: Float64Array; readonly work: Float64Array; readonly priority: Int32Array };

export interface SourceNode {
  readonly role: 'source';
  readonly component: number;
  readonly arrivals: Arrivals;
  readonly start: number;
  /** Infinity: never. */
  readonly stop: number;
  /** Operations that the source asks for, as indices into the plan's operations, with weights. */
  readonly operations: readonly number[];
  readonly weights: readonly number[];
  /** Links that it sends over, with weights. */
  readonly links: readonly number[];
  readonly linkWeights: readonly number[];
}

export interface StationNode {
  readonly role: 'station';
  readonly component: number;
  /** Number of this instance within its component, from 0. */
  readonly instance: number;
  readonly servers: number;
  readonly discipline: Discipline;
  /** Requests that may wait; Infinity: no limit. */
  readonly queueLimit: number;
  /** Service demand by operation index; `demands[0]` where there is one for all. */
  readonly demands: readonly Sampler[];
  /** Index into `demands` by operation of the plan. */
  readonly demandOf: readonly number[];
  /** Calls made after service, in order. */
  readonly calls: readonly { readonly link: number; readonly probability: number }[];
  readonly parallel: boolean;
  /** Replies to wait for when calling in parallel; Infinity: all. */
  readonly waitFor: number;
  /** The server stays occupied until the calls are answered. */
  readonly holdsServer: boolean;
  /** At most one of these is taken after the calls. */
  readonly forwards: readonly { readonly link: number; readonly probability: number }[];
}

export type Balancing = 'random' | 'round-robin' | 'least-connections' | 'power-of-d';

export interface RouterNode {
  readonly role: 'router';
  readonly component: number;
  readonly balancing: Balancing;
  readonly choices: number;
  /** Compare targets by requests present there now instead of by the router's own counts. */
  readonly live: boolean;
  /** The reply comes back through the router. */
  readonly proxy: boolean;
  readonly targets: readonly { readonly link: number; readonly node: number }[];
}

export type PlanNode = SourceNode | StationNode | RouterNode;

export interface PlanLink {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly mode: 'call' | 'forward';
  readonly latency: Sampler;
  /** null: as latency. */
  readonly replyLatency: Sampler | null;
  readonly jitter: number;
  /** Transmission time of one byte in ns; 0: unlimited bandwidth. */
  readonly nsPerByte: number;
  readonly bufferBytes: number;
  readonly loss: number;
  readonly lossDetection: number;
  /** Infinity: none. */
  readonly timeout: number;
  /** null: as the operation says. */
  readonly requestBytes: number | null;
  readonly responseBytes: number | null;
}

export interface PlanComponent {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly firstNode: number;
  readonly nodeCount: number;
  /** Instance that a request takes when no router has chosen one. */
  readonly spread: 'round-robin' | 'random' | 'first';
}

export interface PlanOperation {
  readonly component: number;
  readonly name: string;
  readonly write: boolean;
  readonly requestBytes: number;
  readonly responseBytes: number;
  readonly priority: number;
}

export interface Plan {
  readonly components: readonly PlanComponent[];
  readonly nodes: readonly PlanNode[];
  readonly links: readonly PlanLink[];
  readonly operations: readonly PlanOperation[];
  readonly duration: number;
  readonly seriesPoints: number;
  readonly requestLog: number;
  /** Calls that may be in flight at once; reaching it ends the run with a named finding. */
  readonly maxInFlight: number;
}
