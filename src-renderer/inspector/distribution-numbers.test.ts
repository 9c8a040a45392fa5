import { describe, expect, it } from 'vitest';
import { type Distribution, type DistributionType, distributionSchema } from '../../src-shared/kinds/distribution';
import { meanMs, quantileMs, shareBelow, withType } from './distribution-numbers';

/** Tables and closed forms: Law, Simulation Modeling and Analysis, 5th ed. 2015, section 6.2; chi-squared and normal tables. */
describe('distribution numbers', () => {
  it.each<[Distribution, number, number]>([
    [{ type: 'constant', valueMs: 7 }, 7, 7],
    [{ type: 'uniform', minMs: 10, maxMs: 20 }, 15, 19.9],
    [{ type: 'exponential', meanMs: 10 }, 10, 46.0517],
    // Erlang-2 with mean 2: chi-squared with 4 degrees of freedom halved; its 99 % point is 13.2767.
    [{ type: 'erlang', meanMs: 2, stages: 2 }, 2, 6.63835],
    [{ type: 'gamma', meanMs: 2, shape: 2 }, 2, 6.63835],
    // Chi-squared with 1 degree of freedom: shape 0.5, mean 1, 99 % point 6.6349.
    [{ type: 'gamma', meanMs: 1, shape: 0.5 }, 1, 6.6349],
    [{ type: 'weibull', scaleMs: 10, shape: 1 }, 10, 46.0517],
    [{ type: 'weibull', scaleMs: 10, shape: 2 }, 8.86227, 21.4597],
    [{ type: 'pareto', minMs: 3, alpha: 2.5 }, 5, 18.9287],
    [{ type: 'normal', meanMs: 100, sdMs: 10 }, 100, 123.2635],
    // Mean 0: half a normal, whose mean is sd * sqrt(2/pi) and whose 99 % point is that of 99.5 % of the whole.
    [{ type: 'normal', meanMs: 0, sdMs: 10 }, 7.97885, 25.75829],
    [{ type: 'fit', p50Ms: 8, p99Ms: 40 }, 8 * Math.exp(0.5 * (Math.log(5) / 2.3263479) ** 2), 40],
    [
      {
        type: 'hyperexponential',
        branches: [
          { probability: 0.9, meanMs: 1 },
          { probability: 0.1, meanMs: 11 },
        ],
      },
      2,
      25.3285,
    ],
  ])('%o', (distribution, mean, p99) => {
    expect(meanMs(distribution)! / mean).toBeCloseTo(1, 4);
    expect(quantileMs(distribution, 0.99)! / p99).toBeCloseTo(1, 4);
  });

  it('knows where there is no mean, and where the request decides', () => {
    expect(meanMs({ type: 'pareto', minMs: 1, alpha: 1 })).toBe(Number.POSITIVE_INFINITY);
    expect(meanMs({ type: 'request' })).toBeUndefined();
    expect(quantileMs({ type: 'request' }, 0.5)).toBeUndefined();
    expect(
      shareBelow(
        {
          type: 'empirical',
          values: [
            { valueMs: 1, weight: 3 },
            { valueMs: 5, weight: 1 },
          ],
        },
        1,
      ),
    ).toBe(0.75);
  });

  it('keeps the mean when the type is changed', () => {
    const types: readonly DistributionType[] = [
      'constant',
      'uniform',
      'exponential',
      'normal',
      'lognormal',
      'erlang',
      'gamma',
      'weibull',
      'pareto',
      'hyperexponential',
    ];
    for (const type of types) {
      const changed = withType(type, { type: 'exponential', meanMs: 12 });
      expect(distributionSchema.safeParse(changed).success).toBe(true);
      expect(meanMs(changed)! / 12).toBeCloseTo(1, 1.5);
    }
    for (const type of [...types, 'empirical', 'fit', 'request'] as const)
      expect(distributionSchema.safeParse(withType(type, { type: 'request' })).success).toBe(true);
  });
});
