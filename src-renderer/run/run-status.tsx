import { Tooltip } from '@mantine/core';
import { roundForDisplay } from '../../src-shared/analysis/smoothing';
import { formatDuration, formatNumber, formatShare } from '../../src-shared/base/format';
import { formatClock } from '../charts/chart-format';
import { useRun } from './run';
import { isActive, type RunPhase, type RunState } from './run-state';
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

/** A text about the run, drawn again only when it reads differently. */
function Words({ of, testId }: { readonly of: (state: RunState) => string; readonly testId?: string }) {
  const words = useRun(of);
  return (
    <span className="tl-number" data-testid={testId}>
      {words}
    </span>
  );
}

function progressWords({ progress, leftMs }: RunState): string {
  const left = leftMs === null ? '' : `, ${leftMs < 1000 ? 'less than 1 s' : formatDuration(Math.round(leftMs / 1000) * 1000)} left`;
  return `${formatShare(Math.floor(progress * 100) / 100)}${left}`;
}

function Pace() {
  const running = useRun((state) => state.phase === 'running');
  return (
    <>
      <Words of={progressWords} testId="progress-text" />
      <Tooltip label="Wall time spent running, pauses apart">
        <span>
          <Words of={({ wallMs }) => `wall ${formatClock(wallMs / 1000)}`} />
        </span>
      </Tooltip>
      {running && (
        <>
          <Tooltip label="Requests that arrive in the model, per second of wall time">
            <span>
              <Words of={({ pace }) => perSecond(pace.requestsPerS, 'requests')} />
            </span>
          </Tooltip>
          <Tooltip label="Events that the engine executes, per second of wall time">
            <span>
              <Words of={({ pace }) => perSecond(pace.eventsPerS, 'events')} />
            </span>
          </Tooltip>
          <Tooltip label="Pictures of the run that reach the window, per second">
            <span>
              <Words of={({ pace }) => `${formatNumber(pace.framesPerS, 2)} frames/s`} />
            </span>
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
  const wallMs = useRun((state) => (state.phase === 'finished' ? state.wallMs : 0));
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
