import { describe, expect, test } from 'vitest';
import { intervalText } from '../analysis/interval-text';
import { intervalFactor } from '../base/statistics/intervals';
import { DESIGN_ID, draft } from '../validation/draft';
import { BATCHES, type RunResult } from './result';
import { createSession } from './session';
import { simulate } from './simulate';

/** M/M/1 at half load: mean time in system 1 / (100 - 50) s = 20 ms, utilisation 0.5. */
function run(settings: Partial<{ durationMs: number; warmUpMs: number; seed: number; seriesPoints: number; replications: number }>, ratePerS = 50): RunResult {
  const parts = draft('Batch means');
  parts.client('clients', { ratePerS });
  parts.service('s', { serviceTime: { type: 'exponential', meanMs: 10 } });
  parts.link('clients', 's');
  const outcome = simulate(parts.build({ durationMs: 420_000, warmUpMs: 20_000, seriesPoints: 210, ...settings }), DESIGN_ID);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  return outcome.value;
}

describe('[M5] intervals of a single replication', () => {
  test('contain the true mean about as often as they say', () => {
    let latency = 0;
    let utilisation = 0;
    const trials = 100;
    for (let seed = 1; seed <= trials; seed++) {
      const { endToEnd, components } = run({ seed });
      const station = components.find(({ id }) => id === 's');
      if (Math.abs((endToEnd.metrics.latencyMeanMs ?? 0) - 20) <= (endToEnd.halfWidths?.latencyMeanMs ?? 0)) latency++;
      if (Math.abs((station?.metrics.utilisation ?? 0) - 0.5) <= (station?.halfWidths?.utilisation ?? 0)) utilisation++;
    }
    // 95 % of 100 with a standard deviation of 2.2 %; dependence between batches may take a little.
    for (const covered of [latency, utilisation]) {
      expect(covered / trials).toBeGreaterThan(0.87);
      expect(covered / trials).toBeLessThan(1);
    }
  });

  test('are those of the batches, read one by one as runs that end and begin there', () => {
    // Twenty batches of ten points of 2 s; what the series tells of throughput is what each batch has.
    const result = run({});
    const series = result.series.endToEnd.completedPerS.slice(-200) as number[];
    const means = Array.from({ length: BATCHES }, (_, batch) => series.slice(batch * 10, batch * 10 + 10).reduce((sum, value) => sum + value / 10, 0));
    const mean = means.reduce((sum, value) => sum + value / BATCHES, 0);
    const variance = means.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (BATCHES - 1);
    const expected = intervalFactor(BATCHES, 0.95) * Math.sqrt(variance / BATCHES);
    expect(result.batches).toMatchObject({ count: BATCHES, durationMs: 20_000 });
    expect(result.endToEnd.halfWidths?.throughput).toBeCloseTo(expected, 9);
    // Of a count, the same share of the whole window.
    expect(result.endToEnd.halfWidths?.completed).toBeCloseTo(expected * 400, 6);
    expect(result.endToEnd.halfWidths?.latencyMaxMs).toBeUndefined();
    expect(result.endToEnd.halfWidths?.inFlight).toBeUndefined();
    expect(intervalText(result)).toMatch(/^One replication: ± is the half-width of the 95 % interval over 20 batches of 20 s of its window/);
  });

  test('say that they are too narrow where neighbouring batches depend on each other', () => {
    // Batches of 50 ms at 95 % load: a queue outlives many of them.
    const result = run({ durationMs: 1100, warmUpMs: 100, seriesPoints: 22 }, 95);
    expect(result.batches?.lagCorrelation).toBeGreaterThan(0.4);
    expect(intervalText(result)).toContain('depend on each other');
    expect(intervalText(run({}))).not.toContain('depend on each other');
  });

  test('need points enough, and give way to those of several replications', () => {
    expect(run({ seriesPoints: 20 }).noBatches).toBe('short');
    expect(run({ seriesPoints: 20 }).endToEnd.halfWidths).toBeUndefined();
    const several = run({ replications: 2, durationMs: 40_000 });
    expect(several.batches).toBeUndefined();
    expect(several.endToEnd.halfWidths?.latencyMeanMs).toBeGreaterThan(0);
  });

  test('are not told where batches are not alike: the load changes, or something fails', () => {
    const outcome = (change: (parts: ReturnType<typeof draft>) => void, values: object): RunResult => {
      const parts = draft('Unlike');
      parts.client('clients', { ratePerS: 50, ...values });
      parts.service('s', { serviceTime: { type: 'exponential', meanMs: 10 } });
      parts.link('clients', 's');
      change(parts);
      const result = simulate(parts.build({ durationMs: 60_000, warmUpMs: 0 }), DESIGN_ID);
      if (!result.ok) throw new Error(JSON.stringify(result.error));
      return result.value;
    };
    const nothing = (): undefined => undefined;
    expect(outcome(nothing, {}).batches?.count).toBe(BATCHES);
    expect(outcome(nothing, { shape: 'spike' })).toMatchObject({ noBatches: 'changes' });
    expect(outcome(nothing, { shape: 'spike' }).batches).toBeUndefined();
    expect(outcome(nothing, { shape: 'wave' }).endToEnd.halfWidths).toBeUndefined();
    const crash = { type: 'crash', silent: false, restartMs: 0 } as const;
    expect(outcome((parts) => parts.fault('s', crash, { type: 'once', atMs: 20_000, lastsMs: 1000 }), {}).noBatches).toBe('faults');
    expect(intervalText(outcome(nothing, { shape: 'spike' }))).toMatch(/no intervals, since its load .* Several replications give some/);
  });

  test('of a run that is stopped are those of the batches that it has had', () => {
    const parts = draft('Stopped');
    parts.client('clients', { ratePerS: 50 });
    parts.service('s', { serviceTime: { type: 'exponential', meanMs: 10 } });
    parts.link('clients', 's');
    const built = parts.build({ durationMs: 420_000, warmUpMs: 20_000, seriesPoints: 210 });
    const resultAt = (ms: number, forResult = true): RunResult => {
      const made = createSession(built, DESIGN_ID, { forResult });
      if (!made.ok) throw new Error('refused');
      made.value.breakAt(ms);
      while (made.value.advance(65_536) === 'running');
      return made.value.result();
    };
    expect(resultAt(100_001).noBatches).toBe('short');
    expect(resultAt(140_001).batches?.count).toBe(6);
    // A run that is repeated to be watched keeps nothing for them.
    expect(resultAt(140_001, false)).not.toMatchObject({ batches: expect.anything() });
    expect(resultAt(140_001, false).endToEnd.halfWidths).toBeUndefined();
  });
});
