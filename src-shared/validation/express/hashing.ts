import { intervalFactor } from '../../base/statistics/intervals';
import type { RunResult } from '../../run/result';
import type { HashRingModel, ModuloHashModel, StickyAssignmentModel, ValidationCase } from '../case';
import type { BalancerValues, Draft } from '../draft';
import { draft, UNLIMITED_SERVERS } from '../draft';
import type { Effort, Expression } from './expression';
import { metricsOf, seedOf, singleRun } from './expression';

/** Requests of one round: every user asks at this distance, all at once. */
const ROUND_MS = 1000;
/** Most points of a series. */
const MOST_ROUNDS = 5000;

function trialsOf({ run }: ValidationCase, effort: Effort): number {
  return Math.max(1, Math.round((run.kind === 'independent_trials' ? run.trials : 1) * effort.share));
}

const constant = (valueMs: number) => ({ type: 'constant', valueMs }) as const;

/** Users who each have a session of their own and ask once every round. */
function askingInRounds(parts: Draft, users: number): void {
  parts.client('clients', { arrivals: 'closed', users, sessions: users, thinkTime: constant(ROUND_MS) });
}

/** A balancer over replicas of one service at which nobody waits. */
function balancedReplicas(parts: Draft, balancer: BalancerValues, service: Parameters<Draft['service']>[1]): void {
  parts.balancer('balancer', balancer);
  parts.service('nodes', { servers: UNLIMITED_SERVERS, serviceTime: constant(0), ...service });
  parts.link('clients', 'balancer');
  parts.link('balancer', 'nodes');
}

/** Numbers of the replicas, in order. */
function ofReplicas(result: RunResult, metric: 'offered' | 'inFlight'): number[] {
  const nodes = result.components.find(({ id }) => id === 'nodes');
  return nodes?.instances.map(({ metrics }) => metrics[metric] ?? Number.NaN) ?? [];
}

/** Means over runs of what each run gives; `worst` names those of which the largest of all runs counts. */
function expressTrials(runs: number, project: Expression['project'], read: (result: RunResult) => Record<string, number>, worst: string[] = []): Expression {
  const totals: Record<string, number> = {};
  let taken = 0;
  return {
    runs,
    project,
    take: (result) => {
      taken++;
      for (const [name, value] of Object.entries(read(result)))
        totals[name] = worst.includes(name) ? Math.max(totals[name] ?? -Infinity, value) : (totals[name] ?? 0) + value;
    },
    measure: () => ({ values: Object.fromEntries(Object.entries(totals).map(([name, total]) => [name, worst.includes(name) ? total : total / taken])) }),
  };
}

/** Consistent hashing: shares of the key space, what a new node takes, and bounded loads. */
export function expressHashRing(example: ValidationCase, model: HashRingModel, effort: Effort): Expression {
  const { nodes, virtual_nodes_per_node: virtualNodes, keys = 1 } = model;
  const ring: BalancerValues = { algorithm: 'ring-hash', virtualNodes };
  const trials = trialsOf(example, effort);
  if (model.bounded_load_factor !== undefined) {
    // Each user sends a request that does not end within the run.
    const project = (run: number) => {
      const parts = draft(example.title);
      askingInRounds(parts, keys);
      balancedReplicas(parts, { ...ring, boundFactor: model.bounded_load_factor ?? null }, { replicas: nodes, serviceTime: constant(100 * ROUND_MS) });
      return parts.build({ warmUpMs: 0, durationMs: 2 * ROUND_MS, seed: seedOf(effort, run), seriesPoints: 10 });
    };
    const read = (result: RunResult) => {
      const placed = ofReplicas(result, 'inFlight');
      return { max_keys_per_node: Math.max(...placed), total_keys_placed: placed.reduce((sum, keysThere) => sum + keysThere, 0) };
    };
    return expressTrials(trials, project, read, ['max_keys_per_node']);
  }
  if (model.change === 'add one node') return expressAddedNode(example, nodes, nodes + 1, keys, ring, effort);
  // Every replication has a ring of its own.
  const parts = draft(example.title);
  askingInRounds(parts, 1);
  balancedReplicas(parts, ring, { replicas: nodes });
  const settings = { warmUpMs: 0, durationMs: 1, seed: effort.seed, replications: trials, seriesPoints: 10 };
  return singleRun(parts.build(settings), (result) => {
    const instances = result.components.find(({ id }) => id === 'nodes')?.instances ?? [];
    // Intervals tell the variance between rings: half-width = t x sd / root(n).
    const t = intervalFactor(result.replications, result.settings.confidence);
    const squared = instances.map(({ metrics, halfWidths }) => {
      const sd = ((halfWidths?.keyShare ?? Number.NaN) / t) * Math.sqrt(result.replications);
      return sd ** 2 + ((metrics.keyShare ?? Number.NaN) - 1 / nodes) ** 2;
    });
    return {
      values: {
        max_over_mean_share: metricsOf(result, 'balancer').keyImbalance,
        mean_squared_cv: nodes * squared.reduce((sum, square) => sum + square, 0),
      },
    };
  });
}

/** Every session asks once, a node is added, and every session asks again; every replication has hashes of its own. */
function expressAddedNode(example: ValidationCase, before: number, after: number, keys: number, balancer: BalancerValues, effort: Effort): Expression {
  const parts = draft(example.title);
  askingInRounds(parts, keys);
  balancedReplicas(parts, balancer, {
    replicas: before,
    autoscaler: 'schedule',
    maximumReplicas: after,
    schedule: [{ atMs: 1.5 * ROUND_MS, instances: after }],
    startUp: constant(0),
  });
  const settings = { warmUpMs: 0, durationMs: 2.5 * ROUND_MS, seed: effort.seed, replications: trialsOf(example, effort), seriesPoints: 10 };
  return singleRun(parts.build(settings), (result) => {
    const moved = metricsOf(result, 'balancer').sessionsMoved ?? Number.NaN;
    // Nobody asked the new nodes before, so that all of their requests have moved there.
    const toNew = ofReplicas(result, 'offered')
      .slice(before)
      .reduce((sum, offered) => sum + offered, 0);
    return { values: { fraction_keys_moved: moved / keys, keys_moved_between_old_nodes: moved - toNew } };
  });
}

/** The hash of the session modulo the number of nodes. */
export function expressModuloHash(example: ValidationCase, model: ModuloHashModel, effort: Effort): Expression {
  return expressAddedNode(example, model.nodes_before, model.nodes_after, model.keys, { algorithm: 'ip-hash' }, effort);
}

/** Sessions that are bound at random and forgotten before they ask again: every round is an assignment of its own. */
export function expressStickyAssignment(example: ValidationCase, model: StickyAssignmentModel, effort: Effort): Expression {
  const { sessions, servers } = model;
  const rounds = trialsOf(example, effort);
  const runs = Math.ceil(rounds / MOST_ROUNDS);
  const perRun = Math.ceil(rounds / runs);
  const ids = Array.from({ length: servers }, (_, index) => `server-${index + 1}`);
  const project = (run: number) => {
    const parts = draft(example.title);
    askingInRounds(parts, sessions);
    parts.balancer('balancer', { algorithm: 'random', affinityMs: ROUND_MS / 2 });
    parts.link('clients', 'balancer');
    for (const id of ids) {
      parts.service(id, { servers: UNLIMITED_SERVERS, serviceTime: constant(0) });
      parts.link('balancer', id);
    }
    return parts.build({ warmUpMs: 0, durationMs: perRun * ROUND_MS, seed: seedOf(effort, run), seriesPoints: perRun });
  };
  return expressTrials(runs, project, ({ series }) => {
    const columns = ids.map((id) => series.components.find((component) => component.id === id)?.columns.completedPerS ?? []);
    let fullest = 0;
    for (let round = 0; round < perRun; round++) fullest += Math.max(...columns.map((column) => ((column[round] ?? Number.NaN) * ROUND_MS) / 1000));
    return { expected_max_sessions: fullest / perRun, expected_max_over_mean: fullest / perRun / (sessions / servers) };
  });
}
