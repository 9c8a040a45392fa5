import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSearch, type Search } from './search';

/** Runs a search against a rule; gives the points that it had judged, in order. */
function run(search: Search, passes: (point: number) => boolean): number[] {
  const judged: number[] = [];
  for (let batch = search.next(); batch.length > 0; batch = search.next()) {
    for (const point of batch) {
      judged.push(point);
      search.tell(point, passes(point));
    }
  }
  return judged;
}

describe('createSearch', () => {
  it('judges every point where nothing is known', () => {
    const search = createSearch({ sizes: [2, 3], monotone: null });
    expect(run(search, (point) => point % 2 === 1)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(search.passing()).toEqual([1, 3, 5]);
  });

  it('halves a monotone axis: 32 values in at most 6 steps, worked by hand for the threshold 17', () => {
    const search = createSearch({ sizes: [32], monotone: 0 });
    expect(run(search, (point) => point >= 17)).toEqual([31, 15, 23, 19, 17, 16]);
    expect(search.passing()).toEqual([17]);
  });

  it('knows after one point that nothing on a line passes', () => {
    const search = createSearch({ sizes: [32], monotone: 0 });
    expect(run(search, () => false)).toEqual([31]);
    expect(search.passing()).toEqual([]);
  });

  it('finds the least value of each line that exhaustion finds, has judged it, and the one before it as well', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 6 }),
        fc.boolean(),
        fc.array(fc.nat(13), { minLength: 6, maxLength: 6 }),
        (length, lines, first, thresholds) => {
          const sizes = first ? [length, lines] : [lines, length];
          const axis = first ? 0 : 1;
          const value = (point: number): number => (first ? Math.floor(point / lines) : point % length);
          const line = (point: number): number => (first ? point % lines : Math.floor(point / length));
          const passes = (point: number): boolean => value(point) >= (thresholds[line(point)] ?? 0);
          const search = createSearch({ sizes, monotone: axis });
          const judged = run(search, passes);
          expect(new Set(judged).size).toBe(judged.length);
          const all = Array.from({ length: length * lines }, (_, point) => point).filter(passes);
          const least = all.filter((point) => !all.some((other) => line(other) === line(point) && value(other) < value(point)));
          expect([...search.passing()].sort((a, b) => a - b)).toEqual(least);
          for (const point of search.passing()) {
            expect(judged).toContain(point);
            if (value(point) > 0) expect(judged).toContain(first ? point - lines : point - 1);
          }
        },
      ),
    );
  });
});
