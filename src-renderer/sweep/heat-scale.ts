import type { Scheme } from '../charts/chart-colors';

/** Colours from little to much: in lightness alone, so that they are told apart by everybody; on a dark panel much is light. */
const RAMP: Readonly<Record<Scheme, readonly (readonly [number, number, number])[]>> = {
  light: [
    [239, 244, 255],
    [147, 187, 253],
    [59, 116, 230],
    [23, 49, 122],
  ],
  dark: [
    [24, 34, 54],
    [38, 74, 140],
    [92, 146, 240],
    [214, 229, 255],
  ],
};

/** A colour of the map and the colour of text upon it. */
export interface HeatColor {
  readonly background: string;
  readonly text: string;
}

/** The colour for a share of the way from the least to the greatest value, 0..1. */
export function heatColor(scheme: Scheme, share: number): HeatColor {
  const ramp = RAMP[scheme];
  const place = Math.min(Math.max(share, 0), 1) * (ramp.length - 1);
  const index = Math.min(Math.floor(place), ramp.length - 2);
  const [low, high] = [ramp[index] ?? [0, 0, 0], ramp[index + 1] ?? [0, 0, 0]];
  const [red, green, blue] = [0, 1, 2].map((channel) => Math.round((low[channel] ?? 0) + ((high[channel] ?? 0) - (low[channel] ?? 0)) * (place - index))) as [
    number,
    number,
    number,
  ];
  // Relative luminance; white and black have equal contrast at about 0.18 (Web Content Accessibility Guidelines 2.2, section 1.4.3).
  const [r, g, b] = [red, green, blue].map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  const luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return { background: `rgb(${red} ${green} ${blue})`, text: luminance > 0.18 ? '#000000' : '#ffffff' };
}

/** Where a value stands between the least and the greatest, 0..1; by factors where the greatest is many times the least. */
export function heatShare(value: number, least: number, most: number): number {
  if (!(most > least)) return 0.5;
  return isByFactors(least, most) ? Math.log(value / least) / Math.log(most / least) : (value - least) / (most - least);
}

/** Whether a map steps by equal factors rather than by equal amounts. */
export function isByFactors(least: number, most: number): boolean {
  return least > 0 && most / least > 5;
}
