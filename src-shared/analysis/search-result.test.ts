import { describe, expect, it } from 'vitest';
import { cheapestOf, type SearchCandidate } from './search-result';

const candidate = (index: number, passes: boolean, costPerHour: number | null, servers: number): SearchCandidate => ({
  index,
  values: [index],
  passes,
  sure: true,
  costPerHour,
  servers,
  objectives: [],
});

describe('cheapestOf', () => {
  it('goes by the price where every candidate has one', () => {
    expect(cheapestOf([candidate(0, false, 0.1, 1), candidate(1, true, 0.3, 2), candidate(2, true, 0.2, 8)])).toEqual({ by: 'costPerHour', index: 2 });
  });

  it('goes by servers where one has none', () => {
    expect(cheapestOf([candidate(0, false, null, 1), candidate(1, true, 0.3, 2), candidate(2, true, 0.2, 8)])).toEqual({ by: 'servers', index: 1 });
  });

  it('takes fewer servers, then the first, of equal prices; and nothing where none passes', () => {
    expect(cheapestOf([candidate(0, true, 1, 4), candidate(1, true, 1, 2), candidate(2, true, 1, 2)]).index).toBe(1);
    expect(cheapestOf([candidate(0, false, 1, 4)]).index).toBeNull();
    expect(cheapestOf([])).toEqual({ by: 'servers', index: null });
  });
});
