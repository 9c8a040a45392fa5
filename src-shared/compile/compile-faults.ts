import { invariant } from '../base/result';
import type { FaultEffect, Plan, PlanFault } from '../engine/plan';
import { NS_PER_MS, samplerOf } from '../kinds/lowering';
import type { Fault, FaultEffectRecord } from '../project/fault';
import type { Design, Project } from '../project/project';

const ns = (ms: number): number => Math.floor(ms * NS_PER_MS + 0.5);

/** The faults of a design that happen, in its order. The checks have passed. */
export function planFaults(project: Project, design: Design, plan: Pick<Plan, 'components' | 'links'>): readonly PlanFault[] {
  return design.faults.filter((fault) => fault.disabled !== true).map((fault) => planFault(project, fault, plan));
}

/** One fault as the engine takes it. */
export function planFault(project: Project, fault: Fault, plan: Pick<Plan, 'components' | 'links'>): PlanFault {
  const component = plan.components.findIndex(({ id }) => id === fault.target);
  const link = plan.links.findIndex(({ id }) => id === fault.target);
  invariant(component >= 0 || link >= 0, `the checks have found the target of fault ${fault.id}`);
  const { timing } = fault;
  return {
    id: fault.id,
    name: fault.name,
    target: component >= 0 ? { type: 'component', component, instance: fault.instance ?? null } : { type: 'link', link },
    effect: planEffect(project, fault.effect),
    timing:
      timing.type === 'once'
        ? { type: 'once', at: ns(timing.atMs), lasts: fault.effect.type === 'resize' && timing.lastsMs === 0 ? Infinity : ns(timing.lastsMs) }
        : { type: 'random', between: samplerOf(timing.between), lasts: samplerOf(timing.lasts) },
  };
}

function planEffect(project: Project, effect: FaultEffectRecord): FaultEffect {
  switch (effect.type) {
    case 'crash':
      return { type: 'crash', silent: effect.silent, restart: ns(effect.restartMs) };
    case 'latency':
      return { type: 'latency', added: ns(effect.addedMs) };
    case 'resize': {
      const machine = project.machines.find(({ id }) => id === effect.machine);
      invariant(machine !== undefined, `the checks have found machine ${effect.machine}`);
      const { vcpus, speed, pricePerHour } = machine;
      return { type: 'resize', servers: vcpus, speed, pricePerHour, restart: ns(effect.restartMs) };
    }
    default:
      return effect;
  }
}
