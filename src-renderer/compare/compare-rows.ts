import type { Comparison, ComparisonRow } from '../../src-shared/analysis/compare';
import type { Verdict } from '../../src-shared/analysis/difference';
import { formatShare } from '../../src-shared/base/format';
import { METRICS, type MetricName } from '../../src-shared/engine/metrics';
import { formatMeasured } from '../results/format-cell';
import { ORDERED_METRICS } from '../results/metric-groups';

/** Verdicts in words. */
export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  better: 'better',
  worse: 'worse',
  different: 'different',
  'not-distinguishable': 'not distinguishable',
  unknown: 'unknown',
};

/** Everything that was measured of one thing, under one heading. */
export interface ComparedThing {
  readonly key: string;
  readonly title: string;
  readonly rows: readonly ComparisonRow[];
  /** How many differences are better, worse or different; what cannot be told apart is not counted. */
  readonly counts: Readonly<Record<'better' | 'worse' | 'different', number>>;
}

const SCOPE_TITLES: Readonly<Record<ComparisonRow['scope'], string>> = {
  'end-to-end': 'End to end',
  operation: 'Operation',
  component: 'Part',
  link: 'Link',
};
const PLACE = new Map<MetricName, number>(ORDERED_METRICS.map((name, index) => [name, index]));

/** Rows of a comparison by what they are of: end to end first, then operations, parts and links; rows without any value are left out. */
export function comparedThings({ rows }: Comparison): readonly ComparedThing[] {
  const things = new Map<string, ComparisonRow[]>();
  // What clients see stands end to end and by operation already.
  const clients = new Set(rows.flatMap(({ scope, id }) => (scope === 'operation' ? [id.slice(0, id.indexOf(':'))] : [])));
  for (const row of rows) {
    if (row.scope === 'component' && clients.has(row.id)) continue;
    if (row.values.every((value) => value === null || !Number.isFinite(value.value))) continue;
    const key = `${row.scope} ${row.id}`;
    const known = things.get(key);
    if (known === undefined) things.set(key, [row]);
    else known.push(row);
  }
  const order = Object.keys(SCOPE_TITLES);
  return [...things]
    .map(([key, own]): ComparedThing => {
      const [first] = own as [ComparisonRow];
      const counts = { better: 0, worse: 0, different: 0 };
      for (const { differences } of own)
        for (const found of differences) if (found !== null && found.verdict in counts) counts[found.verdict as keyof typeof counts]++;
      return {
        key,
        title: first.scope === 'end-to-end' ? SCOPE_TITLES['end-to-end'] : `${SCOPE_TITLES[first.scope]} ${first.name}`,
        rows: [...own].sort((one, other) => (PLACE.get(one.metric) ?? 0) - (PLACE.get(other.metric) ?? 0)),
        counts,
      };
    })
    .sort((one, other) => order.indexOf(one.rows[0]?.scope ?? '') - order.indexOf(other.rows[0]?.scope ?? ''));
}

/** The number of a side with its interval. */
export function valueText(row: ComparisonRow, side: number): string {
  const value = row.values[side];
  if (value == null) return '–';
  return formatMeasured(row.metric, {
    metrics: { [row.metric]: value.value },
    ...(value.halfWidth !== null && { halfWidths: { [row.metric]: value.halfWidth } }),
    failures: {},
  });
}

/** The difference of a side to the baseline with its paired interval: `+1.2 ms ± 0.3`; shares differ by points. Null where there is none. */
export function differenceText(row: ComparisonRow, side: number): string | null {
  const found = row.differences[side];
  if (found == null) return null;
  const text = formatMeasured(row.metric, {
    metrics: { [row.metric]: Math.abs(found.mean) },
    ...(found.halfWidth !== null && { halfWidths: { [row.metric]: found.halfWidth } }),
    failures: {},
  });
  const sign = found.mean > 0 ? '+' : found.mean < 0 ? '−' : '';
  return `${sign}${METRICS[row.metric].unit === 'share' ? text.replace(' %', ' points') : text}`;
}

/** Says in a sentence what the difference of a side is made of. */
export function differenceHelp(row: ComparisonRow, side: number): string {
  const found = row.differences[side];
  if (found == null) return '';
  const base = row.values[0]?.value ?? 0;
  const relative = base === 0 ? '' : ` ${found.mean < 0 ? '−' : '+'}${formatShare(Math.abs(found.mean / base))} of the baseline.`;
  const direction = row.better === null ? ' Neither direction is good in itself.' : ` ${row.better === 'lower' ? 'Lower' : 'Higher'} is better.`;
  return `Mean difference over ${found.pairs} pairs of replications with the same random numbers.${relative}${direction}`;
}
