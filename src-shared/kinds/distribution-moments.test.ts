import { describe, expect, it } from 'vitest';
import type { Distribution } from './distribution';
import { distributionMeanMs } from './distribution-moments';

/** Mean as the integral of the survival function over a fine grid: knows nothing of the closed forms. */
function integrate(survival: (x: number) => number, to: number): number {
  const steps = 2_000_000;
  const width = to / steps;
  let sum = 0;
  for (let index = 0; index < steps; index++) sum += survival((index + 0.5) * width);
  return sum * width;
}

describe('distributionMeanMs', () => {
  it.each<[Distribution, number]>([
    [{ type: 'constant', valueMs: 7 }, 7],
    [{ type: 'uniform', minMs: 2, maxMs: 5 }, 3.5],
    [{ type: 'exponential', meanMs: 9 }, 9],
    [{ type: 'lognormal', meanMs: 9, sigma: 2 }, 9],
    [{ type: 'erlang', meanMs: 9, stages: 3 }, 9],
    [{ type: 'gamma', meanMs: 9, shape: 0.5 }, 9],
    [
      {
        type: 'hyperexponential',
        branches: [
          { probability: 0.9, meanMs: 4 },
          { probability: 0.1, meanMs: 40 },
        ],
      },
      7.6,
    ],
    [
      {
        type: 'empirical',
        values: [
          { valueMs: 1, weight: 3 },
          { valueMs: 5, weight: 1 },
        ],
      },
      2,
    ],
    // Exponential as a Weibull of shape 1, and Gamma(3/2) = sqrt(pi) / 2.
    [{ type: 'weibull', scaleMs: 9, shape: 1 }, 9],
    [{ type: 'weibull', scaleMs: 10, shape: 2 }, 5 * Math.sqrt(Math.PI)],
    // Gamma(11) = 10!.
    [{ type: 'weibull', scaleMs: 1, shape: 0.1 }, 3_628_800],
    [{ type: 'pareto', minMs: 2, alpha: 3 }, 3],
    [{ type: 'normal', meanMs: 5, sdMs: 0 }, 5],
    // Half-normal: sd · sqrt(2 / pi).
    [{ type: 'normal', meanMs: 0, sdMs: 3 }, 3 * Math.sqrt(2 / Math.PI)],
    [{ type: 'fit', p50Ms: 8, p99Ms: 8 }, 8],
  ])('of %j is %d', (distribution, mean) => {
    expect(distributionMeanMs(distribution)).toBeCloseTo(mean, mean > 1000 ? 2 : 8);
  });

  it('agrees with numerical integration where the form is intricate', () => {
    expect(distributionMeanMs({ type: 'weibull', scaleMs: 3, shape: 1.7 })).toBeCloseTo(
      integrate((x) => Math.exp(-((x / 3) ** 1.7)), 60),
      5,
    );
    // P(X > x | X > 0) for a normal with mean 2 and sd 3, from the logistic-free error function by quadrature of its density.
    const density = (x: number): number => Math.exp(-(((x - 2) / 3) ** 2) / 2);
    const mass = integrate(density, 60);
    expect(distributionMeanMs({ type: 'normal', meanMs: 2, sdMs: 3 })).toBeCloseTo(integrate((x) => x * density(x), 60) / mass, 5);
    expect(distributionMeanMs({ type: 'normal', meanMs: 100, sdMs: 1 })).toBeCloseTo(100, 8);
  });

  it('has the log-normal fit go through both percentiles', () => {
    const sigma = Math.log(5) / 2.326347874040841;
    expect(distributionMeanMs({ type: 'fit', p50Ms: 8, p99Ms: 40 })).toBeCloseTo(8 * Math.exp(sigma ** 2 / 2), 9);
  });

  it('does not exist for a Pareto tail of index 1 or less, nor where the request says', () => {
    expect(distributionMeanMs({ type: 'pareto', minMs: 1, alpha: 1 })).toBe(Number.POSITIVE_INFINITY);
    expect(distributionMeanMs({ type: 'request' })).toBeNull();
  });
});
