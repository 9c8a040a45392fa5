import { IconPlayerPause, IconPlayerPlay, IconPlayerSkipForward, IconPlayerStop, IconPlayerTrackNext } from '@tabler/icons-react';
import { runStore } from '../../run/run';
import { pauseRun, startRun, stepRun, stopRun, toggleRun } from '../../run/run-actions';
import { isActive } from '../../run/run-state';
import type { Action } from './action';

const running = (): boolean => runStore.getState().phase === 'running';
const active = (): boolean => isActive(runStore.getState().phase);

/** Actions on the run. */
export const runActions: readonly Action[] = [
  {
    id: 'run.toggle',
    group: 'Run',
    title: 'Run or pause',
    keywords: 'play simulate start go on resume',
    shortcuts: ['space'],
    scope: 'canvas',
    icon: IconPlayerPlay,
    enabled: () => runStore.getState().phase !== 'starting',
    run: toggleRun,
  },
  {
    id: 'run.start',
    group: 'Run',
    title: 'Run',
    keywords: 'play simulate start go on resume',
    shortcuts: [],
    scope: 'window',
    icon: IconPlayerPlay,
    enabled: () => runStore.getState().phase === 'paused' || !active(),
    run: () => (runStore.getState().phase === 'paused' ? runStore.resume() : startRun()),
  },
  { id: 'run.pause', group: 'Run', title: 'Pause', shortcuts: [], scope: 'window', icon: IconPlayerPause, enabled: running, run: pauseRun },
  {
    id: 'run.step',
    group: 'Run',
    title: 'Step: one request',
    shortcuts: [],
    scope: 'window',
    icon: IconPlayerSkipForward,
    enabled: () => !running(),
    run: () => stepRun('request'),
  },
  {
    id: 'run.stepEvent',
    group: 'Run',
    title: 'Step: one event',
    shortcuts: [],
    scope: 'window',
    icon: IconPlayerSkipForward,
    enabled: () => !running(),
    run: () => stepRun('event'),
  },
  {
    id: 'run.stepInterval',
    group: 'Run',
    title: 'Step: one interval of the charts',
    shortcuts: [],
    scope: 'window',
    icon: IconPlayerTrackNext,
    enabled: () => !running(),
    run: () => stepRun('interval'),
  },
  { id: 'run.stop', group: 'Run', title: 'Stop', keywords: 'end', shortcuts: [], scope: 'window', icon: IconPlayerStop, enabled: active, run: stopRun },
];
