import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createReplicaLog } from './replica-log';

const COPIES = 3;
const ITEMS = 2;

/** The same logs kept plainly: of each copy the numbers of its writes, and how many of them it has applied. */
interface PlainCopy {
  log: number[];
  applied: number;
}

interface Write {
  readonly item: number;
  /** How many writes of the item its log had with it. */
  readonly version: number;
  readonly term: number;
  /** Its primary is not that of the latest term: it makes nobody stale, and is lost once it is acknowledged and its copy follows. */
  isDoomed: boolean;
  acknowledgedAt: number;
  isLost: boolean;
}

/** What may happen next; numbers are taken modulo what there is. */
const step = fc.record({
  what: fc.constantFrom(
    'write' as const,
    'write' as const,
    'log' as const,
    'log' as const,
    'apply' as const,
    'apply' as const,
    'acknowledge' as const,
    'elect' as const,
    'write-late' as const,
    'acknowledge-late' as const,
  ),
  copy: fc.nat(COPIES - 1),
  item: fc.nat(ITEMS - 1),
  some: fc.nat(5),
});

test('[V5, V9] reads show what a plain model of the logs shows, and a version at a copy goes back only where the copy gives up writes', () => {
  let stale = 0;
  let givenUp = 0;
  const property = fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), fc.nat(), (steps, pick) => {
    const log = createReplicaLog(COPIES, ITEMS);
    const copies: PlainCopy[] = Array.from({ length: COPIES }, () => ({ log: [], applied: 0 }));
    const writes = new Map<number, Write>();
    const at = (copy: number): PlainCopy => copies[copy] as PlainCopy;
    const write = (number: number): Write => writes.get(number) as Write;
    const shown = (copy: number, item: number): number =>
      at(copy)
        .log.slice(0, at(copy).applied)
        .filter((number) => write(number).item === item).length;
    const common = (one: number, other: number): number => {
      const differs = at(one).log.findIndex((number, place) => at(other).log[place] !== number);
      return differs < 0 ? at(one).log.length : differs;
    };
    let primary = 0;
    let term = 1;
    let now = 1;
    /** Copies that are not connected to the primary yet. */
    const apart = new Set<number>();
    /** Primaries of earlier terms that have not heard of the latest one, by their terms. */
    const late = new Map<number, number>();

    const catchUp = (copy: number, upTo: number): void => {
      const same = common(copy, primary);
      const length = Math.max(same, Math.min(upTo, at(primary).log.length));
      const cut = at(copy).log.length - same;
      const before = Array.from({ length: ITEMS }, (_, item) => shown(copy, item));
      late.delete(copy);
      lose([copy]);
      expect(log.catchUp(copy, primary, length)).toBe(cut);
      at(copy).log = at(primary).log.slice(0, length);
      at(copy).applied = Math.min(at(copy).applied, same);
      for (const [item, version] of before.entries()) if (cut === 0) expect(shown(copy, item)).toBe(version);
      givenUp += cut;
      apart.delete(copy);
    };

    /** What these copies have and the primary has not is lost: once each, if it was acknowledged. */
    const lose = (others: readonly number[]): void => {
      const lost: number[] = [];
      for (const other of others) log.lose(primary, other, (acknowledgedAt) => lost.push(acknowledgedAt));
      const gone = [...writes].filter(
        ([number, { isLost }]) => !isLost && !at(primary).log.includes(number) && others.some((other) => at(other).log.includes(number)),
      );
      const counted = gone.filter(([, { acknowledgedAt }]) => acknowledgedAt < Infinity);
      expect([...lost].sort()).toEqual(counted.map(([, { acknowledgedAt }]) => acknowledgedAt).sort());
      for (const [, its] of gone) its.isDoomed = true;
      for (const [, its] of counted) its.isLost = true;
    };

    const check = (): void => {
      const sentAt = 1 + (pick % now);
      for (let copy = 0; copy < COPIES; copy++) {
        expect([log.length(copy), log.backlog(copy)]).toEqual([at(copy).log.length, at(copy).log.length - at(copy).applied]);
        for (let item = 0; item < ITEMS; item++) {
          const visible = at(copy).log.slice(0, at(copy).applied);
          const promised = [...writes].filter(([, its]) => its.item === item && !its.isLost && !its.isDoomed && its.acknowledgedAt <= sentAt);
          const missing = promised.filter(([number]) => !visible.includes(number));
          expect(log.isStale(copy, item, sentAt)).toBe(missing.length > 0);
          if (missing.length === 0) continue;
          stale++;
          const latest = Math.max(...promised.map(([, { version }]) => version));
          expect(log.found).toEqual({
            since: Math.min(...missing.map(([, { acknowledgedAt }]) => acknowledgedAt)),
            behind: Math.max(1, latest - shown(copy, item)),
          });
        }
      }
    };

    for (const { what, copy, item, some } of steps) {
      now++;
      switch (what) {
        case 'write': {
          const number = log.append(primary, item, term, 0);
          writes.set(number, { item, version: shown(primary, item) + 1, term, acknowledgedAt: Infinity, isLost: false, isDoomed: false });
          at(primary).log.push(number);
          at(primary).applied++;
          break;
        }
        case 'log': {
          if (copy === primary) break;
          if (apart.has(copy)) {
            catchUp(copy, at(primary).log.length - (some % 2));
            break;
          }
          const next = at(primary).log[at(copy).log.length];
          if (next === undefined) break;
          expect(log.follows(copy, next)).toBe(true);
          log.log(copy, next);
          at(copy).log.push(next);
          break;
        }
        case 'apply': {
          if (log.next(copy) === 0) break;
          const number = at(copy).log[at(copy).applied] as number;
          expect(log.apply(copy)).toBe(number);
          at(copy).applied++;
          break;
        }
        case 'acknowledge': {
          // Whoever waited for a write of an earlier term has been told that it failed.
          const number = at(primary).log.find((one) => write(one).term === term && write(one).acknowledgedAt === Infinity);
          if (number === undefined) break;
          log.acknowledge(number, now);
          write(number).acknowledgedAt = now;
          break;
        }
        // A primary that others have left goes on until it hears of it.
        case 'write-late': {
          const its = late.get(copy);
          if (its === undefined) break;
          const number = log.append(copy, item, its, 0);
          writes.set(number, { item, version: shown(copy, item) + 1, term: its, acknowledgedAt: Infinity, isLost: false, isDoomed: true });
          at(copy).log.push(number);
          at(copy).applied++;
          break;
        }
        case 'acknowledge-late': {
          const number = at(copy).log.find((one) => write(one).term === late.get(copy) && write(one).acknowledgedAt === Infinity);
          if (number === undefined) break;
          log.acknowledge(number, now);
          write(number).acknowledgedAt = now;
          break;
        }
        case 'elect': {
          // Who still has what was lost and is elected brings it back; that is counted as lost all the same (V9).
          if (copy === primary || at(copy).log.some((number) => write(number).isLost || write(number).isDoomed)) break;
          late.set(primary, term);
          late.delete(copy);
          primary = copy;
          term++;
          log.elect(term);
          apart.delete(primary);
          const others = copies.map((_, other) => other).filter((other) => other !== primary);
          lose(others);
          for (const other of others) apart.add(other);
          // It leads once it has applied all that it had stored.
          while (log.next(primary) > 0) {
            log.apply(primary);
            at(primary).applied++;
          }
          break;
        }
      }
      check();
    }
  });
  fc.assert(property, { numRuns: 400, interruptAfterTimeLimit: 20_000, markInterruptAsFailure: false });
  expect(stale).toBeGreaterThan(100);
  expect(givenUp).toBeGreaterThan(10);
}, 60_000);
