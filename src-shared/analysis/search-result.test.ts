import { describe, expect, it } from 'vitest';
import { cheaperButFailing, cheapestOf, passingByPrice, type SearchCandidate } from './search-result';

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

describe('what stands beside the cheapest', () => {
  const candidates = [
    candidate(0, false, 0.1, 1),
    candidate(1, true, 0.4, 4),
    candidate(2, false, 0.2, 2),
    candidate(3, true, 0.3, 3),
    candidate(4, false, 0.5, 5),
  ];

  it('is the runner-up, and what would be cheaper but fails, the nearest first', () => {
    const search = { candidates, cheapest: 3, cheapestBy: 'costPerHour' as const };
    expect(passingByPrice(search).map(({ index }) => index)).toEqual([3, 1]);
    expect(cheaperButFailing(search).map(({ index }) => index)).toEqual([2, 0]);
    expect(cheaperButFailing({ ...search, cheapest: null }).map(({ index }) => index)).toEqual([4, 2, 0]);
  });
});
