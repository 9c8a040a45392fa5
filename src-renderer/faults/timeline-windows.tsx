import { formatClock } from '../charts/chart-format';
import { useRun } from '../run/run';
import classes from './timeline.module.css';
import type { FaultWindow } from './windows';

interface WindowMarksProps {
  readonly windows: readonly FaultWindow[];
  readonly durationMs: number;
}

/** What really happened, beneath the bar: one mark for each time that the fault was under way. */
export function WindowMarks({ windows, durationMs }: WindowMarksProps) {
  const isOpen = windows.some((window) => window.toMs === null);
  // Only a window that is still open grows with the clock.
  const nowMs = useRun((state) => (isOpen ? state.simulatedMs : 0));
  return windows.map((window) => {
    const toMs = window.toMs ?? nowMs;
    const words = `${formatClock(window.fromMs / 1000, 1)} to ${window.toMs === null ? 'now' : formatClock(window.toMs / 1000, 1)}`;
    return (
      <span
        key={`${window.instance ?? ''}/${window.fromMs}`}
        className={classes.window}
        data-open={window.toMs === null || undefined}
        style={{ left: `${Math.min(100, (window.fromMs / durationMs) * 100)}%`, width: `${Math.max(0, ((toMs - window.fromMs) / durationMs) * 100)}%` }}
        title={`It happened${window.instance === null ? '' : ` to #${window.instance + 1}`}: ${words}`}
      />
    );
  });
}
