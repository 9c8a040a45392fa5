import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import { pastCursor } from '../time-travel/chart-cursor';
import type { ChartData, Line } from './chart-data';
import { formatAxis, formatTick } from './chart-format';
import { drawBounds, highestShown } from './draw-bounds';
import { type DrawnChart, firstAfter } from './drawn-chart';
import classes from './plot.module.css';
import { type ColorOf, drawBeginning, drawRanges, drawShades, labelBeginning, type Surroundings } from './plot-drawing';
import { movedTo, type Span, spanWithin, zoomed } from './span';

interface PlotProps {
  readonly chart: DrawnChart;
  readonly scheme: 'light' | 'dark';
  readonly log: boolean;
  readonly hidden: ReadonlySet<string>;
  /** Line that stands out from the others, or null. */
  readonly focused: string | null;
  /** Part of simulated time on display. */
  readonly span: Span;
  /** End of the whole time axis in s. */
  readonly endS: number;
  readonly surroundings: Surroundings;
  /** Index of the point under the cursor, or null where it is elsewhere. */
  readonly onCursor: (index: number | null) => void;
  /** What a screen reader says of a point. */
  readonly describe: (index: number) => string;
  /** Shows another span, null for the whole; without it the chart cannot be zoomed. */
  readonly onZoom?: ((span: Span | null) => void) | undefined;
  /** Asks for what can be done at a point; the place is in px from the corner of the plot. */
  readonly onPoint?: ((index: number, place: Place) => void) | undefined;
}

/** A place in a plot, in px from its upper left corner. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Ticks between whole things. */
const WHOLE_STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];

/** All charts over time move their crosshair together. */
const CURSORS = UPlot.sync('topolab-charts');

/** What cannot be changed in a plot without making it anew. */
function structureOf(chart: ChartData, scheme: string, log: boolean, hidden: ReadonlySet<string>, zooms: boolean): string {
  return JSON.stringify([scheme, log, chart.lines, [...hidden], zooms]);
}

function dataOf(chart: ChartData, log: boolean): UPlot.AlignedData {
  // A logarithmic axis has no place for zero.
  const columns = log ? chart.columns.map((column) => column.map((value) => (value !== null && value > 0 ? value : null))) : chart.columns;
  return [chart.timesS as number[], ...(columns as (number | null)[][])];
}

/** Room above the highest value, from zero; a share never needs more than its whole. */
function linearRange({ unit, bounds = [], zoomed = false }: ChartData, highest: number | null): UPlot.Range.MinMax {
  const max = highestShown(highest, bounds);
  if (max === null || !(max > 0)) return [0, 1];
  return unit === 'share' && !zoomed ? [0, Math.max(1, max)] : [0, max * 1.08];
}

function logRange(min: number | null, max: number | null): UPlot.Range.MinMax {
  if (min === null || max === null || !(min > 0)) return [1, 100];
  return UPlot.rangeLog(min, Math.max(max, min * 1.01), 10, true);
}

function seriesOf(line: Line, hidden: ReadonlySet<string>): UPlot.Series {
  return {
    label: line.label,
    stroke: line.color,
    width: 1.3,
    show: !hidden.has(line.key),
    ...(line.dash.length > 0 && { dash: [...line.dash] }),
    ...(line.fill === true && { fill: `${line.color}2e` }),
    points: { show: false },
    spanGaps: false,
  };
}

/** Drags shorter than this are clicks. */
const LEAST_DRAG_PX = 6;
/** One key press zooms by this factor. */
const ZOOM_STEP = 0.5;

/** Highest value on display: of the lines, and of the ranges behind them. */
function topOf(chart: DrawnChart, hidden: ReadonlySet<string>, max: number | null): number | null {
  let top = max;
  for (const [index, range] of (chart.ranges ?? []).entries()) {
    if (hidden.has(chart.lines[index]?.key ?? '')) continue;
    for (const value of range.high) if (value !== null && (top === null || value > top)) top = value;
  }
  return top;
}

/**
 * Lines over simulated time. New points are drawn into the plot that is there; only another set of lines makes a new one. With the focus,
 * arrows move the cursor from point to point, plus and minus zoom, Enter asks for what can be done at the point.
 */
export function Plot(props: PlotProps) {
  const { chart, scheme, log, hidden, focused, span, surroundings, onZoom, onPoint } = props;
  const holder = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot>(null);
  const latest = useRef(props);
  latest.current = props;
  const structure = structureOf(chart, scheme, log, hidden, onZoom !== undefined);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `structure` stands for everything that a plot is made of; the rest is read when drawing
  useEffect(() => {
    const element = holder.current;
    if (element === null) return;
    const style = getComputedStyle(element);
    const color: ColorOf = (name) => style.getPropertyValue(name).trim();
    // Colours are read when drawing: while the scheme changes, this effect runs before the page carries the new one.
    const muted = (): string => color('--tl-muted');
    const font = `11px ${style.fontFamily}`;
    const axis = { stroke: muted, font, grid: { stroke: () => color('--tl-line'), width: 1 }, ticks: { show: false } };
    const { unit } = chart;
    const zooms = onZoom !== undefined;
    const options: UPlot.Options = {
      width: Math.max(40, element.clientWidth),
      height: Math.max(40, element.clientHeight),
      padding: [8, 16, 0, 0],
      legend: { show: false },
      // Charts of the run on display follow a look back at it.
      ...(zooms && { plugins: [pastCursor()] }),
      focus: { alpha: 0.18 },
      cursor: {
        sync: { key: CURSORS.key },
        drag: { x: zooms, y: false, setScale: false, dist: LEAST_DRAG_PX },
        // A double click shows the whole run; what uPlot would do with it is fit the axis to the points.
        bind: { dblclick: () => () => null },
        y: false,
        points: { size: 6 },
      },
      scales: {
        x: { time: false, range: () => [latest.current.span.fromS, latest.current.span.toS] },
        y: {
          distr: log ? 3 : 1,
          range: (_plot, min, max) => {
            const { chart: shown } = latest.current;
            const top = topOf(shown, hidden, max);
            return log ? logRange(min, highestShown(top, shown.bounds ?? [])) : linearRange(shown, top);
          },
        },
      },
      axes: [
        {
          ...axis,
          size: 24,
          gap: 4,
          space: 64,
          values: (_plot, ticks, _axis, _space, step) => ticks.map((tick) => formatTick(tick, step, latest.current.span.toS)),
        },
        {
          ...axis,
          size: 42,
          gap: 5,
          space: 26,
          ...(unit === 'instances' && { incrs: WHOLE_STEPS }),
          values: (_plot, ticks) => ticks.map((tick) => (tick === null ? '' : formatAxis(unit, tick))),
        },
      ],
      series: [{}, ...chart.lines.map((line) => seriesOf(line, hidden))],
      hooks: {
        setCursor: [
          (self) => {
            const index = self.cursor.idx ?? null;
            latest.current.onCursor(index);
            if (index !== null && document.activeElement === element) say(element, latest.current, index);
          },
        ],
        setSelect: [
          (self) => {
            const { left, width } = self.select;
            if (width < LEAST_DRAG_PX) return;
            self.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
            const chosen = { fromS: self.posToVal(left, 'x'), toS: self.posToVal(left + width, 'x') };
            latest.current.onZoom?.(spanWithin(chosen, latest.current.endS));
          },
        ],
        drawClear: [
          (self) => drawShades(self, latest.current.surroundings.shades, color('--tl-failing')),
          (self) => drawBeginning(self, latest.current.surroundings, color),
          (self) => drawRanges(self, latest.current.chart, (key) => !hidden.has(key), log),
        ],
        draw: [
          (self) => labelBeginning(self, latest.current.surroundings, style.fontFamily, color),
          (self) => drawBounds(self, latest.current.chart.bounds ?? [], color('--tl-strained'), color('--tl-panel'), style.fontFamily),
        ],
      },
    };
    const made = new UPlot(options, dataOf(latest.current.chart, log), element);
    plot.current = made;
    const onClick = (event: MouseEvent): void => {
      const index = made.cursor.idx;
      const corner = element.getBoundingClientRect();
      if (index != null) latest.current.onPoint?.(index, { x: event.clientX - corner.left, y: event.clientY - corner.top });
    };
    const onDoubleClick = (): void => latest.current.onZoom?.(null);
    made.over.addEventListener('click', onClick);
    made.over.addEventListener('dblclick', onDoubleClick);
    const repaint = requestAnimationFrame(() => made.redraw(false, true));
    const observer = new ResizeObserver(() => made.setSize({ width: Math.max(40, element.clientWidth), height: Math.max(40, element.clientHeight) }));
    observer.observe(element);
    return () => {
      cancelAnimationFrame(repaint);
      observer.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [structure]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the span and the surroundings are read when drawing
  useEffect(() => {
    plot.current?.setData(dataOf(chart, log));
  }, [chart, log, span.fromS, span.toS, surroundings]);

  useEffect(() => {
    const index = chart.lines.findIndex(({ key }) => key === focused);
    plot.current?.setSeries(index < 0 ? null : index + 1, { focus: true });
  }, [focused, chart.lines]);

  const onKeyDown = (event: React.KeyboardEvent<HTMLDivElement>): void => {
    const made = plot.current;
    if (made === null || event.ctrlKey || event.metaKey || event.altKey) return;
    if (pressed(made, props, event.key)) {
      event.preventDefault();
      event.stopPropagation();
    }
  };
  return (
    <div
      ref={holder}
      className={classes.plot}
      role="slider"
      tabIndex={0}
      aria-label={`${chart.title} over simulated time`}
      aria-valuemin={0}
      aria-valuemax={props.endS}
      aria-valuenow={chart.timesS.at(-1) ?? 0}
      aria-valuetext={chart.timesS.length === 0 ? 'no points yet' : props.describe(chart.timesS.length - 1)}
      aria-haspopup={onPoint === undefined ? undefined : 'menu'}
      onKeyDown={onKeyDown}
    />
  );
}

/** Tells a screen reader of a point; the chart is not drawn again for it. */
function say(element: HTMLElement, { chart, describe }: PlotProps, index: number): void {
  element.setAttribute('aria-valuenow', String(chart.timesS[index] ?? 0));
  element.setAttribute('aria-valuetext', describe(index));
}

/** Does what a key is for; whether it is for anything. */
function pressed(plot: UPlot, { chart, span, endS, onZoom, onPoint }: PlotProps, key: string): boolean {
  const { timesS } = chart;
  if (timesS.length === 0) return false;
  const first = Math.min(timesS.length - 1, firstAfter(timesS, span.fromS - 1e-9));
  const last = Math.max(first, firstAfter(timesS, span.toS + 1e-9) - 1);
  const known = plot.cursor.idx;
  const index = known == null || known < first || known > last ? last : known;
  const moveTo = (target: number): true => {
    const to = Math.max(0, Math.min(timesS.length - 1, target));
    const seconds = timesS[to] as number;
    const moved = movedTo(span, seconds, endS);
    if (moved !== span) onZoom?.(moved);
    plot.setCursor({ left: plot.valToPos(seconds, 'x'), top: plot.over.clientHeight / 2 });
    return true;
  };
  const page = Math.max(1, Math.round((last - first) / 10));
  switch (key) {
    case 'ArrowLeft':
      return moveTo(known == null ? last : index - 1);
    case 'ArrowRight':
      return moveTo(known == null ? first : index + 1);
    case 'PageUp':
      return moveTo(index - page);
    case 'PageDown':
      return moveTo(index + page);
    case 'Home':
      return moveTo(first);
    case 'End':
      return moveTo(last);
    case '+':
    case '=':
    case '-': {
      if (onZoom === undefined) return false;
      onZoom(zoomed(span, timesS[index] as number, key === '-' ? 1 / ZOOM_STEP : ZOOM_STEP, endS));
      return true;
    }
    case '0':
      if (onZoom === undefined) return false;
      onZoom(null);
      return true;
    case 'Enter':
    case ' ': {
      if (onPoint === undefined) return false;
      moveTo(index);
      const { left, top } = plot.over.getBoundingClientRect();
      const corner = plot.root.getBoundingClientRect();
      onPoint(index, { x: left - corner.left + plot.valToPos(timesS[index] as number, 'x'), y: top - corner.top + plot.over.clientHeight / 2 });
      return true;
    }
    default:
      return false;
  }
}
