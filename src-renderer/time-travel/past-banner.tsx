import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useUi } from '../app/ui-store';
import { formatClock } from '../charts/chart-format';
import { useRun } from '../run/run';
import { usePast } from './past-store';
import classes from './time-bar.module.css';
import { travel } from './time-travel';

/** Says over the canvas that it shows the past, and which instant of it; nothing while it shows the present. */
export function PastBanner() {
  const ms = usePast((state) => state.place?.ms ?? null);
  const isOver = useRun((state) => state.phase === 'finished');
  const presentMs = useRun((state) => state.simulatedMs);
  const designId = useRun((state) => state.designId);
  const isOther = useUi((state) => state.activeDesignId !== designId);
  if (ms === null || isOther) return null;
  return (
    <div className={classes.banner} data-testid="past-banner">
      <IconHistory size={15} aria-hidden="true" />
      <span className={classes.bannerText} role="status">
        {'Looking back at '}
        <b className="tl-number">{formatClock(ms / 1000, 3)}</b>
        {isOver ? '. These are the numbers of that moment.' : `. The run stands at ${formatClock(presentMs / 1000, 3)}; Resume goes on from there.`}
      </span>
      <Button size="compact-xs" variant="light" radius="xl" onClick={travel.leave}>
        {isOver ? 'Back to the end' : 'Back to now'}
      </Button>
    </div>
  );
}
