import type { Project, RunSettings } from '../../project/project';
import type { LoggedRequest, Measured, MetricValues, RunResult } from '../../run/result';
import type { CaseRun } from '../case';

/** What came out, by the metric names of the table of cases (without what follows a dot). */
export interface Measurements {
  readonly values: Readonly<Record<string, number | undefined>>;
  /** Half-widths of the run's own intervals, where the settings ask for replications. */
  readonly halfWidths?: Readonly<Record<string, number | undefined>>;
}

/** A case as projects of this application: how many runs it takes, each as a project, and how the numbers are read off. */
export interface Expression {
  readonly runs: number;
  /** The project of run 0, 1, … `runs` - 1; every run has the first (only) design. */
  readonly project: (run: number) => Project;
  /** Called once after each run, in order; keeps only what `measure` needs. */
  readonly take: (result: RunResult, run: number) => void;
  readonly measure: () => Measurements;
}

/** Why a case has no expression in the kinds that exist so far. */
export interface Inexpressible {
  readonly reason: string;
}

/** How long and with which random numbers a case is run. */
export interface Effort {
  /** Share of the stated run length, 1 for full runs. */
  readonly share: number;
  readonly seed: number;
}

/** An expression of one run. */
export function singleRun(project: Project, read: (result: RunResult) => Measurements): Expression {
  let measurements: Measurements = { values: {} };
  return {
    runs: 1,
    project: () => project,
    take: (result) => {
      measurements = read(result);
    },
    measure: () => measurements,
  };
}

/** Settings for a run of a steady state, in which `ratePerS` requests arrive per second. */
export function steadyState(run: CaseRun, ratePerS: number, effort: Effort): Partial<RunSettings> {
  if (run.kind !== 'steady_state' && run.kind !== 'coverage') return {};
  const warmUp = warmUpRequests(run.warmup_requests, effort);
  const measured = run.measured_requests * effort.share;
  return { warmUpMs: (warmUp / ratePerS) * 1000, durationMs: ((warmUp + measured) / ratePerS) * 1000, seed: effort.seed, replications: run.replications };
}

/** A shorter run leaves out less, but never so little that the empty start would show. */
export function warmUpRequests(stated: number, effort: Effort): number {
  return Math.max(stated * effort.share, Math.min(stated, 20_000));
}

/** Most requests that one run lists one by one, with some room for a random number of arrivals. */
const LISTED = 1_000_000;
const EXPECTED_LISTED = 995_000;

/** Several runs that list every one of their requests, and together measure as many as the case states. */
export interface ListedRuns {
  readonly runs: number;
  readonly warmUpMs: number;
  readonly settings: (index: number) => Partial<RunSettings>;
  /** The listed requests of the measured window that ended well. */
  readonly measured: (result: RunResult) => readonly LoggedRequest[];
}

/** Plans runs whose single requests are looked at: the list of a run is limited, so a longer case becomes several runs. */
export function listedRuns(run: CaseRun & { readonly kind: 'steady_state' }, ratePerS: number, effort: Effort): ListedRuns {
  const warmUp = Math.min(warmUpRequests(run.warmup_requests, effort), LISTED / 10);
  const total = run.measured_requests * effort.share;
  const runs = Math.ceil(total / (EXPECTED_LISTED - warmUp));
  const warmUpMs = (warmUp / ratePerS) * 1000;
  const durationMs = warmUpMs + (total / runs / ratePerS) * 1000;
  return {
    runs,
    warmUpMs,
    settings: (index) => ({ warmUpMs, durationMs, seed: seedOf(effort, index), requestLog: LISTED }),
    measured: ({ requests }) => requests.filter(({ endMs, outcome }) => endMs >= warmUpMs && outcome === 'completed'),
  };
}

/** A seed of its own for run `index` of a case, so that no two runs of the suite share their random numbers. */
export function seedOf(effort: Effort, index: number): number {
  return (effort.seed + Math.imul(index + 1, 0x9e3779b1)) >>> 0;
}

/** Metrics of a component of the result; nothing where it is not there. */
export function metricsOf(result: RunResult, id: string): MetricValues {
  return result.components.find((component) => component.id === id)?.metrics ?? {};
}

/** Metrics of a link by its ends. */
export function linkMetricsOf(result: RunResult, from: string, to: string): MetricValues {
  return result.links.find((link) => link.from === from && link.to === to)?.metrics ?? {};
}

/** Metrics of an operation by its name. */
export function operationMetricsOf(result: RunResult, name: string): MetricValues {
  return result.operations.find((operation) => operation.operation === name)?.metrics ?? {};
}

/** Milliseconds to seconds, passing on what is absent. */
export function seconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : ms / 1000;
}

/** The metrics of a queue and of what its customers saw of it, by the names of the table. */
export function queueMeasurements(endToEnd: MetricValues, station: MetricValues): Record<string, number | undefined> {
  const { waitingMeanMs, waitingSdMs, inSystemMean, throughput, latencyMeanMs } = station;
  return {
    mean_response_s: seconds(endToEnd.latencyMeanMs),
    mean_response_accepted_s: seconds(endToEnd.latencyMeanMs),
    p95_response_s: seconds(endToEnd.latencyP95Ms),
    p99_response_s: seconds(endToEnd.latencyP99Ms),
    throughput_per_s: endToEnd.throughput,
    loss_probability: endToEnd.failureShare,
    mean_wait_s: seconds(waitingMeanMs),
    mean_wait_accepted_s: seconds(waitingMeanMs),
    p95_wait_s: seconds(station.waitingP95Ms),
    p99_wait_s: seconds(station.waitingP99Ms),
    wait_second_moment_s2: waitingMeanMs === undefined || waitingSdMs === undefined ? undefined : (waitingMeanMs ** 2 + waitingSdMs ** 2) / 1e6,
    prob_wait: station.waitShare,
    mean_in_system: inSystemMean,
    mean_in_queue: station.queueMean,
    utilisation: station.utilisation,
    mean_slowdown: station.slowdownMean,
    little_relative_residual:
      inSystemMean === undefined || throughput === undefined || latencyMeanMs === undefined
        ? undefined
        : Math.abs(inSystemMean - (throughput * latencyMeanMs) / 1000) / inSystemMean,
  };
}

/** Half-widths of the same metrics, where they are plain multiples. */
export function queueHalfWidths(endToEnd: Measured, station: Measured | undefined): Record<string, number | undefined> {
  return {
    mean_response_s: seconds(endToEnd.halfWidths?.latencyMeanMs),
    mean_wait_s: seconds(station?.halfWidths?.waitingMeanMs),
    prob_wait: station?.halfWidths?.waitShare,
    utilisation: station?.halfWidths?.utilisation,
  };
}
