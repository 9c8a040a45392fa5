import type { Core } from './core';
import {
  C_LINK,
  C_NODE,
  C_OPERATION,
  C_PARENT,
  C_ROUTER,
  C_ROUTER_LINK,
  C_STATE,
  L_CALLS,
  L_CALLS_COMPLETED,
  L_CALLS_FAILED,
  L_COMPLETED,
  L_FAILED,
  LINK_STATS,
  N_ROLE,
  NODE,
  O_AREA,
  O_COMPLETED,
  O_FAILED,
  O_FAILED_RESIDENCE,
  O_LATENCY,
  O_OFFERED,
  OP_BITS,
  OP_DELIVER,
  OP_MASK,
  OPERATION_STATS,
  PARENT_NONE,
  PARENT_SOURCE,
  R_WORD,
  RECORD,
  ROLE_SOURCE,
  S_COMPLETED,
  S_FAILED,
  S_FAILED_RESIDENCE,
  S_LATENCY,
  S_OFFERED,
  S_PRESENT_AREA,
  STATE_APPLYING,
  STATE_AT_NODE,
  STATE_AWAY,
  STATE_CALLING,
  STATE_FREE,
  STATE_GUARD,
  STATS,
  T_ARRIVED,
  T_ROUTER_ARRIVED,
  T_SENT,
} from './layout';
import { takeSnapshot } from './snapshot';

/** Outcome of the self-checks at one instant; residuals are relative. */
export interface CheckResult {
  readonly violations: readonly string[];
  readonly checked: number;
  readonly littleChecked: number;
  readonly worstResidual: number;
  /** Component of the worst residual; -1: none. */
  readonly worstComponent: number;
}

/**
 * Conservation and Little's law over the whole run so far. What is in flight is found by walking the call frames themselves,
 * so that a request lost or counted twice by the event handlers shows as a violation.
 *
 * Little: the integral of the number present (kept from event to event) must equal the time that requests spent (kept request
 * by request, those still present counted up to now). J. Little, "A Proof for the Queuing Formula L = lambda W", 1961.
 */
export function checkCore(core: Core): CheckResult {
  const { plan, records, times, nodes } = core;
  const now = core.list.clock[0];
  const present = new Float64Array(plan.nodes.length);
  const presentTime = new Float64Array(plan.nodes.length);
  const underWay = new Float64Array(plan.operations.length);
  const underWayTime = new Float64Array(plan.operations.length);
  const outstanding = new Float64Array(plan.links.length);
  const guarded = new Float64Array(plan.links.length);
  for (let frame = 0; frame < core.pool.used; frame += RECORD) {
    const state = records[frame + C_STATE];
    if (state === STATE_FREE || state === STATE_APPLYING) continue;
    if (state === STATE_AT_NODE || state === STATE_CALLING) {
      present[records[frame + C_NODE]]++;
      presentTime[records[frame + C_NODE]] += now - times[(frame >> 1) + T_ARRIVED];
    } else if (state === STATE_AWAY) {
      const w = records[frame + R_WORD];
      const link = w >> OP_BITS;
      // On its way over a link that is not the one of its call: a hand-over.
      if ((w & OP_MASK) === OP_DELIVER && link !== records[frame + C_LINK]) outstanding[link]++;
    }
    const router = records[frame + C_ROUTER];
    if (router >= 0) {
      // Present at the router as well, and two calls under way: the router's own, and the one that it will answer.
      present[router]++;
      presentTime[router] += now - times[(frame >> 1) + T_ROUTER_ARRIVED];
      outstanding[records[frame + C_LINK]]++;
      if (records[frame + C_PARENT] !== PARENT_NONE) outstanding[records[frame + C_ROUTER_LINK]]++;
    } else if (state === STATE_GUARD) guarded[records[frame + C_LINK]]++;
    else if (records[frame + C_PARENT] !== PARENT_NONE) outstanding[records[frame + C_LINK]]++;
    if (records[frame + C_PARENT] === PARENT_SOURCE) {
      underWay[records[frame + C_OPERATION]]++;
      underWayTime[records[frame + C_OPERATION]] += now - times[(frame >> 1) + T_SENT];
    }
  }
  const { stats, links, messages, operations } = takeSnapshot(core);
  const violations: string[] = [];
  let checked = 0;
  let littleChecked = 0;
  let worstResidual = 0;
  let worstComponent = -1;
  const conserve = (name: () => string, offered: number, completed: number, failed: number, inFlight: number): void => {
    checked++;
    if (offered !== completed + failed + inFlight)
      violations.push(`${name()}: offered ${offered}, completed ${completed}, failed ${failed}, in flight ${inFlight}`);
  };
  const little = (component: number, area: number, spent: number): void => {
    littleChecked++;
    const residual = Math.abs(area - spent) / Math.max(1, Math.abs(spent));
    if (residual > worstResidual) {
      worstResidual = residual;
      worstComponent = component;
    }
  };
  for (let node = 0; node < plan.nodes.length; node++) {
    if (nodes[node * NODE + N_ROLE] === ROLE_SOURCE) continue;
    const s = node * STATS;
    const component = plan.nodes[node].component;
    conserve(
      () => `component ${plan.components[component].id}, instance ${node - plan.components[component].firstNode}`,
      stats[s + S_OFFERED],
      stats[s + S_COMPLETED],
      stats[s + S_FAILED],
      present[node],
    );
    little(component, stats[s + S_PRESENT_AREA], stats[s + S_LATENCY] + stats[s + S_FAILED_RESIDENCE] + presentTime[node]);
  }
  for (let operation = 0; operation < plan.operations.length; operation++) {
    const o = operation * OPERATION_STATS;
    conserve(
      () => `operation ${plan.operations[operation].name}`,
      operations[o + O_OFFERED],
      operations[o + O_COMPLETED],
      operations[o + O_FAILED],
      underWay[operation],
    );
    little(
      plan.operations[operation].component,
      operations[o + O_AREA],
      operations[o + O_LATENCY] + operations[o + O_FAILED_RESIDENCE] + underWayTime[operation],
    );
  }
  for (let link = 0; link < plan.links.length; link++) {
    let offered = 0;
    for (let operation = 0; operation < plan.operations.length; operation++) offered += messages[(link * plan.operations.length + operation) * 2];
    conserve(() => `link ${plan.links[link].id}`, offered, links[link * LINK_STATS + L_COMPLETED], links[link * LINK_STATS + L_FAILED], outstanding[link]);
    const l = link * LINK_STATS;
    if (plan.links[link].policy !== undefined)
      conserve(
        () => `guarded calls of link ${plan.links[link].id}`,
        links[l + L_CALLS],
        links[l + L_CALLS_COMPLETED],
        links[l + L_CALLS_FAILED],
        guarded[link],
      );
  }
  for (const check of core.checks) check(conserve);
  return { violations, checked, littleChecked, worstResidual, worstComponent };
}
