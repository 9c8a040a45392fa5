import type { RunPlace } from '../protocol/time-travel-messages';
import type { TravelRunner } from './travel-runner';

/** Sessions at most: three that stand spread over the run, one shortly before the latest place, and the one at it. */
export const MOST_SESSIONS = 5;
/** Check points spread over the run. */
const STATIONS = 3;
/** A run of fewer events is repeated from its beginning in no time. */
const FEW_EVENTS = 20_000;

/** The sessions that stand at instants of a run. A session only ever goes forwards; one that stands before a place is the way to it. */
export interface TravelPool {
  /** The session to go on with to a place: the nearest that is not beyond it, or a fresh one. */
  readonly take: (target: RunPlace) => TravelRunner;
  /** The session taken last. */
  readonly current: () => TravelRunner | null;
  /** The session that has come furthest. */
  readonly furthest: () => TravelRunner;
  /**
   * A session and the number of events to bring it to, so that one stands at each check point and one close before the latest place; null where
   * all of them stand.
   */
  readonly missing: (endEvents: number, closeBefore: number) => { readonly runner: TravelRunner; readonly events: number } | null;
  /** Sessions that stand somewhere between beginning and end. */
  readonly standing: () => number;
}

/** A pool of sessions made by `begin`. */
export function createTravelPool(begin: () => TravelRunner): TravelPool {
  const runners: TravelRunner[] = [];
  let current: TravelRunner | null = null;

  const eventsOf = (runner: TravelRunner): number => runner.place().events;
  const nearest = (among: readonly TravelRunner[], fits: (place: RunPlace) => boolean): TravelRunner | null => {
    let best: TravelRunner | null = null;
    for (const runner of among) if (fits(runner.place()) && (best === null || eventsOf(runner) > eventsOf(best))) best = runner;
    return best;
  };
  /** A fresh session, in the place of one that is of the least use where the pool is full. */
  const fresh = (spare: readonly TravelRunner[]): TravelRunner => {
    if (runners.length >= MOST_SESSIONS) {
      const gone = runners.find((runner) => runner.ended()) ?? nearest(spare, () => true) ?? (runners[0] as TravelRunner);
      runners.splice(runners.indexOf(gone), 1);
      if (current === gone) current = null;
    }
    const runner = begin();
    runners.push(runner);
    return runner;
  };

  return {
    take: (target) => {
      current = nearest(runners, (place) => place.events <= target.events && place.ms <= target.ms) ?? fresh(runners.filter((runner) => runner !== current));
      return current;
    },
    current: () => current,
    furthest: () => nearest(runners, () => true) ?? fresh([]),
    missing: (endEvents, closeBefore) => {
      if (endEvents < FEW_EVENTS) return null;
      const wants = [
        { events: closeBefore, within: Math.max(4096, endEvents / 64) },
        ...Array.from({ length: STATIONS }, (_, index) => ({
          events: Math.floor((endEvents * (index + 1)) / (STATIONS + 1)),
          within: endEvents / (2 * (STATIONS + 1)),
        })),
      ];
      const free = runners.filter((runner) => runner !== current && !runner.ended());
      const spare = new Set(free);
      const unmet = wants.filter(({ events, within }) => {
        const there = nearest([...spare], (place) => place.events <= events && place.events >= events - within);
        if (there !== null) spare.delete(there);
        return events >= FEW_EVENTS && there === null;
      });
      const want = unmet[0];
      if (want === undefined) return null;
      // Close before the latest place counts most: the nearest check point goes there, and is made anew afterwards.
      const usable = want === wants[0] ? free : [...spare];
      const runner = nearest(usable, (place) => place.events <= want.events) ?? fresh([...spare]);
      return { runner, events: want.events };
    },
    standing: () => runners.filter((runner) => !runner.ended() && eventsOf(runner) > 0).length,
  };
}
