import type { Core } from './core';
import {
  INSTANCE_DRAINING,
  INSTANCE_UP,
  L_IN_TRANSIT,
  L_LOST,
  L_MESSAGES,
  L_NETWORK,
  L_SENDING,
  L_SENDING_BACK,
  LINK_STATS,
  N_PRESENT,
  N_ROLE,
  N_STATE,
  NODE,
  O_COMPLETED,
  O_FAILED,
  O_OFFERED,
  OPERATION_STATS,
  ROLE_SOURCE,
  S_BUSY_AREA,
  S_CAPACITY_AREA,
  S_COMPLETED,
  S_FAILED,
  S_PRESENT_AREA,
  S_QUEUE_AREA,
  STATS,
} from './layout';
import type { Snapshot } from './snapshot';

/** Numbers in a row of the series for the whole system, for each component and for each link. */
export const SYSTEM_WIDTH = 7;
export const COMPONENT_WIDTH = 8;
export const LINK_WIDTH = 4;

/** One point of the series: what happened between two instants. NaN where there was no sample. */
export interface SeriesRow {
  /** ns; the end of the interval. */
  readonly at: number;
  /** offered/s, completed/s, failed/s, p50 ms, p95 ms, p99 ms, in flight at the end */
  readonly system: Float64Array;
  /** For each component: utilisation, queue, in system, present at the end, completed/s, failed/s, instances up at the end, mean number of servers */
  readonly components: Float64Array;
  /** For each link: requests put on it/s, mean network time of the messages put on it in ms (0 where the link takes no time), messages in transit at the end, busy share of its busier transmitter */
  readonly links: Float64Array;
  /** End to end, then for each component with copies of its data: the columns of copy-series.ts; absent where there are none. */
  readonly copies?: Float64Array;
  /** For each link to a telemetry collector: what the collector shows at the end, VIEW_COLUMNS of telemetry-view.ts; absent where there are none. */
  readonly telemetry?: Float64Array;
}

const NS_PER_S = 1e9;
const NS_PER_MS = 1e6;

/** Describes the time between two snapshots; `quantiles` are those of the requests that ended in it, in ns. */
export function seriesRow(core: Core, before: Snapshot, after: Snapshot, quantiles: readonly number[]): SeriesRow {
  const { plan, nodes } = core;
  const span = after.at - before.at;
  const perS = NS_PER_S / span;
  const system = new Float64Array(SYSTEM_WIDTH);
  const components = new Float64Array(plan.components.length * COMPONENT_WIDTH);
  for (const [operation, { component }] of plan.operations.entries()) {
    const o = operation * OPERATION_STATS;
    const completed = after.operations[o + O_COMPLETED] - before.operations[o + O_COMPLETED];
    const failed = after.operations[o + O_FAILED] - before.operations[o + O_FAILED];
    const present = after.operations[o + O_OFFERED] - after.operations[o + O_COMPLETED] - after.operations[o + O_FAILED];
    system[0] += (after.operations[o + O_OFFERED] - before.operations[o + O_OFFERED]) * perS;
    system[1] += completed * perS;
    system[2] += failed * perS;
    system[6] += present;
    const c = component * COMPONENT_WIDTH;
    components[c + 3] += present;
    components[c + 4] += completed * perS;
    components[c + 5] += failed * perS;
  }
  for (let i = 0; i < 3; i++) system[3 + i] = (quantiles[i] ?? NaN) / NS_PER_MS;
  for (const [index, component] of plan.components.entries()) {
    const c = index * COMPONENT_WIDTH;
    if (nodes[component.firstNode * NODE + N_ROLE] === ROLE_SOURCE) {
      components[c] = NaN;
      components[c + 1] = NaN;
      components[c + 2] = components[c + 3];
      components[c + 6] = NaN;
      components[c + 7] = NaN;
      continue;
    }
    let capacity = 0;
    let serving = false;
    for (let node = component.firstNode; node < component.firstNode + component.nodeCount; node++) {
      const s = node * STATS;
      const spec = plan.nodes[node];
      serving ||= spec.role === 'station' || (spec.role === 'router' && spec.work !== undefined);
      capacity += after.stats[s + S_CAPACITY_AREA] - before.stats[s + S_CAPACITY_AREA];
      const state = nodes[node * NODE + N_STATE];
      if (state === INSTANCE_UP || state === INSTANCE_DRAINING) components[c + 6]++;
      components[c] += after.stats[s + S_BUSY_AREA] - before.stats[s + S_BUSY_AREA];
      components[c + 1] += (after.stats[s + S_QUEUE_AREA] - before.stats[s + S_QUEUE_AREA]) / span;
      components[c + 2] += (after.stats[s + S_PRESENT_AREA] - before.stats[s + S_PRESENT_AREA]) / span;
      components[c + 3] += nodes[node * NODE + N_PRESENT];
      components[c + 4] += (after.stats[s + S_COMPLETED] - before.stats[s + S_COMPLETED]) * perS;
      components[c + 5] += (after.stats[s + S_FAILED] - before.stats[s + S_FAILED]) * perS;
    }
    components[c + 7] = serving ? capacity / span : NaN;
    components[c] = serving ? (capacity > 0 ? components[c] / capacity : 0) : NaN;
    if (!serving) components[c + 1] = NaN;
  }
  return { at: after.at, system, components, links: linkNumbers(core, before, after) };
}

/** What happened on each link between two snapshots. */
function linkNumbers({ plan }: Core, before: Snapshot, after: Snapshot): Float64Array {
  const span = after.at - before.at;
  const numbers = new Float64Array(plan.links.length * LINK_WIDTH);
  for (const [link, { nsPerByte }] of plan.links.entries()) {
    const l = link * LINK_STATS;
    const of = (field: number): number => after.links[l + field] - before.links[l + field];
    let requests = 0;
    for (let operation = 0; operation < plan.operations.length; operation++) {
      const m = (link * plan.operations.length + operation) * 2;
      requests += after.messages[m] - before.messages[m];
    }
    const messages = of(L_MESSAGES);
    const n = link * LINK_WIDTH;
    numbers[n] = (requests / span) * NS_PER_S;
    numbers[n + 1] = messages > 0 ? of(L_NETWORK) / messages / NS_PER_MS : requests > 0 && of(L_LOST) === 0 ? 0 : NaN;
    numbers[n + 2] = after.links[l + L_IN_TRANSIT];
    numbers[n + 3] = nsPerByte > 0 ? Math.max(of(L_SENDING), of(L_SENDING_BACK)) / span : NaN;
  }
  return numbers;
}
