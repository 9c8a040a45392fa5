import type { Accent } from '../../kinds/kind';
import type { Health } from '../health';

/** Light or dark. */
export type Scheme = 'light' | 'dark';

/** Colours of a picture. A picture has to stand alone, so that it cannot name the tokens of the window's theme; the values are theirs. */
export interface PictureColors {
  readonly canvas: string;
  readonly raised: string;
  readonly sunken: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly text: string;
  readonly muted: string;
  readonly edge: string;
  readonly note: string;
  readonly faulty: string;
  readonly faultySoft: string;
  readonly accents: Readonly<Record<Accent, string>>;
  readonly health: Readonly<Record<Health, string>>;
  /** Lines of charts, apart from each other for the common kinds of colour vision. */
  readonly lines: readonly string[];
  readonly outcomes: { readonly completed: string; readonly failed: string; readonly offered: string };
  readonly percentiles: { readonly p50: string; readonly p95: string; readonly p99: string };
}

const ACCENTS = { traffic: '#4c6ef5', routing: '#0f9488', compute: '#7c3aed', storage: '#c2640c', observing: '#be185d' } as const;

/** The colours of both schemes. Text on every surface reaches 4.5 to 1. */
export const PICTURE_COLORS: Readonly<Record<Scheme, PictureColors>> = {
  light: {
    canvas: '#f8f9fb',
    raised: '#ffffff',
    sunken: '#eef1f6',
    line: '#e2e6ed',
    lineStrong: '#cbd2dd',
    text: '#17202e',
    muted: '#566275',
    edge: '#7d8999',
    note: '#fdf5e4',
    faulty: '#c81e1e',
    faultySoft: '#fce0e0',
    accents: ACCENTS,
    health: { idle: '#64748b', fine: '#15803d', strained: '#b45309', failing: '#c81e1e' },
    lines: ['#2563eb', '#c2640c', '#0f8a7e', '#9333ea', '#be185d', '#4d7c0f', '#475569', '#a16207'],
    outcomes: { completed: '#15803d', failed: '#c81e1e', offered: '#64748b' },
    percentiles: { p50: '#2563eb', p95: '#7c3aed', p99: '#c2410c' },
  },
  dark: {
    canvas: '#10161e',
    raised: '#1b222d',
    sunken: '#28313e',
    line: '#262e3a',
    lineStrong: '#3a4453',
    text: '#e6eaf1',
    muted: '#9aa6b8',
    edge: '#7b8798',
    note: '#2b2620',
    faulty: '#ff7272',
    faultySoft: '#3c1c1e',
    accents: ACCENTS,
    health: { idle: '#94a3b8', fine: '#46c473', strained: '#f2a93b', failing: '#ff7272' },
    lines: ['#6b9dff', '#f2994a', '#2fc7b6', '#b98aff', '#f472b6', '#a3d65c', '#a7b4c6', '#eac54f'],
    outcomes: { completed: '#46c473', failed: '#ff7272', offered: '#94a3b8' },
    percentiles: { p50: '#6b9dff', p95: '#b98aff', p99: '#f2994a' },
  },
};
