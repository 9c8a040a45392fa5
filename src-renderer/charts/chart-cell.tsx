import { Tooltip } from '@mantine/core';
import { memo, useEffect, useMemo, useRef, useState } from 'react';
import classes from './chart-cell.module.css';
import type { ChartData } from './chart-data';
import { formatChartValue, formatClock, UNIT_WORDS } from './chart-format';
import { ChartMenu, type ChartPoint } from './chart-menu';
import { type DrawnChart, drawnChart } from './drawn-chart';
import { Plot } from './plot';
import type { TransientMark } from './plot-drawing';
import { SeriesTable } from './series-table';
import { namesAt, type Shade } from './shades';
import type { Span } from './span';

import { TableToggle } from './table-toggle';

interface ChartCellProps {
  readonly chart: ChartData;
  readonly scheme: 'light' | 'dark';
  readonly endS: number;
  readonly warmUpS: number;
  readonly shades: readonly Shade[];
  /** End of the transient as MSER-5 finds it, once the run is over. */
  readonly transient?: TransientMark | null;
  /** Of a chart of the run on display: what is zoomed to, and whether the run is over. Other charts have no menu and no zoom. */
  readonly live?: { readonly zoom: Span | null; readonly onZoom: (span: Span | null) => void; readonly over: boolean };
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

/** What a chart shows, and what its drawing leaves to the table. */
function helpOf({ help, merged, ranges }: DrawnChart): string {
  if (merged === 1) return help;
  return ranges === null
    ? `${help} Drawn with the lowest and highest of every ${merged} intervals; the table has each.`
    : `${help} Drawn as means of ${merged} intervals, with their range behind them; zoom in to see each.`;
}

/** A chart with its head, a legend that tells the values under the crosshair, and the table behind it. */
export const ChartCell = memo(function ChartCell({ chart: whole, scheme, endS, warmUpS, shades, transient = null, live }: ChartCellProps) {
  const zoom = live?.zoom ?? null;
  const chart = useMemo(() => drawnChart(whole, zoom), [whole, zoom]);
  const span = useMemo(() => zoom ?? { fromS: 0, toS: endS }, [zoom, endS]);
  const surroundings = useMemo(() => ({ warmUpS, transient, shades }), [warmUpS, transient, shades]);
  const [point, setPoint] = useState<ChartPoint | null>(null);
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

  const describe = (index: number): string => {
    const values = chart.lines
      .filter(({ key }) => !hidden.has(key))
      .map((line) => `${line.label} ${formatChartValue(chart.unit, chart.columns[chart.lines.indexOf(line)]?.[index])}`);
    return [`${formatClock(chart.timesS[index] ?? 0, 1)}:`, ...values, namesAt(shades, chart.timesS[index] ?? 0)].filter(Boolean).join(' ');
  };
  const toggle = (key: string): void => {
    const next = new Set(hidden);
    if (!next.delete(key)) next.add(key);
    setHidden(next);
  };
  return (
    <section className={classes.cell} aria-label={chart.title} data-testid={`chart-${chart.id}`}>
      <header className={classes.head}>
        <Tooltip label={helpOf(chart)} position="bottom-start">
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
        <TableToggle title={chart.title} table={table} onToggle={() => setTable(!table)} />
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
                <span className={classes.label} dir="auto">
                  {line.label}
                </span>
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
          <div className={classes.plot}>
            <Plot
              chart={chart}
              scheme={scheme}
              log={log}
              hidden={hidden}
              focused={focused}
              span={span}
              endS={endS}
              surroundings={surroundings}
              onCursor={writeLegend}
              describe={describe}
              onZoom={live?.onZoom}
              onPoint={live === undefined ? undefined : (index, place) => setPoint({ atS: chart.timesS[index] ?? 0, place })}
            />
            {live !== undefined && (
              <ChartMenu
                point={point}
                onClose={() => setPoint(null)}
                title={chart.title}
                over={live.over}
                latency={chart.id === 'latency'}
                span={span}
                endS={endS}
              />
            )}
          </div>
        </>
      )}
    </section>
  );
});
