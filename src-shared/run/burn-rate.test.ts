import { describe, expect, it } from 'vitest';
import { type BurnMeter, createBurnMeter } from './burn-rate';
import type { Reading } from './objective-readings';

/** A point of one second, in which 100 requests ended. */
const point = (second: number, failed: number, ended = 100): Reading => ({
  fromMs: second * 1000,
  toMs: (second + 1) * 1000,
  good: ended - failed,
  bad: failed,
  present: 0,
  p50Ms: NaN,
  p95Ms: NaN,
  p99Ms: NaN,
});

/** Alerts of a rule by second: the seconds at whose end it begins and ends. */
function changes(meter: BurnMeter, failed: (second: number) => number, seconds: number, name: string, ended = 100): number[] {
  const found: number[] = [];
  let before = false;
  for (let second = 0; second < seconds; second++) {
    const now = meter.add(point(second, failed(second), ended)).find((state) => state.name === name)?.alerting ?? false;
    if (now !== before) found.push(second);
    before = now;
  }
  return found;
}

describe('the burn rate of an error budget', () => {
  it('has the windows and thresholds of the Workbook, as shares of the measured run', () => {
    // 1200 s: 6 hours of 30 days are a 120th, 10 s; 3 days a tenth, 120 s. 5 % in 10 s burns at 6, 10 % in 120 s at 1.
    const meter = createBurnMeter(0.01, 60_000, 1_200_000);
    for (let second = 0; second < 200; second++) meter.add(point(second, 0));
    expect(meter.rules()).toEqual([
      { name: 'fast-burn', longMs: 10_000, shortMs: 1000, threshold: 6, worst: 0, alerts: 0 },
      { name: 'slow-burn', longMs: 120_000, shortMs: 10_000, threshold: 1, worst: 0, alerts: 0 },
    ]);
  });

  it('alerts when both windows burn fast enough, and is over when the short one no longer does', () => {
    // From second 300 on 20 of 100 fail: burn 20. The long window of 10 s reaches 6 with the third such second; the errors end at 310.
    const meter = createBurnMeter(0.01, 0, 1_200_000);
    expect(changes(meter, (second) => (second >= 300 && second < 310 ? 20 : 0), 400, 'fast-burn')).toEqual([302, 310]);
    const [fast] = meter.rules();
    expect(fast).toMatchObject({ alerts: 1, worst: 20 });
  });

  it('is slow to alert at a slow burn, and says nothing of errors that the budget allows', () => {
    // 2 of 100: burn 2. Half of 120 s of it burn at 1: the 60th second from 300 on, number 359.
    expect(changes(createBurnMeter(0.01, 0, 1_200_000), (second) => (second >= 300 ? 2 : 0), 500, 'slow-burn')).toEqual([359]);
    expect(changes(createBurnMeter(0.01, 0, 1_200_000), (second) => (second % 2 === 0 ? 1 : 0), 500, 'slow-burn')).toEqual([]);
  });

  it('keeps an alert while nothing ends, and counts what is left of the budget by time', () => {
    const meter = createBurnMeter(0.01, 0, 1_200_000);
    changes(meter, (second) => (second >= 20 ? 50 : 0), 30, 'fast-burn');
    // 10 of 30 s failed by half: 500 of 3000, a burn of 16.7 for a 40th of the period: 41.7 % spent.
    expect(meter.left()).toBeCloseTo(1 - (500 / 3000 / 0.01) * (30 / 1200), 12);
    expect(meter.add(point(30, 0, 0))[0]?.alerting).toBe(true);
    expect(meter.add(point(31, 0))[0]?.alerting).toBe(false);
  });
});
