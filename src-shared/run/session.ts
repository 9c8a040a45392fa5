import type { Problem } from '../base/problem';
import type { Result } from '../base/result';
import { invariant, ok } from '../base/result';
import { mser5 } from '../base/statistics/mser5';
import { compile } from '../compile/compile';
import { copiedComponents } from '../engine/copy-series';
import type { Engine } from '../engine/engine';
import { createEngine } from '../engine/engine';
import type { Plan } from '../engine/plan';
import { NS_PER_MS } from '../kinds/lowering';
import type { Fault } from '../project/fault';
import type { Design, Project } from '../project/project';
import { createAlertWatch, withAlerts } from './alerts';
import { createBatchMeans } from './batch-means';
import { createCombiner } from './combine';
import type { Frame } from './frame';
import { createLive } from './live';
import { createLiveFaults } from './live-faults';
import { subjectsOf } from './measure';
import { telemetryLinksOf } from './measure-telemetry';
import type { ReplicationPart } from './replication';
import { readReplication } from './replication';
import type { RunResult, RunSamples, TelemetryLink } from './result';
import { runFaultsOf } from './run-events';
import { createSampler } from './samples';

/** `break`: the instant or request that was asked for is reached; `finished`: all replications are done, or a limit ended the run. */
export type SessionStatus = 'running' | 'break' | 'finished';

/** Replications whose values are kept one by one: more pairs than any interval needs. */
const SAMPLED_REPLICATIONS = 1000;

/** One run of a design: its replications, one after the other, in slices that the host chooses. */
export interface Session {
  readonly componentIds: readonly string[];
  readonly linkIds: readonly string[];
  readonly instanceCounts: readonly number[];
  /** Components whose instances are copies of the same data. */
  readonly copiedIds: readonly string[];
  /** Links to telemetry collectors. */
  readonly telemetryLinks: readonly TelemetryLink[];
  readonly seed: number;
  /** Simulated ms between two points of the series. */
  readonly intervalMs: number;
  /** Executes at most `events` events. */
  advance(events: number): SessionStatus;
  /** Asks for a break at an instant of simulated time in ms, or when the next request ends. */
  breakAt(simulatedMs: number): void;
  breakAtRequest(): void;
  /** Simulated time of the replication under way in ms. */
  simulatedMs(): number;
  replication(): number;
  /** Events executed in all replications so far. */
  events(): number;
  /** Share of the run that is done, 0..1. */
  progress(): number;
  frame(): Frame;
  /** A frame without percentiles, points and journal that counts from the latest {@link frame} and leaves the next one as it would be. */
  peek(): Frame;
  /** Lets a fault happen now, whatever its timing says; with a length of 0 it lasts until it is cleared. The reason why not, or null. */
  inject(fault: Fault): Problem | null;
  /** Ends a fault that was injected. */
  clear(faultId: string): void;
  /** The result: of the whole run when finished, else of what has been simulated up to now. */
  result(): RunResult;
  /** What each replication that has ended measured by itself, for comparisons in pairs; of the first {@link SAMPLED_REPLICATIONS}. */
  samples(): RunSamples;
  /** Component where the latest event happened, for the report of a bug. */
  lastComponentId(): string | null;
}

/** A plan with everything needed to run replications of it: shared by sessions and by threads that run single replications. */
interface Bench {
  readonly project: Project;
  readonly design: Design;
  readonly plan: Plan;
  readonly engine: Engine;
}

function benchOf(project: Project, designId: string): Result<Bench, readonly Problem[]> {
  const plan = compile(project, designId);
  if (!plan.ok) return plan;
  const design = project.designs.find((candidate) => candidate.id === designId);
  invariant(design !== undefined, 'compile has found the design');
  return ok({ project, design, plan: plan.value, engine: createEngine(plan.value) });
}

/** End of the transient in ns: MSER-5 on the number in flight at the points of the series, at most half of the run. */
function transientEnd(engine: Engine, plan: Plan): number {
  const { points } = engine.observer;
  const { index } = mser5(points.map((row) => row.system[6] as number));
  return Math.min(points[index - 1]?.at ?? 0, Math.floor(plan.duration / 2));
}

/** Starts a run; the design's errors where it has some. `forResult` false: it is only watched, and nothing is kept that only its result needs. */
export function createSession(project: Project, designId: string, { forResult = true } = {}): Result<Session, readonly Problem[]> {
  const made = benchOf(project, designId);
  if (!made.ok) return made;
  const { design, plan, engine } = made.value;
  const { seed, replications, warmUpMs } = project.settings;
  const subjects = subjectsOf(plan);
  const combiner = createCombiner(project, design, plan);
  const sampler = createSampler(plan);
  const live = createLive(engine);
  // Several replications say by themselves how sure their means are.
  const batches = forResult && replications === 1 ? createBatchMeans(engine, plan, subjects) : null;
  const liveFaults = createLiveFaults(project, design, plan, engine);
  // A pilot replication, thrown away, finds the transient where the warm-up is automatic; it is the first replication itself, run twice.
  let pilot = warmUpMs === 'auto';
  let warmUp = warmUpMs === 'auto' ? 0 : Math.floor(warmUpMs * NS_PER_MS + 0.5);
  let replication = 0;
  let eventsBefore = 0;
  let done = false;
  const runs = replications + (pilot ? 1 : 0);
  let runsDone = 0;
  engine.reset(seed, 0, warmUp);
  batches?.restart(warmUp);
  let watch = pilot ? null : createAlertWatch(project, design, plan, warmUp);

  const begin = (index: number): void => {
    eventsBefore += engine.events();
    replication = index;
    engine.reset(seed, index, warmUp);
    batches?.restart(warmUp);
    liveFaults.restart();
    live.restart();
    watch = index === 0 ? createAlertWatch(project, design, plan, warmUp) : null;
  };

  return ok({
    componentIds: plan.components.map((component) => component.id),
    linkIds: plan.links.map((link) => link.id),
    instanceCounts: plan.components.map((component) => component.nodeCount),
    copiedIds: copiedComponents(plan).map((component) => plan.components[component]?.id ?? ''),
    telemetryLinks: telemetryLinksOf(plan),
    seed,
    intervalMs: plan.duration / plan.seriesPoints / NS_PER_MS,
    advance(events) {
      if (done) return 'finished';
      const status = engine.run(events);
      if (status === 'running' || status === 'break') return status;
      runsDone++;
      if (pilot && status === 'ended') {
        pilot = false;
        warmUp = transientEnd(engine, plan);
        begin(0);
        return 'running';
      }
      const part = readReplication(engine, subjects, replication, status === 'limit', batches?.read());
      combiner.add(part);
      if (replication < SAMPLED_REPLICATIONS) sampler.add(part);
      done = status === 'limit' || replication + 1 >= replications;
      if (done) return 'finished';
      begin(replication + 1);
      return 'running';
    },
    breakAt: (simulatedMs) => engine.breakAt(Math.floor(simulatedMs * NS_PER_MS + 0.5)),
    breakAtRequest: () => engine.breakAtRequest(),
    simulatedMs: () => engine.now() / NS_PER_MS,
    replication: () => replication,
    events: () => eventsBefore + engine.events(),
    progress: () => (done ? 1 : Math.min(1, (runsDone + engine.now() / plan.duration) / runs)),
    frame() {
      const frame = live.frame(
        replication,
        done ? 1 : Math.min(1, (runsDone + engine.now() / plan.duration) / runs),
        eventsBefore + engine.events(),
        replication === 0 && !pilot,
      );
      const alerts = watch?.take(engine.observer.points, () => runFaultsOf(engine)) ?? [];
      return alerts.length === 0 ? frame : { ...frame, journal: withAlerts(frame.journal, alerts) };
    },
    peek: () => live.peek(replication, done ? 1 : Math.min(1, (runsDone + engine.now() / plan.duration) / runs), eventsBefore + engine.events()),
    inject: (fault) =>
      done
        ? {
            severity: 'error',
            code: 'run-is-over',
            recordId: fault.id,
            message: 'The run has ended.',
            remedy: 'Start another run, or put the fault on the timeline.',
          }
        : liveFaults.inject(fault),
    clear: (faultId) => liveFaults.clear(faultId),
    result() {
      if (done) return combiner.result('finished');
      if (combiner.count() > 0) return combiner.result('stopped');
      // Stopped in the first replication: what it has measured so far.
      const partial = createCombiner(project, design, plan);
      partial.add(readReplication(engine, subjects, 0, false, batches?.read()));
      return partial.result('stopped');
    },
    samples: () => sampler.samples(),
    lastComponentId: () => plan.components[engine.lastComponent()]?.id ?? null,
  });
}

/** Runs single replications of a design, for hosts that spread them over threads; combine their parts with {@link combineParts}. */
export interface ReplicationRunner {
  /** Warm-up in ns that every replication leaves out; runs the pilot where it is automatic. */
  readonly warmUp: number;
  /** Runs replication `index` from beginning to end; `onProgress` is told the share of it that is done. */
  run(index: number, onProgress?: (share: number) => void): ReplicationPart;
}

/** `knownWarmUp` in ns saves threads the pilot that another has run. */
export function createReplicationRunner(project: Project, designId: string, knownWarmUp?: number): Result<ReplicationRunner, readonly Problem[]> {
  const made = benchOf(project, designId);
  if (!made.ok) return made;
  const { plan, engine } = made.value;
  const { seed, warmUpMs } = project.settings;
  const subjects = subjectsOf(plan);
  const toEnd = (onProgress?: (share: number) => void): boolean => {
    for (;;) {
      const status = engine.run(65_536);
      if (status === 'ended' || status === 'limit') return status === 'limit';
      onProgress?.(engine.now() / plan.duration);
    }
  };
  let warmUp = knownWarmUp ?? (warmUpMs === 'auto' ? 0 : Math.floor(warmUpMs * NS_PER_MS + 0.5));
  if (knownWarmUp === undefined && warmUpMs === 'auto') {
    engine.reset(seed, 0, 0);
    if (!toEnd()) warmUp = transientEnd(engine, plan);
  }
  return ok({
    warmUp,
    run(index, onProgress) {
      engine.reset(seed, index, warmUp);
      const limited = toEnd(onProgress);
      return readReplication(engine, subjects, index, limited);
    },
  });
}

/** The result of a run from its parts, which must be complete and in the order of their index. Equal to that of a session. */
export function combineParts(project: Project, designId: string, parts: Iterable<ReplicationPart>): Result<RunResult, readonly Problem[]> {
  const plan = compile(project, designId);
  if (!plan.ok) return plan;
  const design = project.designs.find((candidate) => candidate.id === designId);
  invariant(design !== undefined, 'compile has found the design');
  const combiner = createCombiner(project, design, plan.value);
  for (const part of parts) {
    combiner.add(part);
    // A session ends at the first replication that reaches a limit; so does this.
    if (part.limited) break;
  }
  return ok(combiner.result('finished'));
}
