import type { Core } from './core';
import { INSTANCE_PAUSED, N_ROLE, N_STATE, NODE, REASON_CANCELLED, REASON_OK, ROLE_DOWN, ROLE_SILENT } from './layout';
import type { RouterNode } from './plan';
import type { TargetPool, TargetTable } from './targets';

/** How routers learn that a target is bad: by asking it, or from the requests that it fails. */
export interface Health {
  /** A request of a router to a target has ended with a reason. */
  answered(target: number, reason: number): void;
  reset(): void;
}

/** Steps of one probe. */
const SEND = 0;
const ARRIVE = 1;
const CONCLUDE = 2;

/** Time in ns that faults of a link add now to a message; Infinity: it is lost. `u`: uniform on [0, 1), which decides on losses. */
export type ExtraTime = (link: number, reply: boolean, u: number) => number;

/** Builds health checks and outlier ejection. A probe takes the latency of its link there and back and no capacity. */
export function createHealth(core: Core, table: TargetTable, pool: TargetPool, extraOf: ExtraTime): Health {
  const { plan, nodes, controls } = core;
  const { clock } = core.list;
  const { draw, add } = core.variates;
  const { nodeOf, linkOf, routerOf } = table;
  const targetCount = nodeOf.length;
  const routers = plan.nodes.map((node) => (node.role === 'router' ? node : null));
  const specOf = (target: number): RouterNode => routers[routerOf[target]] as RouterNode;
  const nameOf = (target: number): string => {
    const spec = specOf(target);
    const its = plan.nodes[nodeOf[target]];
    return `${plan.components[spec.component]?.id}#${spec.instance ?? 0}/probe-${plan.links[linkOf[target]]?.id}#${nodeOf[target] - (plan.components[its?.component ?? 0]?.firstNode ?? 0)}`;
  };

  const probe = new Int32Array(targetCount).fill(-1);
  const there = new Int32Array(targetCount);
  const back = new Int32Array(targetCount);
  const luck = new Int32Array(targetCount);
  const step = new Int32Array(targetCount);
  const sentAt = new Float64Array(targetCount);
  const passed = new Int32Array(targetCount);
  /** Successes in a row, or, below zero, failures. */
  const inARow = new Int32Array(targetCount);

  const conclude = (target: number, well: boolean, at: number): void => {
    step[target] = CONCLUDE;
    passed[target] = well ? 1 : 0;
    controls.at(probe[target], at);
  };

  const runProbe = (target: number): void => {
    const health = specOf(target).health as NonNullable<RouterNode['health']>;
    const now = clock[0];
    if (step[target] === SEND) {
      sentAt[target] = now;
      const arrives = draw(there[target]) + extraOf(linkOf[target], false, draw(luck[target]));
      if (arrives > health.timeout) conclude(target, false, now + health.timeout);
      else {
        step[target] = ARRIVE;
        controls.at(probe[target], now + arrives);
      }
      return;
    }
    if (step[target] === ARRIVE) {
      const n = nodeOf[target] * NODE;
      const giveUp = sentAt[target] + health.timeout;
      const answered = now + draw(back[target]) + extraOf(linkOf[target], true, draw(luck[target]));
      const silent = nodes[n + N_ROLE] === ROLE_SILENT || nodes[n + N_STATE] === INSTANCE_PAUSED;
      if (silent || answered > giveUp) conclude(target, false, giveUp);
      else conclude(target, nodes[n + N_ROLE] !== ROLE_DOWN, answered);
      return;
    }
    step[target] = SEND;
    controls.at(probe[target], sentAt[target] + health.interval);
    // Nobody asks what an instance is like that is not registered.
    if (pool.registered[target] === 0) return;
    inARow[target] = passed[target] === 1 ? Math.max(0, inARow[target]) + 1 : Math.min(0, inARow[target]) - 1;
    if (inARow[target] >= health.healthyAfter) pool.judge(target, true);
    else if (-inARow[target] >= health.unhealthyAfter) pool.judge(target, false);
  };

  const release = new Int32Array(targetCount).fill(-1);
  const failures = new Int32Array(targetCount);
  const ejections = new Int32Array(targetCount);

  for (let target = 0; target < targetCount; target++) {
    const { health, ejection } = specOf(target);
    if (health !== undefined) {
      const link = plan.links[linkOf[target]];
      if (link === undefined) throw new Error('Invariant broken: a target has a link');
      probe[target] = controls.add(() => runProbe(target));
      luck[target] = add(`${nameOf(target)}/loss`, { type: 'unit' });
      there[target] = add(`${nameOf(target)}/request`, link.latency);
      back[target] = add(`${nameOf(target)}/reply`, link.replyLatency ?? link.latency);
    }
    if (ejection !== undefined) release[target] = controls.add(() => pool.eject(target, false));
  }

  pool.listenFresh((target) => {
    inARow[target] = 0;
    failures[target] = 0;
    ejections[target] = 0;
    if (release[target] >= 0) controls.cancel(release[target]);
  });

  return {
    answered(target, reason) {
      if (release[target] < 0 || reason === REASON_CANCELLED) return;
      if (reason === REASON_OK) {
        failures[target] = 0;
        return;
      }
      const ejection = specOf(target).ejection as NonNullable<RouterNode['ejection']>;
      failures[target]++;
      if (failures[target] < ejection.failures || controls.pending(release[target]) || pool.registered[target] === 0) return;
      const router = routerOf[target];
      if (pool.ejected(router) + 1 > ejection.maxShare * table.size[router] + 1e-9) return;
      failures[target] = 0;
      ejections[target]++;
      controls.at(release[target], clock[0] + ejection.base * ejections[target]);
      pool.eject(target, true);
    },
    reset() {
      step.fill(SEND);
      inARow.fill(0);
      failures.fill(0);
      ejections.fill(0);
      for (let target = 0; target < targetCount; target++) if (probe[target] >= 0) controls.at(probe[target], specOf(target).health?.interval ?? Infinity);
    },
  };
}
