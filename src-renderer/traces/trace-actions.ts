import { IconRoute } from '@tabler/icons-react';
import type { Action } from '../app/actions/action';
import { goToDockTab } from '../results/dock-store';
import { runStore } from '../run/run';
import { traceNow, traceObstacle } from './traces-store';

/** Actions on single requests. */
export const traceActions: readonly Action[] = [
  {
    id: 'trace.show',
    group: 'Run',
    title: 'Show traces of single requests',
    keywords: 'waterfall span slow latency why',
    shortcuts: [],
    scope: 'window',
    icon: IconRoute,
    enabled: () => true,
    run: () => goToDockTab('traces'),
  },
  {
    id: 'trace.run',
    group: 'Run',
    title: 'Trace this run',
    keywords: 'waterfall span slow requests record repeat',
    shortcuts: [],
    scope: 'window',
    icon: IconRoute,
    enabled: () => traceObstacle(runStore.getState()) === null,
    run: () => {
      goToDockTab('traces');
      void traceNow();
    },
  },
];
