import type { JournalEntry } from '../engine/journal';
import { INSTANCE_STATES } from '../engine/layout';
import type { Plan } from '../engine/plan';
import type { RunEvent } from './result';

/** An entry of the engine's journal by the names of the project. `faultIds`: of the plan's faults, then of those injected live. */
export function runEventOf(plan: Plan, faultIds: readonly string[], entry: JournalEntry): RunEvent {
  return {
    atMs: entry.at / 1e6,
    type: entry.type,
    componentId: plan.components[entry.component]?.id ?? null,
    instance: entry.instance < 0 ? null : entry.instance,
    linkId: plan.links[entry.link]?.id ?? null,
    faultId: faultIds[entry.fault] ?? null,
    value: noteOf(plan, entry),
  };
}

/** Ids of the faults of a plan, in its order. */
export const faultIdsOf = (plan: Plan): readonly string[] => (plan.faults ?? []).map(({ id }) => id);

function noteOf(plan: Plan, entry: JournalEntry): number | string | null {
  switch (entry.type) {
    case 'instance-state':
      return INSTANCE_STATES[entry.value] ?? null;
    case 'scaling-decision':
    case 'resize':
      return entry.value;
    case 'target-out':
    case 'target-back': {
      // The balancer is the component; the value names the instance that it took out or back.
      const node = plan.nodes[entry.value];
      const component = plan.components[node?.component ?? -1];
      if (node === undefined || component === undefined) return null;
      return component.nodeCount > 1 ? `${component.name} ${entry.value - component.firstNode + 1}` : component.name;
    }
    default:
      return null;
  }
}
