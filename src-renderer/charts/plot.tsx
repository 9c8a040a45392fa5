import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import type { ChartData, Line } from './chart-data';
import { formatAxis, formatTick } from './chart-format';
import classes from './plot.module.css';
import type { Shade } from './shades';

interface PlotProps {
  readonly chart: ChartData;
  readonly scheme: 'light' | 'dark';
  readonly log: boolean;
  readonly hidden: ReadonlySet<string>;
  /** Line that stands out from the others, or null. */
  readonly focused: string | null;
  /** End of the time axis in s. */
  readonly endS: number;
  /** Time that the summary leaves out, in s; shaded. */
  readonly warmUpS: number;
  /** Times in which something was wrong; shaded. */
  readonly shades: readonly Shade[];
  /** Index of the point under the cursor, or null where it is elsewhere. */
  readonly onCursor: (index: number | null) => void;
}

/** Ticks between whole things. */
const WHOLE_STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];

/** All charts over time move their crosshair together. */
const CURSORS = UPlot.sync('topolab-charts');

/** What cannot be changed in a plot without making it anew. */
function structureOf(chart: ChartData, scheme: string, log: boolean, hidden: ReadonlySet<string>): string {
  return JSON.stringify([scheme, log, chart.lines, [...hidden]]);
}

function dataOf(chart: ChartData, log: boolean): UPlot.AlignedData {
  // A logarithmic axis has no place for zero.
  const columns = log ? chart.columns.map((column) => column.map((value) => (value !== null && value > 0 ? value : null))) : chart.columns;
  return [chart.timesS as number[], ...columns];
}

/** Room above the highest value, from zero; a share never needs more than its whole. */
function linearRange(unit: ChartData['unit'], max: number | null): UPlot.Range.MinMax {
  if (max === null || !(max > 0)) return [0, 1];
  return unit === 'share' ? [0, Math.max(1, max)] : [0, max * 1.08];
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

/** Shades the times in which faults were under way, behind the lines. */
function drawShades(plot: UPlot, shades: readonly Shade[], endS: number, color: string): void {
  const { ctx, bbox } = plot;
  ctx.save();
  for (const { fromS, toS } of shades) {
    if (fromS >= endS) continue;
    const left = plot.valToPos(fromS, 'x', true);
    const right = plot.valToPos(Math.min(Number.isFinite(toS) ? toS : Math.max(fromS, plot.data[0].at(-1) ?? 0), endS), 'x', true);
    const width = Math.max(devicePixelRatio, right - left);
    ctx.fillStyle = color;
    ctx.globalAlpha = 0.1;
    ctx.fillRect(left, bbox.top, width, bbox.height);
    // A line along the top tells a short window from a line of the chart.
    ctx.globalAlpha = 0.75;
    ctx.fillRect(left, bbox.top, width, 2 * devicePixelRatio);
  }
  ctx.restore();
}

/** Lines over simulated time. New points are drawn into the plot that is there; only another set of lines makes a new one. */
export function Plot({ chart, scheme, log, hidden, focused, endS, warmUpS, shades, onCursor }: PlotProps) {
  const holder = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot>(null);
  const latest = useRef({ chart, log, endS, warmUpS, shades, onCursor });
  latest.current = { chart, log, endS, warmUpS, shades, onCursor };
  const structure = structureOf(chart, scheme, log, hidden);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `structure` stands for everything that a plot is made of; the rest is read when drawing
  useEffect(() => {
    const element = holder.current;
    if (element === null) return;
    const style = getComputedStyle(element);
    const color = (name: string): string => style.getPropertyValue(name).trim();
    // Colours are read when drawing: while the scheme changes, this effect runs before the page carries the new one.
    const muted = (): string => color('--tl-muted');
    const font = `11px ${style.fontFamily}`;
    const axis = { stroke: muted, font, grid: { stroke: () => color('--tl-line'), width: 1 }, ticks: { show: false } };
    const { unit } = chart;
    const options: UPlot.Options = {
      width: Math.max(40, element.clientWidth),
      height: Math.max(40, element.clientHeight),
      padding: [8, 16, 0, 0],
      legend: { show: false },
      focus: { alpha: 0.18 },
      cursor: { sync: { key: CURSORS.key }, drag: { x: false, y: false }, y: false, points: { size: 6 } },
      scales: {
        x: { time: false, range: () => [0, latest.current.endS] },
        y: { distr: log ? 3 : 1, range: (_plot, min, max) => (log ? logRange(min, max) : linearRange(unit, max)) },
      },
      axes: [
        {
          ...axis,
          size: 24,
          gap: 4,
          space: 64,
          values: (_plot, ticks, _axis, _space, step) => ticks.map((tick) => formatTick(tick, step, latest.current.endS)),
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
        setCursor: [(self) => latest.current.onCursor(self.cursor.idx ?? null)],
        drawClear: [
          (self) => {
            const width = self.valToPos(Math.min(latest.current.warmUpS, latest.current.endS), 'x', true) - self.bbox.left;
            if (!(width > 0)) return;
            const { ctx } = self;
            ctx.save();
            ctx.fillStyle = color('--tl-hover');
            ctx.fillRect(self.bbox.left, self.bbox.top, width, self.bbox.height);
            if (width > 62 * devicePixelRatio) {
              ctx.fillStyle = muted();
              ctx.font = `${10 * devicePixelRatio}px ${style.fontFamily}`;
              ctx.textAlign = 'left';
              ctx.textBaseline = 'top';
              ctx.fillText('warm-up', self.bbox.left + 5 * devicePixelRatio, self.bbox.top + 3 * devicePixelRatio);
            }
            ctx.restore();
          },
          // Over the warm-up: a fault that begins in it is seen in it.
          (self) => drawShades(self, latest.current.shades, latest.current.endS, color('--tl-failing')),
        ],
      },
    };
    const made = new UPlot(options, dataOf(latest.current.chart, log), element);
    plot.current = made;
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

  // biome-ignore lint/correctness/useExhaustiveDependencies: the ends of the axis and of the warm-up are read when drawing
  useEffect(() => {
    plot.current?.setData(dataOf(chart, log));
  }, [chart, log, endS, warmUpS, shades]);

  useEffect(() => {
    const index = chart.lines.findIndex(({ key }) => key === focused);
    plot.current?.setSeries(index < 0 ? null : index + 1, { focus: true });
  }, [focused, chart.lines]);

  return <div ref={holder} className={classes.plot} />;
}
