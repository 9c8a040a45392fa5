import { invariant } from '../../base/result';
import type { Fault } from '../../project/fault';
import type { RunEvent } from '../../run/result';
import type { ValidationCase } from '../case';
import type { HeartbeatDetectorModel, LeaderFollowerModel, RaftElectionModel } from '../case-copies';
import { type DatabaseValues, type Draft, draft } from '../draft';
import { durationOf } from '../variate';
import { type Effort, type Expression, metricsOf, singleRun } from './expression';
import { requireDuration } from './queues';

const NOTHING = { type: 'constant', valueMs: 0 } as const;
const CRASH: Fault['effect'] = { type: 'crash', silent: false, restartMs: 0 };
/** Nobody needs to ask for anything to see what the copies do. */
const RARELY = { arrivals: 'constant', ratePerS: 0.001 } as const;
/** Trials of one run: a timeline has room for 500 faults, and a run keeps 10,000 events. */
const TRIALS_PER_RUN = 240;
/** How long all are down before a trial: longer than any message is under way. */
const DOWN_MS = 200;
/** Its multiples are spread evenly over [0, 1), up to whole numbers. */
const GOLDEN = 0.618033988749895;

const operation = (type: 'read' | 'write') => ({ name: type, weight: 1, type, requestBytes: 0, responseBytes: 0, priority: 1, items: 1, itemSkew: 0 });

function trialsOf({ run }: ValidationCase, effort: Effort): number {
  invariant(run.kind === 'independent_trials', 'what copies do is a matter of trials');
  return Math.ceil(run.trials * effort.share);
}

/** One item that is written at the primary and read at the only follower, with statements that take no time. */
export function expressLeaderFollower(example: ValidationCase, model: LeaderFollowerModel, effort: Effort): Expression {
  const { updates, reads, replication_lag: lag } = model;
  const parts = draft(example.title);
  parts.client('writers', { ratePerS: updates.rate_per_s, operations: [operation('write')] });
  parts.client('readers', { ratePerS: reads.rate_per_s, operations: [operation('read')] });
  parts.database('data', {
    copies: 2,
    readFrom: 'followers',
    failover: 'none',
    copyDelay: requireDuration(lag),
    applyShare: 0,
    readTime: NOTHING,
    writeTime: NOTHING,
    heartbeatMs: 1e6,
    failureTimeoutMs: 1e9,
  });
  for (const client of ['writers', 'readers']) parts.link(client, 'data');
  const durationMs = (trialsOf(example, effort) / reads.rate_per_s) * 1000;
  return singleRun(parts.build({ warmUpMs: 10_000, durationMs: 10_000 + durationMs, seed: effort.seed }), (result) => {
    const { staleShare, versionsBehindMean } = metricsOf(result, 'data');
    return { values: { stale_read_probability: staleShare, mean_versions_behind: versionsBehindMean } };
  });
}

/** The only follower of a primary that crashes at random and is repaired; both are there to watch, nobody is elected. */
export function expressHeartbeatDetector(example: ValidationCase, model: HeartbeatDetectorModel, effort: Effort): Expression {
  const { interval_s: interval, timeout_since_last_heartbeat_s: timeout, network_delay_s: delay } = model;
  const periodMs = 1000 * (4 * timeout + 10 * interval);
  const trials = trialsOf(example, effort);
  // Four events for each crash: the fault begins and ends, the instance goes and comes; and that it is suspected.
  const perRun = 1500;
  const seen: number[] = [];
  return {
    runs: Math.ceil(trials / perRun),
    project: (run) => {
      const parts = draft(example.title);
      parts.client('clients', RARELY);
      parts.database('data', {
        copies: 2,
        failover: 'none',
        copyDelay: { type: 'constant', valueMs: 1000 * delay },
        heartbeatMs: 1000 * interval,
        failureTimeoutMs: 1000 * timeout,
        timeoutSpreadMs: 0,
      });
      parts.link('clients', 'data');
      // After a repair the primary sends its heartbeats anew: over whole intervals the next crash is at any phase of them.
      const between = { type: 'uniform', minMs: periodMs, maxMs: periodMs + 4000 * interval } as const;
      parts.fault('data', CRASH, { type: 'random', between, lasts: { type: 'constant', valueMs: 2000 * timeout } }, 0);
      return parts.build({ warmUpMs: 0, durationMs: perRun * (periodMs + 2000 * interval + 2000 * timeout), seed: effort.seed + run });
    },
    take: ({ journal }) => {
      let crashedAt = 0;
      for (const { type, atMs } of journal)
        if (type === 'fault-begins') crashedAt = atMs;
        else if (type === 'suspicion') seen.push((atMs - crashedAt) / 1000);
    },
    measure: () => ({
      values: {
        mean_detection_time_s: seen.reduce((sum, value) => sum + value, 0) / seen.length,
        min_detection_time_s: Math.min(...seen),
        max_detection_time_s: Math.max(...seen),
      },
    }),
  };
}

/** What became of an election. */
interface Election {
  /** From its begin until the first copy stood, and until one was elected, s. */
  readonly firstS: number;
  readonly tookS: number;
  readonly terms: number;
}

/** The election that began at an instant; null where nobody stood or was elected before the next trial. */
function electionAfter(journal: readonly RunEvent[], beginMs: number, endMs: number): Election | null {
  const meanwhile = journal.filter(({ atMs }) => atMs > beginMs && atMs < endMs);
  const first = meanwhile.find(({ type }) => type === 'election');
  const promotion = meanwhile.find(({ type }) => type === 'promotion');
  if (first === undefined || promotion === undefined) return null;
  return { firstS: (first.atMs - beginMs) / 1000, tookS: (promotion.atMs - beginMs) / 1000, terms: Number(promotion.value) - Number(first.value) + 1 };
}

/** A database whose copies elect; those beyond the live ones are down throughout. */
function cluster(parts: Draft, model: RaftElectionModel, dead: readonly number[]): void {
  const { min_s: least, max_s: most } = model.election_timeout;
  const values: DatabaseValues = {
    copies: model.cluster_size ?? model.live_servers,
    copyDelay: (model.one_way_delay === undefined ? null : durationOf(model.one_way_delay)) ?? NOTHING,
    heartbeatMs: 1000 * (model.heartbeat_interval_s ?? least / 2),
    failureTimeoutMs: 1000 * least,
    timeoutSpreadMs: 1000 * (most - least),
  };
  parts.client('clients', RARELY);
  parts.database('data', values);
  parts.link('clients', 'data');
  for (const copy of dead) parts.fault('data', CRASH, { type: 'once', atMs: 0, lastsMs: 8e9 }, copy);
}

/** Elections one after the other: all copies crash together and are back together, so that all start a fresh timer; or the leader crashes. */
export function expressRaftElection(example: ValidationCase, model: RaftElectionModel, effort: Effort): Expression {
  const trials = trialsOf(example, effort);
  const crashing = model.heartbeat_interval_s !== undefined;
  const size = model.cluster_size ?? model.live_servers;
  const dead = crashing ? [] : Array.from({ length: size - model.live_servers }, (_, index) => size - 1 - index);
  const longestMs = 20_000 * model.election_timeout.max_s;
  const restMs = crashing ? longestMs : 0;
  const intervalMs = 1000 * (model.heartbeat_interval_s ?? 0);
  const delay = model.one_way_delay === undefined ? null : durationOf(model.one_way_delay);
  invariant(!crashing || delay?.type === 'constant', 'how long the last heartbeat takes is known');
  // The case lets the leader fall silent at any phase of an interval that begins with the arrival of its last heartbeat, here it does so
  // at any phase of one that begins with the sending: the same system, seen one delay earlier.
  const arrivesMs = crashing && delay?.type === 'constant' ? delay.valueMs : 0;
  const spacingMs = DOWN_MS + restMs + longestMs + intervalMs;
  const found: Election[] = [];
  // Which copy leads is a matter of chance: of the crashes one in `size` hits the leader.
  const needed = crashing ? trials * size : trials;
  const beginOf = (trial: number): number => 1000 + trial * spacingMs;
  /** When the leader crashes: at any phase of its heartbeats. */
  const crashOf = (trial: number): number => beginOf(trial) + DOWN_MS + restMs + ((trial * GOLDEN) % 1) * intervalMs;
  return {
    runs: Math.ceil(needed / TRIALS_PER_RUN),
    project: (run) => {
      const parts = draft(example.id);
      cluster(parts, model, dead);
      for (let trial = 0; trial < TRIALS_PER_RUN; trial++) {
        parts.fault('data', CRASH, { type: 'once', atMs: beginOf(trial), lastsMs: DOWN_MS });
        if (crashing) parts.fault('data', CRASH, { type: 'once', atMs: crashOf(trial), lastsMs: longestMs }, trial % size);
      }
      return parts.build({ warmUpMs: 0, durationMs: beginOf(TRIALS_PER_RUN), seed: effort.seed + run, seriesPoints: 10 });
    },
    take: ({ journal }) => {
      for (let trial = 0; trial < TRIALS_PER_RUN; trial++) {
        const begin = beginOf(trial);
        const crash = crashOf(trial);
        const leader = journal.findLast(({ type, atMs }) => type === 'promotion' && atMs > begin && atMs < crash);
        if (crashing && leader?.instance !== trial % size) continue;
        const election = electionAfter(journal, crashing ? crash + arrivesMs : begin + DOWN_MS, begin + spacingMs);
        if (election !== null) found.push(election);
      }
    },
    measure: () => {
      const firsts = found.map(({ firstS }) => firstS).sort((one, other) => one - other);
      const took = found.map(({ tookS }) => tookS).sort((one, other) => one - other);
      const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
      const quantile = (values: readonly number[], q: number): number | undefined => values[Math.min(values.length - 1, Math.floor(q * values.length))];
      const { min_s: least, max_s: most } = model.election_timeout;
      const early = firsts.filter((value) => value < least + (most - least) / 4).length / firsts.length;
      const split = found.filter(({ terms }) => terms > 1).length / found.length;
      return {
        values: {
          split_vote_probability_first_term: split,
          first_term_success: 1 - split,
          mean_terms_until_leader: mean(found.map(({ terms }) => terms)),
          mean_first_timeout_s: mean(firsts),
          p90_first_timeout_s: quantile(firsts, 0.9),
          prob_first_timeout_in_first_quarter: early,
          mean_election_time_s: mean(took),
          p50_election_time_s: quantile(took, 0.5),
          p75_election_time_s: quantile(took, 0.75),
          p95_election_time_s: quantile(took, 0.95),
          p99_election_time_s: quantile(took, 0.99),
        },
      };
    },
  };
}
