import { formatDuration, formatNumber, formatRate, formatShare } from '../../src-shared/base/format';
import { METRICS, type MetricName } from '../../src-shared/engine/metrics';

/** A live value in words. */
export function formatMetric(name: MetricName, value: number): string {
  switch (METRICS[name].unit) {
    case 'req/s':
      return formatRate(value);
    case 'ms':
      return formatDuration(value);
    case 'share':
      return formatShare(value);
    case 'bytes/s':
      return `${formatNumber(value / 1e6)} MB/s`;
    case 'USD/h':
    case 'USD':
      return `${formatNumber(value)} ${METRICS[name].unit}`;
    default:
      return formatNumber(value, Math.abs(value) < 1 ? 2 : 3);
  }
}

/** Names short enough for a row on a part; the full title is told on hovering. */
export const SHORT_TITLES: Partial<Record<MetricName, string>> = {
  utilisation: 'busy',
  queueMean: 'queue',
  // The unit says what it is.
  throughput: '',
  latencyP50Ms: 'p50',
  latencyP95Ms: 'p95',
  latencyP99Ms: 'p99',
  latencyMeanMs: 'mean',
  failureShare: 'errors',
  failureRate: 'errors',
  offeredRate: 'offered',
  inFlight: 'in flight',
  inSystemMean: 'inside',
};
