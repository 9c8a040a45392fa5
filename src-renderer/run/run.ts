import { useStore } from 'zustand';
import type { Speed } from '../../src-shared/protocol/messages';
import { speedSchema } from '../../src-shared/protocol/messages';
import { uiStore } from '../app/ui-store';
import { bridge } from '../bridge/bridge';
import { documentStore } from '../document/document-store';
import { layerLive } from '../time-travel/layered-live';
import { createLiveStore } from './live-store';
import { modelText } from './model-of';
import { isActive, type RunState } from './run-state';
import { createRunStore } from './run-store';

const SPEED_KEY = 'topolab.speed';
/** Ten times real time: a minute of the model passes in six seconds, slow enough to watch. */
const DEFAULT_SPEED: Speed = 10;
/** A hidden window does not draw, but its run goes on. */
const HIDDEN_DRAW_MS = 200;
const STALE_DELAY_MS = 150;

function storedSpeed(): Speed {
  try {
    const parsed = speedSchema.safeParse(JSON.parse(localStorage.getItem(SPEED_KEY) ?? 'null'));
    return parsed.success ? parsed.data : DEFAULT_SPEED;
  } catch {
    return DEFAULT_SPEED;
  }
}

/** Calls back with the next picture, or a little later where none is drawn. */
function onNextDraw(callback: () => void): void {
  let done = false;
  const once = (): void => {
    if (done) return;
    done = true;
    clearTimeout(timer);
    cancelAnimationFrame(frame);
    callback();
  };
  const timer = setTimeout(once, HIDDEN_DRAW_MS);
  const frame = requestAnimationFrame(once);
}

/** Numbers of the parts at an earlier place of the run, shown in the place of the live ones while one looks back. */
export const pastLive = createLiveStore();

/** Live numbers of the parts of the run, or those of the past while one looks back. */
export const liveStore = layerLive(createLiveStore(), pastLive);

/** The one run of the window. */
export const runStore = createRunStore(
  { connectEngine: () => bridge.connectEngine(), now: () => performance.now(), onNextDraw, delay: (ms, callback) => void setTimeout(callback, ms) },
  liveStore,
  storedSpeed(),
);

/** Selects from the run in a component; the selector must give a stable value. */
export function useRun<T>(selector: (state: RunState) => T): T {
  return useStore(runStore, selector);
}

let staleTimer: ReturnType<typeof setTimeout> | undefined;

/** Compares the document with the model that ran. */
function checkStale(): void {
  const { project, designId, phase } = runStore.getState();
  if (project === null || designId === null || !(isActive(phase) || phase === 'finished')) return;
  const current = documentStore.getState().project;
  runStore.markStale(current !== project && modelText(current, designId) !== modelText(project, designId));
}

documentStore.subscribe((state, before) => {
  if (state.documentNumber !== before.documentNumber) runStore.reset();
  else if (state.project !== before.project && runStore.getState().project !== null) {
    clearTimeout(staleTimer);
    staleTimer = setTimeout(checkStale, STALE_DELAY_MS);
  }
});

function checkVisible(): void {
  const { designId } = runStore.getState();
  liveStore.setVisible(designId === null || designId === uiStore.getState().activeDesignId);
}
uiStore.subscribe((state, before) => {
  if (state.activeDesignId !== before.activeDesignId) checkVisible();
});
runStore.subscribe((state, before) => {
  if (state.designId !== before.designId) checkVisible();
  if (state.speed !== before.speed) localStorage.setItem(SPEED_KEY, JSON.stringify(state.speed));
});
