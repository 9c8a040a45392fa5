import type { StepUnit } from '../../src-shared/protocol/messages';
import type { FromTravel, RunPlace, TravelPicture, TravelTarget } from '../../src-shared/protocol/time-travel-messages';
import { neighbourMs, travelGrid } from '../../src-shared/run/travel-grid';
import type { StartTravelWorker, TravelWorker } from '../bridge/time-travel';
import type { RunState } from '../run/run-state';
import { PRESENT, pastStore } from './past-store';
import { injectedAgain, type Reach, reachOf } from './reach';

/** What looking back needs of its surroundings; tests give others. */
export interface TravelHost {
  readonly startWorker: StartTravelWorker;
  /** Wall time in ms. */
  readonly now: () => number;
  readonly run: () => RunState;
  /** Takes the names of the parts, in the order of the frames. */
  readonly begin: (componentIds: readonly string[], linkIds: readonly string[], instanceCounts: readonly number[]) => void;
  /** Shows a place of the past, or the present again. */
  readonly show: (picture: TravelPicture | null) => void;
}

/** Moves the window through the past of the run. */
export interface Travel {
  /** Goes to an instant or event. Outside the run is its nearest end; the end is the present. */
  readonly goTo: (target: Exclude<TravelTarget, { by: 'step' }>) => void;
  /** Steps from the place on display. While a jump by events or requests is under way, another one waits for the next press. */
  readonly step: (unit: StepUnit, back: boolean) => void;
  /** By so many intervals of the charts from the place on display, or from where a jump leads to. */
  readonly byIntervals: (count: number) => void;
  /** Back to the present. What is prepared stays at hand. */
  readonly leave: () => void;
  /** Starts what makes the first jump short, where that has not happened yet. */
  readonly prepare: () => void;
  /** The run has gone on or is another: back to the present, and nothing that was prepared counts any more. */
  readonly forget: () => void;
}

/** Jumps that take longer than this tell how far they are, in ms. */
const TELL_AFTER_MS = 150;
/** More events than any run has. */
const ALL_EVENTS = Number.MAX_SAFE_INTEGER;
/** Steps that are asked for while a jump is under way, and taken after it. */
const MOST_WAITING = 100;

/** Makes what moves the window through the past. */
export function createTravel(host: TravelHost): Travel {
  const { getState, setState } = pastStore;
  let worker: TravelWorker | null = null;
  /** Number of the latest jump, and when it began. */
  let seekId = 0;
  let startedAt = 0;
  let waiting: { readonly unit: StepUnit; readonly back: boolean }[] = [];

  const close = (): void => {
    worker?.close();
    worker = null;
    waiting = [];
  };

  const leave = (): void => {
    seekId++;
    waiting = [];
    host.show(null);
    setState({ place: null, wantedMs: null, isJumping: false, share: null, failure: null });
  };

  const fail = (why: string): void => {
    close();
    seekId++;
    setState({ wantedMs: null, isJumping: false, share: null, preparedMs: 0, checkPoints: 0, failure: why });
  };

  const receive = (message: FromTravel): void => {
    switch (message.type) {
      case 'opened':
        host.begin(message.componentIds, message.linkIds, message.instanceCounts);
        return;
      case 'refused':
        fail(message.problems[0]?.message ?? 'The run cannot be repeated.');
        return;
      case 'bug':
        fail(message.message);
        return;
      case 'prepared':
        setState({ preparedMs: message.ms, checkPoints: message.checkPoints });
        return;
      case 'progress':
        if (message.seekId === seekId && host.now() - startedAt >= TELL_AFTER_MS) setState({ share: message.share });
        return;
      case 'reached': {
        if (message.seekId !== seekId) return;
        const { picture } = message;
        const tookMs = host.now() - startedAt;
        if (picture.atEnd) {
          leave();
          setState({ tookMs });
          return;
        }
        host.show(picture);
        setState({ place: picture.place, wantedMs: null, isJumping: false, share: null, tookMs, failure: null });
        const next = waiting.shift();
        if (next !== undefined) takeStep(next.unit, next.back);
        return;
      }
    }
  };

  /** The worker for the run as it stands, started where there is none. */
  const opened = (): TravelWorker | null => {
    const state = host.run();
    const far = reachOf(state);
    if (typeof far === 'string' || state.project === null || state.designId === null) return null;
    if (worker !== null) return worker;
    const fresh: TravelWorker = host.startWorker(
      (message) => {
        if (worker === fresh) receive(message);
      },
      (why) => {
        if (worker === fresh) fail(`The worker that repeats the run has ended. ${why}`);
      },
    );
    worker = fresh;
    const { durationMs } = state.project.settings;
    fresh.post({
      type: 'open',
      project: state.project,
      designId: state.designId,
      injected: [...injectedAgain(state.injected, state.journal, durationMs)],
      end: { ms: far.ms, events: far.events },
    });
    return fresh;
  };

  const jump = (target: TravelTarget, wantedMs: number | null): void => {
    const line = opened();
    if (target.by !== 'step') waiting = [];
    if (line === null) return;
    seekId++;
    startedAt = host.now();
    setState({ isJumping: true, wantedMs, share: null, failure: null });
    line.post({ type: 'seek', seekId, target });
  };

  const toTime = (ms: number): void => {
    const far = reachOf(host.run());
    if (typeof far === 'string') return;
    if (ms >= far.ms) leave();
    else jump({ by: 'time', ms: Math.max(0, ms) }, Math.max(0, ms));
  };

  /** Where a step begins: the place on display, or as far as the run came. */
  const here = (far: Reach): RunPlace => getState().place ?? { ms: far.ms, events: far.events ?? ALL_EVENTS };

  const byIntervals = (count: number): void => {
    const state = host.run();
    const far = reachOf(state);
    if (typeof far === 'string' || state.project === null) return;
    const grid = travelGrid(state.project.settings);
    let ms = getState().wantedMs ?? here(far).ms;
    for (let left = Math.abs(count); left > 0; left--) {
      const next = neighbourMs(grid, ms, count < 0);
      if (next === null) break;
      ms = next;
    }
    toTime(ms);
  };

  const takeStep = (unit: StepUnit, back: boolean): void => {
    const far = reachOf(host.run());
    if (typeof far === 'string') return;
    const { place, isJumping } = getState();
    if (unit === 'interval') {
      if (place !== null || back) byIntervals(back ? -1 : 1);
    } else if (isJumping) {
      if (waiting.length < MOST_WAITING) waiting.push({ unit, back });
    } else if (place !== null || back) jump({ by: 'step', unit, back, from: here(far) }, null);
    // Otherwise there is nothing: after the present comes no step.
  };

  return {
    goTo: (target) => {
      if (target.by === 'time') toTime(target.ms);
      else jump(target, null);
    },
    step: takeStep,
    byIntervals,
    leave,
    prepare: () => {
      if (worker === null && getState().failure === null) opened()?.post({ type: 'prepare' });
    },
    forget: () => {
      if (worker === null && getState() === PRESENT) return;
      close();
      seekId++;
      host.show(null);
      setState(PRESENT);
    },
  };
}
