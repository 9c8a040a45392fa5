import { ActionIcon, Tooltip } from '@mantine/core';
import { IconPlayerSkipBackFilled } from '@tabler/icons-react';
import { useUi } from '../app/ui-store';
import { useRun } from '../run/run';
import { usePast } from './past-store';
import { reachOf } from './reach';
import classes from './step-back-button.module.css';
import { stepBack } from './time-travel';

const WORDS = { event: 'one event', request: 'to the end of the request before', interval: 'one interval of the charts' } as const;

/** Goes back by what one step is, beside the button that goes on by it. */
export function StepBackButton() {
  const unit = useUi((state) => state.stepUnit);
  const isPossible = useRun((state) => typeof reachOf(state) !== 'string');
  const isAtBeginning = usePast((state) => state.place?.events === 0);
  return (
    <Tooltip label={`Step back: ${WORDS[unit]} (,)`}>
      <ActionIcon
        variant="default"
        h={30}
        w={28}
        className={classes.button}
        disabled={!isPossible || isAtBeginning}
        aria-label="Step back"
        onClick={() => stepBack(unit)}
      >
        <IconPlayerSkipBackFilled size={13} />
      </ActionIcon>
    </Tooltip>
  );
}
