import { ActionIcon, Alert, Button, NumberInput, Progress, Select, Switch, TextInput, Tooltip } from '@mantine/core';
import { IconDownload, IconFocusCentered, IconHelpCircle, IconHistory, IconPlayerStop, IconRoute } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { outcomeText, PICK_WORDS, TIME_WORDS, traceNames } from '../../src-shared/analysis/trace-text';
import { formatDuration, formatNumber, formatShare } from '../../src-shared/base/format';
import { parseQuantity } from '../../src-shared/base/parse-quantity';
import type { TraceOutcome, TraceSet } from '../../src-shared/protocol/trace';
import { formatClock } from '../charts/chart-format';
import { showHelp } from '../help/help-store';
import { exportProjectJson } from '../results/exports';
import panels from '../results/panels.module.css';
import { type TableColumn, VirtualTable } from '../results/virtual-table';
import { useRun } from '../run/run';
import { filterRows, NO_FILTER, operationKey, type TraceFilter, type TraceRow, traceRows } from './trace-rows';
import { TraceWaterfall } from './trace-waterfall';
import classes from './traces-panel.module.css';
import { cancelTracing, selectTrace, traceKey, traceNow, traceObstacle, tracesStore } from './traces-store';

const ANY = '';
const NARROW_COLUMNS: readonly TableColumn<TraceRow>[] = [
  {
    key: 'latency',
    title: 'Latency',
    help: 'From the sending of the request to its outcome; of requests still under way, up to where tracing ended.',
    width: 86,
    cell: (row) => (
      <button
        type="button"
        className={panels.nameButton}
        data-focus-home
        aria-label={`Request ${row.trace.number}, ${formatDuration(row.latencyMs)}, ${row.outcome}`}
      >
        {formatDuration(row.latencyMs)}
      </button>
    ),
    sortValue: (row) => row.latencyMs,
  },
  {
    key: 'outcome',
    title: 'Outcome',
    width: 128,
    text: true,
    cell: (row) => (
      <span className={panels.outcome} data-failed={row.failed || undefined}>
        {row.outcome}
      </span>
    ),
    sortValue: (row) => row.outcome,
  },
  {
    key: 'most',
    title: 'Mostly',
    help: 'What took most of its time on the critical path.',
    width: 138,
    text: true,
    cell: (row) => (row.most === null ? '–' : `${TIME_WORDS[row.most.kind].title} ${formatShare(row.most.share)}`),
    sortValue: (row) => (row.most === null ? null : `${row.most.kind} ${1 - row.most.share}`),
  },
  { key: 'operation', title: 'Operation', width: 110, text: true, cell: (row) => row.trace.operation, sortValue: (row) => row.trace.operation },
  {
    key: 'begin',
    title: 'Begun at',
    help: 'Simulated time.',
    width: 88,
    cell: (row) => formatClock(row.beginMs / 1000, 2),
    sortValue: (row) => row.beginMs,
  },
  {
    key: 'again',
    title: 'Retries',
    help: 'Attempts after the first, and hedges beside one that was under way, anywhere in the request.',
    width: 76,
    cell: (row) =>
      row.retries + row.hedges === 0 ? '–' : [row.retries > 0 ? `${row.retries}` : '', row.hedges > 0 ? `${row.hedges} h` : ''].filter(Boolean).join(' + '),
    sortValue: (row) => row.retries + row.hedges,
  },
  {
    key: 'stale',
    title: 'Stale by',
    help: 'How long before its oldest stale read the first write that it did not show had been acknowledged.',
    width: 80,
    cell: (row) => (row.trace.staleNs === undefined ? '–' : formatDuration(row.trace.staleNs / 1e6)),
    sortValue: (row) => row.trace.staleNs ?? -1,
  },
  {
    key: 'why',
    title: 'Kept as',
    help: 'Why this request was kept.',
    width: 220,
    text: true,
    cell: (row) => row.trace.picks.map((pick) => PICK_WORDS[pick]).join('; '),
    sortValue: (row) => row.trace.picks[0] ?? '',
  },
];

/** How many requests were looked at, and what was left out. */
function boundsText({ traces, requests }: TraceSet, shown: number): string {
  const kept = `${shown} of ${traces.length} kept, of ${formatNumber(requests.begun, 15)} requests`;
  return requests.unrecorded > 0 ? `${kept}; ${formatNumber(requests.unrecorded, 15)} could not be followed` : kept;
}

/** Starts tracing, with the rate of the sample; says why it cannot be started. */
function TraceButton({ label }: { readonly label: string }) {
  const obstacle = useRun(traceObstacle);
  const sampleRate = useStore(tracesStore, (state) => state.sampleRate);
  return (
    <div className={classes.start}>
      <Tooltip label={obstacle} disabled={obstacle === null}>
        <Button
          size="compact-sm"
          leftSection={<IconRoute size={14} />}
          data-disabled={obstacle !== null || undefined}
          aria-disabled={obstacle !== null || undefined}
          onClick={() => {
            if (obstacle === null) void traceNow();
          }}
        >
          {label}
        </Button>
      </Tooltip>
      <Tooltip
        multiline
        w={280}
        label="Share of all requests that is drawn by chance as well, so that usual requests are seen beside the slow and the failed ones. At most 200 of them are kept. It changes no number of the run."
      >
        <NumberInput
          aria-label="Also sample this share of all requests, in percent"
          size="xs"
          w={120}
          min={0}
          max={100}
          decimalScale={3}
          prefix="sample "
          suffix=" %"
          value={Math.round(sampleRate * 100_000) / 1000}
          onChange={(value) => typeof value === 'number' && tracesStore.setState({ sampleRate: Math.min(1, Math.max(0, value / 100)) })}
        />
      </Tooltip>
    </div>
  );
}

function Working() {
  const progress = useStore(tracesStore, (state) => state.progress);
  const leftMs = useStore(tracesStore, (state) => state.leftMs);
  return (
    <div className={classes.working} role="status" aria-label="Tracing">
      <span>{`Repeating the run and recording requests: ${Math.floor(progress * 100)} %${leftMs === null ? '' : `, ${formatDuration(leftMs)} left`}`}</span>
      <Progress value={progress * 100} aria-label="Progress of tracing" w={180} />
      <Button size="compact-xs" variant="default" leftSection={<IconPlayerStop size={13} />} onClick={cancelTracing}>
        Cancel
      </Button>
    </div>
  );
}

interface FiltersProps {
  readonly rows: readonly TraceRow[];
  readonly filter: TraceFilter;
  readonly partName: (id: string) => string;
  readonly onChange: (filter: TraceFilter) => void;
}

function Filters({ rows, filter, partName, onChange }: FiltersProps) {
  const [slower, setSlower] = useState('');
  const operations = useMemo(() => [...new Set(rows.map((row) => operationKey(row.trace)))].sort(), [rows]);
  const outcomes = useMemo(() => [...new Set(rows.map((row) => row.trace.outcome))].sort(), [rows]);
  const parts = useMemo(() => [...new Set(rows.flatMap((row) => [...row.componentIds]))].sort(), [rows]);
  const parsed = slower.trim() === '' ? null : parseQuantity(slower, 'duration', 'ms');
  return (
    <>
      {operations.length > 1 && (
        <Select
          aria-label="Operation"
          className={classes.filter ?? ''}
          data={[{ value: ANY, label: 'All operations' }, ...operations.map((value) => ({ value, label: value.slice(value.indexOf(': ') + 2) }))]}
          value={filter.operation}
          onChange={(value) => onChange({ ...filter, operation: value ?? ANY })}
        />
      )}
      <Select
        aria-label="Outcome"
        className={classes.filter ?? ''}
        data={[{ value: ANY, label: 'All outcomes' }, ...outcomes.map((value) => ({ value, label: outcomeText(value) }))]}
        value={filter.outcome}
        onChange={(value) => onChange({ ...filter, outcome: (value ?? ANY) as TraceOutcome | '' })}
      />
      <Select
        aria-label="Passed part"
        className={classes.filter ?? ''}
        searchable={parts.length > 10}
        data={[{ value: ANY, label: 'All parts' }, ...parts.map((value) => ({ value, label: `via ${partName(value)}` }))]}
        value={filter.componentId}
        onChange={(value) => onChange({ ...filter, componentId: value ?? ANY })}
      />
      <TextInput
        aria-label="Slower than"
        placeholder="slower than"
        className={classes.slower ?? ''}
        value={slower}
        error={parsed !== null && !parsed.ok}
        onChange={(event) => {
          const text = event.currentTarget.value;
          setSlower(text);
          const value = text.trim() === '' ? null : parseQuantity(text, 'duration', 'ms');
          if (value === null || value.ok) onChange({ ...filter, slowerThanMs: value === null ? 0 : value.value });
        }}
      />
      <Switch
        size="xs"
        aria-label="Retried or hedged"
        className={classes.again ?? ''}
        label="Retried"
        checked={filter.again}
        onChange={(event) => onChange({ ...filter, again: event.currentTarget.checked })}
      />
      <Switch
        size="xs"
        aria-label="With a stale read"
        className={classes.again ?? ''}
        label="Stale"
        checked={filter.stale}
        onChange={(event) => onChange({ ...filter, stale: event.currentTarget.checked })}
      />
    </>
  );
}

function List({ set }: { readonly set: TraceSet }) {
  const selected = useStore(tracesStore, (state) => state.selected);
  const design = useRun((state) => state.project?.designs.find(({ id }) => id === state.designId));
  const key = useStore(tracesStore, (state) => state.key);
  const old = useRun((state) => traceKey(state) !== key);
  const [filter, setFilter] = useState<TraceFilter>(NO_FILTER);
  const names = useMemo(() => traceNames(design), [design]);
  const rows = useMemo(() => traceRows(set, names), [set, names]);
  const shown = useMemo(() => filterRows(rows, filter), [rows, filter]);
  const chosen = rows.find((row) => row.trace.number === selected)?.trace ?? null;
  return (
    <>
      <div className={panels.tools}>
        <Filters rows={rows} filter={filter} partName={names.part} onChange={setFilter} />
        <span className={`${panels.hint} ${classes.hint}`} role="status">
          {boundsText(set, shown.length)}
        </span>
        <div className={classes.end}>
          {old && (
            <span className={classes.old} title="The run has gone on since it was traced">
              <IconHistory size={14} aria-hidden="true" />
              <span>The run has gone on since</span>
            </span>
          )}
          <TraceButton label="Trace again" />
          <Tooltip label="Export the traces as JSON">
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label="Export the traces as JSON"
              onClick={() => void exportProjectJson('traces', `${JSON.stringify(set, null, 2)}\n`)}
            >
              <IconDownload size={15} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label="About traces">
            <ActionIcon variant="subtle" color="gray" aria-label="About traces" onClick={() => showHelp('traces')}>
              <IconHelpCircle size={15} />
            </ActionIcon>
          </Tooltip>
        </div>
      </div>
      <div className={classes.split} data-chosen={chosen !== null || undefined}>
        <div className={classes.list}>
          {shown.length === 0 ? (
            <div className={classes.none}>
              {set.traces.length === 0 ? 'No request came while the run was traced.' : 'No request that was kept fits these filters.'}
            </div>
          ) : (
            <VirtualTable
              label="Traces of the run"
              columns={NARROW_COLUMNS}
              rows={shown}
              rowKey={(row) => String(row.trace.number)}
              chosenKey={selected === null ? null : String(selected)}
              onRowClick={(row) => selectTrace(row.trace.number)}
            />
          )}
        </div>
        {chosen === null ? (
          <div className={classes.none}>
            <IconFocusCentered size={22} stroke={1.4} aria-hidden="true" />
            Choose a request to see where its time went.
          </div>
        ) : (
          <TraceWaterfall key={chosen.number} trace={chosen} untilNs={set.simulatedMs * 1e6} warmUpNs={set.options.warmUpMs * 1e6} names={names} />
        )}
      </div>
    </>
  );
}

/** Single requests with everything that happened to them: a list, the waterfall of one of them, its way on the canvas and its replay. */
export function TracesPanel() {
  const phase = useStore(tracesStore, (state) => state.phase);
  const set = useStore(tracesStore, (state) => state.set);
  const message = useStore(tracesStore, (state) => state.message);
  const obstacle = useRun(traceObstacle);
  const notice = message === null || message === obstacle ? null : message;
  return (
    <div className={panels.column}>
      {notice !== null && (
        <Alert color="yellow" variant="light" withCloseButton closeButtonLabel="Close" onClose={() => tracesStore.setState({ message: null })} p="xs">
          {notice}
        </Alert>
      )}
      {phase === 'tracing' && <Working />}
      {set !== null ? (
        <List set={set} />
      ) : (
        phase !== 'tracing' && (
          <div className={classes.empty}>
            <strong>Why was one request slow?</strong>
            <p>
              A trace shows one request with everything that happened to it: waiting, service, network, retries and hedges. The first replication of the run is
              repeated, with the same random numbers, and the slowest and the failed requests are kept. The run and its numbers stay as they are.
            </p>
            <TraceButton label="Trace this run" />
            {obstacle !== null && <span>{obstacle}</span>}
          </div>
        )
      )}
    </div>
  );
}
