import { ActionIcon, Popover, Stack, Switch, Tooltip } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { settingsSchema } from '../../src-shared/project/project';
import { setSetting } from '../document/commands/settings';
import { useDocument } from '../document/document-store';
import { QuantityField, wholeNumber } from './quantity-field';
import { useRun } from './run';
import { setRunSpeed } from './run-actions';
import classes from './transport-bar.module.css';

const inRange =
  (key: keyof typeof settingsSchema.shape, words: string) =>
  (value: number): string | null =>
    settingsSchema.shape[key].safeParse(value).success ? null : words;

function CustomSpeed() {
  const speed = useRun((state) => state.speed);
  return (
    <QuantityField
      label="Speed"
      description="Simulated seconds per second of wall time."
      value={speed === 'max' ? null : speed}
      placeholder="Max"
      dimension="number"
      unit="×"
      check={(value) => (value > 0 && value <= 1e6 ? null : 'Write a number above 0, up to 1000000.')}
      onCommit={setRunSpeed}
    />
  );
}

/** How runs of this project are made. */
export function RunSettings() {
  const settings = useDocument((state) => state.project.settings);
  const auto = settings.warmUpMs === 'auto';
  return (
    <Popover position="bottom-end" width={290} trapFocus withArrow>
      <Popover.Target>
        <Tooltip label="Run settings: duration, warm-up, replications …">
          <ActionIcon variant="default" size={30} aria-label="Run settings">
            <IconAdjustmentsHorizontal size={16} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown aria-label="Run settings" className={classes.settings}>
        <Stack gap={9}>
          <QuantityField
            label="Duration"
            description="Simulated time of each replication."
            value={settings.durationMs}
            dimension="duration"
            unit="ms"
            check={inRange('durationMs', 'Write a time above 0, up to 100 days.')}
            onCommit={(value) => setSetting('durationMs', value)}
          />
          <Switch
            label="Find the warm-up"
            description="Detects the end of the transient in a pilot run (MSER-5)."
            checked={auto}
            onChange={(event) => setSetting('warmUpMs', event.currentTarget.checked ? 'auto' : Math.min(5000, settings.durationMs / 10))}
          />
          {settings.warmUpMs !== 'auto' && (
            <QuantityField
              label="Warm-up"
              description="Left out of all summary numbers."
              value={settings.warmUpMs}
              dimension="duration"
              unit="ms"
              check={inRange('warmUpMs', 'Write a time of 0 or more.')}
              onCommit={(value) => setSetting('warmUpMs', value)}
            />
          )}
          <QuantityField
            label="Replications"
            description="Independent runs; two or more give intervals."
            value={settings.replications}
            dimension="count"
            unit=""
            check={wholeNumber(1, 1_000_000)}
            onCommit={(value) => setSetting('replications', value)}
          />
          <QuantityField
            label="Confidence"
            description="Level of the intervals of all numbers."
            value={settings.confidence}
            dimension="share"
            unit="%"
            check={inRange('confidence', 'Write a level from 50 % to 99.99 %.')}
            onCommit={(value) => setSetting('confidence', value)}
          />
          <QuantityField
            label="Points in charts"
            description="Intervals that the duration is cut into."
            value={settings.seriesPoints}
            dimension="count"
            unit=""
            check={wholeNumber(10, 5000)}
            onCommit={(value) => setSetting('seriesPoints', value)}
          />
          <QuantityField
            label="Requests listed"
            description="How many are listed one by one in the result; 0 for none."
            value={settings.requestLog}
            dimension="count"
            unit=""
            check={wholeNumber(0, 1_000_000)}
            onCommit={(value) => setSetting('requestLog', value)}
          />
          <CustomSpeed />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
