import { distributionMeanMs } from '../distribution-moments';
import { defineKind } from '../kind';
import { lowerLoadBalancer } from './load-balancer-behaviour';
import { loadBalancerManual } from './load-balancer-manual';
import { COMPARING, loadBalancerParams, WEIGHING } from './load-balancer-params';
import { loadBalancerProblems } from './load-balancer-problems';

/** Spreads requests over the instances behind its links. */
export const loadBalancer = defineKind({
  id: 'load-balancer',
  title: 'Load balancer',
  version: 1,
  group: 'Routing',
  help: 'Spreads requests over all replicas of the parts that it is linked to.',
  manual: loadBalancerManual,
  ports: { in: true, out: true },
  telemetry: 'reports',
  params: loadBalancerParams,
  stored: 'component',
  migrations: [],
  look: {
    icon: 'M4 12h5M9 12c4 0 4 -6 11 -6M9 12c4 0 4 6 11 6M17 3l3 3l-3 3M17 15l3 3l-3 3',
    accent: 'routing',
    badges: ['throughput', 'inFlight', 'failureShare'],
  },
  summary: ({ algorithm, choices, instances }) => {
    const title = loadBalancerParams.algorithm.choices?.find(({ value }) => value === algorithm)?.title ?? algorithm;
    return `${instances > 1 ? `${instances} × ` : ''}${algorithm === 'power-of-d' ? `best of ${choices} random` : title}`;
  },
  problems: loadBalancerProblems,
  estimate: {
    capacity: ({ capacity, instances, servers }) => ({ instances, servers: capacity === 'limited' ? instances * servers : instances }),
    meanMs: ({ capacity, serviceTime }) => (capacity === 'limited' ? distributionMeanMs(serviceTime) : null),
    sends: ({ algorithm }) => {
      if ((WEIGHING as readonly string[]).includes(algorithm)) return 'by-instance-weight';
      return (COMPARING as readonly string[]).includes(algorithm) ? 'by-capacity' : 'evenly';
    },
  },
  lower: lowerLoadBalancer,
});
