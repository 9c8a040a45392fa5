import { Button, Menu, Tooltip } from '@mantine/core';
import { IconChevronDown, IconDownload, IconHistory } from '@tabler/icons-react';
import classes from './sweep.module.css';

interface ResultHeadingProps {
  /** What was run, in one line. */
  readonly text: string;
  /** What has been changed since, and what to do; null where nothing has. */
  readonly stale: string | null;
  readonly running: boolean;
  /** What can be taken away. */
  readonly exports: readonly { readonly title: string; readonly run: () => Promise<void> }[];
}

/** Head of the results of a sweep or a search: what was run, whether it is of the present model, and what to take away. */
export function ResultHeading({ text, stale, running, exports }: ResultHeadingProps) {
  return (
    <div className={classes.heading}>
      <p className={`${classes.quiet} tl-number`}>{text}</p>
      {stale !== null && (
        <Tooltip label={stale}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the explanation has to be reachable by keyboard */}
          <span className={classes.stale} tabIndex={0}>
            <IconHistory size={13} aria-hidden="true" />
            before your changes
          </span>
        </Tooltip>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <Button
            variant="subtle"
            color="gray"
            size="compact-xs"
            disabled={running}
            leftSection={<IconDownload size={14} />}
            rightSection={<IconChevronDown size={12} />}
          >
            Export
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {exports.map(({ title, run }) => (
            <Menu.Item key={title} onClick={() => void run()}>
              {title}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
