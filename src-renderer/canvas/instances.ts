import { formatNumber } from '../../src-shared/base/format';
import { INSTANCE_STATES } from '../../src-shared/engine/names';
import { NO_PRIMARY } from '../../src-shared/run/frame';
import type { LiveInstances } from '../run/live';

export type InstanceState = (typeof INSTANCE_STATES)[number];

/** States in the order in which a summary tells them: what works first, then what is on its way, then what is wrong. */
const TOLD: readonly InstanceState[] = ['up', 'draining', 'starting', 'paused', 'down', 'off'];

/** State of an instance by name; after the run `off` for one that never was up, and `up` for all others. */
export function stateOf(instances: LiveInstances, index: number): InstanceState {
  if (instances.upShares !== null) return instances.upShares[index] === 0 ? 'off' : 'up';
  return INSTANCE_STATES[instances.states?.[index] ?? 0] ?? 'up';
}

/** How many instances are in each state, those that occur, in the order of the summary. */
export function countStates(instances: LiveInstances): readonly { readonly state: InstanceState; readonly count: number }[] {
  const counts = new Map<InstanceState, number>();
  for (let index = 0; index < instances.present.length; index++) {
    const state = stateOf(instances, index);
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return TOLD.flatMap((state) => {
    const count = counts.get(state) ?? 0;
    return count === 0 ? [] : [{ state, count }];
  });
}

/** Which instance leads, where they are copies of the same data. */
function primaryWords({ primary }: LiveInstances): readonly string[] {
  if (primary === null) return [];
  return [primary === NO_PRIMARY ? 'no primary' : `instance ${primary + 1} is the primary`];
}

/** `37 of 40 up`, after the run as a mean over time; and what the others do where it is not that they are off: `37 of 40 up, 2 starting, 1 down`. Of copies also which leads. */
export function summariseStates(instances: LiveInstances): string {
  const { upShares } = instances;
  if (upShares !== null) {
    const mean = upShares.reduce((sum, share) => sum + share, 0);
    return `${formatNumber(mean)} of ${upShares.length} up${Number.isInteger(mean) ? '' : ' in the mean'}`;
  }
  const counts = countStates(instances);
  const up = counts.find(({ state }) => state === 'up')?.count ?? 0;
  const others = counts.filter(({ state }) => state !== 'up' && state !== 'off').map(({ state, count }) => `${count} ${state}`);
  return [`${up} of ${instances.present.length} up`, ...others, ...primaryWords(instances)].join(', ');
}

/** How full an instance is: 0 empty, 1 all servers busy, above that requests wait. */
export function loadOf(present: number, servers: number): number {
  return Number.isFinite(present) ? Math.max(0, present) / Math.max(1, servers) : 0;
}

/** The same in steps, for colours. */
export function loadStep(load: number): 'idle' | 'light' | 'busy' | 'queueing' | 'swamped' {
  if (load <= 0) return 'idle';
  if (load < 1) return 'light';
  if (load <= 2) return 'busy';
  return load <= 8 ? 'queueing' : 'swamped';
}
