import { ActionIcon, Tooltip } from '@mantine/core';
import { IconChartLine, IconTable } from '@tabler/icons-react';
import { memo, useEffect, useMemo, useRef, useState } from 'react';
import classes from './chart-cell.module.css';
import { type ChartData, drawnChart } from './chart-data';
import { formatChartValue, formatClock, UNIT_WORDS } from './chart-format';
import { Plot } from './plot';
import { SeriesTable } from './series-table';
import { namesAt, type Shade } from './shades';

interface ChartCellProps {
  readonly chart: ChartData;
  readonly scheme: 'light' | 'dark';
  readonly endS: number;
  readonly warmUpS: number;
  readonly shades: readonly Shade[];
}

const NONE_HIDDEN: ReadonlySet<string> = new Set();

/** The latest number of a column. */
function lastValue(column: readonly (number | null)[]): number | null {
  for (let index = column.length - 1; index >= 0; index--) {
    const value = column[index];
    if (value != null) return value;
  }
  return null;
}

/** A chart with its head, a legend that tells the values under the crosshair, and the table behind it. */
export const ChartCell = memo(function ChartCell({ chart: whole, scheme, endS, warmUpS, shades }: ChartCellProps) {
  const chart = useMemo(() => drawnChart(whole), [whole]);
  const [table, setTable] = useState(false);
  const [log, setLog] = useState(false);
  const [hidden, setHidden] = useState(NONE_HIDDEN);
  const [focused, setFocused] = useState<string | null>(null);
  const values = useRef(new Map<string, HTMLElement>());
  const time = useRef<HTMLSpanElement>(null);
  const fault = useRef<HTMLSpanElement>(null);
  const cursor = useRef<number | null>(null);

  // The legend follows the cursor without drawing the chart again: its texts are written straight into the page.
  const writeLegend = (index: number | null): void => {
    cursor.current = index;
    for (const [position, line] of chart.lines.entries()) {
      const column = chart.columns[position] ?? [];
      const element = values.current.get(line.key);
      if (element !== undefined) element.textContent = formatChartValue(chart.unit, index === null ? lastValue(column) : column[index]);
    }
    const seconds = index === null ? undefined : chart.timesS[index];
    if (time.current !== null) time.current.textContent = seconds === undefined ? '' : formatClock(seconds, 1);
    if (fault.current !== null) fault.current.textContent = seconds === undefined ? '' : namesAt(shades, seconds);
  };
  useEffect(() => writeLegend(cursor.current !== null && cursor.current < chart.timesS.length ? cursor.current : null));

  const toggle = (key: string): void => {
    const next = new Set(hidden);
    if (!next.delete(key)) next.add(key);
    setHidden(next);
  };
  return (
    <section className={classes.cell} aria-label={chart.title} data-testid={`chart-${chart.id}`}>
      <header className={classes.head}>
        <Tooltip
          label={chart.merged > 1 ? `${chart.help} Drawn as means of ${chart.merged} intervals; the table has each.` : chart.help}
          position="bottom-start"
        >
          <h3 className={classes.title}>{chart.title}</h3>
        </Tooltip>
        <span ref={time} className={`${classes.time} tl-number`} />
        <span ref={fault} className={classes.fault} data-testid={`fault-at-${chart.id}`} />
        <span className={classes.unit}>{UNIT_WORDS[chart.unit]}</span>
        {chart.unit === 'ms' && !table && (
          <Tooltip label={log ? 'Back to a linear axis' : 'Logarithmic axis, for latencies that span decades'}>
            <button type="button" className={classes.log} aria-label={`${chart.title}: logarithmic axis`} aria-pressed={log} onClick={() => setLog(!log)}>
              log
            </button>
          </Tooltip>
        )}
        <Tooltip label={table ? 'Show as chart' : 'Show as table'}>
          <ActionIcon
            size="xs"
            variant="subtle"
            color="gray"
            aria-label={`${chart.title}: show as ${table ? 'chart' : 'table'}`}
            onClick={() => setTable(!table)}
          >
            {table ? <IconChartLine size={14} /> : <IconTable size={14} />}
          </ActionIcon>
        </Tooltip>
      </header>
      {table ? (
        <SeriesTable chart={whole} />
      ) : (
        <>
          <div className={classes.legend}>
            {chart.lines.map((line) => (
              <button
                key={line.key}
                type="button"
                className={classes.item}
                aria-pressed={!hidden.has(line.key)}
                title={`${line.label}: click to show or hide`}
                onClick={() => toggle(line.key)}
                onPointerEnter={() => setFocused(line.key)}
                onPointerLeave={() => setFocused(null)}
                onFocus={() => setFocused(line.key)}
                onBlur={() => setFocused(null)}
              >
                <svg width="16" height="8" aria-hidden="true">
                  <line x1="0" y1="4" x2="16" y2="4" stroke={line.color} strokeWidth="2.5" strokeDasharray={line.dash.join(' ')} />
                </svg>
                <span className={classes.label}>{line.label}</span>
                <b
                  className="tl-number"
                  ref={(element) => {
                    if (element === null) values.current.delete(line.key);
                    else values.current.set(line.key, element);
                  }}
                />
              </button>
            ))}
            {chart.lines.length === 0 && <span className={classes.none}>{chart.timesS.length === 0 ? 'No points yet' : 'No part with this number'}</span>}
          </div>
          <Plot
            chart={chart}
            scheme={scheme}
            log={log}
            hidden={hidden}
            focused={focused}
            endS={endS}
            warmUpS={warmUpS}
            shades={shades}
            onCursor={writeLegend}
          />
        </>
      )}
    </section>
  );
});
