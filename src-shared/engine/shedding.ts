import type { Core } from './core';
import { C_AGE, C_NODE, C_STATE, R_WORD, REASON_SHED, STATE_AT_NODE, T_ARRIVED, WORD_LEAVING } from './layout';

/**
 * Controlled delay (K. Nichols and V. Jacobson, "Controlling queue delay", ACM Queue 10, 2012; RFC 8289): when every request that
 * leaves the line for `interval` had waited at least `target`, one is turned away, and more of them the longer that lasts, the k-th
 * `interval` / sqrt(k) after the one before; it ends with the first request that waited less, or leaves the line empty.
 */
export interface ControlledDelay {
  /** 1 for each node of the plan that sheds so. */
  readonly uses: Uint8Array;
  /** Whether a request that leaves the line for service is turned away instead; `left`: requests that still wait. */
  turnsAway(node: number, frame: number, left: number): boolean;
  /** Answers a request that was turned away, when the event under way is over. */
  answer(node: number, frame: number): void;
  /** Says how a request at a node is answered with a reason; called once while the engine is built. */
  connect(finish: (frame: number, node: number, reason: number) => void): void;
  reset(): void;
}

/** Builds the controlled delay of a plan. */
export function createControlledDelay(core: Core): ControlledDelay {
  const { plan, records, times, controls } = core;
  const { clock } = core.list;
  const count = plan.nodes.length;
  const specs = plan.nodes.map((node) => (node.role === 'station' && node.shedding?.type === 'codel' ? node.shedding : null));
  const uses = Uint8Array.from(specs, (spec) => (spec === null ? 0 : 1));
  const target = Float64Array.from(specs, (spec) => spec?.target ?? 0);
  const interval = Float64Array.from(specs, (spec) => spec?.interval ?? 0);
  /** Instant from which the wait counts as too long for too long; 0: it was short enough last. */
  const firstAbove = new Float64Array(count);
  const dropNext = new Float64Array(count);
  const dropCount = new Float64Array(count);
  const lastCount = new Float64Array(count);
  const dropping = new Uint8Array(count);
  /** Requests turned away within this event, with their age. */
  const leaving: number[] = [];
  let finish: (frame: number, node: number, reason: number) => void = () => {};

  const after = (from: number, node: number): number => from + interval[node] / Math.sqrt(dropCount[node]);
  const tooLong = (node: number, frame: number, left: number): boolean => {
    const now = clock[0];
    if (now - times[(frame >> 1) + T_ARRIVED] < target[node] || left === 0) firstAbove[node] = 0;
    else if (firstAbove[node] === 0) firstAbove[node] = now + interval[node];
    else return now >= firstAbove[node];
    return false;
  };
  const answers = uses.includes(1)
    ? controls.add(() => {
        for (let i = 0; i < leaving.length; i += 3) {
          const frame = leaving[i];
          // It may have been called back, or have failed with its instance, at this very instant.
          const here = records[frame + C_AGE] === leaving[i + 1] && records[frame + C_STATE] === STATE_AT_NODE && records[frame + R_WORD] === WORD_LEAVING;
          if (here && records[frame + C_NODE] === leaving[i + 2]) finish(frame, leaving[i + 2], REASON_SHED);
        }
        leaving.length = 0;
      })
    : -1;

  return {
    uses,
    turnsAway(node, frame, left) {
      const now = clock[0];
      const long = tooLong(node, frame, left);
      if (dropping[node] === 1) {
        if (!long) dropping[node] = 0;
        else if (now >= dropNext[node]) {
          dropCount[node]++;
          dropNext[node] = after(dropNext[node], node);
          return true;
        }
        return false;
      }
      if (!long) return false;
      dropping[node] = 1;
      // Where the last episode was recent, go on near its rate.
      const more = dropCount[node] - lastCount[node];
      dropCount[node] = more > 1 && now - dropNext[node] < 16 * interval[node] ? more : 1;
      dropNext[node] = after(now, node);
      lastCount[node] = dropCount[node];
      return true;
    },
    answer(node, frame) {
      records[frame + R_WORD] = WORD_LEAVING;
      if (leaving.length === 0) controls.at(answers, clock[0]);
      leaving.push(frame, records[frame + C_AGE], node);
    },
    connect(its) {
      finish = its;
    },
    reset() {
      leaving.length = 0;
      for (const array of [firstAbove, dropNext, dropCount, lastCount, dropping]) array.fill(0);
    },
  };
}
