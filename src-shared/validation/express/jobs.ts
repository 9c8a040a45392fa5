import type { Project } from '../../project/project';
import type { RunResult } from '../../run/result';
import type { ScatterGatherModel, ValidationCase } from '../case';
import type { BulkSynchronousModel, CoordinationModel, ParallelJobModel, StragglerModel } from '../case-jobs';
import { draft, UNLIMITED_SERVERS } from '../draft';
import type { Effort, Expression } from './expression';
import { metricsOf, seconds, singleRun } from './expression';
import { requireDuration } from './queues';

interface JobSetting {
  readonly serialS: number;
  readonly processors: number;
  readonly values: Readonly<Record<string, unknown>>;
}

/** One job on n processors: its serial part on its own server, its tasks on n servers that take the work that tasks carry. */
function jobDraft(title: string, { serialS, processors, values }: JobSetting) {
  const parts = draft(title);
  parts.part('job', 'job', { serialTime: { type: 'constant', valueMs: serialS * 1000 }, ...values });
  parts.service('workers', { servers: processors, serviceTime: { type: 'request' } });
  parts.link('job', 'workers');
  return parts;
}

/** A single job that is sent at time 0. */
function oneJob(title: string, setting: JobSetting, atMostS: number, effort: Effort): Project {
  const parts = jobDraft(title, setting);
  parts.client('clients', { arrivals: 'trace', trace: [{ atMs: 0, workMs: 0, priority: 1 }] });
  parts.link('clients', 'job');
  return parts.build({ warmUpMs: 0, durationMs: atMostS * 2000, seed: effort.seed });
}

const makespanOf = (result: RunResult): number => (result.endToEnd.metrics.latencyMeanMs ?? Number.NaN) / 1000;

/** Makespans of one job for each of several settings. */
function makespans(
  projects: readonly Project[],
  measure: (makespan: readonly number[], results: readonly RunResult[]) => Readonly<Record<string, number | undefined>>,
): Expression {
  const results: RunResult[] = [];
  return {
    runs: projects.length,
    project: (run) => projects[run] as Project,
    take: (result) => {
      results.push(result);
    },
    measure: () => ({ values: measure(results.map(makespanOf), results) }),
  };
}

/** A job of fixed or growing size on one processor and on many; with stragglers; or with a cost for each further processor. */
export function expressParallelJob(example: ValidationCase, model: ParallelJobModel, effort: Effort): Expression {
  const { title } = example;
  if ('parallel_task' in model) return stragglers(example, model, effort);
  if ('coordination_cost_per_extra_node_s' in model) return coordination(title, model, effort);
  const { processors } = model;
  if ('parallel_run_time_s' in model) {
    const { parallel_run_time_s: time, serial_share_of_parallel_run: share } = model;
    const setting = (servers: number): JobSetting => ({
      serialS: share * time,
      processors: servers,
      values: { tasks: processors, work: 'each', taskWork: { type: 'constant', valueMs: (1 - share) * time * 1000 } },
    });
    const projects = [processors, 1].map((servers) => oneJob(title, setting(servers), time * processors, effort));
    return makespans(projects, ([many = Number.NaN, one = Number.NaN]) => ({ scaled_speedup: one / many, equivalent_single_processor_time_s: one }));
  }
  const { total_work_s: work, serial_fraction: serial } = model;
  const setting = (servers: number): JobSetting => ({
    serialS: serial * work,
    processors: servers,
    values: { tasks: processors, work: 'split', totalWorkMs: (1 - serial) * work * 1000 },
  });
  const projects = [processors, 1].map((servers) => oneJob(title, setting(servers), work, effort));
  return makespans(projects, ([many = Number.NaN, one = Number.NaN], [result]) => ({
    makespan_s: many,
    speedup: one / many,
    speedup_limit: one / many,
    efficiency: result === undefined ? undefined : metricsOf(result, 'job').efficiency,
  }));
}

/** Numbers of nodes that are tried for the best one, beside the ends that the case asks for. */
const MOST_NODES = 100;

/** The coordinator sends each node its share one after the other; the first leaves at once. */
function coordination(title: string, model: CoordinationModel, effort: Effort): Expression {
  const { total_work_s: work, serial_fraction: serial, coordination_cost_per_extra_node_s: cost } = model;
  const nodes = [...Array.from({ length: MOST_NODES }, (_, index) => index + 1), 200];
  const projects = nodes.map((count) =>
    oneJob(
      title,
      { serialS: serial * work, processors: count, values: { tasks: count, work: 'split', totalWorkMs: (1 - serial) * work * 1000, dispatchMs: cost * 1000 } },
      work,
      effort,
    ),
  );
  return makespans(projects, (makespan) => {
    const at = (count: number): number => makespan[nodes.indexOf(count)] ?? Number.NaN;
    const best = nodes.reduce((found, count) => (at(count) < at(found) ? count : found));
    // The curve a / n + b (n - 1) through the measured times at 1 and at 200 nodes has its least value at the root of a / b.
    const perNode = (at(200) - at(1) / 200) / 199;
    return {
      optimal_nodes: best,
      optimal_nodes_continuous: Math.sqrt(at(1) / perNode),
      makespan_at_optimum_s: at(best),
      makespan_at_1_s: at(1),
      makespan_at_200_s: at(200),
    };
  });
}

/** Jobs far apart, each waiting for the slowest of its random tasks. */
function stragglers({ title, run }: ValidationCase, model: StragglerModel, effort: Effort): Expression {
  const { serial_s, processors, parallel_task, tasks } = model;
  const parts = jobDraft(title, { serialS: serial_s, processors, values: { tasks, work: 'each', taskWork: requireDuration(parallel_task) } });
  const trials = Math.round((run.kind === 'independent_trials' ? run.trials : 0) * effort.share);
  // One at a time, the next when the one before is answered.
  parts.client('clients', { arrivals: 'closed', users: 1, thinkTime: { type: 'constant', valueMs: 0 } });
  parts.link('clients', 'job');
  const roughS = serial_s + parallel_task.mean_s * (1 + Math.log(tasks));
  return singleRun(parts.build({ warmUpMs: 0, durationMs: trials * roughS * 1000, seed: effort.seed }), (result) => ({
    values: { mean_makespan_s: makespanOf(result), mean_speedup_vs_serial: metricsOf(result, 'job').speedUp },
  }));
}

/** A program of supersteps on p workers, run again and again. */
export function expressBulkSynchronous({ title, run }: ValidationCase, model: BulkSynchronousModel, effort: Effort): Expression {
  const { workers, supersteps, local_work, barrier_latency_s } = model;
  const parts = jobDraft(title, {
    serialS: 0,
    processors: workers,
    values: {
      tasks: workers,
      rounds: supersteps,
      work: 'each',
      taskWork: requireDuration(local_work),
      barrier: { type: 'constant', valueMs: barrier_latency_s * 1000 },
    },
  });
  parts.client('clients', { arrivals: 'closed', users: 1, thinkTime: { type: 'constant', valueMs: 0 } });
  parts.link('clients', 'job');
  const trials = (run.kind === 'independent_trials' ? run.trials : 0) * effort.share;
  const roughS = supersteps * (local_work.mean_s * (1 + Math.log(workers)) + barrier_latency_s);
  return singleRun(parts.build({ warmUpMs: 0, durationMs: trials * roughS * 1000, seed: effort.seed }), (result) => ({
    values: { mean_makespan_s: makespanOf(result), mean_worker_utilisation: metricsOf(result, 'workers').utilisation },
  }));
}

/** One request to so many leaves that each of them is a task of a job; some leaves are slow now and then. */
export function expressLargeFanOut({ title, run }: ValidationCase, model: ScatterGatherModel, effort: Effort): Expression {
  const { fan_out, wait_for, branch_latency } = model;
  const slowestS = branch_latency.distribution === 'two_point' ? Math.max(...branch_latency.values.map(({ value_s }) => value_s)) : Number.NaN;
  const trials = Math.round((run.kind === 'independent_trials' ? run.trials : 0) * effort.share);
  const parts = draft(title);
  // Far enough apart that no two requests are under way at once.
  parts.client('clients', { arrivals: 'constant', ratePerS: 1 / (1.1 * slowestS) });
  parts.part('root', 'job', { serialTime: { type: 'constant', valueMs: 0 }, tasks: fan_out, waitFor: wait_for, work: 'workers' });
  parts.service('leaves', { servers: UNLIMITED_SERVERS, serviceTime: requireDuration(branch_latency) });
  parts.link('clients', 'root');
  parts.link('root', 'leaves');
  const project = parts.build({ warmUpMs: 0, durationMs: (trials + 0.95) * 1.1 * slowestS * 1000, seed: effort.seed, requestLog: trials + 1 });
  return singleRun(project, ({ endToEnd, requests }) => ({
    values: {
      fraction_slow: requests.filter(({ arrivalMs, endMs }) => endMs - arrivalMs >= slowestS * 1000 - 1e-6).length / requests.length,
      mean_latency_s: seconds(endToEnd.metrics.latencyMeanMs),
    },
  }));
}
