import { Button, Progress } from '@mantine/core';
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { formatDuration } from '../../src-shared/base/format';
import { experimentStore, useExperiment } from './experiment-runs';
import classes from './sweep.module.css';

interface RunBarProps {
  readonly id: string;
  /** What the button says: 'Run sweep'. */
  readonly action: string;
  /** What it will run, in words. */
  readonly size: string;
  readonly disabled: boolean;
  readonly onRun: () => void;
}

/** Starts an experiment, and shows how far it is and how long it will take. */
export function RunBar({ id, action, size, disabled, onRun }: RunBarProps) {
  const running = useExperiment((state) => state.running);
  const share = useExperiment((state) => state.share);
  const leftMs = useExperiment((state) => state.leftMs);
  if (running?.id !== id)
    return (
      <div className={classes.bar}>
        <Button leftSection={<IconPlayerPlay size={14} />} disabled={disabled || running !== null} onClick={onRun}>
          {action}
        </Button>
        <span className={`${classes.quiet} tl-number`}>{running === null ? size : `Another ${running.type} is under way.`}</span>
        {running !== null && (
          <Button variant="light" color="red" leftSection={<IconPlayerStop size={14} />} onClick={() => experimentStore.cancel()}>
            Cancel it
          </Button>
        )}
      </div>
    );
  const percent = Math.floor(share * 100);
  return (
    <div className={classes.bar}>
      <Button color="red" variant="light" leftSection={<IconPlayerStop size={14} />} onClick={() => experimentStore.cancel()}>
        Cancel
      </Button>
      <Progress className={classes.progress} value={percent} aria-label="Progress of the experiment" transitionDuration={100} />
      <span className={`${classes.quiet} tl-number`}>{`${running.phase}: ${percent} %${leftMs === null ? '' : `, ${formatDuration(leftMs)} left`}`}</span>
    </div>
  );
}
