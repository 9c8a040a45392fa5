import type { Plan } from '../../engine/plan';
import type { RunResult } from '../../run/result';
import type { Resource } from '../resources';
import { serversOf } from '../resources';
import type { SinglePoint } from './single-points';

/** A part that has much more than it needs, even when it is busiest. */
export interface OverProvisioned {
  readonly componentId: string;
  readonly name: string;
  readonly instances: number;
  /** Instances that would be busy by the head-room's share at the busiest twentieth of the run. */
  readonly enough: number;
  /** Share busy in that twentieth, 0..1. */
  readonly peak: number;
  /** Of what all machines cost; null where nothing has a price. */
  readonly costShare: number | null;
  /** USD per hour that fewer instances would save; null without a price. */
  readonly savingPerHour: number | null;
}

/** Busy share that leaves enough room for the chances of load. */
export const HEADROOM = 0.6;
/** At a higher peak than this a part is not over-provisioned. */
const LOW = 0.4;

/** What each component costs of what the whole costs, by id, 0..1; empty where nothing has a price. */
export function costShares(result: RunResult): ReadonlyMap<string, number> {
  const whole = result.endToEnd.metrics.costPerHour ?? 0;
  return new Map(whole > 0 ? result.components.flatMap(({ id, metrics: { costPerHour = 0 } }) => (costPerHour > 0 ? [[id, costPerHour / whole]] : [])) : []);
}

/**
 * Parts with several instances of which fewer would do with {@link HEADROOM}. One that takes over from another is kept where there is one
 * now: a spare is no waste. Autoscaled parts look after themselves.
 */
export function overProvisioned(plan: Plan, result: RunResult, resources: readonly Resource[], points: readonly SinglePoint[]): OverProvisioned[] {
  const shares = costShares(result);
  return resources
    .flatMap((resource): OverProvisioned[] => {
      const { recordId, peak, busiest, utilisation, name } = resource;
      const component = plan.components.find(({ id }) => id === recordId);
      if (resource.type !== 'servers' || component === undefined || component.nodeCount < 2 || component.scaling !== undefined) return [];
      // Copies of data are there to be safe and near, not only to share the work.
      if (component.replication !== undefined) return [];
      const node = plan.nodes[component.firstNode];
      // Other limits than the servers have to be looked at by themselves.
      if (node?.role !== 'station' || resources.some((other) => other.recordId === recordId && other !== resource && other.utilisation >= LOW)) return [];
      const most = Math.max(peak?.utilisation ?? 0, utilisation, busiest?.utilisation ?? 0);
      if (most >= LOW) return [];
      const { required = 1, nodeCount } = component;
      const spare = points.some(({ componentId, effect }) => componentId === recordId && effect === 'stops') ? 0 : 1;
      const busy = Math.max(peak?.utilisation ?? 0, utilisation) * nodeCount * serversOf(node);
      const enough = Math.max(required + spare, Math.ceil(busy / (serversOf(node) * HEADROOM)), 1);
      if (enough >= nodeCount) return [];
      const price = component.pricePerHour ?? 0;
      return [
        {
          componentId: recordId,
          name,
          instances: nodeCount,
          enough,
          peak: most,
          costShare: shares.get(recordId) ?? null,
          savingPerHour: price > 0 ? price * (nodeCount - enough) : null,
        },
      ];
    })
    .sort((one, other) => (other.savingPerHour ?? 0) - (one.savingPerHour ?? 0) || one.peak - other.peak);
}
