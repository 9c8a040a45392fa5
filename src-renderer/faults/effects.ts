import {
  IconAlertOctagon,
  IconArrowsMaximize,
  IconBolt,
  IconClockPlus,
  IconMailX,
  IconPlayerPause,
  IconPlugConnectedX,
  IconSnail,
  IconTrendingUp,
  IconUnlink,
  type TablerIcon,
} from '@tabler/icons-react';
import { choice, duration, flag, machine, number, type ParamSet, probability } from '../../src-shared/kinds/params';
import { kindOf } from '../../src-shared/kinds/registry';
import { EFFECT_TITLES, targetName } from '../../src-shared/project/describe-fault';
import { type FaultEffectRecord, faultEffectSchema } from '../../src-shared/project/fault';
import { fittingEffects } from '../../src-shared/project/fault-problems';
import type { Component, Design, Project } from '../../src-shared/project/project';
import { findRecord } from '../document/records';

export { describeEffect, describeFault, targetName } from '../../src-shared/project/describe-fault';

export type EffectType = FaultEffectRecord['type'];

/** How an effect looks, what it asks for, and where it fits. */
export interface EffectLook {
  readonly title: string;
  /** One word for a mark on the canvas. */
  readonly word: string;
  readonly help: string;
  readonly icon: TablerIcon;
  readonly on: 'component' | 'link';
  /** Its values, declared as parameters are, so that the same fields edit them. */
  readonly fields: ParamSet;
}

const plain = { group: '', provenance: '' } as const;
const restartMs = (title: string, help: string) => duration({ ...plain, title, default: 0, help });

/** Every effect of a fault, in the order in which they are offered. */
export const EFFECTS: Readonly<Record<EffectType, EffectLook>> = {
  crash: {
    title: EFFECT_TITLES.crash,
    word: 'crashed',
    help: 'The process is gone, and with it all requests that it had.',
    icon: IconBolt,
    on: 'component',
    fields: {
      silent: flag({
        ...plain,
        title: 'Silent',
        default: false,
        help: 'Nobody answers any more, as when a machine loses power: callers learn it by their timeout. Otherwise they are refused at once, as when only the process has died.',
      }),
      restartMs: restartMs('Restart takes', 'Time to start again once the fault is over.'),
    },
  },
  pause: {
    title: EFFECT_TITLES.pause,
    word: 'paused',
    help: 'Requests are accepted, but nothing is served: a long garbage collection, a frozen disk.',
    icon: IconPlayerPause,
    on: 'component',
    fields: {},
  },
  partition: {
    title: EFFECT_TITLES.partition,
    word: 'parted',
    help: 'The copy is parted from the other copies of the same data: no message gets through between them. Callers are on one side or the other.',
    icon: IconPlugConnectedX,
    on: 'component',
    fields: {
      callers: probability({
        ...plain,
        title: 'Callers with it',
        default: 0.3,
        help: 'Share of the requests that come from its side: they see this copy alone, all others see the rest.',
      }),
    },
  },
  slow: {
    title: EFFECT_TITLES.slow,
    word: 'slow',
    help: 'Service takes several times as long.',
    icon: IconSnail,
    on: 'component',
    fields: { factor: number({ ...plain, title: 'Slower by', unit: '×', default: 5, min: 1, max: 1e6, help: 'Service times are multiplied by this.' }) },
  },
  errors: {
    title: EFFECT_TITLES.errors,
    word: 'errors',
    help: 'A share of the requests fails at once.',
    icon: IconAlertOctagon,
    on: 'component',
    fields: { share: probability({ ...plain, title: 'Share', default: 0.5, help: 'Share of the requests that fail.' }) },
  },
  surge: {
    title: EFFECT_TITLES.surge,
    word: 'surge',
    help: 'The clients send several times as many requests.',
    icon: IconTrendingUp,
    on: 'component',
    fields: { factor: number({ ...plain, title: 'More by', unit: '×', default: 3, min: 0.001, max: 1e4, help: 'Request rates are multiplied by this.' }) },
  },
  resize: {
    title: EFFECT_TITLES.resize,
    word: 'resized',
    help: 'Moves to another machine of the ladder, and stays there: no fault, but a change that can be watched.',
    icon: IconArrowsMaximize,
    on: 'component',
    fields: {
      machine: machine({ ...plain, title: 'Machine', default: '', help: 'The machine that it runs on from then on.' }),
      restartMs: restartMs('Down for', 'Time for which it is gone meanwhile; 0 resizes it live.'),
    },
  },
  latency: {
    title: EFFECT_TITLES.latency,
    word: 'delayed',
    help: 'Every message takes longer, in both directions.',
    icon: IconClockPlus,
    on: 'link',
    fields: { addedMs: duration({ ...plain, title: 'Added', default: 100, help: 'Added to the time of every message.' }) },
  },
  loss: {
    title: EFFECT_TITLES.loss,
    word: 'lossy',
    help: 'A share of the messages is lost.',
    icon: IconMailX,
    on: 'link',
    fields: { share: probability({ ...plain, title: 'Share', default: 0.1, help: 'Share of the messages that are lost, beside what the link loses anyway.' }) },
  },
  cut: {
    title: EFFECT_TITLES.cut,
    word: 'cut',
    help: 'No message gets through.',
    icon: IconUnlink,
    on: 'link',
    fields: {
      direction: choice({
        ...plain,
        title: 'Direction',
        default: 'both',
        choices: [
          { value: 'both', title: 'both ways', help: 'Neither requests nor replies get through.' },
          { value: 'requests', title: 'requests only', help: 'Requests are lost; replies to earlier ones still arrive.' },
          { value: 'replies', title: 'replies only', help: 'Requests are served, but their replies are lost.' },
        ],
        help: 'What is lost.',
      }),
    },
  },
};
export const EFFECT_TYPES = Object.keys(EFFECTS) as readonly EffectType[];

/** The effects that every link can suffer. */
export const LINK_EFFECTS: readonly EffectType[] = EFFECT_TYPES.filter((type) => EFFECTS[type].on === 'link');

/** The effects that a component can suffer. */
export function componentEffects(component: Component): readonly EffectType[] {
  const kind = kindOf(component.kind);
  return kind === undefined ? [] : EFFECT_TYPES.filter((type) => fittingEffects({ kind }).includes(type));
}

/** The effects that a component or link of a design can suffer; none for what is neither. */
export function effectsFor(design: Design, targetId: string): readonly EffectType[] {
  const found = findRecord(design, targetId);
  if (found?.type === 'link') return LINK_EFFECTS;
  return found?.type === 'component' ? componentEffects(found.record) : [];
}

/** An effect with the values that it starts with. */
export function freshEffect(type: EffectType, project: Project): FaultEffectRecord {
  const values = Object.fromEntries(Object.entries(EFFECTS[type].fields).map(([key, field]) => [key, field.default]));
  return faultEffectSchema.parse({ type, ...values, ...(type === 'resize' && { machine: project.machines.at(-1)?.id ?? 'machine' }) });
}

/** Name that a new fault gets. */
export function faultName(type: EffectType, design: Design, targetId: string): string {
  return `${EFFECTS[type].title} of ${targetName(design, targetId)}`.slice(0, 110);
}
