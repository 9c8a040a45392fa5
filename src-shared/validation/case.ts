import type { HeartbeatDetectorModel, LeaderFollowerModel, RaftElectionModel } from './case-copies';
import type { AutoscaledPoolModel, AutoscalerDecisionModel, BulkSynchronousModel, ParallelJobModel, PublishedFigureModel } from './case-jobs';
import type { ScalabilityModel, SetupModel, SplitMergeModel, TokenBucketModel } from './case-stations';
import type { Variate } from './variate';

/** One line of the table of reference cases: a model in the terms of its field, a run, and what must come out of it. */
export interface ValidationCase {
  readonly id: string;
  readonly family: string;
  readonly title: string;
  readonly source: { readonly author: string; readonly title: string; readonly year: number | null; readonly locator: string };
  readonly model: CaseModel;
  readonly run: CaseRun;
  readonly expect: readonly Expectation[];
  readonly notes: readonly string[];
}

/** A value that a case demands. What follows a dot in `metric` says what else the same quantity is compared with. */
export interface Expectation {
  readonly metric: string;
  readonly value: number;
  readonly tolerance: {
    /** `relative` and `absolute` bound the deviation; `ci`: the run's own interval at the level `value` must contain the expectation. */
    readonly kind: 'relative' | 'absolute' | 'ci';
    readonly value: number;
    /** Standard error of the metric at the stated run length. */
    readonly se?: number;
    readonly basis: string;
  };
  /** `le` and `ge` are one-sided bounds, with the tolerance as slack. */
  readonly relation?: 'eq' | 'le' | 'ge';
}

export type CaseRun =
  | { readonly kind: 'steady_state'; readonly warmup_requests: number; readonly measured_requests: number; readonly replications: number }
  | { readonly kind: 'time_horizon'; readonly warmup_s: number; readonly measured_s: number; readonly replications: number }
  | { readonly kind: 'independent_trials'; readonly trials: number; readonly unit: string }
  | { readonly kind: 'deterministic'; readonly runs?: number; readonly horizon_s?: number; readonly requests?: number }
  | {
      readonly kind: 'coverage';
      readonly macro_experiments: number;
      readonly replications: number;
      readonly warmup_requests: number;
      readonly measured_requests: number;
      readonly confidence: number;
    }
  | { readonly kind: 'reference_only' };

export type CaseArrivals =
  | { readonly process: 'poisson'; readonly rate_per_s: number }
  | { readonly process: 'renewal'; readonly interarrival: Variate }
  | { readonly process: 'deterministic'; readonly interarrival_s: number };

export type CaseDiscipline =
  | 'fcfs'
  | 'ps'
  | 'srpt'
  | 'lcfs_nonpreemptive'
  | 'lcfs_preemptive_resume'
  | 'sjf_nonpreemptive'
  | 'priority_nonpreemptive'
  | 'priority_preemptive_resume';

interface Station {
  readonly name: string;
  readonly servers: number;
  readonly discipline: CaseDiscipline;
  readonly service: Variate;
}

export interface OpenQueueModel {
  readonly type: 'open_queue';
  readonly arrivals?: CaseArrivals;
  readonly service?: Variate;
  readonly classes?: readonly { readonly name: string; readonly priority: number; readonly arrivals: CaseArrivals; readonly service: Variate }[];
  readonly servers: number;
  readonly discipline: CaseDiscipline;
  /** Requests in service and waiting. */
  readonly system_capacity: number | 'unbounded';
  readonly initial_state?: string;
  /** The caller gives up after this; what it has sent is served all the same. */
  readonly client_timeout_s?: number;
  /** Time after which a request leaves the queue unserved. */
  readonly patience?: Variate;
  readonly setup?: SetupModel;
  /** The server stands still by chance, busy or idle; interrupted work is resumed. */
  readonly breakdowns?: { readonly time_between_repair_and_next_breakdown: Variate; readonly duration: Variate };
  readonly size_classes?: readonly { readonly name: string; readonly service_s: readonly [number, number | 'inf'] }[];
}

export interface TraceQueueModel {
  readonly type: 'trace_driven_queue';
  readonly servers: number;
  readonly discipline: CaseDiscipline;
  readonly jobs: readonly { readonly job: number; readonly arrival_s: number; readonly service_s: number; readonly priority?: number }[];
}

export interface ClosedNetworkModel {
  readonly type: 'closed_network';
  readonly population: number;
  readonly think_time: Variate;
  readonly stations: readonly (Station & { readonly visits_per_interaction?: number })[];
  readonly routing?: string;
}

export interface OpenNetworkModel {
  readonly type: 'open_network';
  readonly stations: readonly (Station & { readonly external_arrivals: { readonly process: 'poisson'; readonly rate_per_s: number } })[];
  /** Row i: probabilities of going from station i to j; what remains leaves. */
  readonly routing_matrix: readonly (readonly number[])[];
}

export interface FarmModel {
  readonly type: 'load_balanced_farm';
  /** Absent where each session arrives by itself. */
  readonly arrivals?: { readonly process: 'poisson'; readonly rate_per_s: number };
  readonly policy:
    | 'random'
    | 'round_robin'
    | 'join_shortest_queue'
    | 'power_of_d_choices'
    | 'weighted_random'
    | 'weighted_round_robin'
    | 'least_connections'
    | 'shortest_expected_delay'
    | 'sticky_sessions';
  readonly d?: number;
  /** Of each server, in order. */
  readonly weights?: readonly number[];
  readonly sessions_per_server?: readonly number[];
  readonly arrivals_per_session?: { readonly process: 'poisson'; readonly rate_per_s: number };
  readonly servers: readonly Station[] | { readonly count: number; readonly discipline: CaseDiscipline; readonly service: Variate };
}

export interface HashRingModel {
  readonly type: 'consistent_hash_ring';
  readonly nodes: number;
  readonly virtual_nodes_per_node: number;
  readonly keys?: number;
  readonly bounded_load_factor?: number;
  readonly change?: 'add one node';
}

export interface ModuloHashModel {
  readonly type: 'modulo_hash';
  readonly nodes_before: number;
  readonly nodes_after: number;
  readonly keys: number;
}

export interface StickyAssignmentModel {
  readonly type: 'sticky_assignment';
  readonly sessions: number;
  readonly servers: number;
  readonly assignment: 'independent uniform';
}

export interface ScatterGatherModel {
  readonly type: 'scatter_gather';
  readonly fan_out: number;
  readonly wait_for: number;
  readonly branch_latency: Variate;
}

export interface ForkJoinModel {
  readonly type: 'fork_join';
  readonly arrivals: { readonly process: 'poisson'; readonly rate_per_s: number };
  readonly branches: number;
  readonly branch: { readonly servers: number; readonly discipline: CaseDiscipline; readonly service: Variate };
}

export interface LinkPathModel {
  readonly type: 'link_path';
  /** Number of equal links; absent where the arrays say it. */
  readonly links?: number;
  readonly bandwidth_bytes_per_s: number | readonly number[];
  readonly propagation_s_per_link?: number;
  readonly propagation_s?: readonly number[];
  readonly packet_bytes: number;
  readonly packets: number;
}

export interface LinkModel {
  readonly type: 'link';
  readonly bandwidth_bytes_per_s: number;
  readonly propagation_s: number;
  readonly packet_bytes: number | readonly { readonly value_bytes: number; readonly probability: number }[];
  readonly arrivals: { readonly process: 'poisson'; readonly rate_per_s: number };
}

export interface WindowFlowModel {
  readonly type: 'window_flow';
  readonly window_bytes: number;
  readonly round_trip_s: number;
  readonly bandwidth_bytes_per_s: number;
}

export interface RandomVariateModel {
  readonly type: 'random_variate';
  readonly variate: Variate;
}

/** Calls whose attempts fail independently; the caller retries. */
export interface RetryingClientModel {
  readonly type: 'retrying_client';
  readonly attempt_failure_probability: number;
  readonly max_attempts: number;
  readonly attempt_duration_s: number;
  readonly backoff: {
    readonly kind: 'exponential';
    readonly base_s: number;
    readonly factor: number;
    readonly jitter: 'none';
    readonly cap_s: number | 'none';
  };
}

export interface LayeredRetriesModel {
  readonly type: 'layered_retries';
  readonly layers: number;
  readonly max_attempts_per_layer: number;
  readonly backend_failure_probability: number;
}

export interface HedgedRequestModel {
  readonly type: 'hedged_request';
  readonly latency: Variate;
  readonly hedge_after_s: number;
  readonly max_copies: number;
  readonly cancel_loser: boolean;
}

export interface RetrialQueueModel {
  readonly type: 'retrial_queue';
  readonly arrivals: { readonly process: 'poisson'; readonly rate_per_s: number };
  readonly servers: number;
  readonly waiting_room: number;
  readonly service: Variate;
  readonly retry_delay: Variate;
  readonly max_retries: number | 'unlimited';
}

export interface CircuitBreakerModel {
  readonly type: 'circuit_breaker';
  readonly arrivals: { readonly process: 'poisson'; readonly rate_per_s: number };
  readonly call_failure_probability: number;
  readonly call_duration_s: number;
  readonly consecutive_failures_to_open: number;
  readonly open_duration_s: number;
  readonly half_open_probes: number;
}

/** The waits of a call whose attempts all fail. */
export interface BackoffModel {
  readonly type: 'backoff';
  readonly base_s: number;
  readonly factor: number;
  readonly cap_s: number;
  readonly jitter: 'none' | 'full';
  readonly attempts: number;
}

/** Clients that time out and retry at a server that stops for a while. */
export interface RetryStormModel {
  readonly type: 'retry_storm';
  readonly arrivals: { readonly process: 'poisson'; readonly rate_per_s: number };
  readonly server: { readonly servers: number; readonly discipline: CaseDiscipline; readonly service: Variate; readonly cancels_timed_out_work: boolean };
  readonly client_timeout_s: number;
  readonly max_retries: number;
  readonly retry_delay_s: number;
  readonly trigger: { readonly server_stops_from_s: number; readonly until_s: number };
  readonly observation_window_s: readonly [number, number];
}

/** A node that is up and down by turns. */
export interface RepairableNodeModel {
  readonly type: 'repairable_node';
  readonly time_to_failure: Variate;
  readonly time_to_repair: Variate;
}

/** Components of which every one must be up. */
export interface SeriesSystemModel {
  readonly type: 'series_system';
  readonly components: number;
  readonly component_availability: number;
}

/** Equal nodes of which some must be up. */
export interface KOfNModel {
  readonly type: 'k_of_n';
  readonly nodes: number;
  readonly required: number;
  readonly node_availability: number;
}

export type CaseModel =
  | LeaderFollowerModel
  | RaftElectionModel
  | HeartbeatDetectorModel
  | RepairableNodeModel
  | SeriesSystemModel
  | KOfNModel
  | TokenBucketModel
  | ScalabilityModel
  | SplitMergeModel
  | RetryingClientModel
  | LayeredRetriesModel
  | HedgedRequestModel
  | RetrialQueueModel
  | CircuitBreakerModel
  | BackoffModel
  | RetryStormModel
  | OpenQueueModel
  | TraceQueueModel
  | ClosedNetworkModel
  | OpenNetworkModel
  | FarmModel
  | HashRingModel
  | ModuloHashModel
  | StickyAssignmentModel
  | ScatterGatherModel
  | ForkJoinModel
  | LinkPathModel
  | LinkModel
  | WindowFlowModel
  | RandomVariateModel
  | ParallelJobModel
  | BulkSynchronousModel
  | AutoscaledPoolModel
  | AutoscalerDecisionModel
  | PublishedFigureModel;
