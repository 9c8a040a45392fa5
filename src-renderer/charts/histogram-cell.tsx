import { Menu, NativeSelect, Tooltip } from '@mantine/core';
import { IconChartBar, IconTimeline } from '@tabler/icons-react';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { formatDuration, formatNumber } from '../../src-shared/base/format';
import { isTooFew } from '../../src-shared/base/statistics/percentile-samples';
import type { MetricName } from '../../src-shared/engine/metrics';
import type { LatencyHistogram, Measured, RunResult } from '../../src-shared/run/result';
import { type TableColumn, VirtualTable } from '../results/virtual-table';
import { openTracesNear } from '../traces/open-traces';
import classes from './chart-cell.module.css';
import { HistogramPlot, type PercentileMark } from './histogram-plot';
import { type Bar, shapeOf } from './histogram-shape';
import { TableToggle } from './table-toggle';

const PERCENTILES: readonly { readonly title: string; readonly share: number; readonly metric: MetricName }[] = [
  { title: 'p50', share: 0.5, metric: 'latencyP50Ms' },
  { title: 'p95', share: 0.95, metric: 'latencyP95Ms' },
  { title: 'p99', share: 0.99, metric: 'latencyP99Ms' },
  { title: 'p99.9', share: 0.999, metric: 'latencyP999Ms' },
];

const keyOf = ({ scope, id, operation }: LatencyHistogram): string => `${scope} ${id} ${operation ?? ''}`;

function measuredOf(result: RunResult, { scope, id, operation }: LatencyHistogram): Measured | undefined {
  if (scope === 'end-to-end') return result.endToEnd;
  return scope === 'operation'
    ? result.operations.find((row) => row.clientId === id && row.operation === operation)
    : result.components.find((row) => row.id === id);
}

function titleOf(result: RunResult, { scope, id, operation }: LatencyHistogram): string {
  if (scope === 'end-to-end') return 'End to end';
  const name = result.components.find((row) => row.id === id)?.name ?? id;
  return scope === 'operation' ? `${name}: ${operation ?? ''}` : name;
}

/** Histograms that say something: a client with one operation, or one client alone, repeats what is there already. */
function choicesOf(result: RunResult): readonly LatencyHistogram[] {
  const seen = new Set<string>();
  return result.latencies.filter(({ scope, counts, fromMs }) => {
    if (scope === 'component') return true;
    const content = JSON.stringify([fromMs, counts]);
    if (seen.has(content)) return false;
    seen.add(content);
    return true;
  });
}

const COLUMNS: readonly TableColumn<Bar>[] = [
  { key: 'from', title: 'From', width: 90, cell: (bar) => formatDuration(bar.fromMs), sortValue: (bar) => bar.fromMs },
  { key: 'to', title: 'To below', width: 90, cell: (bar) => formatDuration(bar.toMs), sortValue: (bar) => bar.toMs },
  { key: 'count', title: 'Requests', width: 90, cell: (bar) => formatNumber(bar.count, 15), sortValue: (bar) => bar.count },
  { key: 'below', title: 'Below that', width: 100, cell: (bar) => formatNumber(bar.below * 100, 5).concat(' %'), sortValue: (bar) => bar.below },
];

const sentenceOf = (bar: Bar, total: number): string =>
  `${formatDuration(bar.fromMs)} to ${formatDuration(bar.toMs)}: ${formatNumber(bar.count, 9)} (${formatNumber((bar.count / total) * 100, 2)} %), ${formatNumber(bar.below * 100, 4)} % below`;

/** How the latencies of the measured window are distributed, with their percentiles; of the whole, an operation or a part. */
export function HistogramCell({ result }: { readonly result: RunResult }) {
  const choices = useMemo(() => choicesOf(result), [result]);
  const [chosen, setChosen] = useState('');
  const [cumulative, setCumulative] = useState(false);
  const [table, setTable] = useState(false);
  const [cursor, setCursor] = useState<number | null>(null);
  const [menuOpen, setMenuOpen] = useState(false);
  const holder = useRef<HTMLDivElement>(null);
  const histogram = choices.find((choice) => keyOf(choice) === chosen) ?? choices[0];
  const shape = useMemo(() => (histogram === undefined ? null : shapeOf(histogram)), [histogram]);
  if (histogram === undefined || shape === null) return null;
  const measured = measuredOf(result, histogram);
  const marks = PERCENTILES.flatMap(({ title, share, metric }): PercentileMark[] => {
    const ms = measured?.metrics[metric];
    return ms === undefined ? [] : [{ title, share, ms, uncertain: isTooFew(shape.total, share) }];
  });
  const bar = cursor === null ? undefined : shape.bars[Math.min(cursor, shape.bars.length - 1)];
  const clients = histogram.scope !== 'component';
  const middleMs = bar === undefined ? 0 : Math.sqrt(bar.fromMs * bar.toMs);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const last = shape.bars.length - 1;
    const now = cursor ?? -1;
    const moves: Record<string, number> = {
      ArrowRight: now + 1,
      ArrowLeft: cursor === null ? last : now - 1,
      PageDown: now + 10,
      PageUp: now - 10,
      Home: 0,
      End: last,
    };
    const next = moves[event.key];
    if (next !== undefined) setCursor(Math.max(0, Math.min(last, next)));
    else if ((event.key === 'Enter' || event.key === ' ') && bar !== undefined && clients) setMenuOpen(true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <section className={classes.cell} aria-label="Latency histogram" data-testid="chart-histogram">
      <header className={classes.head}>
        <Tooltip
          label="All requests that ended well in the measured window, of all replications together. The axis is logarithmic; the height of a bar is the number of requests for its width on this axis."
          position="bottom-start"
        >
          <h3 className={`${classes.title} ${classes.whole}`}>Histogram</h3>
        </Tooltip>
        <span className={classes.spring} />
        {choices.length > 1 && (
          <NativeSelect
            size="xs"
            aria-label="Whose latencies"
            className={classes.choice ?? ''}
            classNames={{ input: classes.select ?? '' }}
            value={keyOf(histogram)}
            data={choices.map((choice) => ({ value: keyOf(choice), label: titleOf(result, choice) }))}
            onChange={(event) => {
              setChosen(event.currentTarget.value);
              setCursor(null);
            }}
          />
        )}
        {!table && (
          <Tooltip label={cumulative ? 'Back to counts' : 'Cumulative: the share of the requests below each latency'}>
            <button
              type="button"
              className={classes.log}
              aria-label="Latency histogram: cumulative"
              aria-pressed={cumulative}
              onClick={() => setCumulative(!cumulative)}
            >
              CDF
            </button>
          </Tooltip>
        )}
        <TableToggle title="Latency histogram" table={table} icon={IconChartBar} onToggle={() => setTable(!table)} />
      </header>
      {table ? (
        <VirtualTable label="Latency histogram as a table" columns={COLUMNS} rows={shape.bars} rowKey={(row) => String(row.fromMs)} />
      ) : (
        <>
          <p className={classes.sentence}>{bar === undefined ? `${formatNumber(shape.total, 9)} requests` : sentenceOf(bar, shape.total)}</p>
          <div
            ref={holder}
            className={classes.plot}
            role="slider"
            tabIndex={0}
            aria-label={`Latency histogram: ${titleOf(result, histogram)}`}
            aria-valuemin={0}
            aria-valuemax={shape.bars.length - 1}
            aria-valuenow={cursor ?? 0}
            aria-valuetext={bar === undefined ? `${marks.map(({ title, ms }) => `${title} ${formatDuration(ms)}`).join(', ')}` : sentenceOf(bar, shape.total)}
            aria-haspopup={clients ? 'menu' : undefined}
            onKeyDown={onKeyDown}
          >
            <HistogramPlot
              shape={shape}
              marks={marks}
              cumulative={cumulative}
              cursor={cursor}
              onCursor={(index) => !menuOpen && setCursor(index)}
              onPick={clients ? () => setMenuOpen(true) : undefined}
            />
            <Menu opened={menuOpen} onChange={setMenuOpen} position="bottom" withArrow returnFocus trapFocus>
              <Menu.Target>
                <span aria-hidden="true" className={classes.anchor} />
              </Menu.Target>
              <Menu.Dropdown aria-label={`Requests of about ${formatDuration(middleMs)}`}>
                <Menu.Item leftSection={<IconTimeline size={15} aria-hidden="true" />} onClick={() => openTracesNear(middleMs)}>
                  {`Show a request of about ${formatDuration(middleMs)}`}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </div>
        </>
      )}
    </section>
  );
}
