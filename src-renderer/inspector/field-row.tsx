import { ActionIcon, Tooltip } from '@mantine/core';
import { IconInfoCircle, IconRestore } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './field-row.module.css';

interface FieldRowProps {
  readonly title: string;
  readonly help: string;
  /** What the default is, and why; shown with the help. */
  readonly defaultText?: string;
  readonly provenance?: string;
  /** Bounds in words. */
  readonly allowed?: string;
  readonly htmlFor?: string;
  /** The field needs the whole width, below its title. */
  readonly wide?: boolean;
  /** Takes the field back to its default; left out where it is there already. */
  readonly onReset?: () => void;
  readonly children: ReactNode;
}

/** A field with its title, what it means, and the way back to its default. */
export function FieldRow({ title, help, defaultText, provenance, allowed, htmlFor, wide = false, onReset, children }: FieldRowProps) {
  return (
    <div className={classes.row} data-wide={wide || undefined} data-changed={onReset !== undefined || undefined}>
      <div className={classes.head}>
        <label className={classes.title} htmlFor={htmlFor}>
          {title}
        </label>
        <Tooltip
          position="left"
          openDelay={120}
          label={
            <span className={classes.help}>
              <span>{help}</span>
              {allowed !== undefined && <span>{`Allowed: ${allowed}.`}</span>}
              {defaultText !== undefined && <span>{`Default: ${defaultText}.${provenance === undefined || provenance === '' ? '' : ` ${provenance}`}`}</span>}
            </span>
          }
        >
          <ActionIcon variant="transparent" color="gray" size={16} className={classes.info} aria-label={`About ${title.toLowerCase()}: ${help}`}>
            <IconInfoCircle size={14} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
        {onReset !== undefined && (
          <Tooltip label={`Reset to ${defaultText ?? 'the default'}`}>
            <ActionIcon
              variant="transparent"
              size={16}
              className={classes.reset}
              aria-label={`Reset ${title.toLowerCase()} to ${defaultText ?? 'its default'}`}
              onClick={onReset}
            >
              <IconRestore size={14} stroke={1.8} />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      <div className={classes.field}>{children}</div>
    </div>
  );
}
