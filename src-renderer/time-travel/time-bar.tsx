import { Button, Tooltip } from '@mantine/core';
import { IconArrowBarToRight, IconHistory } from '@tabler/icons-react';
import { formatDuration } from '../../src-shared/base/format';
import { formatClock } from '../charts/chart-format';
import { useRun } from '../run/run';
import { GoToField } from './go-to-field';
import { usePast } from './past-store';
import { reachOf, type Unreachable } from './reach';
import classes from './time-bar.module.css';
import { TimeTrack } from './time-track';
import { travel } from './time-travel';

/** What stands in the place of numbers while one cannot look back. */
const WHY: Record<Unreachable, string> = {
  quiet: '',
  running: 'Pause to look back',
  'warm-up': 'The end of the warm-up is being found; look back after that',
  crashed: 'The run broke off',
};

/** `0.4 s`, `12 ms`: how long a jump took, so that one sees what repeating the run costs. */
function tookText(ms: number): string {
  return ms < 1 ? 'at once' : `in ${formatDuration(ms < 100 ? Math.round(ms) : Math.round(ms / 10) * 10)}`;
}

/** What is to be said of the jump under way or the last one. */
function JumpWords() {
  const isJumping = usePast((state) => state.isJumping);
  const share = usePast((state) => state.share);
  const tookMs = usePast((state) => state.tookMs);
  const checkPoints = usePast((state) => state.checkPoints);
  const failure = usePast((state) => state.failure);
  const isPast = usePast((state) => state.place !== null);
  if (failure !== null)
    return (
      <Tooltip label={`${failure} The run and the document are untouched. Move on the bar to try again.`} multiline maw={380}>
        <span className={classes.failure} role="alert">
          Cannot look back
        </span>
      </Tooltip>
    );
  if (isJumping && share !== null) return <span className={`${classes.took} tl-number`}>{`repeating the run: ${Math.floor(share * 100)} %`}</span>;
  if (!isPast || tookMs === null) return null;
  return (
    <Tooltip
      multiline
      maw={340}
      label={`The run is repeated to this place from the nearest of ${checkPoints + 1} check points, with equal seed and faults, so that it is the same to the last event.`}
    >
      <span className={`${classes.took} tl-number`}>{`reached ${tookText(tookMs)}`}</span>
    </Tooltip>
  );
}

/** Leads back to where the run ended or stands. */
export function BackButton({ size = 'compact-xs' }: { readonly size?: string }) {
  const isOver = useRun((state) => state.phase === 'finished');
  return (
    <Tooltip label={isOver ? 'Show the results of the whole run again (End)' : 'Show where the run stands; Resume goes on from there (End)'}>
      <Button
        size={size}
        variant="filled"
        leftSection={<IconArrowBarToRight size={14} />}
        onClick={travel.leave}
        aria-label={isOver ? 'Back to the end' : 'Back to now'}
        data-testid="back-to-present"
      >
        Back
        <span className={classes.long}>{isOver ? ' to the end' : ' to now'}</span>
      </Button>
    </Tooltip>
  );
}

/** The time bar between canvas and dock: where in the run the window is, and the way to any other place that has been simulated. */
export function TimeBar() {
  const durationMs = useRun((state) => (state.phase === 'idle' || state.phase === 'refused' ? null : (state.project?.settings.durationMs ?? null)));
  const endMs = useRun((state) => {
    const far = reachOf(state);
    return typeof far === 'string' ? null : far.ms;
  });
  const why = useRun((state) => {
    const far = reachOf(state);
    return typeof far === 'string' ? far : null;
  });
  const several = useRun((state) => (state.project?.settings.replications ?? 1) > 1);
  const place = usePast((state) => state.place);
  const wantedMs = usePast((state) => state.wantedMs);
  if (durationMs === null) return null;
  const shownMs = wantedMs ?? place?.ms ?? endMs;
  return (
    <section className={classes.bar} aria-label="Time travel" data-past={place !== null || undefined} data-testid="time-bar">
      <Tooltip
        multiline
        maw={340}
        label={`Where in the run the window is${several ? ', of the first replication' : ''}. Drag, or move with the arrow keys: canvas, instances, faults and charts follow. Red: a fault was under way.`}
      >
        <span className={classes.name}>
          <IconHistory size={15} stroke={1.8} aria-hidden="true" />
          {place === null ? 'Time' : 'Past'}
        </span>
      </Tooltip>
      <TimeTrack durationMs={durationMs} endMs={endMs} />
      <div className={classes.words}>
        {why !== null ? (
          <span>{WHY[why]}</span>
        ) : (
          <>
            <GoToField durationMs={endMs ?? durationMs}>
              <b className="tl-number" data-testid="past-time">
                {formatClock((shownMs ?? 0) / 1000, 3)}
              </b>
              {place !== null && wantedMs === null && <span className={`${classes.events} tl-number`}>{`event ${place.events.toLocaleString('en-GB')}`}</span>}
            </GoToField>
            <JumpWords />
            {place === null ? <span className={classes.hint}>{endMs !== null && 'drag to look back'}</span> : <BackButton />}
          </>
        )}
      </div>
    </section>
  );
}
