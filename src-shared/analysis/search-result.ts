import type { AxisValue } from '../project/sweep-points';
import type { ObjectiveVerdict } from '../run/result';
import { type CsvValue, writeCsv } from './csv';
import type { SearchMethod } from './search';
import type { SweepHeader } from './sweep-result';

/** One setting that was simulated. */
export interface SearchCandidate {
  /** Number of the point in the grid, the last axis fastest. */
  readonly index: number;
  readonly values: readonly AxisValue[];
  /** Whether every objective is met; and whether the intervals leave no doubt of that. */
  readonly passes: boolean;
  readonly sure: boolean;
  /** USD per hour of the machines; null where nothing has a price. */
  readonly costPerHour: number | null;
  /** Servers of all instances of all parts, by their parameters. */
  readonly servers: number;
  readonly objectives: readonly ObjectiveVerdict[];
}

/** What a search found. */
export interface SearchResult extends SweepHeader {
  readonly format: 'topolab-search';
  readonly formatVersion: 1;
  readonly method: SearchMethod;
  /** Parameter that the search took for one of which more is never worse; null where every setting was simulated. */
  readonly monotone: string | null;
  /** Settings in the grid. */
  readonly total: number;
  /** What the cheapest is the cheapest by: the price of machines where every candidate has one, else the number of servers. */
  readonly cheapestBy: 'costPerHour' | 'servers';
  /** Every setting that was simulated, in the order of the grid. */
  readonly candidates: readonly SearchCandidate[];
  /** Index of the cheapest candidate that passes; null where none does. */
  readonly cheapest: number | null;
}

/** The cheapest of the candidates that pass: by price where all have one, else by servers; of equal ones that with fewer servers, then the first. */
export function cheapestOf(candidates: readonly SearchCandidate[]): { readonly by: SearchResult['cheapestBy']; readonly index: number | null } {
  const by = candidates.length > 0 && candidates.every(({ costPerHour }) => costPerHour !== null) ? 'costPerHour' : 'servers';
  let best: SearchCandidate | null = null;
  for (const candidate of candidates) {
    if (!candidate.passes) continue;
    if (best === null || isCheaper(candidate, best, by)) best = candidate;
  }
  return { by, index: best?.index ?? null };
}

/** The candidates that pass, the cheapest first: the second is the runner-up. */
export function passingByPrice({ candidates, cheapestBy }: Pick<SearchResult, 'candidates' | 'cheapestBy'>): readonly SearchCandidate[] {
  return candidates.filter(({ passes }) => passes).sort((a, b) => (isCheaper(a, b, cheapestBy) ? -1 : 1));
}

/** The candidates that would be cheaper than the cheapest that passes, and miss an objective: the dearest first, as the nearest to it. All that miss one where none passes. */
export function cheaperButFailing({
  candidates,
  cheapest,
  cheapestBy,
}: Pick<SearchResult, 'candidates' | 'cheapest' | 'cheapestBy'>): readonly SearchCandidate[] {
  const found = candidates.find(({ index }) => index === cheapest);
  return candidates
    .filter((candidate) => !candidate.passes && (found === undefined || isCheaper(candidate, found, cheapestBy)))
    .sort((a, b) => (isCheaper(a, b, cheapestBy) ? 1 : -1));
}

function isCheaper(a: SearchCandidate, b: SearchCandidate, by: SearchResult['cheapestBy']): boolean {
  const [costA, costB] = by === 'costPerHour' ? [a.costPerHour ?? 0, b.costPerHour ?? 0] : [a.servers, b.servers];
  if (costA !== costB) return costA < costB;
  return a.servers !== b.servers ? a.servers < b.servers : a.index < b.index;
}

/** The whole search as readable JSON. */
export function searchJson(search: SearchResult): string {
  return `${JSON.stringify(search, null, 2)}\n`;
}

/** The candidates of a search as CSV: `point`, the value on each axis, `passes`, `sure`, `costPerHour`, `servers`, `cheapest`, then the margin of each objective by its id. */
export function searchCsv({ axes, candidates, cheapest }: SearchResult): string {
  const ids = candidates[0]?.objectives.map(({ id }) => id) ?? [];
  const header = [
    'point',
    ...axes.map(({ parameter }) => parameter),
    'passes',
    'sure',
    'costPerHour',
    'servers',
    'cheapest',
    ...ids.map((id) => `margin:${id}`),
  ];
  return writeCsv(
    header,
    candidates.map((row): CsvValue[] => [
      row.index,
      ...row.values,
      row.passes,
      row.sure,
      row.costPerHour,
      row.servers,
      row.index === cheapest,
      ...row.objectives.map(({ margin }) => margin),
    ]),
  );
}
