import { BUCKETS, bucketOf } from '../base/histogram';
import type { Core } from './core';
import * as L from './layout';
import type { Observer } from './observer';
import { countsService } from './programs';
import type { Sources } from './sources';

/** Counts how requests and calls end: at instances, on links and end to end. */
export interface Accounts {
  /** The request is no longer at the node: counts how it ended there. */
  leave(frame: number, node: number, reason: number): void;
  /** A call has ended on its link. */
  countCall(link: number, reason: number): void;
  /** A reply that nobody waits for: what was done for it was done in vain. `l`: row of its link's statistics. */
  late(frame: number, l: number, reason: number): void;
  /** A request of a source begins. */
  beginRequest(operation: number): void;
  /** A request of a source has ended, well or with a reason. */
  endRequest(frame: number, reason: number): void;
}

/** Builds the accounts of an engine. */
export function createAccounts(core: Core, sources: Sources, observer: Observer): Accounts {
  const { plan, records, times, nodes, stats, links, operations, latencyCounts, operationCounts, attention } = core;
  const { clock } = core.list;
  const logging = countsService(plan);
  /** Whether instances drain, so that somebody waits for their last request to leave. */
  const scales = plan.components.some((component) => component.scaling !== undefined);
  /** Source node of each operation. */
  const sourceOf = Int32Array.from(plan.operations, ({ component }) => plan.components[component]?.firstNode ?? -1);

  /** The request is no longer at the node: counts how it ended there. */
  const leave = (frame: number, node: number, reason: number): void => {
    const s = node * L.STATS;
    const now = clock[0];
    const residence = now - times[(frame >> 1) + L.T_ARRIVED];
    records[frame + L.C_STATE] = L.STATE_AWAY;
    stats[s + L.S_PRESENT_AREA] += now;
    nodes[node * L.NODE + L.N_PRESENT]--;
    if (scales && nodes[node * L.NODE + L.N_EMPTIED] > 0 && nodes[node * L.NODE + L.N_PRESENT] === 0)
      core.controls.at(nodes[node * L.NODE + L.N_EMPTIED] - 1, now);
    if (reason === L.REASON_OK) {
      stats[s + L.S_COMPLETED]++;
      stats[s + L.S_LATENCY] += residence;
      const component = nodes[node * L.NODE + L.N_COMPONENT];
      if (residence > core.latencyMax[component]) core.latencyMax[component] = residence;
      latencyCounts[component * BUCKETS + bucketOf(residence)]++;
    } else {
      stats[s + L.S_FAILED]++;
      stats[s + L.S_FAILED_RESIDENCE] += residence;
      core.nodeFailures[node * L.REASONS + reason]++;
    }
  };

  const countCall = (link: number, reason: number): void => {
    if (reason === L.REASON_OK) links[link * L.LINK_STATS + L.L_COMPLETED]++;
    else {
      links[link * L.LINK_STATS + L.L_FAILED]++;
      core.linkFailures[link * L.REASONS + reason]++;
    }
  };

  /** A reply that nobody waits for: what was done for it was done in vain. `l`: row of its link's statistics. */
  const late = (frame: number, l: number, reason: number): void => {
    links[l + L.L_LATE]++;
    // What was refused has had no service.
    if (reason !== L.REASON_OK && reason !== L.REASON_ERROR) return;
    const node = records[frame + L.C_NODE];
    if (node >= 0) stats[node * L.STATS + L.S_WASTED] += times[(frame >> 1) + L.T_DEMAND];
  };

  const beginRequest = (operation: number): void => {
    const o = operation * L.OPERATION_STATS;
    operations[o + L.O_OFFERED]++;
    operations[o + L.O_AREA] -= clock[0];
  };

  /** A request of a source has ended, well or with a reason. */
  const endRequest = (frame: number, reason: number): void => {
    const operation = records[frame + L.C_OPERATION];
    const o = operation * L.OPERATION_STATS;
    const now = clock[0];
    const elapsed = now - times[(frame >> 1) + L.T_SENT];
    operations[o + L.O_AREA] += now;
    if (reason === L.REASON_OK) {
      operations[o + L.O_COMPLETED]++;
      operations[o + L.O_LATENCY] += elapsed;
      if (elapsed > operations[o + L.O_LATENCY_MAX]) operations[o + L.O_LATENCY_MAX] = elapsed;
      operationCounts[operation * BUCKETS + bucketOf(elapsed)]++;
    } else {
      operations[o + L.O_FAILED]++;
      operations[o + L.O_FAILED_RESIDENCE] += elapsed;
      core.operationFailures[operation * L.REASONS + reason]++;
    }
    if (logging)
      observer.log(operation, times[(frame >> 1) + L.T_SENT], now, reason, times[(frame >> 1) + L.T_ROOT_WAIT], times[(frame >> 1) + L.T_ROOT_SERVICE]);
    if (attention[L.WATCH_REQUESTS] === 1) attention[L.STOP] = L.STOP_AT_REQUEST;
    const user = records[frame + L.C_TAG];
    if (user >= 0) sources.think(sourceOf[operation], user);
  };

  return { leave, countCall, late, beginRequest, endRequest };
}
