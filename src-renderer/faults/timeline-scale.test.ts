import { describe, expect, it } from 'vitest';
import { draggedTiming, snapStep, snapTime, tickStep } from './timeline-scale';

describe('the axis of the timeline', () => {
  it('has ticks that people count in', () => {
    expect([tickStep(60_000, 6), tickStep(600_000, 8), tickStep(1000, 10), tickStep(40 * 86_400_000, 8)]).toEqual([10_000, 120_000, 100, 5 * 86_400_000]);
  });

  it('snaps to what a hand can aim at', () => {
    expect(snapStep(60_000, 1000)).toBe(100);
    expect(snapStep(60_000, 100)).toBe(1000);
    expect(snapTime(1249, 500)).toBe(1000);
    expect(snapTime(-300, 500)).toBe(0);
  });
});

describe('dragging a bar', () => {
  const bar = { type: 'once', atMs: 10_000, lastsMs: 5000 } as const;

  it('moves it as a whole, up to the beginning', () => {
    expect(draggedTiming(bar, 'move', 1240, 500)).toEqual({ type: 'once', atMs: 11_000, lastsMs: 5000 });
    expect(draggedTiming(bar, 'move', -20_000, 500)).toEqual({ type: 'once', atMs: 0, lastsMs: 5000 });
  });

  it('resizes it at either end, and never turns it round', () => {
    expect(draggedTiming(bar, 'end', 2400, 500)).toEqual({ type: 'once', atMs: 10_000, lastsMs: 7500 });
    expect(draggedTiming(bar, 'end', -9000, 500)).toEqual({ type: 'once', atMs: 10_000, lastsMs: 0 });
    expect(draggedTiming(bar, 'start', -2000, 500)).toEqual({ type: 'once', atMs: 8000, lastsMs: 7000 });
    expect(draggedTiming(bar, 'start', 9000, 500)).toEqual({ type: 'once', atMs: 15_000, lastsMs: 0 });
  });
});
