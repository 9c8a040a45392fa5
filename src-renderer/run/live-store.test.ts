import { describe, expect, it, vi } from 'vitest';
import { type Frame, NO_COPIES, NO_PRIMARY } from '../../src-shared/run/frame';
import { createLiveStore } from './live-store';
import { frameOf, resultOf } from './test-frames';

function begun() {
  const live = createLiveStore();
  live.begin(['web', 'db'], ['l1'], [2, 1]);
  return live;
}
const web = { offeredPerS: 100, completedPerS: 100, failedPerS: 0, utilisation: 0.5, queue: 0.5, inSystem: 1, latencyMeanMs: 10, latencyP95Ms: 30 };
const idle = { offeredPerS: 0, completedPerS: 0, failedPerS: 0, utilisation: 0, queue: 0, inSystem: 0 };
const link = { callsPerS: 100, networkMeanMs: 1, lostPerS: 0, inTransit: 0.1 };

describe('live numbers', () => {
  it('are null before a run', () => {
    expect(createLiveStore().part('web')).toBeNull();
  });

  it('name what the columns hold by the names of the metrics', () => {
    const live = begun();
    live.takeFrame(frameOf(1000, [web, idle], [link]), 0, true);
    expect(live.part('web')).toEqual({
      health: 'fine',
      word: 'fine',
      reason: '',
      from: 'live',
      values: {
        offeredRate: 100,
        throughput: 100,
        failureRate: 0,
        failureShare: 0,
        utilisation: 0.5,
        queueMean: 0.5,
        inSystemMean: 1,
        inFlight: 1,
        latencyMeanMs: 10,
        latencyP95Ms: 30,
      },
    });
    expect(live.part('db')?.health).toBe('idle');
    expect(live.part('l1')?.values).toEqual({ callRate: 100, networkMeanMs: 1, failureRate: 0, inFlight: 0.1 });
  });

  it('average rates by the simulated time that they describe, means by their requests, and percentiles never', () => {
    const live = begun();
    live.takeFrame(frameOf(1000, [{ ...web, completedPerS: 100, latencyMeanMs: 10, latencyP95Ms: 30 }, idle], [link]), 0, true);
    live.takeFrame(frameOf(1000 + 3000, [{ ...web, completedPerS: 200, latencyMeanMs: 20, latencyP95Ms: 50 }, idle], [link]), 0, true);
    const values = live.part('web')?.values;
    // No display time passes between the two: weights 1 s and 3 s, and 100 and 600 requests.
    expect(values?.throughput).toBe(175);
    expect(values?.latencyMeanMs).toBe(18.6);
    expect(values?.latencyP95Ms).toBe(50);
  });

  it('tell the canvas of what is in view, and of the rest when it comes into view', () => {
    const live = begun();
    const drawn = vi.fn();
    const listed = vi.fn();
    live.subscribe('db', drawn, true);
    live.subscribe('db', listed);
    live.setInView(new Set(['web']));
    // The first numbers change the size of a part, so that the canvas hears of them at once.
    live.takeFrame(frameOf(1000, [web, idle], [link]), 0, true);
    expect([drawn.mock.calls.length, listed.mock.calls.length]).toEqual([1, 1]);
    live.takeFrame(frameOf(2000, [web, { ...idle, utilisation: 0.9 }], [link]), 66, true);
    live.takeFrame(frameOf(3000, [web, { ...idle, utilisation: 0.1 }], [link]), 132, true);
    expect([drawn.mock.calls.length, listed.mock.calls.length]).toEqual([1, 3]);
    live.setInView(new Set(['db']));
    expect(drawn).toHaveBeenCalledTimes(2);
    live.setInView(null);
    expect(drawn).toHaveBeenCalledTimes(2);
    live.setInView(new Set());
    live.clear();
    expect(drawn).toHaveBeenCalledTimes(3);
  });

  it('tell only those whose text changes', () => {
    const live = createLiveStore();
    live.begin(['web', 'db'], ['l1'], [1, 1]);
    live.takeFrame(frameOf(1000, [web, idle], [link]), 0, true);
    const onWeb = vi.fn();
    const onDb = vi.fn();
    const onLink = vi.fn();
    live.subscribe('web', onWeb);
    live.subscribe('db', onDb);
    live.subscribe('l1', onLink);
    live.takeFrame(frameOf(2000, [{ ...web, utilisation: 0.9 }, { ...idle }], [link]), 66, true);
    expect([onWeb.mock.calls.length, onDb.mock.calls.length, onLink.mock.calls.length]).toEqual([1, 0, 0]);
    // A change too small to be read is no change.
    const before = live.part('web');
    live.takeFrame(frameOf(2001, [{ ...web, utilisation: 0.7 }, { ...idle }], [link]), 66, true);
    expect(live.part('web')).toBe(before);
  });

  it('spread the work over frames: every part is brought up to date within three', () => {
    const live = createLiveStore();
    const ids = Array.from({ length: 30 }, (_, index) => `c${index}`);
    live.begin(
      ids,
      [],
      ids.map(() => 1),
    );
    for (let frame = 0; frame < 3; frame++)
      live.takeFrame(
        frameOf(
          frame,
          ids.map(() => idle),
        ),
        frame * 66,
        false,
      );
    const heard = new Map<string, number>();
    for (const id of ids) live.subscribe(id, () => heard.set(id, (heard.get(id) ?? 0) + 1));
    const counts: number[] = [];
    for (let frame = 3; frame < 6; frame++) {
      const before = [...heard.values()].reduce((sum, count) => sum + count, 0);
      live.takeFrame(
        frameOf(
          frame * 1000,
          ids.map(() => web),
        ),
        frame * 66,
        false,
      );
      counts.push([...heard.values()].reduce((sum, count) => sum + count, 0) - before);
    }
    expect(counts).toEqual([10, 10, 10]);
    expect(heard.size).toBe(30);
  });

  it('keep a worse health readable for a second', () => {
    const live = begun();
    const overloaded = { ...web, failedPerS: 50 };
    live.takeFrame(frameOf(1000, [overloaded, idle], [link]), 0, true);
    expect(live.part('web')?.health).toBe('failing');
    for (let display = 100; display <= 900; display += 100) live.takeFrame(frameOf(1000 + display * 100, [web, idle], [link]), display, true);
    expect(live.part('web')?.health).toBe('failing');
    for (let display = 1000; display <= 20_000; display += 100) live.takeFrame(frameOf(1000 + display * 100, [web, idle], [link]), display, true);
    expect(live.part('web')?.health).toBe('fine');
  });

  it('call a saturated part failing while its queue grows, and strained when it has stopped growing', () => {
    const live = begun();
    let display = 0;
    const run = (frames: number, queueAt: (frame: number) => number): void => {
      for (let frame = 0; frame < frames; frame++) {
        display += 66;
        live.takeFrame(frameOf(display * 10, [{ ...web, utilisation: 1, queue: queueAt(frame) }, idle], [link]), display, true);
      }
    };
    run(60, (frame) => frame * 5);
    expect(live.part('web')).toMatchObject({ health: 'failing', reason: 'all servers busy and the queue grows' });
    run(400, () => 300);
    expect(live.part('web')?.health).toBe('strained');
  });

  it('show instances of parts that have several, or one that is not up', () => {
    const live = begun();
    const states = (...of: number[]): Partial<Frame> => ({ instances: Float64Array.of(3, 1, 7), instanceStates: Uint8Array.from(of) });
    live.takeFrame(frameOf(1000, [web, idle], [link], states(0, 2, 0)), 0, true);
    expect(live.instances('web')).toEqual({ present: Float64Array.of(3, 1), states: Uint8Array.of(0, 2), upShares: null, primary: null });
    expect(live.instances('db')).toBeNull();
    const onDb = vi.fn();
    live.subscribe('db', onDb);
    live.takeFrame(frameOf(2000, [web, idle], [link], states(0, 0, 4)), 66, true);
    expect(live.instances('db')).toEqual({ present: Float64Array.of(7), states: Uint8Array.of(4), upShares: null, primary: null });
    expect(onDb).toHaveBeenCalled();
    live.takeFrame(frameOf(3000, [web, idle], [link], states(0, 0, 0)), 132, true);
    expect(live.instances('db')?.states).toEqual(Uint8Array.of(0));
  });

  it('show which instance leads copies of the same data, and tell when that is another one', () => {
    const live = begun();
    const led = (by: number): Partial<Frame> => ({
      instances: Float64Array.of(3, 1, 7),
      instanceStates: Uint8Array.of(0, 0, 0),
      primaries: Int32Array.of(by, NO_COPIES),
    });
    live.takeFrame(frameOf(1000, [web, idle], [link], led(0)), 0, true);
    expect(live.instances('web')?.primary).toBe(0);
    const listener = vi.fn();
    live.subscribe('web', listener);
    live.takeFrame(frameOf(1000, [web, idle], [link], led(0)), 66, true);
    expect(listener).not.toHaveBeenCalled();
    live.takeFrame(frameOf(1000, [web, idle], [link], led(NO_PRIMARY)), 132, true);
    expect(live.instances('web')?.primary).toBe(NO_PRIMARY);
    live.takeFrame(frameOf(1000, [web, idle], [link], led(1)), 198, true);
    expect(live.instances('web')?.primary).toBe(1);
    expect(listener).toHaveBeenCalledTimes(2);
    live.showMoment([frameOf(1000, [web], [link], led(0))], 0);
    expect(live.instances('web')?.primary).toBe(0);
    live.showResult(resultOf());
    expect(live.instances('web')?.primary ?? null).toBeNull();
  });

  it('show the measured window once the run is over', () => {
    const live = begun();
    live.takeFrame(frameOf(1000, [web, idle], [link]), 0, true);
    live.showResult(resultOf());
    expect(live.part('web')).toMatchObject({ from: 'final', health: 'failing', values: { utilisation: 0.5, completed: 94 } });
    expect(live.part('l1')).toMatchObject({ from: 'final', health: 'fine' });
    expect(live.part('db')).toBeNull();
  });

  it('are failing in the end where the run found a part unstable', () => {
    const live = begun();
    const calm = resultOf().components.map((component) => ({
      ...component,
      metrics: { offered: 100, completed: 100, failed: 0, utilisation: 1 },
      failures: {},
    }));
    live.showResult(resultOf({ components: calm, findings: [{ severity: 'error', code: 'unstable', componentId: 'web', message: 'm', remedy: 'r' }] }));
    expect(live.part('web')?.health).toBe('failing');
  });

  it('are hidden while another design is on display, and come back', () => {
    const live = begun();
    live.takeFrame(frameOf(1000, [web, idle], [link]), 0, true);
    const listener = vi.fn();
    live.subscribe('web', listener);
    live.setVisible(false);
    expect(live.part('web')).toBeNull();
    live.takeFrame(frameOf(2000, [{ ...web, utilisation: 0.9 }, idle], [link]), 66, true);
    expect(listener).toHaveBeenCalledTimes(1);
    live.setVisible(true);
    expect(live.part('web')?.values.utilisation).toBeGreaterThan(0.5);
    expect(listener).toHaveBeenCalledTimes(2);
  });

  it('are gone after clearing', () => {
    const live = begun();
    live.takeFrame(frameOf(1000, [web, idle], [link]), 0, true);
    const listener = vi.fn();
    live.subscribe('web', listener);
    live.clear();
    expect(live.part('web')).toBeNull();
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('cost little: 300 parts and 600 links in a few ms a frame', () => {
    const live = createLiveStore();
    const ids = Array.from({ length: 300 }, (_, index) => `c${index}`);
    const linkIds = Array.from({ length: 600 }, (_, index) => `l${index}`);
    live.begin(
      ids,
      linkIds,
      ids.map(() => 3),
    );
    const listener = vi.fn();
    for (const id of [...ids, ...linkIds]) live.subscribe(id, listener);
    const frames = Array.from({ length: 60 }, (_, frame) =>
      frameOf(
        frame * 67,
        ids.map((_id, index) => ({ ...web, utilisation: Math.abs(Math.sin(frame + index)), queue: (frame * index) % 7 })),
        linkIds.map((_id, index) => ({ ...link, callsPerS: (frame * index) % 97 })),
        { instances: Float64Array.from({ length: 900 }, (_v, index) => (frame * index) % 5) },
      ),
    );
    const started = performance.now();
    for (const [index, frame] of frames.entries()) live.takeFrame(frame, index * 67, false);
    const perFrame = (performance.now() - started) / frames.length;
    expect(listener).toHaveBeenCalled();
    expect(perFrame).toBeLessThan(15);
  });
});
