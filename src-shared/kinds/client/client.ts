import { formatRate } from '../../base/format';
import { distributionMeanMs } from '../distribution-moments';
import { distributionProblems } from '../distribution-problems';
import { defineKind } from '../kind';
import { lowerClient } from './client-behaviour';
import { clientManual } from './client-manual';
import { clientParams } from './client-params';

/** A population of users or machines that send requests. */
export const client = defineKind({
  id: 'client',
  title: 'Clients',
  version: 2,
  group: 'Traffic',
  help: 'Users or machines that send requests, at a rate of their own (open) or each waiting for the reply (closed).',
  manual: clientManual,
  ports: { in: false, out: true },
  params: clientParams,
  stored: 'workload',
  migrations: [
    {
      name: 'items',
      to: 2,
      migrate: (values) => ({
        ...values,
        ...(Array.isArray(values.operations) && {
          operations: values.operations.map((row: unknown) =>
            typeof row === 'object' && row !== null && !Array.isArray(row) ? { items: 1000, itemSkew: 0, ...row } : row,
          ),
        }),
      }),
    },
  ],
  look: {
    icon: 'M8 7a4 4 0 1 0 8 0a4 4 0 0 0 -8 0M6 21v-2a4 4 0 0 1 4 -4h4a4 4 0 0 1 4 4v2',
    accent: 'traffic',
    badges: ['throughput', 'latencyP95Ms', 'failureShare'],
  },
  summary: (values) => {
    switch (values.arrivals) {
      case 'closed':
        return values.users === 1 ? 'closed · 1 user' : `closed · ${values.users} users`;
      case 'trace':
        return `trace · ${values.trace.length} arrivals`;
      case 'renewal':
        return `open · ${values.interarrival.type} gaps`;
      default:
        return `open · ${values.shape === 'constant' ? (values.arrivals === 'poisson' ? 'Poisson' : 'even') : values.shape} ${formatRate(values.ratePerS)}`;
    }
  },
  problems: (values, { outgoing }) => {
    const problems = [];
    if (outgoing.length === 0)
      problems.push({
        severity: 'error',
        code: 'no-target',
        message: 'The clients have nowhere to send their requests.',
        remedy: 'Connect their output to a part that serves requests.',
      } as const);
    if (outgoing.length > 1 && outgoing.every((link) => link.values.weight === 0))
      problems.push({
        severity: 'error',
        code: 'weights-sum-to-zero',
        message: 'All links of the clients have weight 0, so that no request can leave.',
        remedy: 'Give at least one link a weight above 0.',
      } as const);
    if (values.operations.every((operation) => operation.weight === 0))
      problems.push({
        severity: 'error',
        code: 'weights-sum-to-zero',
        path: 'operations',
        message: 'All operations have weight 0.',
        remedy: 'Give at least one operation a weight above 0.',
      } as const);
    const names = values.operations.map((operation) => operation.name);
    for (const [index, name] of names.entries())
      if (names.indexOf(name) !== index)
        problems.push({
          severity: 'error',
          code: 'duplicate-operation',
          path: `operations[${index}].name`,
          message: `Two operations are named "${name}".`,
          remedy: 'Give each operation a name of its own.',
        } as const);
    if (values.arrivals === 'closed') problems.push(...distributionProblems(values.thinkTime, 'thinkTime', 'forbid-request'));
    if (values.arrivals === 'renewal') {
      problems.push(...distributionProblems(values.interarrival, 'interarrival', 'forbid-request'));
      if (values.interarrival.type === 'constant' && values.interarrival.valueMs === 0)
        problems.push({
          severity: 'error',
          code: 'no-time-between-arrivals',
          path: 'interarrival',
          message: 'Arrivals 0 ms apart would be infinitely many.',
          remedy: 'Give the time between arrivals a value above 0.',
        } as const);
    }
    if (values.arrivals === 'trace') {
      if (values.trace.length === 0)
        problems.push({
          severity: 'warning',
          code: 'empty-trace',
          path: 'trace',
          message: 'The trace has no arrivals.',
          remedy: 'Add rows, or choose another kind of arrivals.',
        } as const);
      for (let index = 1; index < values.trace.length; index++)
        if ((values.trace[index]?.atMs ?? 0) < (values.trace[index - 1]?.atMs ?? 0)) {
          problems.push({
            severity: 'error',
            code: 'trace-not-in-order',
            path: `trace[${index}].atMs`,
            message: `Row ${index + 1} of the trace is earlier than the row before it.`,
            remedy: 'Sort the rows by time.',
          } as const);
          break;
        }
    }
    if (values.stopMs !== null && values.stopMs <= values.startMs)
      problems.push({
        severity: 'error',
        code: 'stops-before-start',
        path: 'stopMs',
        message: 'The clients stop before they start.',
        remedy: 'Set the stop after the start, or to never.',
      } as const);
    return problems;
  },
  estimate: {
    offeredPerS: (values) => {
      if (values.arrivals === 'renewal') return 1000 / (distributionMeanMs(values.interarrival) ?? Number.POSITIVE_INFINITY);
      if (values.arrivals === 'closed' || values.arrivals === 'trace') return null;
      // A spike passes and a wave averages out; a ramp stays at its upper end.
      return values.shape === 'ramp' ? values.rampToPerS : values.ratePerS;
    },
    sends: () => 'by-weight',
  },
  lower: lowerClient,
});
