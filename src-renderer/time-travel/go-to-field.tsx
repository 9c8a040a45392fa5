import { Button, Popover, Stack, Text, UnstyledButton } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { QuantityField, wholeNumber } from '../run/quantity-field';
import { usePast } from './past-store';
import classes from './time-bar.module.css';
import { travel } from './time-travel';

/** More events than a run can have in a lifetime. */
const MOST_EVENTS = 1e12;

/** The place on display, which opens fields for an exact time or the number of an event. */
export function GoToField({ durationMs, children }: { readonly durationMs: number; readonly children: ReactNode }) {
  const [opened, setOpened] = useState(false);
  const place = usePast((state) => state.place);
  return (
    <Popover opened={opened} onChange={setOpened} position="top-end" withArrow trapFocus returnFocus width={250}>
      <Popover.Target>
        <UnstyledButton className={classes.place} title="Go to a time or an event" aria-label="Go to a time or an event" onClick={() => setOpened(!opened)}>
          {children}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap={8}>
          <QuantityField
            label="Simulated time"
            description="The state after everything that happens at this instant."
            value={place?.ms ?? durationMs}
            dimension="duration"
            unit="ms"
            check={(ms) => (ms < 0 ? 'It must not be negative.' : ms > durationMs ? 'The run has not come so far.' : null)}
            onCommit={(ms) => travel.goTo({ by: 'time', ms })}
          />
          <QuantityField
            label="Event"
            description="The state after so many events of the engine, counted from the beginning."
            placeholder="number"
            value={place?.events ?? null}
            dimension="count"
            unit=""
            check={wholeNumber(0, MOST_EVENTS)}
            onCommit={(events) => travel.goTo({ by: 'events', events })}
          />
          <Text size="xs" c="dimmed">
            Arrow keys on the bar move by one interval of the charts; , and . by one step.
          </Text>
          <Button size="compact-sm" variant="default" onClick={() => setOpened(false)}>
            Close
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
