import type UPlot from 'uplot';
import classes from './chart-cursor.module.css';
import { pastStore } from './past-store';

/** Where the cursor of a chart is when it is nowhere. */
const AWAY = { left: -10, top: -10 };

/**
 * Marks the instant of the past that is on display in a chart over simulated time in s, and lets the chart's own cursor tell the values there, as
 * long as the pointer is elsewhere.
 */
export function pastCursor(): UPlot.Plugin {
  let line: HTMLElement | null = null;
  let stop: (() => void) | null = null;
  /** Whether the chart's cursor stands where it does because of the past. */
  let isOurs = false;

  /** Place of the instant in px; null where it cannot be seen. */
  const left = (plot: UPlot): number | null => {
    const ms = pastStore.getState().place?.ms;
    const { min, max } = plot.scales.x ?? {};
    if (ms === undefined || min == null || max == null || ms / 1000 < min || ms / 1000 > max) return null;
    return plot.valToPos(ms / 1000, 'x');
  };
  const mark = (plot: UPlot): void => {
    const at = left(plot);
    if (line === null) return;
    line.hidden = at === null;
    if (at !== null) line.style.transform = `translateX(${Math.round(at)}px)`;
  };
  const point = (plot: UPlot): void => {
    const at = left(plot);
    if (at === null && !isOurs) return;
    isOurs = at !== null;
    // Every chart points by itself, so that none tells the others; the declared type lacks the switch for that.
    const setCursor: (place: typeof AWAY, fires: boolean, tells: boolean) => void = plot.setCursor;
    setCursor(at === null ? AWAY : { left: at, top: 0 }, true, false);
  };

  return {
    hooks: {
      ready: (plot) => {
        line = document.createElement('div');
        line.className = classes.line ?? '';
        line.dataset.testid = 'past-cursor';
        plot.over.append(line);
        stop = pastStore.subscribe((state, before) => {
          if (state.place === before.place) return;
          mark(plot);
          point(plot);
        });
        mark(plot);
        point(plot);
      },
      draw: (plot) => {
        mark(plot);
        if (isOurs) queueMicrotask(() => point(plot));
      },
      setCursor: (plot) => {
        // The pointer has left the charts: back to the instant on display.
        if ((plot.cursor.left ?? -1) < 0 && left(plot) !== null) queueMicrotask(() => point(plot));
        else if (isOurs && Math.abs((plot.cursor.left ?? 0) - (left(plot) ?? 0)) > 1) isOurs = false;
      },
      destroy: () => {
        stop?.();
        stop = null;
        line = null;
        isOurs = false;
      },
    },
  };
}
