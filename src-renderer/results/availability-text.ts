import { formatDuration, formatNumber } from '../../src-shared/base/format';

const YEAR_MS = 365 * 86_400_000;

/** A share of time or requests with as many digits as its nines need: `99.953 %`. Never rounded up to 100 %. */
export function formatAvailability(availability: number): string {
  if (!Number.isFinite(availability)) return '–';
  if (availability >= 1) return '100 %';
  if (availability < 0.9) return `${formatNumber(availability * 100)} %`;
  const digits = Math.min(9, Math.max(1, Math.ceil(-Math.log10(1 - availability))));
  const floor = Math.floor(availability * 100 * 10 ** digits) / 10 ** digits;
  return `${floor.toFixed(digits).replace(/\.?0+$/, '')} %`;
}

/** Availability as nines: -log10 of what is missing, so that 99.9 % are 3 nines. */
export function formatNines(availability: number): string {
  if (!(availability < 1)) return 'all nines';
  if (availability <= 0) return 'no nines';
  const nines = formatNumber(-Math.log10(1 - availability), 2);
  return `${nines} ${nines === '1' ? 'nine' : 'nines'}`;
}

/** Downtime that an availability means in a year of 365 days. */
export function formatDowntime(availability: number): string {
  return availability >= 1 ? 'none' : `${formatDuration((1 - availability) * YEAR_MS)} a year`;
}
