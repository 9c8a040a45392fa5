import { ActionIcon, Tooltip } from '@mantine/core';
import { IconChartLine, IconTable, type TablerIcon } from '@tabler/icons-react';

interface TableToggleProps {
  /** Title of the chart. */
  readonly title: string;
  /** Whether the table is on display. */
  readonly table: boolean;
  /** Stands for the chart while the table is on display. */
  readonly icon?: TablerIcon;
  readonly onToggle: () => void;
}

/** Button of a chart's head: the table behind it, and back. */
export function TableToggle({ title, table, icon: Icon = IconChartLine, onToggle }: TableToggleProps) {
  return (
    <Tooltip label={table ? 'Show as chart' : 'Show as table'}>
      <ActionIcon size="xs" variant="subtle" color="gray" aria-label={`${title}: show as ${table ? 'chart' : 'table'}`} onClick={onToggle}>
        {table ? <Icon size={14} /> : <IconTable size={14} />}
      </ActionIcon>
    </Tooltip>
  );
}
