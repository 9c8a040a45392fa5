import type { SearchCandidate, SearchResult } from '../../src-shared/analysis/search-result';
import { priceText, searchReasonLines } from '../../src-shared/analysis/search-words';
import { formatDuration, formatNumber, formatShare } from '../../src-shared/base/format';
import { type Column, textTable } from './table';

/** A search as text for people: every setting that was simulated, and the cheapest that meets the objectives. */
export function searchText(search: SearchResult): string {
  const { settings, axes, candidates, changes } = search;
  const objectives = candidates[0]?.objectives ?? [];
  const priced = candidates.some(({ costPerHour }) => costPerHour !== null);
  const columns: Column[] = [
    ...axes.map(({ parameter, unit }) => ({ title: unit === '' ? parameter : `${parameter} [${unit}]`, numeric: true })),
    { title: priced ? 'USD/h' : '', numeric: true },
    { title: 'servers', numeric: true },
    ...objectives.map(({ name }) => ({ title: `margin: ${name}`, numeric: true })),
    { title: 'verdict' },
    { title: '' },
  ];
  const lines = [
    `${search.project.name} · ${search.design.name} · the cheapest setting that meets ${objectives.length === 1 ? 'the objective' : `${objectives.length} objectives`}`,
    `seed ${settings.seed}, ${formatDuration(settings.durationMs)} simulated, ${settings.replications} ${settings.replications === 1 ? 'replication' : 'replications'} of each setting${changes.length === 0 ? '' : `, with ${changes.join(', ')}`}`,
    search.monotone === null
      ? `all ${search.total} settings were simulated`
      : `${candidates.length} of ${search.total} settings were simulated, by halving ${search.monotone}, of which more was taken to be never worse`,
    '',
    ...textTable(
      columns,
      candidates.map((row) => [
        ...row.values.map((value) => (typeof value === 'number' ? formatNumber(value, 6) : String(value))),
        row.costPerHour === null ? '' : formatNumber(row.costPerHour),
        formatNumber(row.servers, 6),
        ...row.objectives.map(({ margin, verdict }) => (margin === null ? verdict : formatShare(margin))),
        `${row.passes ? 'pass' : 'FAIL'}${row.sure ? '' : ', in doubt'}`,
        row.index === search.cheapest ? '◄ cheapest' : '',
      ]),
    ),
    '',
    ...conclusion(search),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function conclusion(search: SearchResult): string[] {
  const found = search.candidates.find(({ index }) => index === search.cheapest);
  const reasons = searchReasonLines(search, (candidate) => setting(search, candidate));
  if (found === undefined) return ['No setting that was simulated meets every objective.', ...reasons];
  const price = priceText(search, found);
  const why =
    search.cheapestBy === 'servers' ? ' Nothing has a price in every setting, so the number of servers was compared: choose machines for prices.' : '';
  return [
    `Cheapest: ${setting(search, found)}, ${price}.${why}`,
    ...(found.sure ? [] : ['Its intervals reach over a limit: more replications would tell.']),
    ...reasons,
  ];
}

function setting({ axes }: SearchResult, { values }: SearchCandidate): string {
  return axes.map(({ parameter }, axis) => `${parameter}=${String(values[axis])}`).join(', ');
}
