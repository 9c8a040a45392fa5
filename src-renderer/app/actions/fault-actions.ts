import { IconListDetails, IconTimeline } from '@tabler/icons-react';
import { EFFECT_TYPES, EFFECTS, type EffectType, effectsFor } from '../../faults/effects';
import { addFaultHere, isPossible } from '../../faults/fault-actions';
import { injectHere } from '../../faults/inject';
import { goToDockTab } from '../../results/dock-store';
import { runStore } from '../../run/run';
import { activeDesign, uiStore } from '../ui-store';
import type { Action } from './action';

/** The one selected part or link that an effect fits. */
function selectedTarget(type: EffectType): string | undefined {
  const design = activeDesign();
  const { selection } = uiStore.getState();
  const [id] = selection;
  return design !== undefined && id !== undefined && selection.length === 1 && effectsFor(design, id).includes(type) ? id : undefined;
}

/** Whether a run of the design on display can take a fault now. */
function takesFaults(): boolean {
  const { phase, designId } = runStore.getState();
  return (phase === 'running' || phase === 'paused') && designId === activeDesign()?.id;
}

/** Actions on faults: put them on the timeline, inject them into the run under way, and see what they did. */
export const faultActions: readonly Action[] = [
  {
    id: 'fault.timeline',
    group: 'Faults',
    title: 'Show the timeline of faults',
    keywords: 'failures outage chaos',
    shortcuts: [],
    scope: 'window',
    icon: IconTimeline,
    enabled: () => true,
    run: () => goToDockTab('timeline'),
  },
  {
    id: 'fault.events',
    group: 'Faults',
    title: 'Show the events of the run',
    keywords: 'log journal history',
    shortcuts: [],
    scope: 'window',
    icon: IconListDetails,
    enabled: () => true,
    run: () => goToDockTab('events'),
  },
  ...EFFECT_TYPES.flatMap((type): Action[] => {
    const { title, help, icon } = EFFECTS[type];
    return [
      {
        id: `fault.add.${type}`,
        group: 'Faults',
        title: `Add fault: ${title.toLowerCase()} …`,
        keywords: `failure chaos ${help}`,
        shortcuts: [],
        scope: 'window',
        icon,
        enabled: () => {
          const design = activeDesign();
          return design !== undefined && isPossible(design, type);
        },
        run: () => addFaultHere(type),
      },
      {
        id: `fault.inject.${type}`,
        group: 'Faults',
        title: `Inject into the selection now: ${title.toLowerCase()}`,
        keywords: `failure chaos live ${help}`,
        shortcuts: [],
        scope: 'window',
        icon,
        enabled: () => takesFaults() && selectedTarget(type) !== undefined,
        run: () => {
          const target = selectedTarget(type);
          if (target !== undefined) injectHere(type, target);
        },
      },
    ];
  }),
];
