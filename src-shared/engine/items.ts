import { pow } from '../base/transcendental';
import type { Accounts } from './accounts';
import type { Core } from './core';
import type { Frames } from './frames';
import { RECORD } from './layout';
import type { Observer } from './observer';

/**
 * Which data item each request touches, in plans where somebody reads it: drawn when the request begins, carried by all calls made
 * for it. Items are numbered from 0 by popularity, and are the same for all operations: item 5 is the same datum to whoever asks.
 */
export interface Items {
  /** Most items of any operation. */
  readonly count: number;
  frames(its: Frames): Frames;
}

/** Chances of the items 0 .. k together, for each k; null where all are alike. G. K. Zipf, 1949, on a finite number of ranks. */
function zipf(items: number, skew: number): Float64Array | null {
  if (skew === 0 || items === 1) return null;
  const sums = new Float64Array(items);
  let sum = 0;
  for (let rank = 1; rank <= items; rank++) {
    sum += pow(rank, -skew);
    sums[rank - 1] = sum;
  }
  for (let i = 0; i < items; i++) sums[i] /= sum;
  return sums;
}

/** Builds the choice of items; null where no part of the plan has any. */
export function createItems(core: Core): Items | null {
  const { plan, items } = core;
  if (items.length === 0) return null;
  const { add, draw } = core.variates;
  const count = Math.max(1, ...plan.operations.map((operation) => operation.items ?? 1));
  const tables = new Map<string, Float64Array | null>();
  const chances = plan.operations.map(({ items: its = 1, itemSkew = 0 }) => {
    const key = `${its}/${itemSkew}`;
    const table = tables.get(key) ?? zipf(its, itemSkew);
    tables.set(key, table);
    return table;
  });
  const size = Int32Array.from(plan.operations, (operation) => operation.items ?? 1);
  const stream = Int32Array.from(plan.nodes, (node) => (node.role === 'source' ? add(`${plan.components[node.component].id}/item`, { type: 'unit' }) : -1));

  const pick = (operation: number, u: number): number => {
    const sums = chances[operation];
    if (sums === null) return Math.floor(u * size[operation]);
    let low = 0;
    let high = size[operation] - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (u < sums[middle]) high = middle;
      else low = middle + 1;
    }
    return low;
  };

  return {
    count,
    frames: ({ root, prepare }) => ({
      root(node, user, operation, link) {
        const frame = root(node, user, operation, link);
        items[frame / RECORD] = pick(operation, draw(stream[node]));
        return frame;
      },
      prepare(parent, link, target, tag) {
        const frame = prepare(parent, link, target, tag);
        items[frame / RECORD] = items[parent / RECORD];
        return frame;
      },
    }),
  };
}

/** Keeps the items of the requests that are logged one by one. */
export function loggingItems(core: Core, observer: Observer, its: Accounts): Accounts {
  if (core.items.length === 0 || core.plan.requestLog === 0) return its;
  return {
    ...its,
    endRequest(frame, reason) {
      const { count, items } = observer.requestLog();
      its.endRequest(frame, reason);
      if (observer.requestLog().count > count) items[count] = core.items[frame / RECORD];
    },
  };
}
