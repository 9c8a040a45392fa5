/** Up to three significant digits, without exponent for everyday sizes and without trailing zeros. */
export function formatNumber(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return '–';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e15 || size < 1e-9) return value.toExponential(digits - 1);
  const decimals = Math.max(0, Math.min(12, digits - 1 - Math.floor(Math.log10(size))));
  const rounded = value.toFixed(decimals);
  return decimals > 0 ? rounded.replace(/\.?0+$/, '') : rounded;
}

/** A duration given in ms, in the unit that reads best: `250 µs`, `8 ms`, `1.5 s`, `2 min`. */
export function formatDuration(ms: number): string {
  if (!Number.isFinite(ms)) return '–';
  const size = Math.abs(ms);
  if (size === 0) return '0 ms';
  if (size < 0.001) return `${formatNumber(ms * 1e6)} ns`;
  if (size < 1) return `${formatNumber(ms * 1000)} µs`;
  if (size < 1000) return `${formatNumber(ms)} ms`;
  if (size < 120_000) return `${formatNumber(ms / 1000)} s`;
  if (size < 7_200_000) return `${formatNumber(ms / 60_000)} min`;
  if (size < 172_800_000) return `${formatNumber(ms / 3_600_000)} h`;
  return `${formatNumber(ms / 86_400_000)} days`;
}

/** A rate given in requests per second: `820 req/s`, `12.5k req/s`. */
export function formatRate(perSecond: number): string {
  if (!Number.isFinite(perSecond)) return '–';
  if (perSecond >= 1e6) return `${formatNumber(perSecond / 1e6)}M req/s`;
  if (perSecond >= 1e4) return `${formatNumber(perSecond / 1e3)}k req/s`;
  return `${formatNumber(perSecond)} req/s`;
}

/** A share 0..1 in percent: `86 %`. */
export function formatShare(share: number): string {
  return Number.isFinite(share) ? `${formatNumber(share * 100)} %` : '–';
}

/** Bytes in the unit that reads best, powers of 1000: `1.5 kB`. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return '–';
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (Math.abs(value) >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${formatNumber(value)} ${units[unit]}`;
}
