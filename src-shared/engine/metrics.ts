/**
 * Every number that a run reports, named once: the same names stand in results, CSV, live badges, charts and the manual.
 * Rates are per second of simulated time over the measured window, shares are 0..1, times are ms.
 */
export interface MetricDefinition {
  readonly title: string;
  /** Unit of the stored value; 'share' is 0..1 and is shown in percent. */
  readonly unit: 'req/s' | 'ms' | 'share' | 'requests' | 'servers' | 'bytes/s' | 'calls' | 'USD/h' | 'USD';
  readonly definition: string;
  /** Which of two designs is better by it: that with the lower or the higher value; null where neither is good in itself. */
  readonly better: 'lower' | 'higher' | null;
}

function metric(title: string, unit: MetricDefinition['unit'], definition: string, better: MetricDefinition['better'] = null): MetricDefinition {
  return { title, unit, definition, better };
}

export const METRICS = {
  offered: metric('Offered', 'requests', 'Requests (or calls) that arrived in the measured window.'),
  completed: metric('Completed', 'requests', 'Requests that ended well in the measured window.', 'higher'),
  failed: metric('Failed', 'requests', 'Requests that ended with a named failure in the measured window.', 'lower'),
  inFlight: metric('In flight', 'requests', 'Requests that have arrived and not yet ended, at the end of the window.', 'lower'),
  offeredRate: metric('Offered load', 'req/s', 'Arrivals per second of simulated time.'),
  throughput: metric('Throughput', 'req/s', 'Requests that ended well, per second of simulated time (goodput).', 'higher'),
  failureRate: metric('Failures', 'req/s', 'Requests that ended with a failure, per second of simulated time.', 'lower'),
  failureShare: metric('Error share', 'share', 'Failed requests as a share of those that ended.', 'lower'),
  latencyMeanMs: metric('Latency, mean', 'ms', 'Mean time from arrival to the reply of requests that ended well, calls to other parts included.', 'lower'),
  latencyP50Ms: metric('Latency, p50', 'ms', 'Median latency.', 'lower'),
  latencyP95Ms: metric('Latency, p95', 'ms', '95 of 100 requests were at least this fast.', 'lower'),
  latencyP99Ms: metric('Latency, p99', 'ms', '99 of 100 requests were at least this fast.', 'lower'),
  latencyP999Ms: metric('Latency, p99.9', 'ms', '999 of 1000 requests were at least this fast.', 'lower'),
  latencyMaxMs: metric('Latency, maximum', 'ms', 'The slowest request of the measured window.', 'lower'),
  latencySdMs: metric('Latency, standard deviation', 'ms', 'Standard deviation of the latency between requests.', 'lower'),
  waitingMeanMs: metric('Waiting, mean', 'ms', 'Mean time in the queue before service began, those that did not wait included.', 'lower'),
  waitingP95Ms: metric('Waiting, p95', 'ms', '95 of 100 requests waited at most this long.', 'lower'),
  waitingP99Ms: metric('Waiting, p99', 'ms', '99 of 100 requests waited at most this long.', 'lower'),
  waitingSdMs: metric('Waiting, standard deviation', 'ms', 'Standard deviation of the waiting time between requests.', 'lower'),
  waitShare: metric('Share that waited', 'share', 'Share of the requests served that found no free server.', 'lower'),
  serviceMeanMs: metric('Service, mean', 'ms', 'Mean time that a server was occupied by one request.', 'lower'),
  slowdownMean: metric('Slowdown, mean', 'calls', 'Mean of time at the station divided by service demand; 1 means no waiting at all.', 'lower'),
  utilisation: metric('Utilisation', 'share', 'Busy share of the servers, time-weighted.'),
  queueMean: metric('Queue length, mean', 'requests', 'Time-weighted mean number waiting for a server.', 'lower'),
  queueMax: metric('Queue length, maximum', 'requests', 'Longest queue of the measured window.', 'lower'),
  inSystemMean: metric('Number in system, mean', 'requests', 'Time-weighted mean number waiting, in service or calling onward.', 'lower'),
  speedUp: metric(
    'Speed-up',
    'calls',
    'Work done for the jobs that ended well, their serial part and the tasks awaited, divided by the time that they took once begun: how many workers were of use at once.',
    'higher',
  ),
  efficiency: metric(
    'Efficiency',
    'share',
    'Speed-up divided by the servers of all parts behind the job; told only where their number stays the same.',
    'higher',
  ),
  imbalance: metric('Imbalance', 'calls', 'Busiest replica relative to the mean replica (1 means evenly loaded).', 'lower'),
  networkMeanMs: metric(
    'Network time, mean',
    'ms',
    'Mean time a message spent on the link: queueing for bandwidth, transmission and propagation, both directions counted as one message each, when it is put on the link.',
    'lower',
  ),
  networkP99Ms: metric('Network time, p99', 'ms', '99 of 100 messages were at least this fast.', 'lower'),
  queueingMeanMs: metric('Queueing for bandwidth, mean', 'ms', 'Mean time a message waited for the transmitter of the link.', 'lower'),
  queueingP99Ms: metric('Queueing for bandwidth, p99', 'ms', '99 of 100 messages waited at most this long for the transmitter.', 'lower'),
  bytesRate: metric('Traffic', 'bytes/s', 'Bytes put on the link per second, both directions.'),
  callRate: metric('Calls', 'req/s', 'Calls put on the link per second of simulated time.'),
  availability: metric('Availability', 'share', 'Share of the time in which enough instances were up to serve.', 'higher'),
  crashes: metric('Crashes', 'calls', 'Number of times that an instance went down in the measured window.', 'lower'),
  instancesUp: metric('Instances up, mean', 'servers', 'Time-weighted mean number of instances that were up.'),
  serversMean: metric('Servers, mean', 'servers', 'Time-weighted mean number of servers that could serve: it changes with scaling, resizing and faults.'),
  startingMean: metric('Servers starting, mean', 'servers', 'Time-weighted mean number of servers that were being started on demand.'),
  coldShare: metric('Cold starts', 'share', 'Share of the requests that found every server off and had to wait for a start.', 'lower'),
  wastedShare: metric('Wasted work', 'share', 'Share of the service time that was spent on requests whose caller had already given up.', 'lower'),
  costPerHour: metric('Cost', 'USD/h', 'Mean price of the machines paid for, per hour of simulated time.', 'lower'),
  costPerMillion: metric('Cost per million requests', 'USD', 'Price of the machines divided by the requests that ended well, times a million.', 'lower'),
  retryRate: metric('Retries', 'req/s', 'Attempts after the first that followed a failure, per second.', 'lower'),
  amplification: metric(
    'Attempts per call',
    'calls',
    'Attempts on the link for each call that the caller wanted to make: 1 without retries and hedges.',
    'lower',
  ),
  hedgeShare: metric('Hedged', 'share', 'Share of the calls for which a second copy was sent.'),
  hedgeWinShare: metric('Won by the hedge', 'share', 'Share of the hedged calls that were answered by a later copy first.'),
  fallbackShare: metric('Fallbacks', 'share', 'Share of the calls that the fallback answered instead of the far end.', 'lower'),
  rejectedShare: metric('Turned away', 'share', 'Share of the calls that the breaker or the bulkhead turned away before they were sent.', 'lower'),
  breakerOpenShare: metric('Breaker open', 'share', 'Share of the time in which the circuit breaker was open.', 'lower'),
  backoffMean: metric('Waiting to retry, mean', 'calls', 'Time-weighted mean number of calls that waited for their next attempt.', 'lower'),
  callLatencyMeanMs: metric('Call latency, mean', 'ms', 'Mean time of a call that ended well as its caller sees it, all attempts and waits included.', 'lower'),
  callSuccessShare: metric('Calls that succeeded', 'share', 'Share of the calls that ended well in the end, after retries and fallback.', 'higher'),
  lateReplies: metric('Late replies', 'calls', 'Replies that arrived when nobody waited for them any more.', 'lower'),
  sessionsMoved: metric('Sessions moved', 'requests', 'Requests that went to another instance than the previous request of their session.', 'lower'),
  ejectedMean: metric('Targets taken out, mean', 'servers', 'Time-weighted mean number of targets that health checks or outlier ejection had taken out.'),
  keyShare: metric('Share of the key space', 'share', 'Share of all possible sessions that hashing gives to the instance, at the end of the run.'),
  keyImbalance: metric(
    'Imbalance of the key space',
    'calls',
    'Largest share of the key space relative to the mean of the targets in use, at the end of the run (1 means even).',
  ),
  seenThroughput: metric(
    'Seen: throughput',
    'req/s',
    'What the collector’s reports say of the part’s throughput, mean of the reports processed in the window.',
  ),
  seenFailureShare: metric('Seen: error share', 'share', 'Failed requests as a share of those that ended at the part, by the reports processed in the window.'),
  seenUtilisation: metric('Seen: utilisation', 'share', 'Busy share of the part’s servers by the reports processed in the window.'),
  seenLatencyMeanMs: metric('Seen: latency, mean', 'ms', 'Mean duration of the spans of requests that ended well, as far as the collector has processed them.'),
  seenLatencyP50Ms: metric('Seen: latency, p50', 'ms', 'Median duration of the spans that the collector has processed.'),
  seenLatencyP95Ms: metric('Seen: latency, p95', 'ms', '95 of 100 spans that the collector has processed were at least this fast.'),
  seenLatencyP99Ms: metric('Seen: latency, p99', 'ms', '99 of 100 spans that the collector has processed were at least this fast.'),
  spansSeen: metric('Spans seen', 'calls', 'Spans that the collector processed in the window: what its percentiles rest on.'),
  spanRate: metric('Spans per second', 'calls', 'Spans made at the part, per second of simulated time.'),
  spanDropShare: metric(
    'Spans dropped',
    'share',
    'Spans dropped at the part, as a share of those made: the buffer was full, or the instance went down.',
    'lower',
  ),
  spanLossShare: metric('Spans lost', 'share', 'Spans lost on the link or refused by the collector, as a share of those made.', 'lower'),
  spanDelayMeanMs: metric('Delay of spans, mean', 'ms', 'Mean time from the end of a span until the collector had processed it.', 'lower'),
  telemetryAgeMeanMs: metric(
    'Age of the newest report, mean',
    'ms',
    'Time-weighted mean age of the newest report of the part that the collector had processed.',
    'lower',
  ),
  telemetryOverheadShare: metric(
    'Overhead of telemetry',
    'share',
    'Service time spent on spans and metrics as a share of all service time at the part.',
    'lower',
  ),
  staleShare: metric(
    'Stale reads',
    'share',
    'Of a database with copies: share of the reads that were answered with an older version than one whose write had been acknowledged before the read was sent. Of requests: share of those that ended well after such reads of which one was stale (P. Bailis et al., 2012).',
    'lower',
  ),
  staleAgeP50Ms: metric('Staleness, p50', 'ms', 'Of stale reads: median of the time since the first write that they did not show was acknowledged.', 'lower'),
  staleAgeP99Ms: metric(
    'Staleness, p99',
    'ms',
    'For 99 of 100 stale reads, the first write that they did not show had been acknowledged at most this long before.',
    'lower',
  ),
  versionsBehindMean: metric(
    'Versions behind, mean',
    'calls',
    'Mean number of acknowledged versions that reads were behind when they were sent, fresh ones included.',
    'lower',
  ),
  versionsBehindMax: metric('Versions behind, maximum', 'calls', 'Most acknowledged versions that a read was behind.', 'lower'),
  replicationLagMeanMs: metric(
    'Replication lag, mean',
    'ms',
    'Mean time from the acknowledgement of a write at the primary until a follower had applied it; 0 where the follower was first.',
    'lower',
  ),
  replicationLagP99Ms: metric(
    'Replication lag, p99',
    'ms',
    '99 of 100 writes were applied by a follower at most this long after they were acknowledged.',
    'lower',
  ),
  lostWrites: metric('Writes lost', 'requests', 'Acknowledged writes that a failover lost: the new primary did not have them.', 'lower'),
  recoveryPointMs: metric(
    'Recovery point (RPO)',
    'ms',
    'Longest stretch of lost writes of a failover: from the acknowledgement of the oldest one until the primary failed, or until a primary that the others had left followed again; 0 where none was lost.',
    'lower',
  ),
  promotions: metric('Promotions', 'calls', 'Times that a copy became the primary.'),
  elections: metric('Elections', 'calls', 'Times that a copy stood for election.', 'lower'),
  splitVotes: metric('Split votes', 'calls', 'Terms in which several copies stood for election and none won.', 'lower'),
  withoutPrimaryMs: metric('Without a primary', 'ms', 'Time in which no copy that was up was the primary, so that writes failed.', 'lower'),
  detectionMeanMs: metric('Detection, mean', 'ms', 'Mean time from the failure of a primary until the first follower suspected it.', 'lower'),
  messagesLost: metric('Messages lost', 'calls', 'Requests and replies that the link lost.', 'lower'),
} as const satisfies Record<string, MetricDefinition>;

export type MetricName = keyof typeof METRICS;

/** Why a request failed; every failure has exactly one reason, counted the same everywhere. */
export const FAILURE_REASONS = [
  'timeout',
  'queue-full',
  'link-lost',
  'link-full',
  'hop-limit',
  'error',
  'component-down',
  'rate-limited',
  'shed',
  'breaker-open',
  'bulkhead-full',
  'no-healthy-target',
  'deadline',
  'abandoned',
  'cancelled',
  'session-lost',
  'no-primary',
] as const;
export type FailureReason = (typeof FAILURE_REASONS)[number];

export const FAILURE_TITLES: Record<FailureReason, string> = {
  timeout: 'timeout',
  'queue-full': 'refused: queue full',
  'link-lost': 'link lost',
  'link-full': 'link buffer full',
  'hop-limit': 'hop limit',
  error: 'error',
  'component-down': 'component down',
  'rate-limited': 'refused: rate limit',
  shed: 'refused: load shed',
  'breaker-open': 'refused: breaker open',
  'bulkhead-full': 'refused: bulkhead full',
  'no-healthy-target': 'no healthy target',
  deadline: 'deadline passed',
  abandoned: 'gave up waiting',
  cancelled: 'cancelled by the caller',
  'session-lost': 'session lost',
  'no-primary': 'no primary',
};
