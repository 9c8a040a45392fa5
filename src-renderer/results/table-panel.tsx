import { SegmentedControl, Select, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { formatFailures } from '../../src-shared/analysis/metric-text';
import { type MeasuredRow, measuredRows } from '../../src-shared/analysis/result-export';
import { FAILURE_REASONS, FAILURE_TITLES, METRICS, type MetricName } from '../../src-shared/engine/metrics';
import { useUi } from '../app/ui-store';
import { liveStore, runStore, useRun } from '../run/run';
import { isActive } from '../run/run-state';
import { showRecord } from '../run/show-record';
import { uncertaintyOf } from './certainty';
import { EmptyState } from './empty-state';
import { columnUnit, formatMeasured } from './format-cell';
import { groupsOfMetrics, metricGroup, ORDERED_METRICS } from './metric-groups';
import classes from './panels.module.css';
import { Uncertain } from './uncertain';
import { type TableColumn, VirtualTable } from './virtual-table';

const SCOPES = { all: 'All', component: 'Parts', link: 'Links', operation: 'Operations' } as const;
type ScopeFilter = keyof typeof SCOPES;
const SCOPE_WORDS: Record<MeasuredRow['scope'], string> = {
  'end-to-end': 'whole',
  operation: 'operation',
  component: 'part',
  instance: 'replica',
  link: 'link',
};
const LIVE_MS = 500;
const ALL_GROUPS = 'All columns';
const FAILURES = 'Failures';

/** Rows of a run under way: what the parts show on the canvas. */
function liveRows(): readonly MeasuredRow[] {
  const { project, designId } = runStore.getState();
  const design = project?.designs.find(({ id }) => id === designId);
  if (design === undefined) return [];
  const names = new Map(design.components.map(({ id, name }) => [id, name]));
  const row = (scope: MeasuredRow['scope'], id: string, name: string, kind: string): MeasuredRow => ({
    scope,
    id,
    name,
    kind,
    metrics: liveStore.part(id)?.values ?? {},
    failures: {},
  });
  return [
    ...design.components.map(({ id, name, kind }) => row('component', id, name, kind)),
    ...design.links.map(({ id, from, to }) => row('link', id, `${names.get(from) ?? from} → ${names.get(to) ?? to}`, '')),
  ];
}

/** The rows on display: those of the result, or live ones twice a second. */
function useRows(): readonly MeasuredRow[] {
  const result = useRun((state) => state.result);
  const active = useRun((state) => isActive(state.phase));
  const [live, setLive] = useState<readonly MeasuredRow[]>([]);
  useEffect(() => {
    if (!active) return;
    setLive(liveRows());
    const timer = setInterval(() => setLive(liveRows()), LIVE_MS);
    return () => clearInterval(timer);
  }, [active]);
  return useMemo(() => (result === null ? (active ? live : []) : measuredRows(result, true)), [result, active, live]);
}

/** Metrics that any of the rows has. */
function presentMetrics(rows: readonly MeasuredRow[]): readonly MetricName[] {
  return ORDERED_METRICS.filter((name) => rows.some((row) => row.metrics[name] !== undefined));
}

/** A number, marked where too few requests lie beyond it. */
function NumberCell({ name, row, replications }: { readonly name: MetricName; readonly row: MeasuredRow; readonly replications: number }) {
  const why = uncertaintyOf(name, row, replications);
  return (
    <>
      {why !== null && <Uncertain why={why} />}
      {formatMeasured(name, row, false)}
    </>
  );
}

function columnsOf(rows: readonly MeasuredRow[], withIntervals: boolean, group: string, replications: number): readonly TableColumn<MeasuredRow>[] {
  const present = presentMetrics(rows).filter((name) => group === ALL_GROUPS || metricGroup(name) === group);
  const wanted = group === ALL_GROUPS || group === FAILURES ? FAILURE_REASONS : [];
  const reasons = wanted.filter((reason) => rows.some((row) => (row.failures[reason] ?? 0) > 0));
  return [
    {
      key: 'name',
      title: 'Name',
      width: 210,
      text: true,
      // The row can be clicked anywhere; the button is for the keyboard and for screen readers.
      cell: (row) =>
        row.scope === 'end-to-end' ? (
          row.name
        ) : (
          <button type="button" className={classes.nameButton} title={row.name} dir="auto">
            {row.name}
          </button>
        ),
      sortValue: (row) => row.name.toLowerCase(),
    },
    {
      key: 'scope',
      title: 'Of',
      width: 110,
      text: true,
      cell: (row) => (row.scope === 'component' ? row.kind : SCOPE_WORDS[row.scope]),
      sortValue: (row) => `${row.scope} ${row.kind}`,
    },
    ...present.map(
      (name): TableColumn<MeasuredRow> => ({
        key: name,
        title: METRICS[name].title,
        group: metricGroup(name),
        ...(columnUnit(name) !== '' && { unit: columnUnit(name) }),
        help: METRICS[name].definition,
        width: withIntervals ? 138 : 104,
        cell: (row) => <NumberCell name={name} row={row} replications={replications} />,
        sortValue: (row) => row.metrics[name],
      }),
    ),
    ...reasons.map(
      (reason): TableColumn<MeasuredRow> => ({
        key: `failed:${reason}`,
        title: `Failed: ${FAILURE_TITLES[reason]}`,
        group: FAILURES,
        unit: 'requests',
        help: `Requests of the measured window that failed for this reason: ${FAILURE_TITLES[reason]}.`,
        width: withIntervals ? 138 : 112,
        cell: (row) => formatFailures(reason, row) || '–',
        sortValue: (row) => row.failures[reason],
      }),
    ),
  ];
}

const rowKey = (row: MeasuredRow): string => `${row.scope} ${row.id} ${row.name}`;
const isPinned = (row: MeasuredRow): boolean => row.scope === 'end-to-end';

function choose(row: MeasuredRow): void {
  if (row.id === '') return;
  showRecord(row.id, false);
}

/** Every part, link and operation with all its numbers. */
export function TablePanel() {
  const rows = useRows();
  const result = useRun((state) => state.result);
  const selection = useUi((state) => state.selection);
  const [scope, setScope] = useState<ScopeFilter>('all');
  const [find, setFind] = useState('');
  const [group, setGroup] = useState(ALL_GROUPS);
  const withIntervals = rows.some((row) => row.halfWidths !== undefined);
  const shown = useMemo(() => {
    const wanted = find.trim().toLowerCase();
    return rows.filter(
      (row) =>
        (scope === 'all' ||
          row.scope === scope ||
          (scope === 'component' && row.scope === 'instance') ||
          (scope === 'operation' && row.scope === 'end-to-end')) &&
        (wanted === '' || row.name.toLowerCase().includes(wanted)),
    );
  }, [rows, scope, find]);
  const groups = useMemo(
    () => [...groupsOfMetrics(presentMetrics(rows)), ...(rows.some((row) => Object.keys(row.failures).length > 0) ? [FAILURES] : [])],
    [rows],
  );
  const chosen = groups.includes(group) ? group : ALL_GROUPS;
  const replications = result?.replications ?? 1;
  const columns = useMemo(() => columnsOf(shown, withIntervals, chosen, replications), [shown, withIntervals, chosen, replications]);
  if (rows.length === 0) return <EmptyState title="No numbers yet">Press Run (Space); every part, link and operation gets a row here.</EmptyState>;
  return (
    <div className={classes.column}>
      <div className={classes.tools}>
        <SegmentedControl
          size="xs"
          aria-label="Rows"
          value={scope}
          onChange={(value) => setScope(value as ScopeFilter)}
          data={Object.entries(SCOPES).map(([value, label]) => ({ value, label }))}
        />
        <TextInput
          aria-label="Find a row"
          placeholder="Find"
          leftSection={<IconSearch size={13} />}
          value={find}
          onChange={(event) => setFind(event.currentTarget.value)}
          w={150}
        />
        <Select
          aria-label="Columns"
          w={124}
          data={[ALL_GROUPS, ...groups]}
          value={chosen}
          maxDropdownHeight={300}
          onChange={(value) => setGroup(value ?? ALL_GROUPS)}
        />
        <span className={classes.hint}>
          {result === null
            ? 'Averages over about the last 2.5 s on display. All numbers come when the run ends.'
            : `Measured window ${result.replications > 1 ? `of ${result.replications} replications` : 'after the warm-up'}${withIntervals ? `, ± half-width at ${Math.round(result.settings.confidence * 1000) / 10} %` : ''}.`}
        </span>
      </div>
      <VirtualTable
        label="Numbers of every part and link"
        columns={columns}
        rows={shown}
        rowKey={rowKey}
        isPinned={isPinned}
        isSelected={(row) => row.id !== '' && selection.includes(row.id)}
        onRowClick={choose}
      />
    </div>
  );
}
