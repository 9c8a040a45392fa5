import { createStore } from 'zustand/vanilla';
import { instantsOf } from '../../src-shared/analysis/waterfall';
import type { Trace } from '../../src-shared/protocol/trace';
import { litStore } from './lit';
import { tracesStore } from './traces-store';

/** Where the replay of the request on display stands. */
export interface ReplayState {
  /** Simulated time, ns; null: it has not been begun. */
  readonly atNs: number | null;
  readonly playing: boolean;
  /** Whether work that goes on after the end of the request, in vain, is shown and replayed too. */
  readonly whole: boolean;
  /** 1: the whole request takes REPLAY_MS of wall time. */
  readonly speed: number;
}

/** Wall time of a replay at speed 1, ms. */
export const REPLAY_MS = 8000;
/** With reduced motion the replay goes from one happening to the next, this many ms apart at speed 1. */
const STEP_MS = 900;

/** The replay of the window. */
export const replayStore = createStore<ReplayState>()(() => ({ atNs: null, playing: false, whole: false, speed: 1 }));

/** First and last instant of a request; `whole`: with the work that goes on after its end. */
export function boundsOf(trace: Trace, untilNs: number, whole: boolean): readonly [number, number] {
  let last = trace.endNs ?? untilNs;
  if (!whole) return [trace.beginNs, last];
  for (const { endNs } of trace.spans) last = Math.max(last, endNs ?? untilNs);
  return [trace.beginNs, last];
}

function bounds(): readonly [number, number] | null {
  const { trace } = litStore.getState();
  const { set } = tracesStore.getState();
  return trace === null || set === null ? null : boundsOf(trace, set.simulatedMs * 1e6, replayStore.getState().whole);
}

/** Whether the person has asked for little motion. */
function isCalm(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}

let before = 0;

/** Moves the replay on by the wall time that has passed; at its end it stands still. */
function tick(now: number): void {
  const { atNs, playing, speed } = replayStore.getState();
  const range = bounds();
  if (!playing || atNs === null || range === null) return;
  const spent = now - before;
  if (isCalm()) {
    if (spent >= STEP_MS / speed) {
      before = now;
      stepReplay(1, true);
    }
  } else {
    before = now;
    const next = atNs + ((range[1] - range[0]) * spent * speed) / REPLAY_MS;
    replayStore.setState(next >= range[1] ? { atNs: range[1], playing: false } : { atNs: next });
  }
  if (replayStore.getState().playing) requestAnimationFrame(tick);
}

/** Plays from where it stands, or from the beginning where it is over; pauses where it plays. */
export function toggleReplay(): void {
  const { atNs, playing } = replayStore.getState();
  const range = bounds();
  if (range === null) return;
  if (playing) {
    replayStore.setState({ playing: false });
    return;
  }
  before = performance.now();
  replayStore.setState({ atNs: atNs === null || atNs >= range[1] ? range[0] : atNs, playing: true });
  requestAnimationFrame(tick);
}

/** Goes to an instant (ns). */
export function seekReplay(atNs: number): void {
  const range = bounds();
  if (range !== null) replayStore.setState({ atNs: Math.min(range[1], Math.max(range[0], atNs)) });
}

/** Goes to the next (1) or the previous (-1) instant at which something happens. It stops there, unless it plays in steps. */
export function stepReplay(by: 1 | -1, playing = false): void {
  const { trace } = litStore.getState();
  const range = bounds();
  if (trace === null || range === null) return;
  const atNs = replayStore.getState().atNs ?? range[0];
  const instants = instantsOf(trace);
  const next = by === 1 ? instants.find((instant) => instant > atNs && instant <= range[1]) : instants.findLast((instant) => instant < atNs);
  replayStore.setState({ atNs: next ?? (by === 1 ? range[1] : range[0]), playing: playing && next !== undefined && next < range[1] });
}

/** Shows and replays work in vain as well, or the request alone. */
export function setWhole(whole: boolean): void {
  replayStore.setState({ whole });
  const { atNs } = replayStore.getState();
  if (atNs !== null) seekReplay(atNs);
}

/** Slower or faster. */
export function setReplaySpeed(speed: number): void {
  replayStore.setState({ speed });
}

litStore.subscribe((state, previous) => {
  if (state.trace !== previous.trace) replayStore.setState({ atNs: null, playing: false });
});
