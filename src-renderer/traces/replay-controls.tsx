import { ActionIcon, Select, Slider, Tooltip } from '@mantine/core';
import { IconPlayerPauseFilled, IconPlayerPlayFilled, IconPlayerSkipBack, IconPlayerSkipForward } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { formatDuration } from '../../src-shared/base/format';
import type { Trace } from '../../src-shared/protocol/trace';
import { boundsOf, replayStore, seekReplay, setReplaySpeed, stepReplay, toggleReplay } from './replay';
import classes from './trace-waterfall.module.css';

const SPEEDS = ['0.25', '0.5', '1', '2', '4'] as const;
/** Steps of the slider over the whole request. */
const STEPS = 1000;

/** Plays the way of the request on the canvas, steps through it, and goes to any instant of it. */
export function ReplayControls({ trace, untilNs }: { readonly trace: Trace; readonly untilNs: number }) {
  const { atNs, playing, speed, whole } = useStore(replayStore);
  const [from, last] = boundsOf(trace, untilNs, whole);
  const at = atNs ?? from;
  return (
    <fieldset className={classes.replay} aria-label="Replay">
      <Tooltip label="To the happening before">
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label="To the happening before" onClick={() => stepReplay(-1)}>
          <IconPlayerSkipBack size={14} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={playing ? 'Pause the replay' : 'Replay the request on the canvas'}>
        <ActionIcon size="sm" aria-label={playing ? 'Pause the replay' : 'Replay the request'} onClick={toggleReplay}>
          {playing ? <IconPlayerPauseFilled size={13} /> : <IconPlayerPlayFilled size={13} />}
        </ActionIcon>
      </Tooltip>
      <Tooltip label="To the next happening">
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label="To the next happening" onClick={() => stepReplay(1)}>
          <IconPlayerSkipForward size={14} />
        </ActionIcon>
      </Tooltip>
      <Slider
        className={classes.slider ?? ''}
        size="xs"
        min={0}
        max={STEPS}
        label={null}
        thumbLabel="Instant of the replay"
        value={last > from ? ((at - from) / (last - from)) * STEPS : 0}
        onChange={(value) => seekReplay(from + ((last - from) * value) / STEPS)}
      />
      <span className={`${classes.instant} tl-number`}>{formatDuration((at - from) / 1e6)}</span>
      <Select
        aria-label="Speed of the replay"
        w={66}
        size="xs"
        allowDeselect={false}
        data={SPEEDS.map((value) => ({ value, label: `${value} ×` }))}
        value={String(speed)}
        onChange={(value) => setReplaySpeed(Number(value ?? '1'))}
      />
    </fieldset>
  );
}
