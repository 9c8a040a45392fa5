import type { Engine } from '../engine/engine';
import type { JournalEntry } from '../engine/journal';
import { INSTANCE_STATES } from '../engine/names';
import type { Plan } from '../engine/plan';
import type { RunEvent, RunFault } from './result';

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
    ...(entry.type === 'promotion' && { lostWrites: entry.lost }),
  };
}

/** Ids of the faults of a plan, then of those that were injected, in their order. */
export const faultIdsOf = (engine: Engine): readonly string[] => engine.faults.known.map(({ id }) => id);

/** The faults of a replication and when they were active. */
export function runFaultsOf(engine: Engine): readonly RunFault[] {
  const { components, links } = engine.observer.core.plan;
  return engine.faults.known.map((fault, number) => ({
    id: fault.id,
    name: fault.name,
    target: (fault.target.type === 'link' ? links[fault.target.link]?.id : components[fault.target.component]?.id) ?? '',
    instance: fault.target.type === 'link' ? null : fault.target.instance,
    live: engine.faults.isInjected(number),
    windows: engine.faults.windows(number).map(([begin, end]) => ({ beginMs: begin / 1e6, endMs: Number.isFinite(end) ? end / 1e6 : null })),
  }));
}

function noteOf(plan: Plan, entry: JournalEntry): number | string | null {
  switch (entry.type) {
    case 'instance-state':
      return INSTANCE_STATES[entry.value] ?? null;
    case 'scaling-decision':
    case 'resize':
    case 'telemetry-dropped':
    case 'election':
    case 'promotion':
    case 'rejoin':
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
