import { describeDistribution } from '../describe-distribution';
import { distributionMeanMs } from '../distribution-moments';
import { distributionProblems } from '../distribution-problems';
import type { KindProblem } from '../kind';
import { defineKind } from '../kind';
import { machineName } from '../machine';
import { capacityProblems, protectionProblems } from './protection-problems';
import { mostReplicas, scalingProblems } from './scaling-behaviour';
import { lowerService, timeFactor, usableServers } from './service-behaviour';
import { serviceManual } from './service-manual';
import { serviceParams } from './service-params';

/** A program that serves requests and may call other parts to do so. */
export const service = defineKind({
  id: 'service',
  title: 'Service',
  version: 1,
  group: 'Compute',
  help: 'A program that serves requests: replicas with servers and a queue, which may call other parts.',
  manual: serviceManual,
  ports: { in: true, out: true },
  telemetry: 'reports',
  params: serviceParams,
  stored: 'component',
  migrations: [],
  look: {
    icon: 'M12 3l8 4.5v9l-8 4.5l-8 -4.5v-9zM12 12l8 -4.5M12 12v9M12 12l-8 -4.5',
    accent: 'compute',
    badges: ['utilisation', 'queueMean', 'throughput', 'latencyP95Ms'],
  },
  summary: (values, ladder) => {
    const one = values.concurrency === 'event-loop' ? 'event loop' : values.concurrency === 'actor' ? 'actor' : machineName(ladder, values.machine);
    return `${values.replicas} × ${one ?? values.servers} · ${describeDistribution(values.serviceTime)}`;
  },
  problems: (values, { outgoing, ladder }) => {
    const problems: KindProblem[] = [...distributionProblems(values.serviceTime, 'serviceTime')];
    for (const [index, row] of values.perOperation.entries()) {
      problems.push(...distributionProblems(row.serviceTime, `perOperation[${index}].serviceTime`));
      if (values.perOperation.findIndex((other) => other.operation === row.operation) !== index)
        problems.push({
          severity: 'error',
          code: 'duplicate-operation',
          path: `perOperation[${index}].operation`,
          message: `Operation "${row.operation}" has two service times.`,
          remedy: 'Keep one row for each operation.',
        });
    }
    const forwards = outgoing.filter((link) => link.values.mode === 'forward');
    const calls = outgoing.length - forwards.length;
    const share = forwards.reduce((sum, link) => sum + Number(link.values.probability), 0);
    if (share > 1 + 1e-9)
      problems.push({
        severity: 'error',
        code: 'forward-above-one',
        message: `The probabilities of the forward links add up to ${Number(share.toFixed(4))}, above 1.`,
        remedy: 'A request is forwarded at most once: lower the probabilities.',
      });
    if (values.calls === 'parallel' && values.waitFor !== null && values.waitFor > calls)
      problems.push({
        severity: 'error',
        code: 'wait-for-too-many',
        path: 'waitFor',
        message: `The service waits for ${values.waitFor} replies but makes ${calls} calls.`,
        remedy: 'Wait for fewer replies, or add links.',
      });
    return [...problems, ...scalingProblems(values), ...capacityProblems(values, ladder), ...protectionProblems(values)];
  },
  estimate: {
    capacity: (values, ladder) => ({
      instances: mostReplicas(values),
      servers: usableServers(values, ladder) * (values.spread === 'first' ? 1 : mostReplicas(values)),
    }),
    meanMs: (values, operation, ladder) => {
      const mean = distributionMeanMs(values.perOperation.find((row) => row.operation === operation.name)?.serviceTime ?? values.serviceTime);
      return mean === null ? null : mean * timeFactor(values, ladder);
    },
    sends: () => 'by-probability',
  },
  lower: lowerService,
});
