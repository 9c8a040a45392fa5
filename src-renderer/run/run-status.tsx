import { Tooltip } from '@mantine/core';
import { roundForDisplay } from '../../src-shared/analysis/smoothing';
import { formatDuration, formatNumber, formatShare } from '../../src-shared/base/format';
import { formatClock } from '../charts/chart-format';
import { useRun } from './run';
import { isActive, type RunPhase } from './run-state';
import classes from './run-status.module.css';

const WORDS: Record<RunPhase, string> = {
  idle: 'No run yet',
  starting: 'Starting the engine …',
  running: 'Running',
  paused: 'Paused',
  finished: 'Finished',
  refused: 'Not run: the design has errors',
  crashed: 'The run broke off',
};

function perSecond(value: number, noun: string): string {
  if (!Number.isFinite(value)) return `– ${noun}/s`;
  if (value >= 1e6) return `${formatNumber(value / 1e6)}M ${noun}/s`;
  return `${value >= 1e4 ? `${formatNumber(value / 1e3)}k` : formatNumber(roundForDisplay(value))} ${noun}/s`;
}

function Pace() {
  const pace = useRun((state) => state.pace);
  const wallMs = useRun((state) => state.wallMs);
  const leftMs = useRun((state) => state.leftMs);
  const progress = useRun((state) => state.progress);
  const running = useRun((state) => state.phase === 'running');
  return (
    <>
      <span className="tl-number" data-testid="progress-text">
        {`${formatShare(Math.floor(progress * 100) / 100)}${leftMs === null ? '' : `, ${leftMs < 1000 ? 'less than 1 s' : formatDuration(Math.round(leftMs / 1000) * 1000)} left`}`}
      </span>
      <Tooltip label="Wall time spent running, pauses apart">
        <span className="tl-number">{`wall ${formatClock(wallMs / 1000)}`}</span>
      </Tooltip>
      {running && (
        <>
          <Tooltip label="Requests that arrive in the model, per second of wall time">
            <span className="tl-number">{perSecond(pace.requestsPerS, 'requests')}</span>
          </Tooltip>
          <Tooltip label="Events that the engine executes, per second of wall time">
            <span className="tl-number">{perSecond(pace.eventsPerS, 'events')}</span>
          </Tooltip>
          <Tooltip label="Pictures of the run that reach the window, per second">
            <span className="tl-number">{`${formatNumber(pace.framesPerS, 2)} frames/s`}</span>
          </Tooltip>
        </>
      )}
    </>
  );
}

/** What the run does and how fast, for the status bar. */
export function RunStatus() {
  const phase = useRun((state) => state.phase);
  const ended = useRun((state) => state.result?.ended);
  const simulatedMs = useRun((state) => state.result?.simulatedMs);
  const wallMs = useRun((state) => state.wallMs);
  const word =
    phase === 'finished' && ended === 'stopped'
      ? 'Stopped'
      : phase === 'finished' && ended === 'limit'
        ? 'Ended by a limit of the simulator, see Summary'
        : WORDS[phase];
  return (
    <div className={classes.status} data-testid="run-status" data-phase={phase}>
      <span role="status">{word}</span>
      {isActive(phase) && phase !== 'starting' && <Pace />}
      {phase === 'finished' && simulatedMs !== undefined && (
        <span className="tl-number">{`${formatDuration(simulatedMs)} simulated${wallMs >= 1 ? ` in ${formatDuration(Math.round(wallMs))} of wall time` : ''}`}</span>
      )}
    </div>
  );
}
