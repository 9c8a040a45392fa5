import type { Variate } from './variate';

/** A leader whose log a follower applies in order, some time later. */
export interface LeaderFollowerModel {
  readonly type: 'leader_follower';
  readonly updates: { readonly process: 'poisson'; readonly rate_per_s: number };
  readonly replication_lag: Variate;
  readonly apply_order: 'in_order';
  readonly reads: { readonly at: 'follower'; readonly process: 'poisson'; readonly rate_per_s: number };
}

/** Servers of a cluster that elect a leader (Raft). */
export interface RaftElectionModel {
  readonly type: 'raft_election';
  readonly cluster_size?: number;
  readonly live_servers: number;
  readonly election_timeout: { readonly distribution: 'uniform'; readonly min_s: number; readonly max_s: number };
  readonly one_way_delay?: Variate;
  /** Given where the leader crashes; else all live servers start a fresh timer together. */
  readonly heartbeat_interval_s?: number;
}

/** A monitor that suspects a process when its heartbeats stay away. */
export interface HeartbeatDetectorModel {
  readonly type: 'heartbeat_detector';
  readonly interval_s: number;
  readonly timeout_since_last_heartbeat_s: number;
  readonly network_delay_s: number;
}
