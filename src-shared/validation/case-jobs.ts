import type { Variate } from './variate';

/** What the cases about jobs and about pools that grow describe. */
export type ParallelJobModel =
  | {
      readonly type: 'parallel_job';
      readonly total_work_s: number;
      readonly serial_fraction: number;
      readonly processors: number;
      readonly communication_s: number;
    }
  | {
      readonly type: 'parallel_job';
      readonly parallel_run_time_s: number;
      readonly serial_share_of_parallel_run: number;
      readonly processors: number;
      readonly problem_scales_with_processors: boolean;
    }
  | StragglerModel
  | CoordinationModel;

/** Tasks of random length behind a serial part. */
export interface StragglerModel {
  readonly type: 'parallel_job';
  readonly serial_s: number;
  readonly processors: number;
  readonly parallel_task: Variate & { readonly distribution: 'exponential' };
  readonly tasks: number;
}

/** A coordinator that contacts its nodes one after the other. */
export interface CoordinationModel {
  readonly type: 'parallel_job';
  readonly total_work_s: number;
  readonly serial_fraction: number;
  readonly coordination_cost_per_extra_node_s: number;
}

export interface BulkSynchronousModel {
  readonly type: 'bulk_synchronous';
  readonly workers: number;
  readonly supersteps: number;
  readonly local_work: Variate & { readonly distribution: 'exponential' };
  readonly barrier_latency_s: number;
}

/** A load step before capacity that comes late. */
export interface AutoscaledPoolModel {
  readonly type: 'autoscaled_pool';
  readonly arrivals: {
    readonly process: 'deterministic';
    readonly rate_per_s_before: number;
    readonly rate_per_s_after: number;
    readonly step_at_s: number;
  };
  readonly service: Variate;
  readonly servers_before: number;
  readonly servers_after: number;
  readonly capacity_change_at_s: number;
}

/** Decisions of a target-tracking autoscaler, each for itself. */
export interface AutoscalerDecisionModel {
  readonly type: 'autoscaler_decision';
  readonly tolerance: number;
  readonly min_replicas: number;
  readonly max_replicas: number;
  readonly cases: readonly { readonly current: number; readonly metric: number; readonly target: number }[];
}

/** A figure whose model was not published. */
export interface PublishedFigureModel {
  readonly type: 'published_figure';
  readonly note?: string;
}
