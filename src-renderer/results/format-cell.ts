import { formatNumber } from '../../src-shared/base/format';
import { METRICS, type MetricName } from '../../src-shared/engine/metrics';
import type { Measured } from '../../src-shared/run/result';

interface Scaled {
  readonly factor: number;
  readonly unit: string;
}

/** The unit that a value of this size reads best in. */
function scaleOf(name: MetricName, value: number): Scaled {
  const size = Math.abs(value);
  switch (METRICS[name].unit) {
    case 'ms':
      if (size > 0 && size < 1) return { factor: 1000, unit: ' µs' };
      return size >= 10_000 ? { factor: 1e-3, unit: ' s' } : { factor: 1, unit: ' ms' };
    case 'share':
      return { factor: 100, unit: ' %' };
    case 'req/s':
      return { factor: 1, unit: ' req/s' };
    case 'bytes/s':
      return size >= 1e6 ? { factor: 1e-6, unit: ' MB/s' } : { factor: 1e-3, unit: ' kB/s' };
    case 'requests':
    case 'servers':
    case 'calls':
      return { factor: 1, unit: '' };
    case 'USD/h':
    case 'USD':
      return { factor: 1, unit: ` ${METRICS[name].unit}` };
  }
}

/** Counts are exact; everything else has three digits, or as many more as its interval warrants. */
function digitsOf(name: MetricName, value: number, halfWidth: number | undefined): number {
  if (Number.isInteger(value) && ['offered', 'completed', 'failed', 'inFlight', 'queueMax', 'messagesLost'].includes(name)) return 15;
  if (halfWidth === undefined || !(halfWidth > 0) || value === 0) return 3;
  return Math.min(6, Math.max(3, 2 + Math.floor(Math.log10(Math.abs(value) / halfWidth))));
}

/** A measured number in words, with its half-width in the same unit where there is one: `12.34 ms ± 0.21`. */
export function formatMeasured(name: MetricName, { metrics, halfWidths }: Measured, withUnit = true): string {
  const value = metrics[name];
  if (value === undefined || !Number.isFinite(value)) return '–';
  const halfWidth = halfWidths?.[name];
  const { factor, unit } = scaleOf(name, value);
  const number = `${formatNumber(value * factor, digitsOf(name, value, halfWidth))}${withUnit || METRICS[name].unit === 'ms' || METRICS[name].unit === 'bytes/s' ? unit : ''}`;
  return halfWidth === undefined || !Number.isFinite(halfWidth) ? number : `${number} ± ${formatNumber(halfWidth * factor, 2)}`;
}

/** Unit in the head of a column whose cells leave it out. */
export function columnUnit(name: MetricName): string {
  const { unit } = METRICS[name];
  if (unit === 'share') return '%';
  return unit === 'ms' || unit === 'bytes/s' ? '' : unit;
}
