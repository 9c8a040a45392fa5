import { Button, Select, TextInput } from '@mantine/core';
import { IconArrowDownRight, IconArrowUpRight, IconDownload, IconMinus, IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { RunEvent } from '../../src-shared/run/result';
import { useUi } from '../app/ui-store';
import { formatClock } from '../charts/chart-format';
import { useRun } from '../run/run';
import { isActive } from '../run/run-state';
import { showRecord } from '../run/show-record';
import { goToTime } from '../time-travel/go-to-time';
import { EmptyState } from './empty-state';
import { eventNames } from './event-names';
import { EVENT_GROUPS, eventDetail, eventLook, eventPlace, eventRecord } from './events';
import classes from './events-panel.module.css';
import { exportEventsCsv } from './exports';
import panels from './panels.module.css';
import { type TableColumn, VirtualTable } from './virtual-table';

interface Row {
  readonly index: number;
  readonly event: RunEvent;
  readonly title: string;
  readonly group: string;
  readonly tone: 'worse' | 'better' | 'neutral';
  readonly place: string;
  readonly detail: string;
  readonly recordId: string | null;
}

const TONES = { worse: IconArrowDownRight, better: IconArrowUpRight, neutral: IconMinus } as const;

const COLUMNS: readonly TableColumn<Row>[] = [
  {
    key: 'time',
    title: 'Time',
    help: 'Simulated time. A click leads to this time of the run and to the part.',
    width: 110,
    cell: (row) => (
      <button type="button" className={panels.nameButton}>
        {formatClock(row.event.atMs / 1000, 3)}
      </button>
    ),
    sortValue: (row) => row.event.atMs,
  },
  {
    key: 'what',
    title: 'What',
    width: 190,
    text: true,
    cell: (row) => {
      const Icon = TONES[row.tone];
      return (
        <span className={classes.what} data-tone={row.tone}>
          <Icon size={14} stroke={2.2} aria-hidden="true" />
          {row.title}
        </span>
      );
    },
    sortValue: (row) => row.title,
  },
  { key: 'place', title: 'Where', width: 240, text: true, cell: (row) => row.place || '–', sortValue: (row) => row.place },
  { key: 'detail', title: 'Details', width: 300, text: true, cell: (row) => row.detail, sortValue: (row) => row.detail },
];
const ALL = 'all';

/** Goes to the part and, where one can look back, to the time. */
function choose(row: Row): void {
  goToTime(row.event.atMs);
  if (row.recordId !== null) showRecord(row.recordId);
}

/** What happened in the run: faults, instances, scaling, breakers and what balancers did, with simulated time. */
export function EventsPanel() {
  const journal = useRun((state) => state.journal);
  const dropped = useRun((state) => state.result?.journalDropped ?? 0);
  const active = useRun((state) => isActive(state.phase));
  const over = useRun((state) => state.result !== null);
  const several = useRun((state) => (state.project?.settings.replications ?? 1) > 1);
  const selection = useUi((state) => state.selection);
  const [group, setGroup] = useState<string>(ALL);
  const [place, setPlace] = useState<string>(ALL);
  const [find, setFind] = useState('');
  const rows = useMemo(() => {
    const names = eventNames();
    return journal.map((event, index): Row => {
      const look = eventLook(event);
      return {
        index,
        event,
        title: look.title,
        group: look.group,
        tone: look.tone,
        place: eventPlace(event, names),
        detail: eventDetail(event, names),
        recordId: eventRecord(event),
      };
    });
  }, [journal]);
  const places = useMemo(() => {
    const names = eventNames();
    const ids = [...new Set(rows.flatMap((row) => row.recordId ?? []))];
    return ids.map((id) => ({ value: id, label: names.component(id) })).sort((one, other) => (one.label < other.label ? -1 : 1));
  }, [rows]);
  const shown = useMemo(() => {
    const words = find.trim().toLowerCase();
    return rows.filter(
      (row) =>
        (group === ALL || row.group === group) &&
        (place === ALL || row.recordId === place) &&
        (words === '' || `${row.title} ${row.place} ${row.detail}`.toLowerCase().includes(words)),
    );
  }, [rows, group, place, find]);
  if (journal.length === 0)
    return (
      <EmptyState title={active ? 'No event yet' : over ? 'No event in this run' : 'No run yet'}>
        Faults that begin and end, instances that come and go, alerts of objectives, decisions of autoscalers, circuit breakers and balancers stand here with
        their time. Single requests, also those that failed, stand under Traces.
      </EmptyState>
    );
  return (
    <div className={panels.column}>
      <div className={panels.tools}>
        <Select
          aria-label="Kind of event"
          w={130}
          data={[{ value: ALL, label: 'All events' }, ...Object.entries(EVENT_GROUPS).map(([value, label]) => ({ value, label }))]}
          value={group}
          onChange={(value) => setGroup(value ?? ALL)}
        />
        <Select
          aria-label="Part or link"
          w={190}
          searchable={places.length > 10}
          data={[{ value: ALL, label: 'All parts and links' }, ...places]}
          value={places.some(({ value }) => value === place) ? place : ALL}
          onChange={(value) => setPlace(value ?? ALL)}
        />
        <TextInput
          aria-label="Find an event"
          placeholder="Find"
          leftSection={<IconSearch size={13} />}
          value={find}
          onChange={(event) => setFind(event.currentTarget.value)}
          w={140}
        />
        <span className={panels.hint} role="status">
          {`${shown.length} of ${journal.length} events${several ? ' of the first replication' : ''}${dropped > 0 ? `; ${dropped} more were not kept` : ''}`}
        </span>
        <Button variant="subtle" color="gray" size="compact-xs" ml="auto" leftSection={<IconDownload size={14} />} onClick={() => void exportEventsCsv()}>
          CSV
        </Button>
      </div>
      <VirtualTable
        label="Events of the run"
        columns={COLUMNS}
        rows={shown}
        rowKey={(row) => String(row.index)}
        isSelected={(row) => row.recordId !== null && selection.includes(row.recordId)}
        onRowClick={choose}
      />
    </div>
  );
}
