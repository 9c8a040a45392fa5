import type UPlot from 'uplot';
import { formatDuration } from '../../src-shared/base/format';
import type { DrawnChart } from './drawn-chart';
import type { Shade } from './shades';

/** End of the transient that MSER-5 finds; `settled` is false where it may still last then. */
export interface TransientMark {
  readonly endS: number;
  readonly settled: boolean;
}

/** What is drawn around the lines of a chart over time. */
export interface Surroundings {
  /** Time that the summary leaves out, in s. */
  readonly warmUpS: number;
  readonly transient: TransientMark | null;
  readonly shades: readonly Shade[];
}

/** Reads a colour of the theme by its name. */
export type ColorOf = (name: string) => string;

/** Place of an instant on the canvas, kept within the plot. */
function placeOf(plot: UPlot, seconds: number): number {
  const { left, width } = plot.bbox;
  return Math.max(left, Math.min(left + width, plot.valToPos(seconds, 'x', true)));
}

/** Shades the times in which faults were under way, behind the lines. */
export function drawShades(plot: UPlot, shades: readonly Shade[], color: string): void {
  const { ctx, bbox } = plot;
  const { min = 0, max = 0 } = plot.scales.x ?? {};
  ctx.save();
  for (const { fromS, toS } of shades) {
    const end = Number.isFinite(toS) ? toS : Math.max(fromS, plot.data[0].at(-1) ?? 0);
    if (fromS >= (max ?? 0) || end < (min ?? 0)) continue;
    const left = placeOf(plot, fromS);
    const width = Math.max(devicePixelRatio, placeOf(plot, end) - left);
    ctx.fillStyle = color;
    ctx.globalAlpha = 0.1;
    ctx.fillRect(left, bbox.top, width, bbox.height);
    // A line along the top tells a short window from a line of the chart.
    ctx.globalAlpha = 0.75;
    ctx.fillRect(left, bbox.top, width, 2 * devicePixelRatio);
  }
  ctx.restore();
}

function write(plot: UPlot, text: string, x: number, y: number, font: string, color: string, halo: string): void {
  const { ctx } = plot;
  ctx.fillStyle = color;
  ctx.font = `${10 * devicePixelRatio}px ${font}`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'top';
  // Legible over lines, too.
  ctx.lineWidth = 3 * devicePixelRatio;
  ctx.strokeStyle = halo;
  ctx.strokeText(text, x, y);
  ctx.fillText(text, x, y);
}

/** Shades the warm-up in use, and hatches the transient that MSER-5 found, behind the lines. */
export function drawBeginning(plot: UPlot, { warmUpS, transient }: Surroundings, colorOf: ColorOf): void {
  const { ctx, bbox } = plot;
  const { left, top, height } = bbox;
  ctx.save();
  const warmUp = placeOf(plot, warmUpS) - left;
  if (warmUp > 0) {
    ctx.fillStyle = colorOf('--tl-hover');
    ctx.fillRect(left, top, warmUp, height);
  }
  const width = transient === null ? 0 : placeOf(plot, transient.endS) - left;
  if (width > 0) {
    ctx.beginPath();
    ctx.rect(left, top, width, height);
    ctx.clip();
    ctx.strokeStyle = colorOf('--tl-accent');
    ctx.globalAlpha = 0.22;
    ctx.lineWidth = devicePixelRatio;
    ctx.beginPath();
    const step = 7 * devicePixelRatio;
    for (let x = left - height; x < left + width; x += step) {
      ctx.moveTo(x, top + height);
      ctx.lineTo(x + height, top);
    }
    ctx.stroke();
    ctx.globalAlpha = 0.8;
    ctx.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(left + width - devicePixelRatio, top);
    ctx.lineTo(left + width - devicePixelRatio, top + height);
    ctx.stroke();
  }
  ctx.restore();
}

/** Names what {@link drawBeginning} shaded, above the lines, where there is room. */
export function labelBeginning(plot: UPlot, { warmUpS, transient }: Surroundings, font: string, colorOf: ColorOf): void {
  const { ctx, bbox } = plot;
  const { left, top, width } = bbox;
  const gap = 5 * devicePixelRatio;
  ctx.save();
  if (placeOf(plot, warmUpS) > left + 62 * devicePixelRatio)
    write(plot, 'warm-up', left + gap, top + 3 * devicePixelRatio, font, colorOf('--tl-muted'), colorOf('--tl-panel'));
  if (transient !== null && transient.endS > 0) {
    const end = placeOf(plot, transient.endS);
    const seconds = formatDuration(transient.endS * 1000);
    const texts = transient.settled
      ? [`transient until ${seconds} (MSER-5)`, `MSER-5: ${seconds}`]
      : ['no end of the transient in the first half (MSER-5)', 'MSER-5: no end yet'];
    ctx.font = `${10 * devicePixelRatio}px ${font}`;
    // Inside the span, or beside it, as long as there is room; the short form where there is not.
    for (const text of end > left ? texts : []) {
      const needed = ctx.measureText(text).width + 2 * gap;
      const inside = end - left > needed;
      if (!inside && left + width - end <= needed) continue;
      write(plot, text, (inside ? left : end) + gap, top + 15 * devicePixelRatio, font, colorOf('--tl-accent'), colorOf('--tl-panel'));
      break;
    }
  }
  ctx.restore();
}

/** Fills between the lowest and the highest value behind each mean, behind the lines. */
export function drawRanges(plot: UPlot, chart: DrawnChart, shown: (key: string) => boolean, log: boolean): void {
  if (chart.ranges === null) return;
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  for (const [position, { low, high }] of chart.ranges.entries()) {
    const line = chart.lines[position];
    // A dashed line goes with a solid one, whose range would be hidden behind a second one.
    if (line === undefined || line.dash.length > 0 || !shown(line.key)) continue;
    ctx.fillStyle = line.color;
    ctx.globalAlpha = 0.13;
    const place = (index: number, value: number): [number, number] => [
      plot.valToPos(chart.timesS[index] as number, 'x', true),
      plot.valToPos(log ? Math.max(value, 1e-9) : value, 'y', true),
    ];
    // One area for each stretch without a gap.
    for (let index = 0; index < low.length; ) {
      if (low[index] == null) {
        index++;
        continue;
      }
      let end = index;
      while (end < low.length && low[end] != null) end++;
      ctx.beginPath();
      for (let at = index; at < end; at++) ctx.lineTo(...place(at, high[at] as number));
      for (let at = end - 1; at >= index; at--) ctx.lineTo(...place(at, low[at] as number));
      ctx.fill();
      index = end;
    }
  }
  ctx.restore();
}
