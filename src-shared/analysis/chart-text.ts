import { formatDuration, formatNumber, formatRate, formatShare } from '../base/format';

/** Unit of a chart's vertical axis. */
export type ChartUnit = 'ms' | 'req/s' | 'share' | 'requests' | 'messages' | 'instances' | 'servers';

/** Simulated time as a clock: `4:12`, `1:04:12`; with `digits` decimals of a second. */
export function formatClock(seconds: number, digits = 0): string {
  if (!Number.isFinite(seconds)) return '–';
  const scale = 10 ** digits;
  const whole = Math.round(seconds * scale) / scale;
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = (whole - hours * 3600 - minutes * 60).toFixed(digits).padStart(digits === 0 ? 2 : 3 + digits, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${String(minutes).padStart(2, '0')}:${rest}`;
}

/** Labels of the time axis: seconds for short runs, a clock for long ones. */
export function formatTick(seconds: number, step: number, longest: number): string {
  if (longest < 2) return formatDuration(seconds * 1000);
  const digits = [0, 1, 2].find((count) => Number.isInteger(Math.round(step * 10 ** count * 1e6) / 1e6)) ?? 3;
  return longest < 120 ? `${seconds.toFixed(digits)} s` : formatClock(seconds, digits);
}

/** A value of a chart in words. */
export function formatChartValue(unit: ChartUnit, value: number | null | undefined): string {
  if (value == null || !Number.isFinite(value)) return '–';
  switch (unit) {
    case 'ms':
      return formatDuration(value);
    case 'req/s':
      return formatRate(value);
    case 'share':
      return formatShare(value);
    case 'requests':
    case 'messages':
    case 'instances':
    case 'servers':
      return formatNumber(value);
  }
}

/** Label of a tick of the vertical axis: short, its unit stands in the chart's head. */
export function formatAxis(unit: ChartUnit, value: number): string {
  switch (unit) {
    case 'ms':
      return value >= 10_000 ? `${formatNumber(value / 1000)} s` : formatNumber(value);
    case 'share':
      return formatNumber(value * 100);
    case 'instances':
      return Number.isInteger(value) ? formatNumber(value, 6) : '';
    default:
      return value >= 1e6 ? `${formatNumber(value / 1e6)}M` : value >= 10_000 ? `${formatNumber(value / 1000)}k` : formatNumber(value);
  }
}

/** What stands for the unit in the head of a chart. */
export const UNIT_WORDS: Record<ChartUnit, string> = {
  ms: 'ms',
  'req/s': 'req/s',
  share: '%',
  requests: 'requests',
  messages: 'messages',
  instances: 'instances',
  servers: 'servers',
};
