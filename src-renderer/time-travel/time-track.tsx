import { type KeyboardEvent, type PointerEvent, useMemo, useRef } from 'react';
import { travelGrid } from '../../src-shared/run/travel-grid';
import { formatClock } from '../charts/chart-format';
import { shadesOf } from '../charts/shades';
import { useRunFaults } from '../run/active-faults';
import { runStore, useRun } from '../run/run';
import { usePast } from './past-store';
import classes from './time-bar.module.css';
import { travel } from './time-travel';

/** Intervals that a press of a Page key moves by. */
const PAGE = 10;

interface TrackProps {
  readonly durationMs: number;
  /** How far one can look, in ms; null where one cannot. */
  readonly endMs: number | null;
}

/** Times in which faults were under way, behind the track. */
function FaultWindows({ durationMs }: { readonly durationMs: number }) {
  const windows = useRunFaults((faults) => faults.windows);
  const known = useRunFaults((faults) => faults.known);
  const isOver = useRun((state) => state.phase === 'finished');
  const isOpen = windows.some((window) => window.toMs === null);
  // Only a window that is still open grows with the clock.
  const nowMs = useRun((state) => (isOpen && !isOver ? state.simulatedMs : durationMs));
  const shades = useMemo(() => shadesOf(windows, known, nowMs / 1000), [windows, known, nowMs]);
  return shades.map(({ fromS, toS, name }) => (
    <span
      key={`${name}/${fromS}`}
      className={classes.fault}
      title={`${name}: ${formatClock(fromS, 1)} to ${formatClock(toS, 1)}`}
      style={{
        left: `${Math.min(100, (fromS * 1e5) / durationMs)}%`,
        width: `${Math.max(0, ((Math.min(toS * 1000, durationMs) - fromS * 1000) / durationMs) * 100)}%`,
      }}
    />
  ));
}

/** How far a run under way has come; the first replication is what one can look back at. */
function Reached({ durationMs, endMs }: TrackProps) {
  // In steps of what can be seen, so that not every picture of a run draws the bar again.
  const percent = useRun((state) => {
    const reachedMs = (state.replication > 0 ? state.project?.settings.durationMs : state.simulatedMs) ?? 0;
    return Math.round(Math.min(100, ((endMs ?? reachedMs) / durationMs) * 100) * 10) / 10;
  });
  return <span className={classes.reached} style={{ width: `${percent}%` }} />;
}

/** The bar itself, as long as the run: dragged or moved with keys it leads to the end of an interval of the charts. */
export function TimeTrack({ durationMs, endMs }: TrackProps) {
  const place = usePast((state) => state.place);
  const wantedMs = usePast((state) => state.wantedMs);
  const preparedMs = usePast((state) => state.preparedMs);
  const track = useRef<HTMLDivElement>(null);
  const isDragging = useRef(false);
  const atMs = wantedMs ?? place?.ms ?? endMs;
  const percent = (ms: number): string => `${Math.min(100, (ms / durationMs) * 100)}%`;

  const follow = (event: PointerEvent): void => {
    const box = track.current?.getBoundingClientRect();
    const settings = runStore.getState().project?.settings;
    if (box === undefined || settings === undefined || endMs === null) return;
    const ms = Math.min(1, Math.max(0, (event.clientX - box.left) / Math.max(1, box.width))) * durationMs;
    const grid = travelGrid(settings);
    const below = grid.ms(grid.at(ms));
    const above = grid.ms(Math.min(grid.intervals, grid.at(ms) + 1));
    travel.goTo({ by: 'time', ms: ms >= endMs ? endMs : ms - below < above - ms ? below : above });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (endMs === null || event.ctrlKey || event.metaKey || event.altKey) return;
    switch (event.key) {
      case 'ArrowLeft':
      case 'ArrowDown':
        travel.byIntervals(-1);
        break;
      case 'ArrowRight':
      case 'ArrowUp':
        travel.byIntervals(1);
        break;
      case 'PageDown':
        travel.byIntervals(-PAGE);
        break;
      case 'PageUp':
        travel.byIntervals(PAGE);
        break;
      case 'Home':
        travel.goTo({ by: 'time', ms: 0 });
        break;
      case 'End':
      case 'Escape':
        travel.leave();
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const words = (): string => {
    if (atMs === null) return 'not while the run goes on';
    const time = `${formatClock(atMs / 1000, 1)} of ${formatClock(durationMs / 1000)}`;
    if (place === null && wantedMs === null) return `${time}, the present`;
    return place === null || wantedMs !== null ? time : `${time}, event ${place.events.toLocaleString('en-GB')}`;
  };
  return (
    <div
      ref={track}
      className={classes.track}
      role="slider"
      tabIndex={0}
      aria-label="Time on display"
      aria-valuemin={0}
      aria-valuemax={(endMs ?? durationMs) / 1000}
      aria-valuenow={(atMs ?? 0) / 1000}
      aria-valuetext={words()}
      aria-disabled={endMs === null}
      data-testid="time-track"
      onKeyDown={onKeyDown}
      onFocus={travel.prepare}
      onPointerDown={(event) => {
        if (event.button !== 0 || endMs === null) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        isDragging.current = true;
        follow(event);
      }}
      onPointerMove={(event) => {
        if (isDragging.current) follow(event);
      }}
      onPointerUp={() => {
        isDragging.current = false;
      }}
      onPointerCancel={() => {
        isDragging.current = false;
      }}
    >
      <div className={classes.rail}>
        <Reached durationMs={durationMs} endMs={endMs} />
        <FaultWindows durationMs={durationMs} />
        {place !== null && <span className={classes.prepared} style={{ width: percent(preparedMs) }} />}
      </div>
      {atMs !== null && <span className={classes.thumb} style={{ left: percent(atMs) }} data-jumping={wantedMs !== null || undefined} />}
    </div>
  );
}
