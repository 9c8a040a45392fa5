import type { Core } from './core';
import { INSTANCE_PAUSED, N_ACTIVE, N_FULL_SERVERS, N_QUEUED, N_STARTING, N_STATE, N_THREADS, NODE, S_COLD, S_SETUP_AREA, S_SETUPS, STATS } from './layout';

/**
 * Servers that are started when a request finds none idle and go off when they have been idle for a time. As many are being started
 * as requests wait, up to the servers that there may be; a start that nobody waits for any more is cancelled, the youngest first. The
 * server that fell idle last takes the next request, so that the others can go off.
 */
export interface OnDemandServers {
  /** 1 for each node of the plan whose servers come and go. */
  readonly uses: Uint8Array;
  /** A request arrives: counts it where everything is off. */
  arriving(node: number): void;
  /** Brings starts and idle servers up to date with the line and with those in service. `held`: servers held by requests that call. */
  settle(node: number, held: number): void;
  /** Its instance may use `servers`, or none: paused, what is on stays on; else all of it is gone. */
  setServers(node: number, servers: number): void;
  reset(): void;
}

/** What the servers need of their station. */
export interface OnDemandSteps {
  /** Work done so far is booked; servers are about to change. */
  before(node: number): void;
  /** Servers have changed: waiting requests may begin. */
  after(node: number): void;
}

/** Builds the servers on demand of a plan. */
export function createOnDemand(core: Core, { before, after }: OnDemandSteps): OnDemandServers {
  const { plan, nodes, stats, controls } = core;
  const { clock } = core.list;
  const { add, draw } = core.variates;
  const count = plan.nodes.length;
  const uses = Uint8Array.from(plan.nodes, (node) => (node.role === 'station' && node.onDemand !== undefined ? 1 : 0));
  const keepAlive = Float64Array.from(plan.nodes, (node) => (node.role === 'station' ? (node.onDemand?.keepAlive ?? Infinity) : Infinity));
  const startUp = Int32Array.from(plan.nodes, (node) =>
    node.role === 'station' && node.onDemand !== undefined
      ? add(`${plan.components[node.component]?.id}#${node.instance}/start-up`, node.onDemand.startUp)
      : -1,
  );
  /** Servers that are on. */
  const on = new Int32Array(count);
  /** 1: nothing is begun while the instance is paused; 2: the instance is not there. */
  const closed = new Uint8Array(count);
  /** Instants since when servers are idle, the longest idle first, from `first` on. */
  const idle: number[][] = plan.nodes.map(() => []);
  const first = new Int32Array(count);
  /** Instants at which servers will be on, in the order in which they were started. */
  const starts: number[][] = plan.nodes.map(() => []);

  const apply = (node: number): void => {
    const serving = closed[node] === 0 ? on[node] : 0;
    core.setServers(node, serving);
    nodes[node * NODE + N_THREADS] = serving;
  };
  const countStart = (node: number, by: number): void => {
    nodes[node * NODE + N_STARTING] += by;
    stats[node * STATS + S_SETUP_AREA] -= by * clock[0];
  };
  const dropIdle = (node: number): void => {
    first[node]++;
    on[node]--;
    const line = idle[node];
    if (first[node] > 64 && first[node] * 2 > line.length) {
      line.splice(0, first[node]);
      first[node] = 0;
    }
  };
  /** Place of the start that is over first. */
  const soonest = (node: number): number => {
    const begun = starts[node];
    let best = 0;
    for (let i = 1; i < begun.length; i++) if (begun[i] < begun[best]) best = i;
    return best;
  };
  const schedule = (node: number): void => {
    controls.at(ready[node], starts[node].length > 0 ? starts[node][soonest(node)] : Infinity);
    controls.at(expiry[node], first[node] < idle[node].length ? idle[node][first[node]] + keepAlive[node] : Infinity);
  };
  const ready = Int32Array.from(plan.nodes, (_, node) =>
    uses[node] === 0
      ? -1
      : controls.add(() => {
          before(node);
          starts[node].splice(soonest(node), 1);
          countStart(node, -1);
          on[node]++;
          apply(node);
          after(node);
        }),
  );
  const expiry = Int32Array.from(plan.nodes, (_, node) =>
    uses[node] === 0
      ? -1
      : controls.add(() => {
          before(node);
          dropIdle(node);
          apply(node);
          after(node);
        }),
  );
  const forget = (node: number): void => {
    on[node] = 0;
    idle[node].length = 0;
    first[node] = 0;
    countStart(node, -starts[node].length);
    starts[node].length = 0;
  };

  return {
    uses,
    arriving(node) {
      if (on[node] === 0 && starts[node].length === 0) stats[node * STATS + S_COLD]++;
    },
    settle(node, held) {
      const n = node * NODE;
      const now = clock[0];
      const line = idle[node];
      const free = Math.max(0, on[node] - nodes[n + N_ACTIVE] - held);
      while (line.length - first[node] < free) line.push(now);
      while (line.length - first[node] > free) line.pop();
      if (keepAlive[node] === 0 && free > 0) {
        while (line.length > first[node]) dropIdle(node);
        apply(node);
      }
      const waiting = nodes[n + N_QUEUED];
      const begun = starts[node];
      while (begun.length > waiting) {
        begun.pop();
        countStart(node, -1);
      }
      while (closed[node] === 0 && begun.length < waiting && on[node] + begun.length < nodes[n + N_FULL_SERVERS]) {
        begun.push(now + draw(startUp[node]));
        countStart(node, 1);
        stats[node * STATS + S_SETUPS]++;
      }
      schedule(node);
    },
    setServers(node, servers) {
      closed[node] = servers > 0 ? 0 : nodes[node * NODE + N_STATE] === INSTANCE_PAUSED ? 1 : 2;
      if (closed[node] === 2) forget(node);
      apply(node);
    },
    reset() {
      for (let node = 0; node < count; node++) {
        if (uses[node] === 0) continue;
        on[node] = 0;
        idle[node].length = 0;
        first[node] = 0;
        starts[node].length = 0;
        closed[node] = nodes[node * NODE + N_THREADS] === 0 ? 2 : 0;
        apply(node);
      }
    },
  };
}
