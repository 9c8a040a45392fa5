import { IconBulb } from '@tabler/icons-react';
import type { Action } from '../app/actions/action';
import { focusPane } from '../app/panes';
import { runStore } from '../run/run';
import { isActive } from '../run/run-state';
import { adviceStore, findAdvice } from './advice';

/** Actions on advice. */
export const adviceActions: readonly Action[] = [
  {
    id: 'advice.find',
    group: 'Run',
    title: 'Find advice',
    keywords: 'bottleneck improve optimise recommend single point of failure cheaper faster',
    shortcuts: [],
    scope: 'window',
    icon: IconBulb,
    enabled: () => !isActive(runStore.getState().phase) && !adviceStore.getState().running,
    run: () => {
      findAdvice();
      focusPane('results');
    },
  },
];
