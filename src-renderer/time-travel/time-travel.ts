import type { StepUnit } from '../../src-shared/protocol/messages';
import { uiStore } from '../app/ui-store';
import { startTravelWorker } from '../bridge/time-travel';
import { documentStore } from '../document/document-store';
import { modelText } from '../run/model-of';
import { liveStore, pastLive, runStore } from '../run/run';
import { pastStore } from './past-store';
import { reachOf } from './reach';
import { createTravel } from './travel';

/** Moves the window through the past of the run on display. */
export const travel = createTravel({
  startWorker: startTravelWorker,
  now: () => performance.now(),
  run: runStore.getState,
  begin: (componentIds, linkIds, instanceCounts) => pastLive.begin(componentIds, linkIds, instanceCounts, runStore.getState().series.telemetryLinks),
  show: (picture) => {
    if (picture !== null) pastLive.showMoment(picture.frames, picture.sinceMs);
    liveStore.showPast(picture !== null);
  },
});

/** Whether the window shows the past. */
export function isLookingBack(): boolean {
  return pastStore.getState().place !== null;
}

/** Whether one can look back at the run on display: it is over or paused. */
export function canLookBack(): boolean {
  return typeof reachOf(runStore.getState()) !== 'string';
}

/** Goes back by one event, request or interval of the charts, in the past or from the present into it. */
export function stepBack(unit: StepUnit): void {
  travel.step(unit, true);
}

/** What one press of Step and of Step back is, chosen last. */
export function stepUnit(): StepUnit {
  return uiStore.getState().stepUnit;
}

runStore.subscribe((state, before) => {
  // A run that begins, goes on, is stepped or is stopped has another present; what was prepared ends at the old one.
  if (
    state.runId !== before.runId ||
    state.phase !== before.phase ||
    state.result !== before.result ||
    (state.phase === 'paused' && (state.simulatedMs !== before.simulatedMs || state.frame !== before.frame))
  )
    travel.forget();
});

documentStore.subscribe((state, before) => {
  const { designId } = runStore.getState();
  if (!isLookingBack() || state.project === before.project || designId === null) return;
  if (state.documentNumber !== before.documentNumber || modelText(state.project, designId) !== modelText(before.project, designId)) travel.leave();
});
