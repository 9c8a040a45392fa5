import { formatDuration, formatNumber, formatRate, formatShare } from '../../src-shared/base/format';
import { METRICS, type MetricName } from '../../src-shared/engine/metrics';

export { SHORT_TITLES } from '../../src-shared/analysis/metric-text';

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
