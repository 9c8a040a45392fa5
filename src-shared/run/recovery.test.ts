import { describe, expect, it } from 'vitest';
import type { Reading } from './objective-readings';
import { createRecoveryWatch, type Recovery } from './recovery';
import type { RunFault } from './result';

const demand = { type: 'recovery-time', atMostMs: 5000, errorShare: 0.1 } as const;

interface Second {
  readonly failed?: number;
  readonly ended?: number;
  readonly present?: number;
  readonly p95Ms?: number;
}

function fault(id: string, ...windows: readonly (readonly [number, number | null])[]): RunFault {
  return { id, name: id, target: 'web', instance: null, live: false, windows: windows.map(([beginMs, endMs]) => ({ beginMs, endMs })) };
}

/** What becomes of faults in points of one second each, in which 10 requests end. */
function watch(
  seconds: readonly Second[],
  faults: readonly RunFault[],
  windowMs = 1000,
  warmUpMs = 0,
  asked: Parameters<typeof createRecoveryWatch>[0] = demand,
): readonly Recovery[] {
  const made = createRecoveryWatch(asked, windowMs, warmUpMs);
  for (const [second, { failed = 0, ended = 10, present = 0, p95Ms = 20 }] of seconds.entries()) {
    const reading: Reading = { fromMs: second * 1000, toMs: (second + 1) * 1000, good: ended - failed, bad: failed, present, p50Ms: 10, p95Ms, p99Ms: 30 };
    made.add(reading, faults);
  }
  return made.recoveries();
}

const good: Second = {};
const bad: Second = { failed: 5 };

describe('the time to recover from a fault', () => {
  it('lasts from the beginning of the fault to the beginning of the first good window', () => {
    // Fault at 2.5 s; seconds 3 to 5 are bad; second 6 is good: recovered at 6 s.
    expect(watch([good, good, good, bad, bad, bad, good, good], [fault('f', [2500, 4000])])).toEqual([
      { faultId: 'f', beginMs: 2500, state: 'recovered', recoveredMs: 6000 },
    ]);
  });

  it('is told of long windows too: two good seconds of three are not enough for one error in ten', () => {
    // Windows of 3 s: those from 2 to 5 s hold a bad second; the window from 6 s on is the first without one.
    const [found] = watch([good, good, good, good, bad, bad, good, good, good, good], [fault('f', [2500, 6000])], 3000);
    expect(found).toMatchObject({ state: 'recovered', recoveredMs: 6000 });
  });

  it('knows no disturbance where the service stays good, or where it begins long after the fault', () => {
    expect(watch([good, good, good, good], [fault('f', [1000, 2000])])).toMatchObject([{ state: 'calm', recoveredMs: null }]);
    expect(watch([good, good, good, good, good, bad, good], [fault('f', [1000, 2000])])).toMatchObject([{ state: 'calm' }]);
  });

  it('counts standing still as bad, idleness as nothing, and slowness where it is bounded', () => {
    const still: Second = { ended: 0, present: 3 };
    const idle: Second = { ended: 0 };
    expect(watch([good, still, still, good], [fault('f', [1000, 3000])])).toMatchObject([{ state: 'recovered', recoveredMs: 3000 }]);
    expect(watch([good, idle, idle, good], [fault('f', [1000, 3000])])).toMatchObject([{ state: 'calm' }]);
    expect(watch([good, bad, idle, good], [fault('f', [1000, 3000])])).toMatchObject([{ recoveredMs: 3000 }]);
    const slow: Second = { p95Ms: 400 };
    expect(watch([good, slow, slow, good], [fault('f', [1000, 3000])])).toMatchObject([{ state: 'calm' }]);
    expect(watch([good, slow, slow, good], [fault('f', [1000, 3000])], 1000, 0, { ...demand, p95Ms: 100 })).toMatchObject([{ recoveredMs: 3000 }]);
  });

  it('stays open where the run ends first, and leaves out faults of the warm-up', () => {
    expect(watch([good, bad, bad, bad], [fault('f', [1000, null])])).toMatchObject([{ state: 'disturbed', recoveredMs: null }]);
    expect(watch([bad, bad, bad, bad], [fault('f', [1000, null])], 1000, 2000)).toEqual([]);
  });

  it('blames a later disturbance on the fault that was there', () => {
    const seconds = [good, bad, good, good, bad, bad, good];
    expect(watch(seconds, [fault('a', [1000, 1500]), fault('b', [4000, 4500])])).toMatchObject([
      { faultId: 'a', recoveredMs: 2000 },
      { faultId: 'b', recoveredMs: 6000 },
    ]);
    expect(watch([good, good, bad, bad, good], [fault('a', [1000, 1500]), fault('b', [2000, 4000])])).toMatchObject([
      { faultId: 'a', state: 'calm' },
      { faultId: 'b', recoveredMs: 4000 },
    ]);
  });
});
