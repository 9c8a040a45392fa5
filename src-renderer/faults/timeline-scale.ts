import type { Fault } from '../../src-shared/project/fault';

/** Steps of a time axis in ms that people count in. */
const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000] as const;
const DAY_MS = 86_400_000;

/** Distance between two ticks in ms, such that about `ticks` of them fit on the whole. */
export function tickStep(wholeMs: number, ticks: number): number {
  const wanted = wholeMs / Math.max(1, ticks);
  const found = STEPS.find((step) => step >= wanted);
  if (found !== undefined) return found;
  const days = wanted / DAY_MS;
  if (days <= 0.25) return DAY_MS / 4;
  const power = 10 ** Math.floor(Math.log10(Math.max(1, days)));
  const nice = [1, 2, 5, 10].find((factor) => factor * power >= days) ?? 10;
  return nice * power * DAY_MS;
}

/** Finest step that a drag snaps to in ms: a twentieth of a tick, but at least what one pixel stands for. */
export function snapStep(wholeMs: number, widthPx: number): number {
  const perPixel = wholeMs / Math.max(1, widthPx);
  const finest = Math.max(perPixel, wholeMs / 600);
  return STEPS.find((step) => step >= finest) ?? Math.ceil(finest / 3_600_000) * 3_600_000;
}

/** A time on the grid of a step, and never below zero. */
export function snapTime(ms: number, step: number): number {
  return Math.max(0, Math.round(ms / step) * step);
}

export type OnceTiming = Extract<Fault['timing'], { type: 'once' }>;
/** What a drag changes: the whole bar, or one of its ends. */
export type DragMode = 'move' | 'start' | 'end';

/** A bar after a drag by a time: starts and ends snap to the step, and a bar never turns round or leaves the beginning. */
export function draggedTiming(timing: OnceTiming, mode: DragMode, byMs: number, step: number): OnceTiming {
  const end = timing.atMs + timing.lastsMs;
  if (mode === 'move') return { ...timing, atMs: snapTime(timing.atMs + byMs, step) };
  if (mode === 'end') return { ...timing, lastsMs: Math.max(0, snapTime(end + byMs, step) - timing.atMs) };
  const atMs = Math.min(snapTime(timing.atMs + byMs, step), end);
  return { ...timing, atMs, lastsMs: end - atMs };
}
