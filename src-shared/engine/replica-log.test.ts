import { expect, test } from 'vitest';
import { createReplicaLog, LOG_LIMIT } from './replica-log';

test('a read is stale by the first acknowledged write that its copy has not applied (V5)', () => {
  const log = createReplicaLog(2, 2);
  const first = log.append(0, 1, 1, 0);
  expect(log.isStale(1, 1, 100)).toBe(false); // nobody was promised anything
  log.acknowledge(first, 10);
  const second = log.append(0, 1, 1, 0);
  log.acknowledge(second, 20);
  expect(log.isStale(1, 1, 9)).toBe(false);
  expect(log.isStale(1, 1, 10)).toBe(true);
  expect(log.found).toEqual({ since: 10, behind: 1 });
  expect(log.isStale(1, 1, 25)).toBe(true);
  expect(log.found).toEqual({ since: 10, behind: 2 });
  expect(log.isStale(1, 0, 25)).toBe(false);
  expect(log.isStale(0, 1, 25)).toBe(false);
  expect(log.follows(1, second)).toBe(false);
  log.log(1, first);
  expect(log.isStale(1, 1, 25)).toBe(true); // stored, not applied
  expect(log.apply(1)).toBe(first);
  expect(log.isStale(1, 1, 25)).toBe(true);
  expect(log.found).toEqual({ since: 20, behind: 1 });
});

test('what only a deposed primary has is lost once, and nobody is stale by it any more (V9)', () => {
  const log = createReplicaLog(3, 1);
  const shared = log.append(0, 0, 1, 0);
  log.acknowledge(shared, 5);
  for (const copy of [1, 2]) {
    log.log(copy, shared);
    log.apply(copy);
  }
  for (const at of [10, 20]) log.acknowledge(log.append(0, 0, 1, 0), at);
  log.append(0, 0, 1, 0);
  expect(log.isStale(1, 0, 30)).toBe(true);
  const lost: number[] = [];
  for (const copy of [0, 2]) log.lose(1, copy, (at) => lost.push(at));
  expect(lost).toEqual([20, 10]);
  expect(log.isStale(1, 0, 30)).toBe(false);
  log.lose(1, 0, (at) => lost.push(at));
  expect(lost).toHaveLength(2);
  // The new primary writes; the old one gives up three writes for it.
  const next = log.append(1, 0, 2, 0);
  log.acknowledge(next, 40);
  expect(log.catchUp(0, 1, log.length(1))).toBe(3);
  expect([log.length(0), log.lastTerm(0), log.backlog(0)]).toEqual([2, 2, 1]);
  expect(log.isStale(0, 0, 50)).toBe(true);
  expect(log.found).toEqual({ since: 40, behind: 1 });
  expect(log.apply(0)).toBe(next);
  expect(log.isStale(0, 0, 50)).toBe(false);
});

test('a copy that is further behind than the log reaches gets a full copy (V11)', () => {
  const log = createReplicaLog(2, 10);
  for (let i = 0; i < LOG_LIMIT; i++) log.acknowledge(log.append(0, i % 10, 1, 0), i);
  expect(log.isStale(1, 3, LOG_LIMIT)).toBe(true);
  expect(log.catchUp(1, 0, log.length(0))).toBe(-1);
  expect(log.backlog(1)).toBe(0);
  for (let item = 0; item < 10; item++) expect(log.isStale(1, item, LOG_LIMIT)).toBe(false);
});
