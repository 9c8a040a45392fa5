import { log } from '../base/transcendental';
import type { Sampler } from '../engine/plan';
import type { KindProblem } from './kind';
import { choice, count, type ParamValues } from './params';

const GROWS = { param: 'growth', is: ['logarithmic', 'linear', 'linearithmic', 'quadratic'] } as const;

/** Parameters of work that depends on how much data it goes through; shared by every kind that does such work. */
export const growthParams = {
  growth: choice({
    title: 'Work grows with data',
    group: 'Work',
    default: 'constant',
    choices: [
      { value: 'constant', title: 'not at all', help: 'A hash table: the same work at any size.' },
      { value: 'logarithmic', title: 'log n', help: 'A search tree or an index: one more step each time the data doubles.' },
      { value: 'linear', title: 'n', help: 'A scan: every item is looked at.' },
      { value: 'linearithmic', title: 'n log n', help: 'A sort.' },
      { value: 'quadratic', title: 'n squared', help: 'Every item against every other: nested loops.' },
    ],
    help: 'How the service time depends on the number of items: another algorithm on the same machine.',
    provenance: 'Not at all: the times given are the times taken.',
  }),
  dataSize: count({
    title: 'Data size',
    unit: 'items',
    group: 'Work',
    default: 1_000_000,
    max: 1e15,
    help: 'Items that each request goes through, as the growth says.',
    provenance: 'Equal to the reference size, so that choosing a growth changes nothing by itself.',
    when: GROWS,
  }),
  referenceSize: count({
    title: 'Reference size',
    unit: 'items',
    group: 'Work',
    default: 1_000_000,
    min: 1,
    max: 1e15,
    help: 'Items at which the service times were measured.',
    provenance: 'A table of a million rows is a common size for a measurement.',
    when: GROWS,
  }),
} as const;

type GrowthValues = ParamValues<typeof growthParams>;

/** Steps of an algorithm over n items, up to a constant factor (D. E. Knuth, The Art of Computer Programming, vol. 1, 1.2.11). */
function steps(growth: GrowthValues['growth'], n: number): number {
  switch (growth) {
    case 'constant':
      return 1;
    case 'logarithmic':
      return log(n);
    case 'linear':
      return n;
    case 'linearithmic':
      return n * log(n);
    case 'quadratic':
      return n * n;
  }
}

/** What service times are multiplied by: the work at the data size over that at the reference size. */
export function growthFactor({ growth, dataSize, referenceSize }: GrowthValues): number {
  return growth === 'constant' || dataSize === referenceSize ? 1 : steps(growth, dataSize) / steps(growth, referenceSize);
}

/** What is wrong with the sizes. */
export function growthProblems({ growth, dataSize, referenceSize }: GrowthValues): KindProblem[] {
  if (growth !== 'logarithmic' && growth !== 'linearithmic') return [];
  const small = ([['dataSize', dataSize] as const, ['referenceSize', referenceSize] as const] as const).filter(([, size]) => size < 2);
  return small.map(([path]) => ({
    severity: 'error',
    code: 'too-few-items',
    path,
    message: `The work grows with the logarithm of the ${path === 'dataSize' ? 'data size' : 'reference size'}, which is 0 for one item and has no value for none.`,
    remedy: 'Give at least two items, or another growth.',
  }));
}

/** A sampler whose values are multiplied by a positive factor. */
export function scaledSampler(sampler: Sampler, factor: number): Sampler {
  if (factor === 1) return sampler;
  switch (sampler.type) {
    case 'constant':
      return { ...sampler, value: sampler.value * factor };
    case 'uniform':
      return { ...sampler, min: sampler.min * factor, max: sampler.max * factor };
    case 'exponential':
      return { ...sampler, mean: sampler.mean * factor };
    case 'normal':
      return { ...sampler, mean: sampler.mean * factor, sd: sampler.sd * factor };
    case 'lognormal':
      return factor > 0 ? { ...sampler, mu: sampler.mu + log(factor) } : { type: 'constant', value: 0 };
    case 'gamma':
    case 'weibull':
      return { ...sampler, scale: sampler.scale * factor };
    case 'pareto':
      return { ...sampler, min: sampler.min * factor };
    case 'mixture':
      return { ...sampler, means: sampler.means.map((mean) => mean * factor) };
    case 'empirical':
      return { ...sampler, values: sampler.values.map((value) => value * factor) };
    case 'work':
      return { ...sampler, scale: (sampler.scale ?? 1) * factor };
    case 'unit':
      return sampler;
  }
}
