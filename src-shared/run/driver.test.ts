import { describe, expect, test } from 'vitest';
import { emptyProject, type Project } from '../project/project';
import type { FromEngine, ToEngine } from '../protocol/messages';
import { createDriver } from './driver';
import { simulate } from './simulate';

/** Goal: what hosts rely on. Method: the real driver and engine on a host whose clock and queue the test turns by hand. */
function project(settings: Partial<Project['settings']> = {}): Project {
  const empty = emptyProject('Driven');
  return {
    ...empty,
    settings: { ...empty.settings, durationMs: 20_000, warmUpMs: 0, seriesPoints: 20, ...settings },
    workloads: [{ id: 'load', name: 'Load', params: { ratePerS: 800 } }],
    designs: [
      {
        id: 'd',
        name: 'D',
        components: [
          { id: 'c', kind: 'client', name: 'Clients', workload: 'load', params: {} },
          { id: 's', kind: 'service', name: 'Service', params: { serviceTime: { type: 'exponential', meanMs: 1 } } },
        ],
        links: [{ id: 'l', from: 'c', to: 's', params: {} }],
        faults: [],
        notes: [],
      },
    ],
  };
}

function bench() {
  let now = 0;
  const queue: { at: number; callback: () => void }[] = [];
  const sent: FromEngine[] = [];
  const driver = createDriver({
    now: () => {
      // Every look at the clock takes a millisecond, so that slices end.
      now += 1;
      return now;
    },
    later: (callback) => queue.push({ at: now, callback }),
    delay: (ms, callback) => queue.push({ at: now + ms, callback }),
    send: (message) => sent.push(message),
  });
  const turn = (): boolean => {
    const next = queue.shift();
    if (next === undefined) return false;
    now = Math.max(now, next.at);
    next.callback();
    return true;
  };
  const post = (message: ToEngine | unknown) => driver.receive(message);
  const of = <T extends FromEngine['type']>(type: T) => sent.filter((message): message is Extract<FromEngine, { type: T }> => message.type === type);
  const ack = () => {
    const last = of('frame').at(-1);
    if (last) post({ type: 'ack', runId: last.runId, sequence: last.sequence });
  };
  return { post, turn, sent, of, ack, wall: () => now };
}

const start = (over: Partial<Extract<ToEngine, { type: 'start' }>> = {}) => ({
  type: 'start',
  runId: 1,
  project: project(),
  designId: 'd',
  speed: 'max',
  paused: false,
  ...over,
});

describe('driver', () => {
  test('runs to the end, with the result that simulate gives, byte for byte', () => {
    const b = bench();
    b.post(start());
    while (b.turn()) b.ack();
    const direct = simulate(project(), 'd');
    expect(JSON.stringify(b.of('finished')[0]?.result)).toBe(JSON.stringify(direct.ok ? direct.value : direct.error));
    // Every point of the series has been streamed once, in order.
    expect(b.of('frame').flatMap(({ frame }) => frame.points.map((point) => point.timeMs))).toEqual(Array.from({ length: 20 }, (_, i) => (i + 1) * 1000));
  });

  test('stops making frames when nobody draws them, and goes on when one is acknowledged', () => {
    const b = bench();
    b.post(start({ project: project({ durationMs: 3_600_000 }) }));
    for (let i = 0; i < 30; i++) b.turn();
    expect(b.of('frame')).toHaveLength(2);
    b.ack();
    for (let i = 0; i < 20; i++) b.turn();
    expect(b.of('frame').length).toBeGreaterThan(2);
  });

  test('pauses, steps by event, request and interval, resumes and stops', () => {
    const b = bench();
    b.post(start({ paused: true }));
    b.turn();
    expect(b.of('paused')).toHaveLength(1);
    b.post({ type: 'step', runId: 1, unit: 'event' });
    b.turn();
    expect(b.of('frame').at(-1)?.frame.events).toBe(1);
    b.post({ type: 'step', runId: 1, unit: 'request' });
    while (b.of('paused').length < 3 && b.turn());
    expect(b.of('frame').at(-1)?.frame.endToEnd.completedPerS).toBeGreaterThan(0);
    const before = b.of('frame').at(-1)?.frame.simulatedMs ?? 0;
    b.post({ type: 'step', runId: 1, unit: 'interval' });
    while (b.of('paused').length < 4 && b.turn());
    expect(b.of('frame').at(-1)?.frame.simulatedMs).toBeCloseTo(before + 1000, 6);
    b.post({ type: 'resume', runId: 1 });
    b.turn();
    b.post({ type: 'stop', runId: 1 });
    expect(b.of('finished')[0]?.result.ended).toBe('stopped');
    expect(b.of('finished')[0]?.result.checks.conservation.holds).toBe(true);
  });

  test('keeps real time', () => {
    const b = bench();
    b.post(start({ speed: 2 }));
    while (b.wall() < 3000 && b.turn()) b.ack();
    // Two simulated seconds a wall second, ahead by at most a step.
    const simulated = b.of('frame').at(-1)?.frame.simulatedMs ?? 0;
    expect(simulated).toBeGreaterThan(5000);
    expect(simulated).toBeLessThanOrEqual(2 * (b.wall() + 20));
  });

  test('refuses a model with errors and says why; drops what is no message', () => {
    const b = bench();
    b.post(start({ designId: 'nowhere' }));
    expect(b.of('refused')[0]?.problems[0]?.code).toBe('no-such-design');
    for (const junk of [null, 7, 'start', {}, { type: 'start' }, { type: 'stop', runId: 9 }, { type: 'step', runId: 1, unit: 'year' }]) b.post(junk);
    expect(b.sent).toHaveLength(1);
    b.post({ ...start(), runId: 3, project: { format: 'topolab' } });
    expect(b.of('refused')[1]).toMatchObject({ runId: 3, problems: [{ severity: 'error', code: 'unreadable-start' }] });
    expect(b.turn()).toBe(false);
  });

  test('lets faults happen on request, answers each, and ends them', () => {
    const b = bench();
    const fault = { id: 'x', name: 'Pause', target: 's', effect: { type: 'pause' }, timing: { type: 'once', atMs: 0, lastsMs: 0 } };
    b.post(start({ paused: true }));
    b.post({ type: 'step', runId: 1, unit: 'interval' });
    while (b.of('paused').length < 2 && b.turn());
    b.post({ type: 'inject', runId: 1, fault });
    expect(b.of('injected')).toEqual([{ type: 'injected', runId: 1, faultId: 'x' }]);
    b.post({ type: 'inject', runId: 1, fault: { ...fault, id: 'y', target: 'moon' } });
    expect(b.of('injection-refused')).toMatchObject([{ runId: 1, faultId: 'y', problem: { code: 'fault-target-missing' } }]);
    b.post({ type: 'step', runId: 1, unit: 'interval' });
    while (b.of('paused').length < 3 && b.turn());
    // The frame tells of it as it begins, by the id that the host gave.
    expect(b.of('frame').flatMap(({ frame }) => frame.journal.map(({ type, faultId }) => [type, faultId]))).toContainEqual(['fault-begins', 'x']);
    b.post({ type: 'clear', runId: 1, faultId: 'x' });
    b.post({ type: 'resume', runId: 1 });
    while (b.turn()) b.ack();
    expect(b.of('finished')[0]?.result.faults).toMatchObject([
      { id: 'x', target: 's', live: true, windows: [{ beginMs: expect.closeTo(1000, 5), endMs: expect.closeTo(2000, 5) }] },
    ]);
  });

  test('a new start replaces the run under way', () => {
    const b = bench();
    b.post(start({ project: project({ durationMs: 3_600_000 }) }));
    b.turn();
    b.post(start({ runId: 2 }));
    while (b.turn()) b.ack();
    expect(b.of('finished').map(({ runId }) => runId)).toEqual([2]);
  });
});
