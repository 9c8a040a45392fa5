import { describe, expect, test } from 'vitest';
import type { Fault } from '../project/fault';
import type { Project } from '../project/project';
import type { FromTravel, RunPlace, TravelPicture, TravelTarget } from '../protocol/time-travel-messages';
import { DESIGN_ID, draft } from '../validation/draft';
import type { Frame } from './frame';
import { createSession, type Session } from './session';
import { createTimeTravel } from './time-travel';
import { neighbourMs, travelGrid } from './travel-grid';
import { MOST_SESSIONS } from './travel-pool';

/**
 * Goal: whatever way a look back comes to a place, it shows what a run shows that is paused there. Method: the real worker on a host whose queue
 * the test turns by hand, compared with sessions that are run to the place in a straight line.
 */
const DURATION_MS = 6000;
const INTERVALS = 60;

const crash: Fault = {
  id: 'crash',
  name: 'Crash',
  target: 'web',
  instance: 0,
  effect: { type: 'crash', silent: false, restartMs: 300 },
  timing: { type: 'once', atMs: 2000, lastsMs: 900 },
};
const chance: Fault = {
  id: 'chance',
  name: 'Chance',
  target: 'web',
  effect: { type: 'pause' },
  timing: { type: 'random', between: { type: 'exponential', meanMs: 1500 }, lasts: { type: 'exponential', meanMs: 200 } },
};

function project(settings: Partial<Project['settings']> = {}, faults: readonly Fault[] = []): Project {
  const parts = draft('Looked back at');
  parts.client('clients', { ratePerS: 900 });
  parts.balancer('balancer', { algorithm: 'least-connections' });
  parts.service('web', {
    replicas: 3,
    serviceTime: { type: 'exponential', meanMs: 2.4 },
    autoscaler: 'utilisation',
    targetUtilisation: 0.6,
    minimumReplicas: 2,
    maximumReplicas: 6,
    decisionIntervalMs: 250,
    startUp: { type: 'exponential', meanMs: 200 },
  });
  parts.link('clients', 'balancer', { latency: { type: 'exponential', meanMs: 1 }, timeoutMs: 120 });
  parts.link('balancer', 'web', { timeoutMs: 60, retries: 'backoff', breaker: 'consecutive' });
  const built = parts.build({ durationMs: DURATION_MS, warmUpMs: 0, seriesPoints: INTERVALS, ...settings });
  return { ...built, designs: built.designs.map((design) => ({ ...design, faults: [...faults] })) };
}

/** A worker whose turns the test gives. */
function bench(
  of: Project,
  options: { readonly injected?: readonly Fault[]; readonly end?: { readonly ms: number; readonly events: number | null }; readonly tickMs?: number } = {},
) {
  const sent: FromTravel[] = [];
  const queue: (() => void)[] = [];
  let now = 0;
  const travel = createTimeTravel({
    now: () => {
      now += options.tickMs ?? 0.5;
      return now;
    },
    later: (callback) => queue.push(callback),
    send: (message) => sent.push(message),
  });
  travel.receive({ type: 'open', project: of, designId: DESIGN_ID, injected: options.injected ?? [], end: options.end ?? { ms: DURATION_MS, events: null } });
  let seekId = 0;
  const turn = (): boolean => {
    const next = queue.shift();
    next?.();
    return next !== undefined;
  };
  const post = (target: TravelTarget): number => {
    seekId++;
    travel.receive({ type: 'seek', seekId, target });
    return seekId;
  };
  const answer = (id: number): TravelPicture | undefined =>
    sent.flatMap((message) => (message.type === 'reached' && message.seekId === id ? [message.picture] : []))[0];
  const seek = (target: TravelTarget): TravelPicture => {
    const id = post(target);
    for (;;) {
      const found = answer(id);
      if (found !== undefined) return found;
      if (!turn()) throw new Error(`not reached: ${JSON.stringify(sent.at(-1))}`);
    }
  };
  /** Lets it prepare to the end. */
  const rest = (): void => {
    while (turn());
  };
  return { sent, turn, post, answer, seek, rest, travel };
}

const prepared = (sent: readonly FromTravel[]) => sent.flatMap((message) => (message.type === 'prepared' ? [message] : [])).at(-1);
const time = (ms: number): TravelTarget => ({ by: 'time', ms });
const events = (number: number): TravelTarget => ({ by: 'events', events: number });
const GRID = travelGrid({ durationMs: DURATION_MS, seriesPoints: INTERVALS });
const step = (unit: 'event' | 'request' | 'interval', back: boolean, from: RunPlace): TravelTarget =>
  unit === 'interval' ? time(neighbourMs(GRID, from.ms, back) ?? (back ? 0 : DURATION_MS)) : { by: 'step', unit, back, from };

function started(of: Project): Session {
  const session = createSession(of, DESIGN_ID);
  if (!session.ok) throw new Error(JSON.stringify(session.error));
  return session.value;
}

/** The last frames of a run in a straight line to an instant or event, with a look at the end of each interval. */
function straight(of: Project, ms: number, number = Number.POSITIVE_INFINITY): Frame {
  const session = started(of);
  const grid = travelGrid(of.settings);
  let frame: Frame | null = null;
  for (let index = 1; index <= grid.intervals; index++) {
    const due = grid.ms(index);
    if (due > ms) break;
    session.breakAt(due);
    let status = session.advance(Math.min(1e9, number - session.events()));
    if (status === 'running') return session.peek();
    while (status === 'running') status = session.advance(1e9);
    frame = session.frame();
  }
  if (frame !== null && frame.simulatedMs === ms) return { ...frame, points: [], journal: [] };
  session.breakAt(ms);
  session.advance(Math.min(1e9, number - session.events()));
  return session.peek();
}

/** What does not depend on how many replications the session is to make. */
const state = ({ progress: _progress, points: _points, journal: _journal, ...rest }: Frame) => rest;
const last = (picture: TravelPicture): Frame => picture.frames.at(-1) as Frame;

describe('looking back at a run', () => {
  const faulty = project({}, [crash, chance]);

  test('to an instant shows what a run shows that is paused there, from whichever side it is come to', () => {
    const { seek, rest } = bench(faulty);
    for (const ms of [3100, 2050.25, 100, 2000, 2999.999_999, 5999, 0, 4300, 2050.25]) {
      const picture = seek(time(ms));
      expect(state(last(picture))).toEqual(state(straight(faulty, ms)));
      expect(picture.place.ms).toBe(ms);
      expect(picture.atEnd).toBe(false);
      if (ms === 5999) rest();
    }
  });

  test('shows the numbers of eight intervals, one after the other up to the instant', () => {
    const { seek } = bench(faulty);
    const { frames, sinceMs } = seek(time(2050));
    expect(sinceMs).toBe(1300);
    expect(frames.map(({ simulatedMs }) => simulatedMs)).toEqual([1400, 1500, 1600, 1700, 1800, 1900, 2000, 2050]);
    expect(frames.slice(0, -1).map(state)).toEqual(frames.slice(0, -1).map(({ simulatedMs }) => state(straight(faulty, simulatedMs))));
    expect(seek(time(300)).frames).toHaveLength(3);
    expect(seek(time(300)).sinceMs).toBe(0);
  });

  test('to an event shows the state after so many events', () => {
    const { seek } = bench(faulty);
    for (const number of [5000, 4999, 4743, 4000, 12_345, 1, 0, 4744]) {
      const picture = seek(events(number));
      expect(picture.place.events).toBe(number);
      expect(state(last(picture))).toEqual(state(straight(faulty, DURATION_MS, number)));
    }
  });

  test.each(['event', 'request', 'interval'] as const)('back by several steps of one %s and forward again comes to the same place', (unit) => {
    const { seek, rest } = bench(faulty);
    const start = seek(unit === 'interval' ? time(3000) : events(9000));
    rest();
    const way = [start];
    for (let count = 0; count < 20; count++) way.push(seek(step(unit, true, (way.at(-1) as TravelPicture).place)));
    expect(way.map(({ place }) => place.events)).toEqual([...new Set(way.map(({ place }) => place.events))].sort((one, other) => other - one));
    let here = way.at(-1) as TravelPicture;
    for (const expected of way.slice(unit === 'request' ? 1 : 0, -1).reverse()) {
      here = seek(step(unit, false, here.place));
      expect(here.place).toEqual(expected.place);
      expect(state(last(here))).toEqual(state(last(expected)));
    }
  });

  test('steps by requests stop where a step of the run itself stops', () => {
    const session = started(faulty);
    session.breakAt(1000);
    session.advance(1e9);
    const stops: number[] = [];
    while (stops.length < 400) {
      session.breakAtRequest();
      if (session.advance(1e6) === 'break') stops.push(session.events());
    }
    const { seek } = bench(faulty);
    let place = seek(time(1000)).place;
    for (const stop of stops.slice(0, 30)) {
      place = seek(step('request', false, place)).place;
      expect(place.events).toBe(stop);
    }
    place = seek(events((stops[399] as number) + 1)).place;
    for (const stop of stops.slice(300).reverse()) {
      place = seek(step('request', true, place)).place;
      expect(place.events).toBe(stop);
    }
  });

  test('ends at the beginning and at the end of the run', () => {
    const { seek } = bench(faulty);
    expect(seek(step('event', true, { ms: 0, events: 0 })).place).toEqual({ ms: 0, events: 0 });
    expect(seek(step('request', true, seek(events(1)).place)).place.events).toBe(0);
    expect(seek(step('interval', true, { ms: 0, events: 0 })).place.ms).toBe(0);
    const end = seek(time(1e9));
    expect(end.atEnd).toBe(true);
    expect(end.place.ms).toBe(DURATION_MS);
    expect(state(last(end))).toEqual(state(straight(faulty, DURATION_MS)));
    expect(seek(step('interval', false, seek(time(5900)).place))).toEqual(end);
    const before = seek(step('event', true, end.place));
    expect(before.place.events).toBe(end.place.events - 1);
    expect(before.atEnd).toBe(false);
    expect(seek(events(1e12)).place.events).toBe(end.place.events);
  });

  test('of a run that is paused never shows what is still to come', () => {
    const session = started(faulty);
    session.breakAt(2500);
    session.advance(1e9);
    session.advance(7);
    const end = { ms: session.simulatedMs(), events: session.events() };
    const { seek, rest, sent } = bench(faulty, { end });
    expect(seek(time(5000)).place).toEqual(end);
    expect(seek(events(1e6)).place).toEqual(end);
    expect(seek(step('interval', false, { ms: 2450, events: 1 })).place.ms).toBe(2500);
    rest();
    expect(prepared(sent)?.ms).toBe(2500);
    const back = seek(step('event', true, end));
    expect(back.place.events).toBe(end.events - 1);
    expect(seek(step('event', false, back.place)).place).toEqual(end);
  });

  test('repeats faults that were injected, whatever the warm-up and the replications', () => {
    const settings = { warmUpMs: 'auto', replications: 2, requestLog: 50 } as const;
    const session = started(project(settings, [chance]));
    // The pilot that finds the warm-up comes first; faults are injected into it, and are then part of the first replication, too.
    session.breakAt(1500);
    session.advance(1e9);
    session.inject({ ...crash, id: 'live', timing: { type: 'once', atMs: 0, lastsMs: 0 } });
    session.breakAt(2100);
    session.advance(1e9);
    session.clear('live');
    let frame = session.frame();
    while (frame.events === frame.replicationEvents) {
      session.advance(1000);
      frame = session.frame();
    }
    session.breakAt(4321);
    while (session.advance(1e9) === 'running');
    frame = session.frame();
    const begins = session.result().journal.find(({ type, faultId }) => type === 'fault-begins' && faultId === 'live');
    const ends = session.result().journal.find(({ type, faultId }) => type === 'fault-ends' && faultId === 'live');
    const atMs = begins?.atMs ?? 0;
    expect(atMs).toBeCloseTo(1500, 5);
    const injected: Fault = { ...crash, id: 'live', timing: { type: 'once', atMs, lastsMs: (ends?.atMs ?? 0) - atMs } };
    const { seek } = bench(project(settings, [chance]), { injected: [injected] });
    const seen = last(seek(time(4321)));
    expect(seen.replicationEvents).toBe(frame.replicationEvents);
    expect([seen.instances, seen.instanceStates]).toEqual([frame.instances, frame.instanceStates]);
    expect(seen.endToEnd.inFlight).toBe(frame.endToEnd.inFlight);
    const without = last(bench(project(settings, [chance])).seek(time(4321)));
    expect(without.replicationEvents).not.toBe(frame.replicationEvents);
  });

  test('drops a seek when another comes, tells how far it is, and prepares what makes the next one short', () => {
    const long = project({ durationMs: 60_000, seriesPoints: INTERVALS });
    const { post, turn, answer, sent, rest } = bench(long, { end: { ms: 60_000, events: null }, tickMs: 4 });
    const first = post(time(50_000));
    for (let count = 0; count < 12; count++) turn();
    expect(sent.some((message) => message.type === 'progress' && message.seekId === first && message.share > 0 && message.share < 1)).toBe(true);
    const second = post(time(1000));
    while (answer(second) === undefined && turn());
    expect(answer(second)?.place.ms).toBe(1000);
    expect(answer(first)).toBeUndefined();
    rest();
    expect(answer(first)).toBeUndefined();
    expect(prepared(sent)?.ms).toBe(60_000);
    expect(prepared(sent)?.checkPoints).toBeGreaterThanOrEqual(3);
    expect(prepared(sent)?.checkPoints).toBeLessThanOrEqual(MOST_SESSIONS);
    // Any end of an interval is known now, and is answered in one turn.
    const third = post(time(33_000));
    turn();
    expect(answer(third)?.place.ms).toBe(33_000);
  });

  test('says why a run cannot be repeated, and hears no nonsense', () => {
    const broken = project();
    const { sent } = bench({ ...broken, designs: broken.designs.map((design) => ({ ...design, components: [] })) });
    expect(sent[0]).toMatchObject({ type: 'refused' });
    const { travel, sent: more } = bench(project());
    travel.receive('nonsense');
    travel.receive({ type: 'seek', seekId: 1, target: { by: 'wish' } });
    travel.receive({ type: 'open', project: 1 });
    expect(more.map(({ type }) => type)).toEqual(['opened', 'refused']);
  });
});
