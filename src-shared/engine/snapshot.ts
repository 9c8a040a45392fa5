import type { Core } from './core';
import {
  COPY_STATS,
  E_AGE_AREA,
  E_AGE_AT,
  E_NEWEST,
  INSTANCE_DRAINING,
  INSTANCE_OFF,
  INSTANCE_UP,
  L_BACKING_OFF,
  L_BACKOFF_AREA,
  L_BUSY_UNTIL,
  L_BUSY_UNTIL_BACK,
  L_OPEN,
  L_OPEN_AREA,
  L_SENDING,
  L_SENDING_BACK,
  LINK_STATS,
  N_BUSY,
  N_HELD,
  N_OUT,
  N_PRESENT,
  N_QUEUED,
  N_SERVERS,
  N_STARTING,
  N_STATE,
  NODE,
  O_AREA,
  O_COMPLETED,
  O_FAILED,
  O_OFFERED,
  OPERATION_STATS,
  S_BUSY_AREA,
  S_CAPACITY_AREA,
  S_OUT_AREA,
  S_PAID_AREA,
  S_PRESENT_AREA,
  S_QUEUE_AREA,
  S_SETUP_AREA,
  S_UP_AREA,
  STATS,
  TELEMETRY_STATS,
  Y_WITHOUT,
  Y_WITHOUT_AREA,
} from './layout';

/** All counts and sums since time 0 at one instant, areas brought up to it: the difference of two describes the time between. */
export interface Snapshot {
  /** ns */
  readonly at: number;
  readonly stats: Float64Array;
  readonly links: Float64Array;
  readonly messages: Float64Array;
  readonly operations: Float64Array;
  readonly nodeFailures: Float64Array;
  /** ns for each component */
  readonly availability: Float64Array;
  readonly linkFailures: Float64Array;
  readonly operationFailures: Float64Array;
  readonly telemetry: Float64Array;
  readonly copies: Float64Array;
}

/** Takes a snapshot of an engine's memory now. */
export function takeSnapshot(core: Core): Snapshot {
  const at = core.list.clock[0];
  const { nodes, plan } = core;
  const stats = core.stats.slice();
  for (let node = 0; node < plan.nodes.length; node++) {
    const s = node * STATS;
    const n = node * NODE;
    stats[s + S_PRESENT_AREA] += nodes[n + N_PRESENT] * at;
    stats[s + S_BUSY_AREA] += nodes[n + N_BUSY] * at;
    stats[s + S_CAPACITY_AREA] += nodes[n + N_SERVERS] * at;
    stats[s + S_QUEUE_AREA] += (nodes[n + N_QUEUED] + nodes[n + N_HELD]) * at;
    stats[s + S_SETUP_AREA] += nodes[n + N_STARTING] * at;
    stats[s + S_OUT_AREA] += nodes[n + N_OUT] * at;
    if (nodes[n + N_STATE] === INSTANCE_UP || nodes[n + N_STATE] === INSTANCE_DRAINING) stats[s + S_UP_AREA] += at;
    if (nodes[n + N_STATE] !== INSTANCE_OFF) stats[s + S_PAID_AREA] += at;
  }
  const links = core.links.slice();
  for (let l = 0; l < links.length; l += LINK_STATS) {
    // Sending is booked when a message is queued. A FIFO transmitter is busy without a break until its queue is empty, so what lies ahead is not yet done.
    links[l + L_SENDING] -= Math.max(0, links[l + L_BUSY_UNTIL] - at);
    links[l + L_SENDING_BACK] -= Math.max(0, links[l + L_BUSY_UNTIL_BACK] - at);
    links[l + L_BACKOFF_AREA] += links[l + L_BACKING_OFF] * at;
    links[l + L_OPEN_AREA] += links[l + L_OPEN] * at;
  }
  const operations = core.operations.slice();
  for (let o = 0; o < operations.length; o += OPERATION_STATS)
    operations[o + O_AREA] += (operations[o + O_OFFERED] - operations[o + O_COMPLETED] - operations[o + O_FAILED]) * at;
  return {
    at,
    stats,
    links,
    messages: core.messages.slice(),
    operations,
    nodeFailures: core.nodeFailures.slice(),
    availability: availabilityAt(core, at),
    linkFailures: core.linkFailures.slice(),
    operationFailures: core.operationFailures.slice(),
    telemetry: telemetryAt(core, at),
    copies: copiesAt(core, at),
  };
}

function telemetryAt(core: Core, at: number): Float64Array {
  const telemetry = core.telemetry.slice();
  for (let e = 0; e < telemetry.length; e += TELEMETRY_STATS) {
    // The age of the newest report has grown steadily since the area was last brought up to date.
    telemetry[e + E_AGE_AREA] += (at - telemetry[e + E_AGE_AT]) * ((at + telemetry[e + E_AGE_AT]) / 2 - telemetry[e + E_NEWEST]);
    telemetry[e + E_AGE_AT] = at;
  }
  return telemetry;
}

function copiesAt(core: Core, at: number): Float64Array {
  const copies = core.copies.slice();
  for (let row = 0; row < copies.length; row += COPY_STATS) copies[row + Y_WITHOUT_AREA] += copies[row + Y_WITHOUT] * at;
  return copies;
}

function availabilityAt(core: Core, at: number): Float64Array {
  return Float64Array.from(core.plan.components, ({ firstNode, nodeCount, required = 1 }, component) => {
    let up = 0;
    for (let node = firstNode; node < firstNode + nodeCount; node++) {
      const state = core.nodes[node * NODE + N_STATE];
      if (state === INSTANCE_UP || state === INSTANCE_DRAINING) up++;
    }
    return core.availability[component] + (up >= required ? at : 0);
  });
}
