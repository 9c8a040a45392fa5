import { growthParams } from '../growth';
import { machineParams } from '../machine-params';
import { count, distribution, optional } from '../params';
import { failureShareParam, limiterParams, patienceParam } from '../service/protection-params';
import { replicationParams } from './replication-params';

/** Parameters of a database: a pool of connections with one queue, or several copies of that. */
export const databaseParams = {
  connections: count({
    title: 'Connections',
    unit: 'connections',
    group: 'Capacity',
    default: 16,
    min: 1,
    max: 1_000_000,
    help: 'Statements that run at the same time; others wait for a connection, first in first out. On a machine they share its cores.',
    provenance: 'A small pool: about twice the cores of a mid-size server.',
  }),
  ...machineParams,
  readTime: distribution({
    title: 'Read time',
    group: 'Work',
    default: { type: 'fit', p50Ms: 4, p99Ms: 25 },
    help: 'Time that a read occupies a connection.',
    provenance: 'An indexed read, mostly from memory.',
  }),
  writeTime: distribution({
    title: 'Write time',
    group: 'Work',
    default: { type: 'fit', p50Ms: 8, p99Ms: 50 },
    help: 'Time that a write occupies a connection.',
    provenance: 'Twice the read: the log must reach the disk.',
  }),
  ...replicationParams,
  ...growthParams,
  failureShare: failureShareParam,
  queueLimit: optional(
    count({
      title: 'Queue limit',
      unit: 'requests',
      group: 'Queue',
      default: 500,
      min: 0,
      help: 'Requests that may wait for a connection; a further one is refused.',
      provenance: 'Unlimited, so that overload shows as waiting first.',
    }),
    'unlimited',
  ),
  patience: patienceParam,
  ...limiterParams,
} as const;
