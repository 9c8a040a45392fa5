import type { Problem } from '../base/problem';
import { ok, type Result } from '../base/result';
import type { Project } from '../project/project';
import type { RunPlace, TravelPicture } from '../protocol/time-travel-messages';
import type { Frame } from './frame';
import { createSession, type Session } from './session';
import { pictureStride, type TravelGrid } from './travel-grid';

/** Intervals that the numbers of a picture reach back over, older ones counting less: the visible window of a look at the past. */
const WINDOW_INTERVALS = 8;

/** Pictures of a run at the ends of its intervals: whatever repeats a part of the run adds those that it passes. */
export interface PictureBook {
  /** Intervals from one picture to the next. */
  readonly stride: number;
  /** Adds the picture of the end of an interval. */
  readonly add: (index: number, frame: Frame) => void;
  /** The picture of the end of an interval, if it is known. */
  readonly of: (index: number) => Frame | undefined;
  /** End of the last interval up to which all pictures are known, in ms. */
  readonly knownMs: () => number;
  /** What the window shows of a place; `last` is the look at the place itself. */
  readonly picture: (last: Frame, atEnd: boolean) => TravelPicture;
}

/** Where a frame was taken. */
export function placeOf(frame: Frame): RunPlace {
  return { ms: frame.simulatedMs, events: frame.replicationEvents };
}

/** Memory that a frame takes, in bytes, with some more for the objects around its numbers. */
export function frameBytes({ components, links, instances, instanceStates, primaries }: Frame): number {
  return components.byteLength + links.byteLength + instances.byteLength + instanceStates.byteLength + (primaries?.byteLength ?? 0) + 600;
}

/** An empty book; `sample` is any frame of the run, for its size. */
export function createPictureBook(grid: TravelGrid, sample: Frame): PictureBook {
  const stride = pictureStride(grid.intervals, frameBytes(sample));
  const shown = Math.max(1, Math.round(WINDOW_INTERVALS / stride));
  const frames: Frame[] = [];
  return {
    stride,
    add: (index, frame) => {
      // Whoever comes by first has come by all before it, so that there are no gaps.
      if (index === (frames.length + 1) * stride) frames.push(frame);
    },
    of: (index) => (index % stride === 0 ? frames[index / stride - 1] : undefined),
    knownMs: () => grid.ms(frames.length * stride),
    picture: (last, atEnd) => {
      const place = placeOf(last);
      let end = Math.min(frames.length, Math.floor(grid.at(place.ms) / stride));
      while (end > 0 && (frames[end - 1]?.replicationEvents ?? 0) > place.events) end--;
      const isKept = end > 0 && frames[end - 1] === last;
      const begin = Math.max(0, end - shown + (isKept ? 0 : 1));
      return { place, atEnd, frames: [...frames.slice(begin, end), ...(isKept ? [] : [last])], sinceMs: grid.ms(begin * stride) };
    },
  };
}

/** What came of executing one event; `end`: there is none left, or none up to the instant. */
export type EventOutcome = 'event' | 'request' | 'end';

/** A session that repeats the first replication of a run, from its beginning forwards. */
export interface TravelRunner {
  readonly session: Session;
  readonly place: () => RunPlace;
  /** Whether the end of the run is reached. */
  readonly ended: () => boolean;
  /**
   * Goes on to an instant, everything at it included, but never beyond so many events; executes at most `budget` events of the way.
   * Whether it is there, or at the end.
   */
  readonly goTo: (ms: number, events: number, budget: number) => boolean;
  /** Executes one event, none after an instant in ms, and says whether a request ended with it. */
  readonly stepEvent: (untilMs?: number) => EventOutcome;
  /** The place where it stands, without disturbing the pictures to come. */
  readonly look: () => Frame;
}

/** Begins to repeat a run; `bookOf` gives the book that takes the pictures, once it is told a frame for its size. */
export function createTravelRunner(
  project: Project,
  designId: string,
  grid: TravelGrid,
  bookOf: (sample: Frame) => PictureBook,
): Result<TravelRunner, readonly Problem[]> {
  const made = createSession(project, designId, { forResult: false });
  if (!made.ok) return made;
  const session = made.value;
  const book = bookOf(session.peek());
  let next = book.stride;
  let ended = false;
  /** The picture taken last, as long as the session stands where it was taken. */
  let here: Frame | null = null;

  /** Instant at which the next picture is due, in ms. */
  const due = (): number => (next <= grid.intervals ? grid.ms(next) : Number.POSITIVE_INFINITY);
  const keep = (): void => {
    here = { ...session.frame(), points: [], journal: [] };
    book.add(next, here);
    // Every session looks at the same instants, so that each picture describes the same time whoever takes it.
    here = book.of(next) ?? here;
    next += book.stride;
  };
  const end = (): void => {
    ended = true;
    here = null;
    if (session.simulatedMs() >= due()) keep();
  };

  return ok({
    session,
    place: () => ({ ms: session.simulatedMs(), events: session.events() }),
    ended: () => ended,
    goTo: (ms, events, budget) => {
      let left = budget;
      for (;;) {
        const missing = events - session.events();
        if (ended || session.simulatedMs() > ms || (missing <= 0 && !(session.simulatedMs() < ms && ms < Number.POSITIVE_INFINITY))) return true;
        if (left <= 0) return false;
        const target = Math.min(due(), ms);
        session.breakAt(target);
        const before = session.events();
        const beforeMs = session.simulatedMs();
        // Where only the clock lags behind, the break comes before any event.
        const status = session.advance(Math.max(1, Math.min(missing, left)));
        const executed = session.events() - before;
        left -= Math.max(1, executed);
        if (executed > 0 || session.simulatedMs() !== beforeMs) here = null;
        if (status === 'finished') end();
        else if (status === 'break') {
          if (target === due()) keep();
          if (target === ms) return true;
        }
      }
    },
    stepEvent: (untilMs = Number.POSITIVE_INFINITY) => {
      while (!ended) {
        const target = Math.min(due(), untilMs);
        session.breakAt(target);
        session.breakAtRequest();
        const before = session.events();
        const beforeMs = session.simulatedMs();
        const status = session.advance(1);
        if (status === 'finished') {
          end();
          return 'end';
        }
        if (session.events() !== before) {
          here = null;
          return status === 'break' ? 'request' : 'event';
        }
        if (session.simulatedMs() !== beforeMs) here = null;
        if (target === due()) keep();
        if (target === untilMs) return 'end';
      }
      return 'end';
    },
    look: () => here ?? session.peek(),
  });
}
