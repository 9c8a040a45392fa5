import type { Distribution } from './distribution';
import type { KindProblem } from './kind';

/**
 * What is wrong with a distribution beyond its schema: bounds in the wrong order, weights that sum to zero.
 * `forbid-request` also refuses 'as the request says' where no request exists yet.
 */
export function distributionProblems(distribution: Distribution, path: string, mode: 'allow-request' | 'forbid-request' = 'allow-request'): KindProblem[] {
  const error = (code: string, at: string, message: string, remedy: string): KindProblem[] => [{ severity: 'error', code, path: at, message, remedy }];
  switch (distribution.type) {
    case 'uniform':
      return distribution.minMs > distribution.maxMs
        ? error('bounds-reversed', `${path}.minMs`, 'The lower bound is above the upper bound.', 'Exchange the two.')
        : [];
    case 'fit':
      return distribution.p50Ms > distribution.p99Ms
        ? error('bounds-reversed', `${path}.p99Ms`, 'The 99th percentile is below the median.', 'Set p99 to at least p50.')
        : [];
    case 'hyperexponential': {
      const sum = distribution.branches.reduce((total, branch) => total + branch.probability, 0);
      return Math.abs(sum - 1) > 1e-6
        ? error('probabilities-not-one', `${path}.branches`, `The probabilities of the branches add up to ${Number(sum.toFixed(6))}.`, 'Make them add up to 1.')
        : [];
    }
    case 'empirical':
      return distribution.values.every((value) => value.weight === 0)
        ? error('weights-sum-to-zero', `${path}.values`, 'All values have weight 0.', 'Give at least one value a weight above 0.')
        : [];
    case 'request':
      return mode === 'forbid-request'
        ? error('no-request-here', path, 'There is no request yet whose work could be used.', 'Choose another distribution.')
        : [];
    default:
      return [];
  }
}
