import type { Core } from './core';
import { INSTANCE_DRAINING, INSTANCE_UP, N_PRESENT, N_STATE, NODE } from './layout';
import type { TargetTable } from './targets';

/** What routers know of the load of their targets. */
export interface Knowledge {
  /** Requests at a target, as its router knows it. */
  load(router: number, target: number): number;
  reset(): void;
}

const OWN = 0;
const LIVE = 1;
const REPORTED = 2;

/** Builds what routers know: their own counts, the truth, or reports that are made in turns and arrive later. */
export function createKnowledge(core: Core, table: TargetTable): Knowledge {
  const { plan, nodes, controls } = core;
  const { clock } = core.list;
  const { base, size, nodeOf, underWay } = table;
  const source = new Int32Array(plan.nodes.length);
  const known = new Int32Array(nodeOf.length);
  const starts: (() => void)[] = [];
  for (const [router, node] of plan.nodes.entries()) {
    if (node.role !== 'router') continue;
    source[router] = node.reports !== undefined ? REPORTED : node.live ? LIVE : OWN;
    if (node.reports === undefined) continue;
    const { interval, delay } = node.reports;
    const first = base[router];
    const width = size[router];
    /** Reports on their way, oldest first, each in its place of a circle. */
    const places = Math.floor(delay / interval) + 2;
    const reports = new Int32Array(places * width);
    let made = 0;
    let arrived = 0;
    const make = controls.add(() => {
      const place = made % places;
      const before = ((made + places - 1) % places) * width;
      for (let i = 0; i < width; i++) {
        const n = nodeOf[first + i] * NODE;
        const speaks = nodes[n + N_STATE] === INSTANCE_UP || nodes[n + N_STATE] === INSTANCE_DRAINING;
        // Who is down reports nothing: what it said last stands.
        reports[place * width + i] = speaks ? nodes[n + N_PRESENT] : reports[before + i];
      }
      made++;
      controls.at(make, clock[0] + interval);
      if (!controls.pending(arrive)) controls.at(arrive, clock[0] + delay);
    });
    const arrive = controls.add(() => {
      const place = arrived % places;
      for (let i = 0; i < width; i++) known[first + i] = reports[place * width + i];
      arrived++;
      if (arrived < made) controls.at(arrive, (arrived + 1) * interval + delay);
    });
    starts.push(() => {
      made = 0;
      arrived = 0;
      reports.fill(0);
      controls.at(make, interval);
    });
  }
  return {
    load(router, target) {
      if (source[router] === OWN) return underWay[target];
      return source[router] === LIVE ? nodes[nodeOf[target] * NODE + N_PRESENT] : known[target];
    },
    reset() {
      known.fill(0);
      for (const start of starts) start();
    },
  };
}
