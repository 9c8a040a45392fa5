import { momentsOf } from '../base/statistics/moments';
import { normalCdf } from '../base/statistics/normal';
import type { Check } from './judge';

/** What many deviations together say: each may be within its tolerance and all of them lean to one side. */
export interface Bias {
  readonly group: string;
  /** Number of cases, each of which counts once. */
  readonly cases: number;
  /** Mean deviation in standard errors; by chance alone it lies around 0 with standard deviation 1 / sqrt(cases). */
  readonly mean: number;
  /** The same in standard deviations of that mean. */
  readonly score: number;
  /** Root mean square of the deviations; near 1 where the stated standard errors are right. */
  readonly spread: number;
  readonly above: number;
  /** Probability of a split of signs at least this uneven, by chance. */
  readonly signProbability: number;
  readonly holds: boolean;
}

const GROUPS: readonly { readonly title: string; readonly pattern: RegExp }[] = [
  { title: 'mean times', pattern: /mean_(response|wait|latency|queueing_delay|transit)|^mean_s$/ },
  { title: 'percentiles', pattern: /^p\d+_/ },
  { title: 'numbers in system and queue', pattern: /mean_in_(system|queue)/ },
  { title: 'probabilities and shares', pattern: /^(prob|loss|fraction)_/ },
  { title: 'rates and utilisation', pattern: /utilisation|throughput|arrival_rate/ },
];

/** Level of a single check: four standard errors. */
const LIMIT = 4;
const LIMIT_PROBABILITY = 2 * normalCdf(-LIMIT);

/**
 * Tests the whole table for bias of one sign. Metrics of one case move together, so each group takes the first of its metrics
 * from each case: those deviations are independent and standard normal if the engine is right.
 */
export function biasOf(checks: readonly Check[]): readonly Bias[] {
  const usable = checks.filter((check) => check.unbiased && check.deviation !== null);
  return GROUPS.flatMap(({ title, pattern }) => {
    const lead = new Map<string, number>();
    for (const { caseId, metric, deviation } of usable) if (deviation !== null && pattern.test(metric) && !lead.has(caseId)) lead.set(caseId, deviation);
    const deviations = [...lead.values()];
    return deviations.length < 5 ? [] : [groupBias(title, deviations)];
  });
}

function groupBias(group: string, deviations: readonly number[]): Bias {
  const cases = deviations.length;
  const { mean } = momentsOf(deviations);
  const score = mean * Math.sqrt(cases);
  const spread = Math.sqrt(momentsOf(deviations.map((deviation) => deviation * deviation)).mean);
  const above = deviations.filter((deviation) => deviation > 0).length;
  const signProbability = signTest(above, cases);
  return { group, cases, mean, score, spread, above, signProbability, holds: Math.abs(score) <= LIMIT && signProbability >= LIMIT_PROBABILITY };
}

/** Two-sided sign test: probability that of `count` fair signs the split is at least as uneven as `above` to the rest. */
export function signTest(above: number, count: number): number {
  const fewer = Math.min(above, count - above);
  let term = 0.5 ** count;
  let sum = 0;
  for (let k = 0; k <= fewer; k++) {
    sum += term;
    term *= (count - k) / (k + 1);
  }
  return Math.min(1, 2 * sum);
}

/** One line about a group. */
export function describeBias({ group, cases, mean, score, spread, above, signProbability, holds }: Bias): string {
  const signed = (value: number): string => `${value >= 0 ? '+' : '−'}${Math.abs(value).toFixed(2)}`;
  return [
    'bias of one sign'.padEnd(36),
    group.padEnd(46),
    `${cases} cases, mean ${signed(mean)} se, ${signed(score)} sd of chance, spread ${spread.toFixed(2)}, ${above} above, sign test p ${signProbability.toPrecision(2)}`,
    holds ? 'pass' : 'FAIL',
  ].join('  ');
}
