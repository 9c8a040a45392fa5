import { describe, expect, it } from 'vitest';
import type { RunResult } from './result';
import { runTransient } from './run-transient';

const timeMs = Array.from({ length: 100 }, (_, index) => (index + 1) * 600);
const steady = timeMs.map((_, index) => 10 + (index % 2));
const load = timeMs.map((_, index) => 100 + (index % 3));
const climb = steady.map((value, index) => (index < 20 ? index / 2 : value));

function transientOf(inFlight: readonly number[], offeredPerS = load, warmUpMs = 0, faultAtMs?: number) {
  const faults = faultAtMs === undefined ? [] : [{ windows: [{ beginMs: faultAtMs, endMs: null }] }];
  return runTransient({ series: { timeMs, endToEnd: { inFlight, offeredPerS }, components: [] }, warmUpMs, faults } as unknown as RunResult);
}

describe('the beginning of a run', () => {
  it('is a transient where an empty system fills', () => {
    const found = transientOf(climb);
    expect(found).toMatchObject({ verdict: 'biased', endMs: 12_000 });
    // A fifth of the points have mean 4.75 instead of 10.5.
    expect(found?.bias).toBeCloseTo((0.2 * 4.75 + 0.8 * 10.5) / 10.5 - 1, 9);
    expect(transientOf(climb, load, 12_000)?.verdict).toBe('left-out');
    expect(transientOf(steady.map((value, index) => (index < 5 ? value - 1.5 : value)))?.verdict).toBe('harmless');
    expect(transientOf(steady)?.verdict).toMatch(/none|harmless/);
  });

  it('is none where the load explains it, or a fault', () => {
    const spike = steady.map((value, index) => (index >= 20 && index < 40 ? 100 : value));
    const crowd = load.map((value, index) => (index >= 20 && index < 40 ? 300 : value));
    expect(transientOf(spike, crowd)?.verdict).toBe('load');
    expect(transientOf(spike, load)?.verdict, 'as with a cache that is cold').toBe('biased');
    expect(transientOf(spike, load, 0, 12_000)?.verdict).toBe('fault');
    expect(transientOf(climb, load, 0, 12_000)?.verdict, 'one that begins where the rest does').toBe('fault');
    // Users who think first send faster at first and have fewer requests in flight: a real transient.
    expect(
      transientOf(
        climb,
        load.map((value, index) => (index < 20 ? value * 1.3 : value)),
      )?.verdict,
    ).toBe('biased');
  });

  it('is no change of the load where chance explains that', () => {
    // Ten requests in each point of 0.6 s; six per cent fewer in the first twenty are 188 against 200, not one standard error.
    const few = timeMs.map((_, index) => (index < 20 ? 15.7 : 16.7));
    expect(transientOf(climb, few)?.verdict).toBe('biased');
    expect(
      transientOf(
        climb,
        few.map((rate) => rate * 100),
      )?.verdict,
    ).toBe('load');
  });

  it('may last longer than half of the run', () => {
    expect(transientOf(timeMs)?.verdict).toBe('unsettled');
    expect(transientOf(timeMs, timeMs)?.verdict, 'a ramp').toBe('load');
  });
});
