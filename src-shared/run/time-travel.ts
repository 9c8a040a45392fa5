import type { Problem } from '../base/problem';
import { invariant } from '../base/result';
import type { Fault } from '../project/fault';
import type { Project } from '../project/project';
import { type FromTravel, type ToTravel, type TravelTarget, toTravelSchema } from '../protocol/time-travel-messages';
import type { Frame } from './frame';
import { type TravelGrid, travelGrid } from './travel-grid';
import { createTravelPool, type TravelPool } from './travel-pool';
import { createPictureBook, createTravelRunner, frameBytes, type PictureBook, placeOf, type TravelRunner } from './travel-runner';

/** What a worker must offer to look back at a run. */
export interface TravelHost {
  /** Wall clock in ms, from any origin. */
  readonly now: () => number;
  /** Calls back soon, after messages that wait have been received. */
  readonly later: (callback: () => void) => void;
  readonly send: (message: FromTravel) => void;
}

/** Answers messages to a worker that looks back at one run. What is no message is dropped. */
export interface TimeTravel {
  readonly receive: (message: unknown) => void;
}

/** Longest wall time between two looks for messages, and between two reports of progress, in ms. */
const SLICE_MS = 12;
const REPORT_MS = 80;
/** Events between two looks at the clock. */
const CHUNK = 2048;
/** Places one event apart that are kept before the present one, so that steps back by events cost nothing; fewer where each takes much memory. */
const MOST_STEPS = 256;
const LEAST_STEPS = 32;
const STEP_BYTES = 16 * 1024 * 1024;
/** First reach of a search for the end of an earlier request, in events; it doubles until one is found. */
const SEARCH_EVENTS = MOST_STEPS;

/** A place that is kept, with whether a request ended in its event. */
interface Kept {
  readonly frame: Frame;
  readonly request: boolean;
}

/** Goes on with each `next`; yields the share of the way that is done. */
type Work<T> = Generator<number, T, void>;

/** The project in which what was injected happens by itself, with one replication and nothing that only the result needs. */
export function projectAgain(project: Project, designId: string, injected: readonly Fault[]): Project {
  const { warmUpMs } = project.settings;
  return {
    ...project,
    // Without a pilot: the warm-up decides what is measured and never what happens.
    settings: { ...project.settings, replications: 1, requestLog: 0, warmUpMs: warmUpMs === 'auto' ? 0 : warmUpMs },
    designs: project.designs.map((design) => (design.id === designId ? { ...design, faults: [...design.faults, ...injected] } : design)),
  };
}

interface Journey {
  readonly grid: TravelGrid;
  readonly book: PictureBook;
  readonly pool: TravelPool;
  /** As far as the run came: the instant in ms, and events (infinite until they are known). */
  readonly endMs: number;
  endEvents: number;
  /** Whether the end has been reached once, so that all pictures and the number of events are known. */
  isComplete: boolean;
}

/** Looks back at one run: repeats it to any instant or event in its own time, and keeps what makes the next jump short. */
export function createTimeTravel(host: TravelHost): TimeTravel {
  let journey: Journey | null = null;
  let seek: { readonly id: number; readonly work: Work<Frame> } | null = null;
  let preparing: Work<void> | null = null;
  let scheduled = false;
  let reportedAt = 0;
  /** Consecutive places before and at the latest one. */
  let kept: Kept[] = [];
  /** Events at the place that was answered last; infinite before the first. */
  let latestEvents = Number.POSITIVE_INFINITY;

  const schedule = (): void => {
    if (scheduled) return;
    scheduled = true;
    host.later(slice);
  };

  const fail = (error: unknown): void => {
    journey = null;
    seek = null;
    preparing = null;
    host.send({ type: 'bug', message: error instanceof Error ? error.message : String(error) });
  };

  function* advance(runner: TravelRunner, ms: number, events: number): Work<void> {
    const from = runner.place();
    const whole = Number.isFinite(events) ? Math.max(1, events - from.events) : Math.max(1e-9, ms - from.ms);
    while (!runner.goTo(ms, events, CHUNK)) {
      const { ms: nowMs, events: nowEvents } = runner.place();
      yield Math.min(1, (Number.isFinite(events) ? nowEvents - from.events : nowMs - from.ms) / whole);
    }
  }

  const keptOf = (events: number): Kept | undefined => {
    const first = kept[0];
    return first === undefined ? undefined : kept[events - first.frame.replicationEvents];
  };

  const mostKept = (): number => {
    const last = kept.at(-1)?.frame;
    return Math.min(MOST_STEPS, Math.max(LEAST_STEPS, Math.floor(STEP_BYTES / (last === undefined ? 4096 : frameBytes(last)))));
  };
  const keep = (runner: TravelRunner, outcome: 'event' | 'request'): void => {
    kept.push({ frame: runner.look(), request: outcome === 'request' });
    if (kept.length > mostKept()) kept.shift();
  };

  /** The place after so many events, with the places before it. */
  function* toEvents(of: Journey, wanted: number): Work<Frame> {
    const events = Math.min(wanted, of.endEvents);
    const known = keptOf(events);
    if (known !== undefined) return known.frame;
    const last = kept.at(-1)?.frame;
    let runner = of.pool.current();
    // One step on from where a session stands goes on with what is kept; anything else begins anew, some steps earlier.
    if (runner === null || last === undefined || runner.place().events !== last.replicationEvents || events !== last.replicationEvents + 1) {
      const begin = Math.max(0, events - mostKept() + 1);
      runner = of.pool.take({ ms: of.endMs, events: begin });
      yield* advance(runner, Number.POSITIVE_INFINITY, begin);
      kept = [{ frame: runner.look(), request: false }];
    }
    while (runner.place().events < events) {
      const outcome = runner.stepEvent();
      if (outcome === 'end') {
        of.endEvents = runner.place().events;
        return runner.look();
      }
      keep(runner, outcome);
      yield 1;
    }
    return (keptOf(events) as Kept).frame;
  }

  /** The place at an instant, everything at it included, with the places before it. */
  function* toTime(of: Journey, wanted: number): Work<Frame> {
    if (wanted >= of.endMs) return yield* toEnd(of);
    const index = of.grid.at(wanted);
    const picture = of.grid.ms(index) === wanted ? of.book.of(index) : undefined;
    if (picture !== undefined) return picture;
    const runner = of.pool.take({ ms: wanted, events: of.endEvents });
    yield* advance(runner, of.grid.ms(index), of.endEvents);
    // Where events come as often as in the run so far, about as many as are kept lie between here and the instant.
    const { ms, events } = runner.place();
    yield* advance(runner, events > 0 ? wanted - (mostKept() * ms) / events : ms, of.endEvents);
    kept = [{ frame: runner.look(), request: false }];
    while (runner.place().events < of.endEvents) {
      const outcome = runner.stepEvent(wanted);
      if (outcome === 'end') break;
      keep(runner, outcome);
      yield 1;
    }
    return runner.look();
  }

  function* toEnd(of: Journey): Work<Frame> {
    const runner = of.pool.take({ ms: of.endMs, events: of.endEvents });
    yield* advance(runner, of.endMs, of.endEvents);
    of.endEvents = Math.min(of.endEvents, runner.place().events);
    of.isComplete = true;
    return runner.look();
  }

  /** The place after the next event in which a request ends. */
  function* requestAfter(of: Journey, from: number): Work<Frame> {
    const isKnown = keptOf(from) !== undefined;
    const next = isKnown ? kept.find(({ frame, request }) => request && frame.replicationEvents > from) : undefined;
    if (next !== undefined) return next.frame;
    // What is kept beyond the place has no end of a request, so that the search goes on behind it.
    const begin = isKnown ? (kept.at(-1)?.frame.replicationEvents ?? from) : from;
    let runner = of.pool.current();
    if (runner === null || runner.place().events !== begin) {
      runner = of.pool.take({ ms: of.endMs, events: begin });
      yield* advance(runner, Number.POSITIVE_INFINITY, begin);
    }
    while (runner.place().events < of.endEvents) {
      const outcome = runner.stepEvent();
      if (outcome === 'end') of.endEvents = runner.place().events;
      if (outcome !== 'event') break;
      yield 0;
    }
    const frame = runner.look();
    kept = [{ frame, request: true }];
    return frame;
  }

  /** The place after the last event before `from` in which a request ended; the beginning where none did. */
  function* requestBefore(of: Journey, from: number): Work<Frame> {
    const isKnown = keptOf(from - 1) !== undefined;
    const earlier = isKnown ? kept.findLast(({ frame, request }) => request && frame.replicationEvents < from) : undefined;
    if (earlier !== undefined) return earlier.frame;
    // Of the first that is kept it is not known whether a request ended in it.
    let before = isKnown ? (kept[0]?.frame.replicationEvents ?? 0) + 1 : from;
    for (let reach = SEARCH_EVENTS; before > 1; reach *= 2) {
      const begin = Math.max(0, before - reach);
      const runner = of.pool.take({ ms: of.endMs, events: begin });
      yield* advance(runner, Number.POSITIVE_INFINITY, begin);
      kept = [{ frame: runner.look(), request: false }];
      let found = -1;
      while (runner.place().events < before - 1) {
        const outcome = runner.stepEvent();
        if (outcome === 'end') break;
        keep(runner, outcome);
        if (outcome === 'request') found = runner.place().events;
        yield 1;
      }
      if (found >= 0) return yield* toEvents(of, found);
      before = begin + 1;
    }
    return yield* toEvents(of, 0);
  }

  function* workOf(of: Journey, target: TravelTarget): Work<Frame> {
    switch (target.by) {
      case 'time':
        return yield* toTime(of, target.ms);
      case 'events':
        return yield* toEvents(of, target.events);
      case 'step': {
        const { unit, back, from } = target;
        // How many events the run has is known once its end has been reached.
        if (from.ms >= of.endMs && !Number.isFinite(of.endEvents)) yield* toEnd(of);
        const events = Math.min(from.events, of.endEvents);
        if (unit === 'event') return yield* toEvents(of, Math.max(0, events + (back ? -1 : 1)));
        return yield* back ? requestBefore(of, events) : requestAfter(of, events);
      }
    }
  }

  /** What makes later jumps short: pictures of all intervals, and sessions that stand at earlier instants. */
  function* prepare(of: Journey): Work<void> {
    const tell = (): void => host.send({ type: 'prepared', ms: Math.min(of.endMs, of.book.knownMs()), checkPoints: of.pool.standing() });
    if (!of.isComplete) {
      const runner = of.pool.furthest();
      yield* advance(runner, of.endMs, of.endEvents);
      of.endEvents = Math.min(of.endEvents, runner.place().events);
      of.isComplete = true;
    }
    tell();
    const latest = Math.min(latestEvents, of.endEvents);
    const closeBefore = Math.max(0, (keptOf(latest) === undefined ? latest : (kept[0]?.frame.replicationEvents ?? 0)) - MOST_STEPS);
    for (let next = of.pool.missing(of.endEvents, closeBefore); next !== null; next = of.pool.missing(of.endEvents, closeBefore)) {
      yield* advance(next.runner, Number.POSITIVE_INFINITY, next.events);
      tell();
    }
  }

  const answer = (of: Journey, id: number, frame: Frame): void => {
    const place = placeOf(frame);
    latestEvents = place.events;
    host.send({ type: 'reached', seekId: id, picture: of.book.picture(frame, place.ms >= of.endMs && place.events >= of.endEvents) });
  };

  const slice = (): void => {
    scheduled = false;
    const of = journey;
    if (of === null) return;
    try {
      const started = host.now();
      while (host.now() - started < SLICE_MS) {
        if (seek !== null) {
          const { id, work } = seek;
          const step = work.next();
          if (step.done === true) {
            seek = null;
            answer(of, id, step.value);
            preparing = prepare(of);
          } else if (host.now() - reportedAt >= REPORT_MS) {
            reportedAt = host.now();
            host.send({ type: 'progress', seekId: id, share: step.value });
          }
        } else if (preparing !== null) {
          if (preparing.next().done === true) {
            preparing = null;
            return;
          }
          if (host.now() - reportedAt >= REPORT_MS) {
            reportedAt = host.now();
            host.send({ type: 'prepared', ms: Math.min(of.endMs, of.book.knownMs()), checkPoints: of.pool.standing() });
          }
        } else return;
      }
      schedule();
    } catch (error) {
      fail(error);
    }
  };

  const open = (message: Extract<ToTravel, { type: 'open' }>): void => {
    const project = projectAgain(message.project, message.designId, message.injected);
    const grid = travelGrid(project.settings);
    let book: PictureBook | null = null;
    const bookOf = (sample: Frame): PictureBook => {
      book ??= createPictureBook(grid, sample);
      return book;
    };
    const first = createTravelRunner(project, message.designId, grid, bookOf);
    if (!first.ok) {
      host.send({ type: 'refused', problems: [...first.error] });
      return;
    }
    let spare: TravelRunner | null = first.value;
    const pool = createTravelPool(() => {
      if (spare !== null) {
        const runner = spare;
        spare = null;
        return runner;
      }
      const again = createTravelRunner(project, message.designId, grid, bookOf);
      invariant(again.ok, 'what could be run once can be run again');
      return again.value;
    });
    invariant(book !== null, 'the first session has asked for the book');
    journey = { grid, book, pool, endMs: message.end.ms, endEvents: message.end.events ?? Number.POSITIVE_INFINITY, isComplete: false };
    kept = [];
    latestEvents = Number.POSITIVE_INFINITY;
    seek = null;
    preparing = null;
    const { componentIds, linkIds, instanceCounts } = first.value.session;
    host.send({ type: 'opened', componentIds: [...componentIds], linkIds: [...linkIds], instanceCounts: [...instanceCounts] });
  };

  return {
    receive: (raw) => {
      const parsed = toTravelSchema.safeParse(raw);
      if (!parsed.success) {
        if (typeof raw === 'object' && raw !== null && 'type' in raw && raw.type === 'open')
          host.send({ type: 'refused', problems: [unreadable(parsed.error)] });
        return;
      }
      try {
        if (parsed.data.type === 'open') {
          open(parsed.data);
          return;
        }
        if (journey === null) return;
        if (parsed.data.type === 'prepare') {
          preparing ??= prepare(journey);
          schedule();
          return;
        }
        // Whatever was under way is left where it stands: its session is a check point like any other.
        seek = { id: parsed.data.seekId, work: workOf(journey, parsed.data.target) };
        preparing = null;
        reportedAt = host.now();
        schedule();
      } catch (error) {
        fail(error);
      }
    },
  };
}

/** Somebody waits for the answer to an opening that cannot be read. */
function unreadable(error: { readonly issues: readonly { readonly message: string }[] }): Problem {
  return {
    severity: 'error',
    code: 'unreadable-start',
    message: `The run cannot be repeated: ${error.issues[0]?.message ?? 'it has another form than expected'}.`,
    remedy: 'Run the design again.',
  };
}
