import { beforeEach, describe, expect, it } from 'vitest';
import { emptyProject } from '../../src-shared/project/project';
import type { FromTravel, ToTravel, TravelPicture } from '../../src-shared/protocol/time-travel-messages';
import type { RunEvent } from '../../src-shared/run/result';
import { createLiveStore } from '../run/live-store';
import type { RunState } from '../run/run-state';
import { createRunStore } from '../run/run-store';
import { frameOf, resultOf } from '../run/test-frames';
import { PRESENT, pastStore } from './past-store';
import { injectedAgain, reachOf } from './reach';
import { createTravel } from './travel';

const project = { ...emptyProject('Shop'), settings: { ...emptyProject('Shop').settings, durationMs: 60_000, seriesPoints: 300 } };
const idle = createRunStore(
  { connectEngine: () => Promise.reject(new Error('not needed')), now: () => 0, onNextDraw: () => {}, delay: () => {} },
  createLiveStore(),
  'max',
).getState();
const over: RunState = {
  ...idle,
  phase: 'finished',
  runId: 1,
  project,
  designId: 'design-1',
  simulatedMs: 60_000,
  progress: 1,
  events: 600_000,
  frame: frameOf(60_000),
  result: resultOf(),
};

/** The controller with a worker that only listens. */
function bench(first: RunState = over) {
  let run = first;
  let now = 0;
  const workers: { sent: ToTravel[]; say: (message: FromTravel) => void; die: (why: string) => void; closed: boolean }[] = [];
  const shown: (TravelPicture | null)[] = [];
  const travel = createTravel({
    startWorker: (say, die) => {
      const worker = { sent: [] as ToTravel[], say, die, closed: false };
      workers.push(worker);
      return {
        post: (message) => worker.sent.push(message),
        close: () => {
          worker.closed = true;
        },
      };
    },
    now: () => now,
    run: () => run,
    begin: () => {},
    show: (picture) => shown.push(picture),
  });
  const worker = () => {
    const last = workers.at(-1);
    if (last === undefined) throw new Error('no worker');
    return last;
  };
  const seeks = () => worker().sent.flatMap((message) => (message.type === 'seek' ? [message] : []));
  /** Answers the latest seek, or an earlier one. */
  const reach = (ms: number, events: number, seekId = seeks().at(-1)?.seekId ?? 0, atEnd = false) =>
    worker().say({ type: 'reached', seekId, picture: { place: { ms, events }, atEnd, frames: [frameOf(ms)], sinceMs: 0 } });
  return {
    travel,
    workers,
    worker,
    seeks,
    shown,
    reach,
    setRun: (next: RunState) => {
      run = next;
    },
    pass: (ms: number) => {
      now += ms;
    },
  };
}

beforeEach(() => pastStore.setState(PRESENT));

describe('moving through the past', () => {
  it('repeats the run that is over, and shows what is reached with how long that took', () => {
    const { travel, worker, seeks, shown, reach, pass } = bench();
    travel.goTo({ by: 'time', ms: 12_000 });
    expect(worker().sent[0]).toMatchObject({ type: 'open', designId: 'design-1', injected: [], end: { ms: 60_000, events: null } });
    expect(seeks()).toMatchObject([{ target: { by: 'time', ms: 12_000 } }]);
    expect(pastStore.getState()).toMatchObject({ place: null, wantedMs: 12_000, isJumping: true });
    pass(400);
    worker().say({ type: 'progress', seekId: 1, share: 0.5 });
    expect(pastStore.getState().share).toBe(0.5);
    reach(12_000, 345);
    expect(pastStore.getState()).toMatchObject({ place: { ms: 12_000, events: 345 }, wantedMs: null, isJumping: false, share: null, tookMs: 400 });
    expect(shown).toHaveLength(1);
  });

  it('drops the answer to a jump when another one has been asked for, and when the present has', () => {
    const { travel, shown, reach, seeks } = bench();
    travel.goTo({ by: 'time', ms: 12_000 });
    travel.goTo({ by: 'time', ms: 13_000 });
    reach(12_000, 345, seeks()[0]?.seekId);
    expect(pastStore.getState().place).toBeNull();
    travel.leave();
    reach(13_000, 400);
    expect(pastStore.getState().place).toBeNull();
    expect(shown).toEqual([null]);
  });

  it('counts the end as the present', () => {
    const { travel, reach, workers } = bench();
    travel.goTo({ by: 'time', ms: 60_000 });
    expect(workers).toHaveLength(0);
    travel.goTo({ by: 'events', events: 1e9 });
    reach(60_000, 600_000, undefined, true);
    expect(pastStore.getState()).toMatchObject({ place: null, isJumping: false });
  });

  it('moves by intervals from where it is or is going, and never beyond the ends', () => {
    const { travel, seeks, reach } = bench();
    travel.byIntervals(-1);
    expect(seeks().at(-1)?.target).toEqual({ by: 'time', ms: 59_800 });
    travel.byIntervals(-10);
    expect(seeks().at(-1)?.target).toEqual({ by: 'time', ms: 57_800 });
    reach(57_800, 1);
    travel.byIntervals(-1000);
    expect(seeks().at(-1)?.target).toEqual({ by: 'time', ms: 0 });
    reach(0, 0);
    travel.step('interval', false);
    expect(seeks().at(-1)?.target).toEqual({ by: 'time', ms: 200 });
    reach(200, 1);
    travel.byIntervals(10_000);
    expect(pastStore.getState().place).toBeNull();
  });

  it('steps by events and requests from the place on display, one after the other, none lost', () => {
    const { travel, seeks, reach } = bench();
    travel.step('event', false);
    expect(pastStore.getState().isJumping).toBe(false);
    travel.step('event', true);
    travel.step('event', true);
    travel.step('request', true);
    expect(seeks()).toHaveLength(1);
    expect(seeks()[0]?.target).toEqual({ by: 'step', unit: 'event', back: true, from: { ms: 60_000, events: Number.MAX_SAFE_INTEGER } });
    reach(59_999, 599_999);
    expect(seeks().at(-1)?.target).toEqual({ by: 'step', unit: 'event', back: true, from: { ms: 59_999, events: 599_999 } });
    reach(59_998, 599_998);
    expect(seeks().at(-1)?.target).toEqual({ by: 'step', unit: 'request', back: true, from: { ms: 59_998, events: 599_998 } });
    reach(59_990, 599_900);
    expect(seeks()).toHaveLength(3);
  });

  it('forgets steps that wait when somebody goes elsewhere', () => {
    const { travel, seeks, reach } = bench();
    travel.step('event', true);
    travel.step('event', true);
    travel.goTo({ by: 'time', ms: 12_000 });
    reach(12_000, 345);
    expect(seeks()).toHaveLength(2);
    expect(pastStore.getState()).toMatchObject({ place: { ms: 12_000, events: 345 }, isJumping: false });
  });

  it('says why a worker has died, keeps what is shown, and starts another one for the next jump', () => {
    const { travel, worker, workers, reach } = bench();
    travel.goTo({ by: 'time', ms: 12_000 });
    reach(12_000, 345);
    travel.goTo({ by: 'time', ms: 15_000 });
    const first = worker();
    first.die('Out of memory.');
    expect(first.closed).toBe(true);
    expect(pastStore.getState()).toMatchObject({
      place: { ms: 12_000, events: 345 },
      isJumping: false,
      failure: 'The worker that repeats the run has ended. Out of memory.',
    });
    travel.goTo({ by: 'time', ms: 15_000 });
    expect(workers).toHaveLength(2);
    expect(pastStore.getState().failure).toBeNull();
    reach(15_000, 500);
    expect(pastStore.getState().place?.ms).toBe(15_000);
  });

  it('does nothing while the run goes on, and forgets all when it does', () => {
    const running = { ...over, phase: 'running', result: null } as const;
    const { travel, workers, setRun, worker, reach } = bench(running);
    travel.goTo({ by: 'time', ms: 1000 });
    travel.step('event', true);
    travel.byIntervals(-1);
    travel.prepare();
    expect(workers).toHaveLength(0);
    setRun({ ...running, phase: 'paused', simulatedMs: 5000, frame: frameOf(5000) });
    travel.goTo({ by: 'time', ms: 1000 });
    expect(worker().sent[0]).toMatchObject({ end: { ms: 5000, events: 50_000 } });
    reach(1000, 10);
    travel.forget();
    expect(worker().closed).toBe(true);
    expect(pastStore.getState()).toEqual(PRESENT);
  });
});

describe('how far one can look back', () => {
  it('is the first replication, up to where the run came', () => {
    expect(reachOf(over)).toEqual({ ms: 60_000, events: null });
    expect(reachOf({ ...over, frame: frameOf(30_000), result: resultOf({ ended: 'stopped', simulatedMs: 30_000 }) })).toEqual({ ms: 30_000, events: 300_000 });
    const later = frameOf(30_000, [], [], { replication: 2 });
    expect(reachOf({ ...over, frame: later, result: resultOf({ ended: 'stopped', simulatedMs: 60_000 }) })).toEqual({ ms: 60_000, events: null });
    const paused = { ...over, phase: 'paused', result: null, simulatedMs: 8000, frame: frameOf(8000) } as const;
    expect(reachOf(paused)).toEqual({ ms: 8000, events: 80_000 });
    expect(reachOf({ ...paused, replication: 1 })).toEqual({ ms: 60_000, events: null });
  });

  it('is nowhere before a run, while it goes on, when it broke off and while the warm-up is being found', () => {
    expect(reachOf({ ...over, project: null, phase: 'idle', result: null })).toBe('quiet');
    expect(reachOf({ ...over, phase: 'running', result: null })).toBe('running');
    expect(reachOf({ ...over, phase: 'crashed', result: null })).toBe('crashed');
    const settings = { ...project.settings, warmUpMs: 'auto' as const };
    const pilot = { ...over, phase: 'paused', result: null, simulatedMs: 8000, frame: frameOf(8000), project: { ...project, settings } } as const;
    expect(reachOf(pilot)).toBe('warm-up');
    expect(reachOf({ ...pilot, frame: frameOf(8000, [], [], { events: 700_000 }) })).toEqual({ ms: 8000, events: 80_000 });
  });
});

describe('faults that were injected', () => {
  const fault = { id: 'x', name: 'X', target: 'web', effect: { type: 'pause' }, timing: { type: 'once', atMs: 990, lastsMs: 0 } } as const;
  const event = (type: RunEvent['type'], atMs: number): RunEvent => ({
    atMs,
    type,
    componentId: 'web',
    instance: null,
    linkId: null,
    faultId: 'x',
    value: null,
  });

  it('happen again when they really happened', () => {
    const journal = [event('fault-begins', 1000.5), event('fault-ends', 3000)];
    expect(injectedAgain([fault], journal, 60_000)).toEqual([{ ...fault, timing: { type: 'once', atMs: 1000.5, lastsMs: 1999.5 } }]);
  });

  it('last beyond the end where nobody ended them, and are left out where the first replication had none of them', () => {
    expect(injectedAgain([fault], [event('fault-begins', 1000.5)], 60_000)[0]?.timing).toEqual({ type: 'once', atMs: 1000.5, lastsMs: 60_000 });
    expect(injectedAgain([fault], [], 60_000)).toEqual([]);
    const short = { ...fault, timing: { type: 'once', atMs: 990, lastsMs: 70 } } as const;
    expect(injectedAgain([short], [event('fault-begins', 1000.5)], 60_000)[0]?.timing).toEqual({ type: 'once', atMs: 1000.5, lastsMs: 70 });
  });
});
