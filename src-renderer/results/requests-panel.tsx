import { useMemo } from 'react';
import { formatDuration } from '../../src-shared/base/format';
import { FAILURE_TITLES } from '../../src-shared/engine/metrics';
import type { LoggedRequest } from '../../src-shared/run/result';
import { formatClock } from '../charts/chart-format';
import { useRun } from '../run/run';
import { EmptyState } from './empty-state';
import classes from './panels.module.css';
import { type TableColumn, VirtualTable } from './virtual-table';

interface Row extends LoggedRequest {
  readonly index: number;
}

const COLUMNS = (nameOf: (id: string) => string): readonly TableColumn<Row>[] => [
  { key: 'index', title: 'Request', width: 84, cell: (row) => row.index + 1, sortValue: (row) => row.index },
  { key: 'client', title: 'Client', width: 150, text: true, cell: (row) => nameOf(row.clientId), sortValue: (row) => nameOf(row.clientId) },
  { key: 'operation', title: 'Operation', width: 120, text: true, cell: (row) => row.operation, sortValue: (row) => row.operation },
  {
    key: 'arrival',
    title: 'Arrival',
    help: 'Simulated time of the arrival.',
    width: 100,
    cell: (row) => formatClock(row.arrivalMs / 1000, 3),
    sortValue: (row) => row.arrivalMs,
  },
  {
    key: 'latency',
    title: 'Latency',
    help: 'Time from arrival to the end of the request.',
    width: 100,
    cell: (row) => formatDuration(row.endMs - row.arrivalMs),
    sortValue: (row) => row.endMs - row.arrivalMs,
  },
  {
    key: 'waiting',
    title: 'Waiting',
    help: 'Time in queues, all parts together.',
    width: 100,
    cell: (row) => formatDuration(row.waitingMs),
    sortValue: (row) => row.waitingMs,
  },
  {
    key: 'service',
    title: 'Service',
    help: 'Time in service, all parts together.',
    width: 100,
    cell: (row) => formatDuration(row.serviceMs),
    sortValue: (row) => row.serviceMs,
  },
  {
    key: 'outcome',
    title: 'Outcome',
    width: 150,
    text: true,
    cell: (row) => (
      <span className={classes.outcome} data-failed={row.outcome !== 'completed' || undefined}>
        {row.outcome === 'completed' ? '✓ completed' : `✕ ${FAILURE_TITLES[row.outcome]}`}
      </span>
    ),
    sortValue: (row) => row.outcome,
  },
];

/** The first requests of the run, one by one. */
export function RequestsPanel() {
  const result = useRun((state) => state.result);
  const rows = useMemo<readonly Row[]>(() => result?.requests.map((request, index) => ({ ...request, index })) ?? [], [result]);
  const columns = useMemo(() => {
    const names = new Map(result?.components.map(({ id, name }) => [id, name]));
    return COLUMNS((id) => names.get(id) ?? id);
  }, [result]);
  if (rows.length === 0)
    return (
      <EmptyState title="No requests listed">
        {result === null ? 'The list is complete when the run has ended.' : 'No request ended in this run. Run for longer.'}
      </EmptyState>
    );
  return <VirtualTable label="Requests one by one" columns={columns} rows={rows} rowKey={(row) => String(row.index)} />;
}
