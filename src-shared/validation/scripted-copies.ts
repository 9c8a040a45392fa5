import { type DatabaseValues, type Draft, draft } from './draft';

/**
 * A database with copies, `data`, and two clients that write and read its one item at given instants in ms. A write takes 2 ms and a read
 * 1, messages between copies take 10, a follower applies a write with half of its work; `values` says what is different.
 */
export function scriptedCopies(values: DatabaseValues, writesAt: readonly number[], readsAt: readonly number[]): Draft {
  const parts = draft('copies');
  parts.database('data', {
    readTime: { type: 'constant', valueMs: 1 },
    writeTime: { type: 'constant', valueMs: 2 },
    copyDelay: { type: 'constant', valueMs: 10 },
    applyShare: 0.5,
    ...values,
  });
  for (const [id, type, at] of [
    ['writer', 'write', writesAt],
    ['reader', 'read', readsAt],
  ] as const) {
    parts.client(id, {
      arrivals: 'trace',
      trace: at.map((atMs) => ({ atMs, workMs: 0, priority: 1 })),
      operations: [{ name: type, weight: 1, type, requestBytes: 1, responseBytes: 1, priority: 1, items: 1, itemSkew: 0 }],
    });
    parts.link(id, 'data');
  }
  return parts;
}
