export type Scheme = 'light' | 'dark';

/** Colours of lines, apart from each other for all common kinds of colour vision, and dark or bright enough on their panel. */
const LINES: Readonly<Record<Scheme, readonly string[]>> = {
  light: ['#2563eb', '#c2640c', '#0f8a7e', '#9333ea', '#be185d', '#4d7c0f', '#475569', '#a16207'],
  dark: ['#6b9dff', '#f2994a', '#2fc7b6', '#b98aff', '#f472b6', '#a3d65c', '#a7b4c6', '#eac54f'],
};
export const OUTCOME_COLORS = {
  light: { completed: '#15803d', failed: '#c81e1e', offered: '#64748b' },
  dark: { completed: '#46c473', failed: '#ff7272', offered: '#94a3b8' },
} as const satisfies Record<Scheme, Record<string, string>>;

/** Percentiles: the further out in the tail, the warmer. */
export const PERCENTILE_COLORS = {
  light: { p50: '#2563eb', p95: '#7c3aed', p99: '#c2410c' },
  dark: { p50: '#6b9dff', p95: '#b98aff', p99: '#f2994a' },
} as const satisfies Record<Scheme, Record<string, string>>;

/** Colour of the n-th line. */
export function lineColor(scheme: Scheme, index: number): string {
  return LINES[scheme][index % LINES[scheme].length] ?? '#888';
}

/** Dash pattern of the n-th line: none until colours repeat themselves. */
export function lineDash(index: number): readonly number[] {
  return index < LINES.light.length ? [] : [4, 3];
}
