import { createStore } from 'zustand/vanilla';
import type { Trace, TraceOptions, TraceSet } from '../../src-shared/protocol/trace';
import { DEFAULT_TRACE_OPTIONS } from '../../src-shared/protocol/trace';
import type { TracedFault } from '../../src-shared/protocol/trace-messages';
import { type TraceRunInWorker, traceRun } from '../bridge/traces';
import { runStore } from '../run/run';
import type { RunState } from '../run/run-state';
import { poorExample, traceAt, traceFailed, traceNear } from './trace-rows';
import { type TraceWish, wishStore } from './trace-wish';

/** Everything that the page of traces knows. */
export interface TracesState {
  readonly phase: 'none' | 'tracing' | 'ready' | 'stopped';
  /** Of the run named by `key`; older traces stay on display while new ones are made. */
  readonly set: TraceSet | null;
  /** The run and how far it had come when it was traced. */
  readonly key: string;
  /** Share that is done, 0..1, and wall time left in ms; null before it can be told. */
  readonly progress: number;
  readonly leftMs: number | null;
  /** Why there are no traces, in words. */
  readonly message: string | null;
  /** Share of all requests that is sampled, 0..1. */
  readonly sampleRate: number;
  /** Number of the request on display. */
  readonly selected: number | null;
}

/** The traces of the window. */
export const tracesStore = createStore<TracesState>()(() => ({
  phase: 'none',
  set: null,
  key: '',
  progress: 0,
  leftMs: null,
  message: null,
  sampleRate: 0,
  selected: null,
}));

let abort: AbortController | null = null;

/** Names a run and how far it has come. */
export function traceKey({ runId, result, simulatedMs, replication }: RunState): string {
  return result !== null ? `${runId}/over` : replication > 0 ? `${runId}/first` : `${runId}/${simulatedMs}`;
}

/** Why the run on display cannot be traced now, in words; null: it can. */
export function traceObstacle({ phase, project, result }: RunState): string | null {
  if (project === null || phase === 'idle') return 'There is no run yet.';
  if (phase === 'running' || phase === 'starting') return 'Pause the run, or wait until it has ended.';
  if (phase === 'refused') return 'The design could not run.';
  return phase === 'paused' || result !== null ? null : 'The run was lost.';
}

/** When the faults that were injected by hand were active in the first replication, by what happened in it. */
export function injectedFaults({ injected, journal }: Pick<RunState, 'injected' | 'journal'>): TracedFault[] {
  return injected.flatMap((fault): TracedFault[] => {
    const begin = journal.find((event) => event.type === 'fault-begins' && event.faultId === fault.id);
    const end = journal.find((event) => event.type === 'fault-ends' && event.faultId === fault.id);
    return begin === undefined ? [] : [{ fault, beginMs: begin.atMs, endMs: end?.atMs ?? null }];
  });
}

/** What is asked of the tracing of a run: its own percentiles, and a latency that somebody wants to see. */
export function optionsFor(run: RunState, sampleRate: number, latencyMs: number | null): TraceOptions {
  const { result, project } = run;
  const { latencyP50Ms, latencyP95Ms, latencyP99Ms, latencyP999Ms, latencyMaxMs } = result?.endToEnd.metrics ?? {};
  const near = [latencyP50Ms, latencyP95Ms, latencyP99Ms, latencyP999Ms, latencyMaxMs, latencyMs].filter((ms) => typeof ms === 'number');
  const warmUp = project?.settings.warmUpMs;
  const stoppedAt = result === null ? (run.replication > 0 ? null : run.simulatedMs) : result.ended === 'stopped' ? result.simulatedMs : null;
  return {
    ...DEFAULT_TRACE_OPTIONS,
    nearMs: [...new Set(near)],
    sampleRate,
    warmUpMs: result?.warmUpMs ?? (typeof warmUp === 'number' ? warmUp : 0),
    untilMs: stoppedAt,
  };
}

/** Repeats the run on display and keeps traces of it. What went wrong is told in the state. `trace`: does the work. */
export async function traceNow(trace: TraceRunInWorker = traceRun): Promise<void> {
  const run = runStore.getState();
  const obstacle = traceObstacle(run);
  if (obstacle !== null || run.project === null || run.designId === null) {
    tracesStore.setState({ message: obstacle });
    return;
  }
  abort?.abort();
  const own = new AbortController();
  abort = own;
  const key = traceKey(run);
  const { sampleRate } = tracesStore.getState();
  const { wish } = wishStore.getState();
  const begun = performance.now();
  tracesStore.setState({ phase: 'tracing', progress: 0, leftMs: null, message: null });
  const outcome = await trace(
    {
      type: 'trace',
      project: run.project,
      designId: run.designId,
      options: optionsFor(run, sampleRate, wish?.type === 'near' ? wish.latencyMs : null),
      faults: injectedFaults(run),
    },
    (share) => {
      const spent = performance.now() - begun;
      tracesStore.setState({ progress: share, leftMs: spent > 700 && share > 0 ? (spent / share) * (1 - share) : null });
    },
    own.signal,
  );
  if (abort !== own) return;
  abort = null;
  const stop = (message: string | null): void =>
    tracesStore.setState({ phase: tracesStore.getState().set === null ? 'none' : 'stopped', message, leftMs: null });
  switch (outcome.outcome) {
    case 'done':
      tracesStore.setState({ phase: 'ready', set: outcome.traces, key, selected: null, leftMs: null });
      meetWish(true);
      return;
    case 'refused':
      stop(`The run could not be repeated: ${outcome.problems[0]?.message ?? 'the engine refused the design.'}`);
      return;
    case 'failed':
      stop(`Tracing ended by a fault of the program: ${outcome.why} The run and its numbers are not touched; try again.`);
      return;
    case 'cancelled':
      stop(null);
  }
}

/** Ends tracing; what was traced before stays. */
export function cancelTracing(): void {
  abort?.abort();
}

/** Shows a request; null: none. */
export function selectTrace(number: number | null): void {
  tracesStore.setState({ selected: number });
}

/** The request on display, and where tracing ended (ns). */
export function selectedTrace({ set, selected }: TracesState): Trace | null {
  return selected === null ? null : (set?.traces.find(({ number }) => number === selected) ?? null);
}

/** Whether the traces on display are of the run on display, as far as it has come. */
export function isFresh({ set, key }: TracesState, run: RunState): boolean {
  return set !== null && key === traceKey(run);
}

function pick(set: TraceSet, wish: TraceWish): Trace | null {
  if (wish.type === 'at') return traceAt(set, wish.simulatedMs);
  return wish.type === 'near' ? traceNear(set, wish.latencyMs) : traceFailed(set, wish.reason);
}

/** Shows the request that somebody has asked for; traces the run first where that has not been done. */
function meetWish(traced: boolean): void {
  const { wish } = wishStore.getState();
  if (wish === null) return;
  const state = tracesStore.getState();
  const run = runStore.getState();
  const found = state.set === null || !isFresh(state, run) ? null : pick(state.set, wish);
  const poor = found !== null && wish.type === 'near' ? poorExample(found, wish.latencyMs) : null;
  if (found !== null && (traced || poor === null)) {
    wishStore.setState({ wish: null });
    tracesStore.setState({ selected: found.number, message: poor });
  } else if (traced) {
    wishStore.setState({ wish: null });
    tracesStore.setState({ message: 'No request of the first replication fits what was asked for.' });
  } else if (traceObstacle(run) === null) void traceNow();
  else tracesStore.setState({ message: traceObstacle(run) });
}

wishStore.subscribe(({ wish }, before) => {
  if (wish !== null && wish !== before.wish) meetWish(false);
});

// Traces of a document or run that is gone must not stay behind; those of an earlier state of the same run are marked as old.
runStore.subscribe((state, before) => {
  if (state.runId === before.runId) return;
  abort?.abort();
  abort = null;
  wishStore.setState({ wish: null });
  tracesStore.setState({ phase: 'none', set: null, key: '', selected: null, message: null, leftMs: null });
});
