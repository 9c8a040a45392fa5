import { describeDistribution } from '../describe-distribution';
import { distributionMeanMs } from '../distribution-moments';
import { distributionProblems } from '../distribution-problems';
import { growthProblems } from '../growth';
import { defineKind } from '../kind';
import { machineProblems } from '../machine-params';
import { limiterProblems } from '../service/protection-problems';
import { lowerDatabase, timeFactor, usableConnections } from './database-behaviour';
import { databaseManual } from './database-manual';
import { databaseParams } from './database-params';
import { replicationProblems } from './replication-problems';

/** A database behind a pool of connections, or copies of it. */
export const database = defineKind({
  id: 'database',
  title: 'Database',
  version: 2,
  group: 'Data',
  help: 'Answers reads and writes over a pool of connections; may have copies, which can be stale and take over.',
  manual: databaseManual,
  ports: { in: true, out: false },
  telemetry: 'reports',
  params: databaseParams,
  stored: 'component',
  migrations: [
    {
      name: 'copies',
      to: 2,
      migrate: (values) => ({
        copies: 1,
        replication: 'asynchronous',
        readFrom: 'primary',
        copyDelay: { type: 'fit', p50Ms: 0.5, p99Ms: 2 },
        applyShare: 0.25,
        failover: 'automatic',
        heartbeatMs: 1000,
        failureTimeoutMs: 10_000,
        timeoutSpreadMs: 1500,
        ...values,
      }),
    },
  ],
  look: {
    icon: 'M4 6c0 1.7 3.6 3 8 3s8 -1.3 8 -3s-3.6 -3 -8 -3s-8 1.3 -8 3M4 6v6c0 1.7 3.6 3 8 3s8 -1.3 8 -3v-6M4 12v6c0 1.7 3.6 3 8 3s8 -1.3 8 -3v-6',
    accent: 'storage',
    badges: ['utilisation', 'queueMean', 'throughput', 'latencyP95Ms'],
  },
  summary: (values) => `${values.copies > 1 ? `${values.copies} × ` : ''}${values.connections} connections · read ${describeDistribution(values.readTime)}`,
  problems: (values, { ladder }) => [
    ...distributionProblems(values.readTime, 'readTime'),
    ...distributionProblems(values.writeTime, 'writeTime'),
    ...machineProblems(values, ladder, values.connections),
    ...replicationProblems(values),
    ...growthProblems(values),
    ...limiterProblems(values),
    ...(values.patience === null ? [] : distributionProblems(values.patience, 'patience', 'forbid-request')),
  ],
  estimate: {
    // Where the primary alone answers, the others only stand by.
    capacity: (values, ladder) => ({
      instances: values.copies,
      servers: usableConnections(values, ladder) * (values.readFrom === 'primary' ? 1 : values.copies),
    }),
    meanMs: (values, operation, ladder) => {
      const mean = distributionMeanMs(operation.type === 'write' ? values.writeTime : values.readTime);
      return mean === null ? null : mean * timeFactor(values, ladder);
    },
  },
  lower: lowerDatabase,
});
