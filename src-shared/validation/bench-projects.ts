import type { Distribution } from '../kinds/distribution';
import type { Project } from '../project/project';
import { draft, UNLIMITED_SERVERS } from './draft';

/** A workload of the speed comparison: what it is, and the mean time that a customer spends in it, in the unit of its own rates. */
export interface BenchWorkload {
  readonly id: string;
  readonly title: string;
  /** Arrivals per ms of simulated time. */
  readonly ratePerMs: number;
  readonly meanMs: number;
  readonly project: (settings: { readonly seed: number; readonly durationMs: number }) => Project;
}

const exponential = (meanMs: number): Distribution => ({ type: 'exponential', meanMs });
const HOP: Distribution = { type: 'lognormal', meanMs: 0.5, sigma: 0.5 };
const OPERATION = [{ name: 'request', weight: 1, type: 'read' as const, requestBytes: 0, responseBytes: 0, priority: 1 }];

/** The three workloads, built from the application's own kinds. One unit of time of the first two is one ms. */
export const BENCH_WORKLOADS: readonly BenchWorkload[] = [
  {
    id: 'w1',
    title: 'one server, exponential times, utilisation 0.9',
    ratePerMs: 0.9,
    meanMs: 10,
    project: (settings) => {
      const parts = draft('One server');
      parts.client('clients', { ratePerS: 900, operations: OPERATION });
      parts.service('server', { serviceTime: exponential(1) });
      parts.link('clients', 'server');
      return parts.build({ ...settings, warmUpMs: 0 });
    },
  },
  {
    id: 'w2',
    title: '32 servers, the shorter of two random queues',
    ratePerMs: 28.8,
    meanMs: 2.716,
    project: (settings) => {
      const parts = draft('Two choices');
      parts.client('clients', { ratePerS: 28_800, operations: OPERATION });
      parts.balancer('balancer', { algorithm: 'power-of-d', choices: 2, knows: 'live', replies: 'direct' });
      parts.service('servers', { replicas: 32, serviceTime: exponential(1) });
      parts.link('clients', 'balancer');
      parts.link('balancer', 'servers');
      return parts.build({ ...settings, warmUpMs: 0 });
    },
  },
  {
    id: 'w3',
    title: 'balancer, eight servers with four cores, cache and database, log-normal hops',
    ratePerMs: 6,
    meanMs: 8.612,
    project: (settings) => {
      const parts = draft('Web tier');
      const hop = { latency: HOP };
      parts.client('clients', { ratePerS: 6000, operations: OPERATION });
      parts.balancer('balancer', { algorithm: 'round-robin', replies: 'direct' });
      parts.service('web', { replicas: 8, servers: 4, serviceTime: { type: 'lognormal', meanMs: 4, sigma: 0.8 } });
      // What the cache has is answered straight to the client, over the client's link and its one hop; the rest goes on to the database.
      parts.service('cache', { servers: UNLIMITED_SERVERS, serviceTime: { type: 'constant', valueMs: 0 } });
      parts.database('database', { connections: 16, readTime: exponential(12), writeTime: exponential(12) });
      parts.link('clients', 'balancer', { ...hop, replyLatency: HOP });
      parts.link('balancer', 'web', hop);
      parts.link('web', 'cache', { ...hop, mode: 'forward' });
      parts.link('cache', 'database', { ...hop, mode: 'forward', probability: 0.15 });
      return parts.build({ ...settings, warmUpMs: 0 });
    },
  },
];
