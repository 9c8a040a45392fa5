import type { Speed, StepUnit } from '../../src-shared/protocol/messages';
import { uiStore } from '../app/ui-store';
import { documentStore } from '../document/document-store';
import { isLookingBack, travel } from '../time-travel/time-travel';
import { runStore } from './run';
import { isActive } from './run-state';

/** Runs the design on display. */
export function startRun(): void {
  void runStore.start(documentStore.getState().project, uiStore.getState().activeDesignId);
}

/** What the space bar does: run, pause, go on. */
export function toggleRun(): void {
  const { phase } = runStore.getState();
  if (phase === 'running') runStore.pause();
  else if (phase === 'paused') runStore.resume();
  else if (!isActive(phase)) startRun();
}

/** Pauses the run, if it runs. */
export function pauseRun(): void {
  runStore.pause();
}

/**
 * Executes one event, one request or one interval, and pauses. Without a run, one is begun that stands at time 0 first. While one looks
 * back, the step leads through what has been simulated, towards the present.
 */
export function stepRun(unit: StepUnit): void {
  if (isLookingBack()) {
    travel.step(unit, false);
    return;
  }
  if (isActive(runStore.getState().phase)) {
    runStore.step(unit);
    return;
  }
  void runStore.start(documentStore.getState().project, uiStore.getState().activeDesignId, { paused: true }).then(() => runStore.step(unit));
}

/** Ends the run; what it has measured so far becomes its result. */
export function stopRun(): void {
  runStore.stop();
}

/** Simulated seconds per second of wall time, or as fast as possible. */
export function setRunSpeed(speed: Speed): void {
  runStore.setSpeed(speed);
}

/** Ends a fault that was injected into the run under way. */
export function clearFault(faultId: string): void {
  runStore.clearFault(faultId);
}
