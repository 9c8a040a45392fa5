import type { Distribution } from '../kinds/distribution';
import type { BenchWorkload } from './bench-projects';
import type { BalancerValues, ClientValues, LinkValues, ServiceValues } from './draft';
import { draft } from './draft';

const HOP: Distribution = { type: 'lognormal', meanMs: 0.5, sigma: 0.5 };
const LINK_ID = 'web';

/** What one workload of the table changes in the common one. */
interface Change {
  readonly client?: ClientValues;
  readonly balancer?: BalancerValues;
  readonly service?: ServiceValues;
  /** Of the link from the balancer to the service. */
  readonly link?: LinkValues;
  readonly fault?: boolean;
}

/** Clients call a balancer that passes replies on, over eight replicas with four servers that call a database: 6 requests per ms. */
function workload(id: string, title: string, { client, balancer, service, link, fault }: Change): BenchWorkload {
  return {
    id,
    title,
    ratePerMs: 6,
    meanMs: Number.NaN,
    project: (settings) => {
      const parts = draft(title);
      parts.client('clients', { ratePerS: 6000, ...client });
      parts.balancer('balancer', { ...balancer });
      parts.service(LINK_ID, { replicas: 8, servers: 4, serviceTime: { type: 'lognormal', meanMs: 4, sigma: 0.8 }, ...service });
      parts.database('database', { connections: 64, readTime: { type: 'exponential', meanMs: 5 }, writeTime: { type: 'exponential', meanMs: 5 } });
      parts.link('clients', 'balancer', { latency: HOP });
      parts.link('balancer', LINK_ID, { latency: HOP, ...link });
      parts.link(LINK_ID, 'database', { latency: HOP, probability: 0.5 });
      if (fault === true) parts.fault(LINK_ID, { type: 'slow', factor: 1.2 }, { type: 'once', atMs: 0, lastsMs: 8e9 }, 0);
      return parts.build({ ...settings, warmUpMs: 0 });
    },
  };
}

/** The same workload without and with each policy, so that what a policy costs can be told; none of them changes much else. */
export const POLICY_WORKLOADS: readonly BenchWorkload[] = [
  workload('off', 'nothing on', {}),
  workload('timeout', 'timeout of 1 s on the calls to the service', { link: { timeoutMs: 1000 } }),
  workload('retries', 'retries with a budget', { link: { timeoutMs: 1000, retries: 'backoff', retryBudget: 0.1 } }),
  workload('hedging', 'hedged at 100 ms', { link: { hedging: 'delay', hedgeAfterMs: 100 } }),
  workload('breaker', 'circuit breaker on an error rate', { link: { breaker: 'rate' } }),
  workload('bulkhead', 'bulkhead of 1000 calls', { link: { bulkhead: 1000 } }),
  workload('deadline', 'deadline that is propagated, with cancellation', { link: { deadlineMs: 1000, propagateDeadline: true, cancelAbandoned: true } }),
  workload('health-checks', 'health checks and slow start', { balancer: { takesOut: 'health-checks', slowStartMs: 1000 } }),
  workload('ejection', 'outlier ejection', { balancer: { takesOut: 'outliers' } }),
  workload('ring-hash', 'ring hash over 10,000 sessions', { client: { sessions: 10_000 }, balancer: { algorithm: 'ring-hash' } }),
  workload('affinity', 'session affinity of 10,000 sessions', { client: { sessions: 10_000 }, balancer: { affinityMs: 60_000 } }),
  workload('balancer-work', 'the balancer itself takes 10 µs', {
    balancer: { capacity: 'limited', serviceTime: { type: 'constant', valueMs: 0.01 }, servers: 4 },
  }),
  workload('autoscaler', 'autoscaler by utilisation', { service: { autoscaler: 'utilisation', maximumReplicas: 8, minimumReplicas: 8 } }),
  workload('slow-fault', 'one replica a fifth slower by a fault', { fault: true }),
];
