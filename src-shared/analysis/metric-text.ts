import { formatBytes, formatDuration, formatNumber, formatRate, formatShare } from '../base/format';
import { type FailureReason, METRICS, type MetricName } from '../engine/metrics';
import type { Measured } from '../run/result';

/** A value of a metric in its unit. */
export function formatMetric(name: MetricName, value: number): string {
  switch (METRICS[name].unit) {
    case 'ms':
      return formatDuration(value);
    case 'req/s':
      return formatRate(value);
    case 'share':
      return formatShare(value);
    case 'bytes/s':
      return `${formatBytes(value)}/s`;
    case 'USD/h':
    case 'USD':
      return `${formatNumber(value)} ${METRICS[name].unit}`;
    default:
      return formatNumber(value);
  }
}

/** A mean and the half-width of its interval in one unit: `42 ± 3.7 ms`. */
export function formatInterval(name: MetricName, value: number, half: number): string {
  const text = formatMetric(name, value);
  // Narrower than any digit shown: what is left of a constant by rounding.
  if (half < Math.abs(value) * 1e-5) return text;
  const digits = /^-?[\d.]+/.exec(text)?.[0] ?? '';
  // Where the value is written as 0 or as a dash nothing tells in which unit the half-width should stand.
  if (!(Number(digits) > 0)) return half > 0 ? `${text} ± ${formatMetric(name, half)}` : text;
  return `${digits} ± ${formatNumber((half * Number(digits)) / value, 2)}${text.slice(digits.length)}`;
}

/** A metric of something measured with its half-width where there is one; empty where it does not apply or had no sample. */
export function formatMeasured(name: MetricName, { metrics, halfWidths }: Pick<Measured, 'metrics' | 'halfWidths'>): string {
  const value = metrics[name];
  if (value === undefined) return '';
  const half = halfWidths?.[name];
  return half === undefined ? formatMetric(name, value) : formatInterval(name, value, half);
}

/**
 * How many requests failed for this reason, with the half-width where there is one: exact where it is a count, with a few digits where it
 * is a mean over replications; empty where none did.
 */
export function formatFailures(reason: FailureReason, { failures, failureHalfWidths }: Pick<Measured, 'failures' | 'failureHalfWidths'>): string {
  const count = failures[reason];
  if (count === undefined || count === 0) return '';
  const text = formatNumber(count, Number.isInteger(count) ? 15 : Math.max(4, Math.ceil(Math.log10(count + 1))));
  const half = failureHalfWidths?.[reason];
  return half === undefined || !Number.isFinite(half) ? text : `${text} ± ${formatNumber(half, 2)}`;
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
