import { describe, expect, test } from 'vitest';
import { neighbourMs, pictureStride, travelGrid } from './travel-grid';
import { createTravelPool, MOST_SESSIONS } from './travel-pool';
import type { TravelRunner } from './travel-runner';

describe('the ends of the intervals of a run', () => {
  // A third of a second is no whole number of nanoseconds: 1 s in 3 intervals ends at 333333333, 666666667 and 1000000000 ns.
  const grid = travelGrid({ durationMs: 1000, seriesPoints: 3 });

  test('are those of the charts, to the nanosecond', () => {
    expect([0, 1, 2, 3].map(grid.ms)).toEqual([0, 333.333333, 666.666667, 1000]);
    expect([0, 333.333332, 333.333333, 333.4, 666.666666, 666.666667, 1000, 5000].map(grid.at)).toEqual([0, 0, 1, 1, 1, 2, 3, 3]);
  });

  test('have neighbours up to both ends of the run', () => {
    expect([0, 100, 333.333333, 500].map((ms) => neighbourMs(grid, ms, true))).toEqual([null, 0, 0, 333.333333]);
    expect([0, 500, 999, 1000].map((ms) => neighbourMs(grid, ms, false))).toEqual([333.333333, 666.666667, 1000, null]);
  });

  test('are all kept in pictures unless these would take more than 32 MB', () => {
    expect(pictureStride(300, 2000)).toBe(1);
    expect(pictureStride(5000, 6700)).toBe(1);
    expect(pictureStride(5000, 100_000)).toBe(15);
  });
});

describe('the sessions that stand ready', () => {
  /** Sessions that only know where they stand: one event each ms. */
  function pool() {
    let made = 0;
    const at = new Map<TravelRunner, number>();
    const sessions = createTravelPool(() => {
      made++;
      const runner = {
        place: () => ({ ms: at.get(runner) ?? 0, events: at.get(runner) ?? 0 }),
        ended: () => at.get(runner) === 1e6,
      } as unknown as TravelRunner;
      at.set(runner, 0);
      return runner;
    });
    const move = (runner: TravelRunner, to: number): void => {
      at.set(runner, to);
    };
    const prepare = (closeBefore: number): void => {
      for (let next = sessions.missing(1e6, closeBefore); next !== null; next = sessions.missing(1e6, closeBefore)) move(next.runner, next.events);
    };
    return { sessions, move, prepare, made: () => made };
  }

  test('are a quarter of the run apart and close before the latest place, and never more than five', () => {
    const { sessions, move, prepare, made } = pool();
    move(sessions.take({ ms: 700_000, events: 700_000 }), 700_000);
    prepare(699_000);
    expect(made()).toBe(MOST_SESSIONS);
    expect(sessions.standing()).toBe(MOST_SESSIONS);
    for (const [wanted, from] of [
      [700_500, 700_000],
      [699_500, 699_000],
      [600_000, 500_000],
      [400_000, 250_000],
      [800_000, 750_000],
      [10_000, 0],
    ] as const) {
      const fresh = pool();
      fresh.move(fresh.sessions.take({ ms: 700_000, events: 700_000 }), 700_000);
      fresh.prepare(699_000);
      expect(fresh.sessions.take({ ms: wanted, events: wanted }).place().events).toBe(from);
    }
  });

  test('stand again after one of them has been taken, and one at the end makes room', () => {
    const { sessions, move, prepare } = pool();
    move(sessions.furthest(), 1e6);
    prepare(999_000);
    for (const place of [300_000, 990_000, 40_000, 600_000, 999_999]) {
      move(sessions.take({ ms: place, events: place }), place);
      prepare(Math.max(0, place - 500));
      expect(sessions.standing()).toBeLessThanOrEqual(MOST_SESSIONS);
      const nearest = sessions.take({ ms: place - 500, events: place - 500 }).place().events;
      expect(place - 500 - nearest).toBeLessThanOrEqual(1e6 / 64);
    }
  });

  test('are none but one for a run that is repeated in no time', () => {
    const { sessions, made } = pool();
    sessions.take({ ms: 0, events: 0 });
    expect(sessions.missing(10_000, 9000)).toBeNull();
    expect(made()).toBe(1);
  });
});
