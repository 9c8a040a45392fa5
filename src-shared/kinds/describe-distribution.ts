import { formatDuration } from '../base/format';
import type { Distribution } from './distribution';

/** A distribution in a few words, for one line on a part: `log-normal 8 / 40 ms`. */
export function describeDistribution(distribution: Distribution): string {
  switch (distribution.type) {
    case 'constant':
      return formatDuration(distribution.valueMs);
    case 'uniform':
      return `${formatDuration(distribution.minMs)} to ${formatDuration(distribution.maxMs)}`;
    case 'exponential':
      return `exponential ${formatDuration(distribution.meanMs)}`;
    case 'normal':
      return `normal ${formatDuration(distribution.meanMs)} ± ${formatDuration(distribution.sdMs)}`;
    case 'lognormal':
      return `log-normal ${formatDuration(distribution.meanMs)}`;
    case 'erlang':
      return `Erlang-${distribution.stages} ${formatDuration(distribution.meanMs)}`;
    case 'gamma':
      return `gamma ${formatDuration(distribution.meanMs)}`;
    case 'weibull':
      return `Weibull ${formatDuration(distribution.scaleMs)}`;
    case 'pareto':
      return `Pareto from ${formatDuration(distribution.minMs)}`;
    case 'hyperexponential':
      return `hyper-exponential, ${distribution.branches.length} branches`;
    case 'empirical':
      return `empirical, ${distribution.values.length} values`;
    case 'fit':
      return `p50 ${formatDuration(distribution.p50Ms)}, p99 ${formatDuration(distribution.p99Ms)}`;
    case 'request':
      return 'as the request says';
  }
}
