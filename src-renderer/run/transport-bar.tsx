import { ActionIcon, Button, Group, Loader, Menu, SegmentedControl, Tooltip } from '@mantine/core';
import {
  IconCheck,
  IconChevronDown,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerSkipForwardFilled,
  IconPlayerStopFilled,
} from '@tabler/icons-react';
import { useEffect } from 'react';
import { formatNumber } from '../../src-shared/base/format';
import type { Speed, StepUnit } from '../../src-shared/protocol/messages';
import { uiStore, useUi } from '../app/ui-store';
import { formatClock } from '../charts/chart-format';
import { setSetting } from '../document/commands/settings';
import { useDocument } from '../document/document-store';
import { StepBackButton } from '../time-travel/step-back-button';
import { QuantityField, wholeNumber } from './quantity-field';
import { useRun } from './run';
import { setRunSpeed, stepRun, stopRun, toggleRun } from './run-actions';
import { announceRuns } from './run-notices';
import { RunSettings } from './run-settings';
import { isActive, type RunPhase } from './run-state';
import classes from './transport-bar.module.css';

const STEPS: Record<StepUnit, { readonly title: string; readonly help: string }> = {
  event: { title: 'One event', help: 'The next thing that happens, however small' },
  request: { title: 'One request', help: 'Until the next request ends' },
  interval: { title: 'One interval', help: 'Until the next point of the charts' },
};
const SPEEDS: readonly Speed[] = [1, 10, 100, 'max'];
const LARGEST_SEED = 4_294_967_295;

function speedLabel(speed: Speed): string {
  return speed === 'max' ? 'Max' : `${formatNumber(speed)}×`;
}

const PLAY: Record<RunPhase, { readonly label: string; readonly help: string }> = {
  idle: { label: 'Run', help: 'Run the design' },
  starting: { label: 'Starting', help: 'The engine is starting' },
  running: { label: 'Pause', help: 'Pause the run' },
  paused: { label: 'Resume', help: 'Go on with the run' },
  finished: { label: 'Run', help: 'Run again' },
  refused: { label: 'Run', help: 'Run again, once the problems are solved' },
  crashed: { label: 'Run', help: 'Run again with a fresh engine' },
};

function PlayButton() {
  const phase = useRun((state) => state.phase);
  const { label, help } = PLAY[phase];
  const running = phase === 'running';
  return (
    <Tooltip label={`${help} (Space)`}>
      <Button
        size="xs"
        h={30}
        miw={96}
        className={classes.play}
        // Not disabled while the engine starts: the keyboard stays where it is, to pause with the next press.
        aria-busy={phase === 'starting'}
        leftSection={
          phase === 'starting' ? <Loader size={14} color="currentColor" /> : running ? <IconPlayerPauseFilled size={14} /> : <IconPlayerPlayFilled size={14} />
        }
        data-focus-home
        onClick={toggleRun}
        data-testid="run-button"
      >
        {label}
      </Button>
    </Tooltip>
  );
}

function StepButton() {
  const unit = useUi((state) => state.stepUnit);
  const disabled = useRun((state) => state.phase === 'starting' || state.phase === 'running');
  return (
    <Group gap={0} wrap="nowrap">
      <StepBackButton />
      <Tooltip label={`Step: ${STEPS[unit].title.toLowerCase()} (.). ${STEPS[unit].help}.`}>
        <Button
          size="xs"
          h={30}
          px={9}
          variant="default"
          disabled={disabled}
          className={`${classes.stepMain} ${classes.iconOnly}`}
          leftSection={<IconPlayerSkipForwardFilled size={13} />}
          onClick={() => stepRun(unit)}
          aria-label="Step"
        >
          <span className={classes.word}>Step</span>
        </Button>
      </Tooltip>
      <Menu position="bottom-start" width={280}>
        <Menu.Target>
          <ActionIcon variant="default" h={30} w={20} disabled={disabled} className={classes.stepMore} aria-label="What one step is">
            <IconChevronDown size={12} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {(Object.keys(STEPS) as StepUnit[]).map((candidate) => (
            <Menu.Item
              key={candidate}
              leftSection={<IconCheck size={14} style={{ visibility: candidate === unit ? 'visible' : 'hidden' }} aria-hidden="true" />}
              onClick={() => {
                uiStore.setState({ stepUnit: candidate });
                stepRun(candidate);
              }}
            >
              {STEPS[candidate].title}
              <span className={classes.help}>{STEPS[candidate].help}</span>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}

function StopButton() {
  const active = useRun((state) => isActive(state.phase));
  return (
    <Tooltip label="Stop: what has been measured so far becomes the result">
      <Button size="xs" h={30} px={9} variant="default" disabled={!active} leftSection={<IconPlayerStopFilled size={13} />} onClick={stopRun} aria-label="Stop">
        <span className={classes.word}>Stop</span>
      </Button>
    </Tooltip>
  );
}

function SpeedControl() {
  const speed = useRun((state) => state.speed);
  const choices = SPEEDS.includes(speed) ? SPEEDS : [speed, ...SPEEDS];
  return (
    <Tooltip label="Simulated seconds per second of wall time; Max is as fast as possible. Other speeds are in the run settings." position="bottom">
      <SegmentedControl
        size="xs"
        aria-label="Speed"
        className={classes.speed}
        value={String(speed)}
        onChange={(value) => setRunSpeed(value === 'max' ? 'max' : Number(value))}
        data={choices.map((choice) => ({ value: String(choice), label: speedLabel(choice) }))}
      />
    </Tooltip>
  );
}

/** Simulated time reached; by itself, since it is what changes with every picture of a run. */
function SimulatedTime() {
  const words = useRun((state) => formatClock(Math.floor(state.simulatedMs) / 1000, 3));
  return (
    <b className="tl-number" data-testid="simulated-time">
      {words}
    </b>
  );
}

/** How far the whole run is. */
function Progress() {
  const perMille = useRun((state) => Math.floor(state.progress * 1000));
  return (
    <div
      className={classes.progress}
      role="progressbar"
      aria-label="Progress of the run"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.floor(perMille / 10)}
      style={{ backgroundSize: `${perMille / 10}% 100%` }}
    />
  );
}

/** Simulated time reached, of the duration, and how far the whole run is. */
function Clock() {
  const replication = useRun((state) => state.replication);
  const active = useRun((state) => isActive(state.phase));
  const ran = useRun((state) => (state.phase === 'idle' ? null : (state.project?.settings ?? null)));
  const planned = useDocument((state) => state.project.settings);
  const { durationMs, replications } = active && ran !== null ? ran : planned;
  return (
    <div className={classes.clock}>
      <div className={classes.time}>
        <Tooltip label="Simulated time, of the duration of a replication">
          <span>
            <SimulatedTime />
            <span className="tl-number">{` / ${formatClock(durationMs / 1000)} sim`}</span>
          </span>
        </Tooltip>
        {replications > 1 && (
          <Tooltip label={`${replications} independent replications, for intervals`}>
            <span className={`${classes.replications} tl-number`}>{active ? `${replication + 1}/${replications}` : `×${replications}`}</span>
          </Tooltip>
        )}
      </div>
      <Progress />
    </div>
  );
}

function Seed() {
  const seed = useDocument((state) => state.project.settings.seed);
  return (
    <div className={classes.seed}>
      <span className={classes.word} aria-hidden="true">
        seed
      </span>
      <QuantityField
        label="Seed"
        labelHidden
        description="The same seed gives the same numbers; another gives another course of chance."
        value={seed}
        dimension="count"
        unit=""
        check={wholeNumber(0, LARGEST_SEED)}
        onCommit={(value) => setSetting('seed', value)}
        width={58}
      />
    </div>
  );
}

/** Runs, pauses, steps and stops; speed, simulated time and seed. */
export function TransportBar() {
  useEffect(announceRuns, []);
  return (
    <div className={classes.bar} role="toolbar" aria-label="Run">
      <PlayButton />
      <StepButton />
      <StopButton />
      <SpeedControl />
      <Clock />
      <Seed />
      <RunSettings />
    </div>
  );
}
