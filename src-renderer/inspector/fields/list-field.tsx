import { Button, Text } from '@mantine/core';
import { IconTable } from '@tabler/icons-react';
import { useState } from 'react';
import { describeDistribution } from '../../../src-shared/kinds/describe-distribution';
import type { Distribution } from '../../../src-shared/kinds/distribution';
import type { Param } from '../../../src-shared/kinds/params';
import { describeValue } from '../field-text';
import classes from './fields.module.css';
import { ListDialog } from './list-dialog';
import type { ParamFieldProps } from './param-field';

/** Rows shown beneath the heading without opening the table. */
const SHOWN = 5;

function describeCell(field: Param, value: unknown): string {
  return field.type === 'distribution' ? describeDistribution(value as Distribution) : describeValue(field, value);
}

/** A list: its first rows in short, and a button for the table in which it is edited. */
export function ListField({ param, value, label, problem, onChange, onSeal }: ParamFieldProps) {
  const [opened, setOpened] = useState(false);
  const rows = (Array.isArray(value) ? value : []) as readonly Readonly<Record<string, unknown>>[];
  const fields = Object.entries(param.fields ?? {});
  const noun = param.rowTitle ?? 'row';
  return (
    <div>
      {rows.length > 0 && (
        <ul className={classes.summary}>
          {rows.slice(0, SHOWN).map((row, index) => {
            const cells = fields.slice(0, 3).map(([key, field]) => describeCell(field, row[key]));
            return (
              // Rows have no identity but their place.
              // biome-ignore lint/suspicious/noArrayIndexKey: the place is the identity
              <li key={index}>
                <span>{cells[0]}</span>
                <span>{cells.slice(1).join(' · ')}</span>
              </li>
            );
          })}
          {rows.length > SHOWN && <li>{`and ${rows.length - SHOWN} more`}</li>}
        </ul>
      )}
      {problem !== undefined && (
        <Text size="xs" c="var(--tl-failing)" mb={4}>
          {problem}
        </Text>
      )}
      <Button
        variant="default"
        size="compact-xs"
        leftSection={<IconTable size={13} />}
        aria-label={`Edit ${label.toLowerCase()}`}
        onClick={() => setOpened(true)}
      >
        {rows.length === 0 ? `Add ${noun}s …` : `Edit ${noun}s …`}
      </Button>
      <ListDialog opened={opened} param={param} label={label} rows={rows} onChange={onChange} onSeal={onSeal} onClose={() => setOpened(false)} />
    </div>
  );
}
