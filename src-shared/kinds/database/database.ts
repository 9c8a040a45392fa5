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

/** A database behind a pool of connections. */
export const database = defineKind({
  id: 'database',
  title: 'Database',
  version: 1,
  group: 'Data',
  help: 'Answers reads and writes over a pool of connections; others wait for one.',
  manual: databaseManual,
  ports: { in: true, out: false },
  telemetry: 'reports',
  params: databaseParams,
  stored: 'component',
  migrations: [],
  look: {
    icon: 'M4 6c0 1.7 3.6 3 8 3s8 -1.3 8 -3s-3.6 -3 -8 -3s-8 1.3 -8 3M4 6v6c0 1.7 3.6 3 8 3s8 -1.3 8 -3v-6M4 12v6c0 1.7 3.6 3 8 3s8 -1.3 8 -3v-6',
    accent: 'storage',
    badges: ['utilisation', 'queueMean', 'throughput', 'latencyP95Ms'],
  },
  summary: (values) => `${values.connections} connections · read ${describeDistribution(values.readTime)}`,
  problems: (values, { ladder }) => [
    ...distributionProblems(values.readTime, 'readTime'),
    ...distributionProblems(values.writeTime, 'writeTime'),
    ...machineProblems(values, ladder, values.connections),
    ...growthProblems(values),
    ...limiterProblems(values),
    ...(values.patience === null ? [] : distributionProblems(values.patience, 'patience', 'forbid-request')),
  ],
  estimate: {
    capacity: (values, ladder) => ({ instances: 1, servers: usableConnections(values, ladder) }),
    meanMs: (values, operation, ladder) => {
      const mean = distributionMeanMs(operation.type === 'write' ? values.writeTime : values.readTime);
      return mean === null ? null : mean * timeFactor(values, ladder);
    },
  },
  lower: lowerDatabase,
});
