import { formatNumber } from '../base/format';
import { objectiveValue } from './objective-text';
import { cheaperButFailing, passingByPrice, type SearchCandidate, type SearchResult } from './search-result';

/** What a candidate costs, in the words of what the search went by. */
export function priceText({ cheapestBy }: Pick<SearchResult, 'cheapestBy'>, { costPerHour, servers }: SearchCandidate): string {
  return cheapestBy === 'costPerHour' ? `${formatNumber(costPerHour ?? 0)} USD per hour` : `${formatNumber(servers, 6)} servers`;
}

/** The objectives that a candidate misses, each with what was measured and what is demanded. */
export function missedText({ objectives }: SearchCandidate): string {
  return objectives
    .filter(({ verdict }) => verdict !== 'pass')
    .map(({ name, measure, value, limit, demand, windows, reason }) => {
      if (value === null) return `${name} could not be judged${reason === '' ? '' : `: ${reason}`}`;
      const bound = `${demand === 'at-least' ? 'at least' : 'at most'} ${objectiveValue(measure, limit)} demanded`;
      return windows === null
        ? `${name} is missed: ${objectiveValue(measure, value)}, ${bound}`
        : `${name} is missed: ${windows.met} of ${windows.judged} windows meet it, ${bound}`;
    })
    .join('; ');
}

/** Cheaper settings that are told with the reason why they do not do. */
const TOLD = 5;

/** What a search comes to besides its cheapest setting: the runner-up, and why the nearest cheaper settings do not do. `setting` names one. */
export function searchReasonLines(search: SearchResult, setting: (candidate: SearchCandidate) => string): readonly string[] {
  const [, runnerUp] = passingByPrice(search);
  const failing = cheaperButFailing(search);
  const rest = failing.length - TOLD;
  return [
    ...(runnerUp === undefined ? [] : [`Runner-up: ${setting(runnerUp)}, ${priceText(search, runnerUp)}.`]),
    ...failing
      .slice(0, TOLD)
      .map((row) => `${search.cheapest === null ? '' : 'Cheaper, but fails: '}${setting(row)}, ${priceText(search, row)}: ${missedText(row)}.`),
    ...(rest > 0 ? [`${rest} more ${search.cheapest === null ? '' : 'cheaper '}settings fail as well.`] : []),
  ];
}
