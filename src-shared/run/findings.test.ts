import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type RunSettings } from '../project/project';
import { findingsOf } from './findings';
import type { ObjectiveVerdict, RunResult } from './result';

const POINTS = 100;

/** A result with as much in it as findings read. */
function resultOf(completed: number, inFlight: readonly number[], settings: Partial<RunSettings> = {}): Omit<RunResult, 'findings' | 'objectives'> {
  return {
    settings: { ...DEFAULT_SETTINGS, ...settings },
    ended: 'finished',
    simulatedMs: 60_000,
    warmUpMs: typeof settings.warmUpMs === 'number' ? settings.warmUpMs : 5000,
    replications: settings.replications ?? 1,
    components: [],
    faults: [],
    endToEnd: { metrics: { offered: completed, completed }, failures: {} },
    series: {
      timeMs: Array.from({ length: POINTS }, (_, index) => (index + 1) * 600),
      endToEnd: { inFlight, offeredPerS: inFlight.map(() => 100) },
      components: [],
    },
  } as unknown as Omit<RunResult, 'findings' | 'objectives'>;
}
const flat = Array.from({ length: POINTS }, (_, index) => 10 + (index % 2));
const codes = (result: ReturnType<typeof resultOf>) => findingsOf(result, [], false).map(({ code, severity }) => `${severity} ${code}`);

describe('findings about percentiles', () => {
  it('warn of percentiles with fewer than ten requests beyond them', () => {
    const [finding] = findingsOf(resultOf(500, flat), [], false);
    expect(finding).toMatchObject({ severity: 'warning', code: 'too-short' });
    expect(finding?.message).toBe('Too few requests for p99 and p99.9 end to end: of 500 completed, only 5 and 0.5 lie beyond.');
    expect(finding?.remedy).toContain('10000 requests for p99.9');
  });

  it('tell of p99.9 alone, and of nothing where there are enough', () => {
    expect(codes(resultOf(1000, flat))).toEqual(['info too-short']);
    expect(codes(resultOf(10_000, flat))).toEqual([]);
    expect(codes(resultOf(1000, flat, { replications: 10 })), 'replications are taken together').toEqual([]);
  });
});

describe('findings about objectives', () => {
  const objective = { name: 'Fast', scope: 'end-to-end', subject: '', operation: null, measure: 'latencyP999Ms' } as unknown as ObjectiveVerdict;

  it('warn of a percentile that is asked for and rests on a handful of requests', () => {
    const found = findingsOf(resultOf(5000, flat), [], false, [objective]);
    expect(found.map(({ severity, code }) => `${severity} ${code}`)).toEqual(['info too-short', 'warning too-short']);
    expect(found[1]?.message).toContain('of 5000 completed requests only 5 lie beyond it');
    expect(findingsOf(resultOf(10_000, flat), [], false, [objective])).toEqual([]);
  });
});

describe('findings about the warm-up', () => {
  // Twenty points of 600 ms rise to the level of the rest.
  const ramp = flat.map((value, index) => (index < 20 ? index / 2 : value));

  it('warn where the transient outlasts it and moves the mean', () => {
    const found = findingsOf(resultOf(10_000, ramp, { warmUpMs: 0 }), [], false);
    // Mean of the ramp 4.75 instead of 10.5 over a fifth of the points: 11 % too low.
    expect(found).toMatchObject([{ severity: 'warning', code: 'warm-up-too-short' }]);
    expect(found[0]?.message).toContain('until 12 s (MSER-5)');
    expect(found[0]?.message).toContain('11 % too low');
  });

  it('are silent where it is long enough, found in the run, or nothing moves', () => {
    expect(codes(resultOf(10_000, ramp, { warmUpMs: 12_000 }))).toEqual([]);
    expect(codes(resultOf(10_000, ramp, { warmUpMs: 'auto' }))).toEqual([]);
    expect(codes(resultOf(10_000, flat, { warmUpMs: 0 }))).toEqual([]);
    expect(
      codes(
        resultOf(
          10_000,
          flat.map((_, index) => index),
          { warmUpMs: 0 },
        ),
      ),
      'no steady state',
    ).toEqual([]);
  });
});

describe('a run in which nothing was completed', () => {
  it('tells that everything failed and mostly why, or that nothing ended', () => {
    const message = (failures: object): string[] => {
      const result = resultOf(0, flat);
      const found = findingsOf({ ...result, endToEnd: { metrics: { offered: 100, completed: 0 }, failures } } as typeof result, [], false);
      return found.filter(({ code }) => code === 'no-completions').flatMap((finding) => [finding.message, finding.remedy]);
    };
    const [words = '', remedy = ''] = message({ timeout: 3, 'link-lost': 90 });
    expect(words).toMatch(/every one that ended failed, most of them by “link lost”/i);
    expect(remedy).not.toContain('Lengthen');
    expect(message({})).toEqual(['No request was completed in the measured window.', 'Lengthen the run: no request ended in it.']);
  });
});
