import { targetName } from '../faults/effects';
import { runFaultsStore } from '../run/active-faults';
import { runStore } from '../run/run';
import type { EventNames } from './events';

/** Names of the parts, links and faults as they were called when the run began. */
export function eventNames(): EventNames {
  const { project, designId } = runStore.getState();
  const design = project?.designs.find(({ id }) => id === designId);
  const name = (id: string): string => (design === undefined ? id : targetName(design, id));
  return { component: name, link: name, fault: (id) => runFaultsStore.getState().known.get(id)?.name ?? id };
}
