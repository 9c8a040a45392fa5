import type { KindProblem } from '../kind';
import { defineKind } from '../kind';
import { lowerLoadBalancer } from './load-balancer-behaviour';
import { loadBalancerManual } from './load-balancer-manual';
import { loadBalancerParams } from './load-balancer-params';

/** Spreads requests over the instances behind its links. */
export const loadBalancer = defineKind({
  id: 'load-balancer',
  title: 'Load balancer',
  version: 1,
  group: 'Routing',
  help: 'Spreads requests over all replicas of the parts that it is linked to.',
  manual: loadBalancerManual,
  ports: { in: true, out: true },
  params: loadBalancerParams,
  stored: 'component',
  migrations: [],
  look: {
    icon: 'M4 12h5M9 12c4 0 4 -6 11 -6M9 12c4 0 4 6 11 6M17 3l3 3l-3 3M17 15l3 3l-3 3',
    accent: 'routing',
    badges: ['throughput', 'inFlight', 'failureShare'],
  },
  summary: (values) =>
    values.algorithm === 'power-of-d'
      ? `best of ${values.choices} random`
      : { random: 'random', 'round-robin': 'round robin', 'least-connections': 'least connections' }[values.algorithm],
  problems: (values, { outgoing }) => {
    const problems: KindProblem[] = [];
    if (outgoing.length === 0)
      problems.push({
        severity: 'error',
        code: 'no-target',
        message: 'The load balancer has no targets.',
        remedy: 'Connect its output to the parts that shall serve the requests.',
      });
    const compares = values.algorithm === 'least-connections' || values.algorithm === 'power-of-d';
    if (compares && values.knows === 'own-counts' && values.replies === 'direct')
      problems.push({
        severity: 'error',
        code: 'balancer-sees-no-replies',
        path: 'replies',
        message: 'Replies go straight to the caller, so the balancer cannot count the requests under way that it compares targets by.',
        remedy: 'Let replies come through the balancer, or let it know live queue lengths.',
      });
    return problems;
  },
  estimate: { sends: (values) => (values.algorithm === 'least-connections' || values.algorithm === 'power-of-d' ? 'by-capacity' : 'evenly') },
  lower: lowerLoadBalancer,
});
