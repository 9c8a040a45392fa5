import { METRIC_NAMES } from '../../src-shared/analysis/result-export';
import type { MetricName } from '../../src-shared/engine/metrics';

/** Groups of metrics, in the order in which they stand in tables: what is looked at first comes first. */
const GROUPS: readonly { readonly title: string; readonly names: readonly MetricName[] }[] = [
  { title: 'Load', names: ['throughput', 'failureShare', 'offeredRate', 'failureRate', 'inFlight', 'inSystemMean'] },
  { title: 'Latency', names: ['latencyMeanMs', 'latencyP50Ms', 'latencyP95Ms', 'latencyP99Ms', 'latencyP999Ms', 'latencyMaxMs', 'latencySdMs'] },
  {
    title: 'Queues',
    names: [
      'utilisation',
      'queueMean',
      'queueMax',
      'waitingMeanMs',
      'waitingP95Ms',
      'waitingP99Ms',
      'waitingSdMs',
      'waitShare',
      'serviceMeanMs',
      'slowdownMean',
      'wastedShare',
    ],
  },
  { title: 'Instances', names: ['availability', 'instancesUp', 'serversMean', 'crashes', 'startingMean', 'coldShare', 'imbalance', 'speedUp', 'efficiency'] },
  { title: 'Cost', names: ['costPerHour', 'costPerMillion'] },
  {
    title: 'Resilience',
    names: [
      'retryRate',
      'amplification',
      'hedgeShare',
      'hedgeWinShare',
      'fallbackShare',
      'rejectedShare',
      'breakerOpenShare',
      'backoffMean',
      'callLatencyMeanMs',
      'callSuccessShare',
      'lateReplies',
    ],
  },
  {
    title: 'Copies of data',
    names: [
      'staleShare',
      'staleAgeP50Ms',
      'staleAgeP99Ms',
      'versionsBehindMean',
      'versionsBehindMax',
      'replicationLagMeanMs',
      'replicationLagP99Ms',
      'lostWrites',
      'recoveryPointMs',
      'withoutPrimaryMs',
      'detectionMeanMs',
      'promotions',
      'elections',
      'splitVotes',
    ],
  },
  { title: 'Balancing', names: ['sessionsMoved', 'ejectedMean', 'keyShare'] },
  { title: 'Network', names: ['callRate', 'networkMeanMs', 'networkP99Ms', 'queueingMeanMs', 'queueingP99Ms', 'bytesRate', 'messagesLost'] },
  {
    title: 'Telemetry',
    names: [
      'seenThroughput',
      'seenFailureShare',
      'seenUtilisation',
      'seenLatencyMeanMs',
      'seenLatencyP50Ms',
      'seenLatencyP95Ms',
      'seenLatencyP99Ms',
      'spansSeen',
      'spanRate',
      'spanDropShare',
      'spanLossShare',
      'spanDelayMeanMs',
      'telemetryAgeMeanMs',
      'telemetryOverheadShare',
    ],
  },
];
const COUNTS = 'Counts';
const groupOf = new Map<MetricName, string>(GROUPS.flatMap(({ title, names }) => names.map((name) => [name, title])));

/** Every metric, group after group; those of no group come last, as counts. */
export const ORDERED_METRICS: readonly MetricName[] = [...GROUPS.flatMap(({ names }) => names), ...METRIC_NAMES.filter((name) => !groupOf.has(name))];

/** Title of the group that a metric stands in. */
export function metricGroup(name: MetricName): string {
  return groupOf.get(name) ?? COUNTS;
}

/** Titles of the groups that these metrics stand in, in order. */
export function groupsOfMetrics(names: readonly MetricName[]): readonly string[] {
  return [...new Set(names.map(metricGroup))];
}
