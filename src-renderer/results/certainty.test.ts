import { describe, expect, it } from 'vitest';
import type { MetricValues, RunResult } from '../../src-shared/run/result';
import { resultOf } from '../run/test-frames';
import { suggestionOf, uncertaintyOf, warmUpWord } from './certainty';

const measured = (metrics: MetricValues, halfWidths?: MetricValues) => ({ metrics, failures: {}, ...(halfWidths && { halfWidths }) });

describe('certainty of a percentile', () => {
  it('is lacking where fewer than ten requests lie beyond it', () => {
    const row = measured({ completed: 500, latencyP95Ms: 1, latencyP99Ms: 2, latencyP999Ms: 3, latencyMeanMs: 1 });
    expect(uncertaintyOf('latencyP95Ms', row, 1)).toBeNull();
    expect(uncertaintyOf('latencyP99Ms', row, 1)).toContain('Only 5 of 500');
    expect(uncertaintyOf('latencyP999Ms', row, 1)).toContain('10000 requests');
    expect(uncertaintyOf('latencyMeanMs', row, 1)).toBeNull();
    expect(uncertaintyOf('latencyP99Ms', row, 2), 'replications are taken together').toBeNull();
  });
});

describe('what more replications buy', () => {
  const run = (replications: number): RunResult => {
    const result = resultOf({
      endToEnd: measured({ latencyMeanMs: 10, latencyP95Ms: 20, latencyP99Ms: 50 }, { latencyMeanMs: 0.5, latencyP95Ms: 2, latencyP99Ms: 3 }),
    });
    return { ...result, replications, settings: { ...result.settings, replications } };
  };

  it('is told of the widest interval, and halves it', () => {
    const found = suggestionOf(run(5));
    expect(found).toMatchObject({ title: 'p95', now: 0.1 });
    expect(found?.after).toBeLessThanOrEqual(0.05);
    // t(0.975, 4) / √5 = 1.2417; half of it, 0.6208, is first reached with 13: t(0.975, 12) / √13 = 0.6043, with 12: 0.6354.
    expect(found?.more).toBe(8);
    expect(found?.total).toBe(13);
  });

  it('is not told of one replication', () => {
    expect(suggestionOf(run(1))).toBeNull();
  });
});

describe('words about the transient', () => {
  const timeMs = Array.from({ length: 100 }, (_, index) => (index + 1) * 600);
  const withLoad = (inFlight: readonly number[], warmUpMs: number): RunResult => {
    const result = resultOf({});
    return { ...result, warmUpMs, series: { ...result.series, timeMs, endToEnd: { ...result.series.endToEnd, inFlight, offeredPerS: timeMs.map(() => 100) } } };
  };
  const ramp = timeMs.map((_, index) => (index < 20 ? index / 2 : 10 + (index % 2)));

  it('say whether it is left out, harmless, or not over', () => {
    expect(warmUpWord(withLoad(ramp, 12_000))).toEqual({ text: 'until 12 s, left out', betterMs: null });
    expect(warmUpWord(withLoad(ramp, 0))).toEqual({ text: 'until 12 s', betterMs: 12_000 });
    expect(warmUpWord(withLoad(timeMs, 0)).text).toBe('no end in the first half');
    expect(warmUpWord(withLoad([1, 2, 3], 0)).text).toBe('too few points to tell');
  });
});
