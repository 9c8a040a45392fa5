import { describe, expect, it, vi } from 'vitest';
import { createLiveStore } from '../run/live-store';
import { frameOf } from '../run/test-frames';
import { layerLive } from './layered-live';

const web = { offeredPerS: 100, completedPerS: 100, failedPerS: 0, utilisation: 0.5, queue: 0.5, inSystem: 1, latencyMeanMs: 10, latencyP95Ms: 30 };
const failing = { ...web, completedPerS: 20, failedPerS: 80, utilisation: 1, queue: 50, latencyP95Ms: 900 };
const link = { callsPerS: 100, networkMeanMs: 1, lostPerS: 0, inTransit: 0.1 };
const instances = (...states: number[]) => ({ instances: Float64Array.from(states, () => 1), instanceStates: Uint8Array.from(states) });

function moments() {
  const past = createLiveStore();
  past.begin(['web'], ['l1'], [2]);
  return past;
}

describe('numbers of a moment', () => {
  it('are averages over its frames by the time that each describes, later ones counting more, and never of an average percentile', () => {
    const past = moments();
    const frames = [frameOf(1200, [{ ...web, utilisation: 0.2 }], [link]), frameOf(1300, [{ ...web, utilisation: 0.8, latencyP95Ms: 50 }], [link])];
    past.showMoment(frames, 1000);
    const keep = Math.exp(-312.5 / 1250);
    expect(past.part('web')?.values.utilisation).toBeCloseTo((0.2 * 200 * keep + 0.8 * 100) / (200 * keep + 100), 2);
    expect(past.part('web')?.values.latencyP95Ms).toBe(50);
    // A look between two intervals has no percentile of its own: that of the interval before stands.
    past.showMoment([...frames, frameOf(1310, [{ ...web, latencyP95Ms: Number.NaN }], [link])], 1000);
    expect(past.part('web')?.values.latencyP95Ms).toBe(50);
  });

  it('carry nothing over from the moment before, neither averages nor a worse state of health nor instances that were down', () => {
    const past = moments();
    past.showMoment([frameOf(2000, [failing], [link], instances(0, 1))], 1000);
    expect(past.part('web')?.health).toBe('failing');
    expect(past.instances('web')?.states?.[1]).toBe(1);
    past.showMoment([frameOf(1000, [web], [link], instances(0, 0))], 0);
    expect(past.part('web')).toMatchObject({ health: 'fine', values: { throughput: 100, utilisation: 0.5 } });
    expect([...(past.instances('web')?.states ?? [])]).toEqual([0, 0]);
    const fresh = moments();
    fresh.showMoment([frameOf(1000, [web], [link], instances(0, 0))], 0);
    expect(past.part('web')).toEqual(fresh.part('web'));
  });

  it('of the very beginning are none', () => {
    const past = moments();
    past.showMoment([frameOf(0, [{ ...web, offeredPerS: 1e9 }], [link])], 0);
    expect(past.part('web')?.values.offeredRate).toBeUndefined();
  });
});

describe('the past over the present', () => {
  it('is shown and taken away again, and only what is on display is told of', () => {
    const present = createLiveStore();
    const past = moments();
    const live = layerLive(present, past);
    live.begin(['web'], ['l1'], [1]);
    live.takeFrame(frameOf(5000, [{ ...web, completedPerS: 77 }], [link]), 0, true);
    const told = vi.fn();
    const stop = live.subscribe('web', told);
    past.showMoment([frameOf(1000, [failing], [link], instances(0, 0))], 0);
    expect(told).not.toHaveBeenCalled();
    live.showPast(true);
    expect(told).toHaveBeenCalledTimes(1);
    expect(live.part('web')?.health).toBe('failing');
    past.showMoment([frameOf(1200, [web], [link], instances(0, 0))], 1000);
    expect(told).toHaveBeenCalledTimes(2);
    live.showPast(false);
    expect(told).toHaveBeenCalledTimes(3);
    expect(live.part('web')?.values.throughput).toBe(77);
    live.setVisible(false);
    live.showPast(true);
    expect(live.part('web')).toBeNull();
    stop();
    told.mockClear();
    live.showPast(false);
    expect(told).not.toHaveBeenCalled();
  });
});
