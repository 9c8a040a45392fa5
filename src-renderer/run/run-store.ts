import { createStore, type StoreApi } from 'zustand/vanilla';
import { createSmoother } from '../../src-shared/analysis/smoothing';
import type { Fault } from '../../src-shared/project/fault';
import type { Project } from '../../src-shared/project/project';
import type { FromEngine, Speed, StepUnit, ToEngine } from '../../src-shared/protocol/messages';
import type { Frame } from '../../src-shared/run/frame';
import type { EnginePort } from '../bridge/bridge';
import { type LiveStore, VISIBLE_WINDOW_MS } from './live-store';
import { type Crash, isActive, NO_PACE, type RunPhase, type RunState } from './run-state';
import { createSeriesBuffer, EMPTY_SERIES, type SeriesBuffer, seriesOfResult } from './series';

/** What the run store needs of its surroundings; tests give others. */
export interface RunHost {
  readonly connectEngine: () => Promise<EnginePort>;
  /** Wall time in ms. */
  readonly now: () => number;
  /** Calls back when the window draws next. */
  readonly onNextDraw: (callback: () => void) => void;
  readonly delay: (ms: number, callback: () => void) => void;
}

/** The run as a state machine, and what can be done with it. */
export interface RunStore extends StoreApi<RunState> {
  readonly start: (project: Project, designId: string, options?: { readonly paused?: boolean }) => Promise<void>;
  readonly pause: () => void;
  readonly resume: () => void;
  readonly step: (unit: StepUnit) => void;
  readonly stop: () => void;
  readonly setSpeed: (speed: Speed) => void;
  /** Lets a fault begin at once; without a length it lasts until it is cleared. */
  readonly injectFault: (fault: Fault) => void;
  /** Ends a fault that was injected. */
  readonly clearFault: (faultId: string) => void;
  readonly markStale: (stale: boolean) => void;
  /** Ends the run and forgets it, as when another document is opened. */
  readonly reset: () => void;
}

/** An engine that has not begun or ended its run by then hangs, and is ended. */
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 5000;
const PACE_COLUMNS = { requests: 0, events: 1, realTime: 2, frames: 3, progress: 4 } as const;

const IDLE: Omit<RunState, 'runId' | 'speed'> = {
  phase: 'idle',
  project: null,
  designId: null,
  simulatedMs: 0,
  wallMs: 0,
  replication: 0,
  progress: 0,
  leftMs: null,
  events: 0,
  pace: NO_PACE,
  frame: null,
  series: EMPTY_SERIES,
  seriesVersion: 0,
  journal: [],
  injected: [],
  refusal: null,
  result: null,
  samples: null,
  problems: [],
  crash: null,
  stale: false,
};

/** Makes the run store. Live numbers of parts go to `live`, whose subscribers are many; everything else is state. */
export function createRunStore(host: RunHost, live: LiveStore, speed: Speed): RunStore {
  const store = createStore<RunState>()(() => ({ ...IDLE, runId: 0, speed }));
  const { getState, setState } = store;
  let port: EnginePort | null = null;
  let buffer: SeriesBuffer | null = null;
  const pending: { readonly sequence: number; readonly frame: Frame; readonly arrivedMs: number }[] = [];
  let drawScheduled = false;
  const pace = createSmoother(Object.keys(PACE_COLUMNS).length, VISIBLE_WINDOW_MS);
  let lastFrameMs = 0;
  let beginsPaused = false;

  const post = (message: ToEngine): void => port?.post(message);

  const crash = (message: string, details: Partial<Crash> = {}): void => {
    const { project, simulatedMs } = getState();
    pending.length = 0;
    setState({
      phase: 'crashed',
      leftMs: null,
      pace: NO_PACE,
      crash: { message, seed: project?.settings.seed ?? 0, simulatedMs, componentId: null, ...details },
    });
  };

  const dropEngine = (): void => {
    port?.close();
    port = null;
  };

  /** Ends an engine that still has not done what was asked of it after a while. */
  const giveUpLater = (runId: number, ms: number, stillWaiting: (phase: RunPhase) => boolean): void => {
    host.delay(ms, () => {
      const { runId: current, phase } = getState();
      if (current !== runId || !stillWaiting(phase)) return;
      crash('The engine did not answer and was ended.');
      dropEngine();
    });
  };

  const takeFrame = (frame: Frame, arrivedMs: number): void => {
    const before = getState();
    const running = before.phase === 'running';
    const elapsedMs = running ? Math.max(0, arrivedMs - lastFrameMs) : 0;
    lastFrameMs = arrivedMs;
    // A new replication, or the first after a pilot, begins at time 0 again.
    const spanMs =
      frame.replication === before.replication && frame.simulatedMs >= before.simulatedMs ? frame.simulatedMs - before.simulatedMs : frame.simulatedMs;
    if (elapsedMs > 0) {
      pace.age(elapsedMs);
      pace.add(PACE_COLUMNS.requests, (frame.endToEnd.offeredPerS * spanMs) / elapsedMs, elapsedMs);
      pace.add(PACE_COLUMNS.events, ((frame.events - before.events) / elapsedMs) * 1000, elapsedMs);
      pace.add(PACE_COLUMNS.realTime, spanMs / elapsedMs, elapsedMs);
      pace.add(PACE_COLUMNS.frames, 1000 / elapsedMs, elapsedMs);
      pace.add(PACE_COLUMNS.progress, (frame.progress - before.progress) / elapsedMs, elapsedMs);
    }
    live.takeFrame(frame, arrivedMs, !running);
    if (frame.points.length > 0) buffer?.add(frame.points);
    const perMs = pace.value(PACE_COLUMNS.progress);
    const wallMs = before.wallMs + elapsedMs;
    setState({
      frame,
      simulatedMs: frame.simulatedMs,
      replication: frame.replication,
      progress: frame.progress,
      events: frame.events,
      wallMs,
      leftMs: wallMs > 700 && perMs > 0 ? (1 - frame.progress) / perMs : before.leftMs,
      seriesVersion: before.seriesVersion + (frame.points.length > 0 ? 1 : 0),
      ...(frame.journal.length > 0 && { journal: [...before.journal, ...frame.journal] }),
      pace: {
        requestsPerS: pace.value(PACE_COLUMNS.requests),
        eventsPerS: pace.value(PACE_COLUMNS.events),
        realTimeFactor: pace.value(PACE_COLUMNS.realTime),
        framesPerS: pace.value(PACE_COLUMNS.frames),
      },
    });
  };

  /** Takes what has come since the window was drawn last, and tells the engine that it may send more. */
  const draw = (): void => {
    for (const { frame, sequence, arrivedMs } of pending.splice(0)) {
      takeFrame(frame, arrivedMs);
      post({ type: 'ack', runId: getState().runId, sequence });
    }
  };

  const scheduleDraw = (): void => {
    if (drawScheduled) return;
    drawScheduled = true;
    host.onNextDraw(() => {
      drawScheduled = false;
      draw();
    });
  };

  const receive = (message: FromEngine): void => {
    const state = getState();
    if (message.runId !== state.runId || !isActive(state.phase)) return;
    switch (message.type) {
      case 'started':
        buffer = createSeriesBuffer(message);
        live.begin(message.componentIds, message.linkIds, message.instanceCounts, message.telemetryLinks);
        lastFrameMs = host.now();
        if (state.phase === 'starting') setState({ phase: beginsPaused ? 'paused' : 'running', series: buffer, seriesVersion: state.seriesVersion + 1 });
        else setState({ series: buffer, seriesVersion: state.seriesVersion + 1 });
        return;
      case 'refused':
        setState({ phase: 'refused', problems: message.problems, leftMs: null });
        return;
      case 'frame':
        pending.push({ sequence: message.sequence, frame: message.frame, arrivedMs: host.now() });
        scheduleDraw();
        return;
      case 'paused':
        draw();
        setState({ phase: 'paused', leftMs: null });
        return;
      case 'resumed':
        lastFrameMs = host.now();
        setState({ phase: 'running' });
        return;
      case 'finished': {
        draw();
        const { result, samples } = message;
        buffer = null;
        live.showResult(result);
        setState({
          phase: 'finished',
          result,
          samples,
          journal: result.journal,
          progress: result.ended === 'finished' ? 1 : getState().progress,
          simulatedMs: result.simulatedMs,
          events: result.events,
          leftMs: null,
          series: seriesOfResult(result.series),
          seriesVersion: getState().seriesVersion + 1,
        });
        return;
      }
      case 'injected':
        return;
      case 'injection-refused':
        setState({ injected: state.injected.filter((fault) => fault.id !== message.faultId), refusal: message.problem });
        return;
      case 'bug':
        draw();
        crash(message.message, { seed: message.seed, simulatedMs: message.simulatedMs, componentId: message.componentId });
        // What an engine does after a bug is anyone's guess: the next run has a fresh one.
        dropEngine();
        return;
    }
  };

  const connected = async (): Promise<EnginePort> => {
    if (port !== null) return port;
    const fresh = await host.connectEngine();
    port = fresh;
    fresh.onMessage((message) => {
      if (port === fresh) receive(message);
    });
    fresh.onExit((why) => {
      if (port !== fresh) return;
      port = null;
      if (isActive(getState().phase)) crash(why);
    });
    return fresh;
  };

  return {
    ...store,
    start: async (project, designId, { paused = false } = {}) => {
      const before = getState();
      if (isActive(before.phase)) return;
      const runId = before.runId + 1;
      pending.length = 0;
      buffer = null;
      beginsPaused = paused;
      pace.clear();
      live.clear();
      setState({ ...IDLE, phase: 'starting', runId, speed: before.speed, project, designId, seriesVersion: before.seriesVersion + 1 });
      try {
        const engine = await connected();
        if (getState().runId !== runId) return;
        engine.post({ type: 'start', runId, project, designId, speed: getState().speed, paused });
        giveUpLater(runId, START_TIMEOUT_MS, (phase) => phase === 'starting');
      } catch (error) {
        if (getState().runId === runId) crash(error instanceof Error ? error.message : String(error));
      }
    },
    pause: () => {
      if (getState().phase === 'running') post({ type: 'pause', runId: getState().runId });
    },
    resume: () => {
      if (getState().phase === 'paused') post({ type: 'resume', runId: getState().runId });
    },
    step: (unit) => {
      if (isActive(getState().phase)) post({ type: 'step', runId: getState().runId, unit });
    },
    stop: () => {
      const { phase, runId } = getState();
      if (!isActive(phase)) return;
      if (port === null) {
        // Nothing runs yet: the engine is still coming up, and will not be told to start.
        setState({ ...IDLE, runId: runId + 1 });
        return;
      }
      post({ type: 'stop', runId });
      giveUpLater(runId, STOP_TIMEOUT_MS, isActive);
    },
    setSpeed: (next) => {
      setState({ speed: next });
      if (isActive(getState().phase)) post({ type: 'speed', runId: getState().runId, speed: next });
    },
    injectFault: (fault) => {
      const { phase, runId, injected } = getState();
      if (phase !== 'running' && phase !== 'paused') return;
      setState({ injected: [...injected, fault], refusal: null });
      post({ type: 'inject', runId, fault });
    },
    clearFault: (faultId) => {
      const { phase, runId, injected, simulatedMs } = getState();
      if (!isActive(phase)) return;
      // What lasted until it was cleared now has a length, which later replications repeat.
      setState({
        injected: injected.map((fault) =>
          fault.id === faultId && fault.timing.type === 'once'
            ? { ...fault, timing: { ...fault.timing, lastsMs: Math.max(1, simulatedMs - fault.timing.atMs) } }
            : fault,
        ),
      });
      post({ type: 'clear', runId, faultId });
    },
    markStale: (stale) => {
      if (getState().stale !== stale) setState({ stale });
    },
    reset: () => {
      const { phase, runId, speed: kept, seriesVersion } = getState();
      if (isActive(phase)) dropEngine();
      pending.length = 0;
      buffer = null;
      live.clear();
      setState({ ...IDLE, runId: runId + 1, speed: kept, seriesVersion: seriesVersion + 1 });
    },
  };
}
