import { log } from '../../base/transcendental';
import { type ChartUnit, formatAxis, formatTick, UNIT_WORDS } from '../chart-text';
import { coordinate, escapeText, type Markup, markup, NOTHING, plain } from './markup';
import { PICTURE_COLORS, type PictureColors, type Scheme } from './picture-colors';
import type { ChartSurroundings, SeriesChart } from './series-charts';
import { PICTURE_FONT, shorten, shortenName, textWidth } from './text-width';
import type { Picture } from './topology-picture';

/** Size of a chart in pixels. */
export const CHART = { width: 560, height: 240 } as const;
const PLOT = { left: 50, right: 20, top: 52, bottom: 26 } as const;
/** More points than this for each pixel cannot be seen apart. */
const POINTS_PER_PIXEL = 2;

/** A bound up to this many times the highest value is in view. */
const BOUND_IN_VIEW = 4;

const c = (value: number): Markup => coordinate(value) as Markup;
const attribute = (value: string): Markup => escapeText(value);
const log10 = (value: number): number => log(value) / Math.LN10;
/** Exact powers of ten, which a logarithm would miss by a rounding. */
const power = (exponent: number): number => Number(`1e${exponent}`);

/** Round numbers from 0 to at least `max`, about `count` of them: steps of 1, 2 or 5 times a power of ten. */
export function linearTicks(max: number, count: number, whole = false): readonly number[] {
  if (!(max > 0) || !Number.isFinite(max)) return [0, 1];
  const exponent = Math.floor(log10(max / count) + 1e-9);
  const base = power(exponent);
  const factor = [1, 2, 5, 10].find((each) => each * base * count >= max * (1 - 1e-9)) ?? 10;
  const step = whole ? Math.max(1, factor * base) : factor * base;
  const ticks: number[] = [];
  for (let index = 0; index * step <= max * (1 + 1e-9); index++) ticks.push(exponent < 0 && !whole ? (index * factor) / power(-exponent) : index * step);
  return ticks;
}

/** Powers of ten that enclose a range of positive numbers. */
export function logTicks(min: number, max: number): readonly number[] {
  const from = Math.floor(log10(min) + 1e-9);
  const to = Math.max(from + 1, Math.ceil(log10(max) - 1e-9));
  return Array.from({ length: to - from + 1 }, (_, index) => power(from + index));
}

/** Ticks of simulated time in s: steps that read well as seconds, minutes or hours. */
export function timeTicks(endS: number, count: number): readonly number[] {
  if (endS < 2) return linearTicks(endS, count);
  const steps = [0.5, 1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1200, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400];
  const step = steps.find((each) => endS / each <= count) ?? Math.ceil(endS / count / 86_400) * 86_400;
  return Array.from({ length: Math.floor(endS / step + 1e-9) + 1 }, (_, index) => index * step);
}

interface Scale {
  readonly x: (seconds: number) => number;
  readonly y: (value: number) => number;
  readonly ticks: readonly number[];
}

function scaleOf(chart: SeriesChart, endS: number, plotWidth: number, plotHeight: number): Scale {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { column } of chart.lines)
    for (const value of column) {
      if (value === null || (chart.log && value <= 0)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  // A bound far above all lines would press them flat.
  for (const { value } of chart.bounds ?? []) if (!(high > 0) || value <= high * BOUND_IN_VIEW) high = Math.max(high, value);
  const x = (seconds: number): number => PLOT.left + (Math.min(seconds, endS) / endS) * plotWidth;
  if (chart.log && low > 0 && Number.isFinite(high)) {
    const ticks = logTicks(low, high);
    const [from, to] = [log10(ticks[0] ?? 1), log10(ticks.at(-1) ?? 10)];
    return { x, ticks, y: (value) => PLOT.top + plotHeight * (1 - (log10(Math.max(value, ticks[0] ?? 1)) - from) / (to - from)) };
  }
  const top = chart.unit === 'share' && chart.zoomed !== true ? Math.max(1, high) : high > 0 ? high * 1.06 : 1;
  return { x, ticks: linearTicks(top, 5, chart.unit === 'instances'), y: (value) => PLOT.top + plotHeight * (1 - value / top) };
}

/**
 * Path data of a line; a gap where an interval had no sample. Of many points in one column of pixels the first, the lowest, the highest and
 * the last are drawn, which looks as if all were (M4: Jugel et al., "M4: a visualization-oriented time series data aggregation", VLDB 2014).
 */
function linePath(timesS: readonly number[], column: readonly (number | null)[], scale: Scale, plotWidth: number, positiveOnly: boolean): string {
  const dense = timesS.length > plotWidth * POINTS_PER_PIXEL;
  let path = '';
  let pen = false;
  let bucket: { at: number; points: { x: number; value: number }[] } | null = null;
  const draw = (x: number, value: number): void => {
    path += `${pen ? 'L' : 'M'}${coordinate(x)} ${coordinate(scale.y(value))}`;
    pen = true;
  };
  const flush = (): void => {
    if (bucket === null) return;
    const { points } = bucket;
    const lowest = points.reduce((one, other) => (other.value < one.value ? other : one));
    const highest = points.reduce((one, other) => (other.value > one.value ? other : one));
    const kept = new Set([points[0], lowest, highest, points.at(-1)]);
    for (const point of points) if (kept.has(point)) draw(point.x, point.value);
    bucket = null;
  };
  for (const [index, seconds] of timesS.entries()) {
    const value = column[index] ?? null;
    if (value === null || (positiveOnly && value <= 0)) {
      flush();
      pen = false;
      continue;
    }
    const x = scale.x(seconds);
    if (!dense) {
      draw(x, value);
      continue;
    }
    const at = Math.floor(x);
    if (bucket !== null && bucket.at !== at) flush();
    bucket ??= { at, points: [] };
    bucket.points.push({ x, value });
  }
  flush();
  return path;
}

/** The area below a line: each run of points closed along the axis. */
function areaPath(path: string, floor: number): string {
  return path
    .split('M')
    .filter((run) => run !== '')
    .map((run) => {
      const points = run.split('L');
      const first = points[0]?.split(' ')[0] ?? '0';
      const last = points.at(-1)?.split(' ')[0] ?? first;
      return `M${first} ${coordinate(floor)}L${run}L${last} ${coordinate(floor)}z`;
    })
    .join('');
}

function words(x: number, y: number, size: number, color: string, text: string, more = NOTHING): Markup {
  return markup`<text x="${c(x)}" y="${c(y)}" font-size="${size}" fill="${attribute(color)}"${more}>${plain(text)}</text>`;
}
const END = ' text-anchor="end"' as Markup;
const MIDDLE = ' text-anchor="middle"' as Markup;
const BOLD = ' font-weight="600"' as Markup;

function legend(chart: SeriesChart, width: number, colors: PictureColors): Markup {
  let x = PLOT.left;
  const room = (width - PLOT.left - PLOT.right) / Math.max(1, chart.lines.length) - 34;
  const items = chart.lines.map(({ label, color, dash }) => {
    const text = shorten(label, 11, Math.max(40, room));
    const item = markup`<path d="M${c(x)} 35h18" stroke="${attribute(color)}" stroke-width="2.5"${(dash === undefined ? '' : ` stroke-dasharray="${dash}"`) as Markup}/>${words(x + 23, 39, 11, colors.text, text)}`;
    x += 23 + textWidth(text, 11) + 14;
    return item;
  });
  return items.join('') as Markup;
}

function axes(chart: SeriesChart, scale: Scale, endS: number, width: number, floor: number, colors: PictureColors): Markup {
  const unit: ChartUnit = chart.unit;
  const rows = scale.ticks.map((tick) => {
    const y = scale.y(tick);
    return markup`<path d="M${PLOT.left} ${c(y)}H${c(width - PLOT.right)}" stroke="${attribute(colors.line)}"/>${words(PLOT.left - 6, y + 3.5, 10, colors.muted, formatAxis(unit, tick), END)}`;
  });
  const times = timeTicks(endS, 7);
  const step = (times[1] ?? 1) - (times[0] ?? 0);
  const columns = times.map((seconds) => {
    const x = scale.x(seconds);
    return markup`<path d="M${c(x)} ${c(floor)}v4" stroke="${attribute(colors.muted)}"/>${words(x, floor + 16, 10, colors.muted, formatTick(seconds, step, endS), MIDDLE)}`;
  });
  return markup`${rows}<path d="M${PLOT.left} ${c(floor)}H${c(width - PLOT.right)}" stroke="${attribute(colors.muted)}"/>${columns}`;
}

function shades({ shades: windows, warmUpS, endS }: ChartSurroundings, scale: Scale, floor: number, colors: PictureColors): Markup {
  const height = floor - PLOT.top;
  const warmUp = scale.x(Math.min(warmUpS, endS)) - PLOT.left;
  let named = Number.NEGATIVE_INFINITY;
  const marks = windows
    .filter(({ fromS }) => fromS < endS)
    .map(({ fromS, toS, name }, index, all) => {
      const x = scale.x(fromS);
      const next = scale.x(all[index + 1]?.fromS ?? endS);
      const width = Math.max(1.5, scale.x(Math.min(toS, endS)) - x);
      // A name that would run into the one before is left out: the list of faults has it.
      const text = shorten(name, 9.5, Math.max(width - 6, Math.min(150, next - x - 8), 60));
      const fits = x > named && x + textWidth(text, 9.5) < scale.x(endS);
      if (fits) named = x + textWidth(text, 9.5) + 6;
      return markup`<g><title>${plain(name)}</title><rect x="${c(x)}" y="${PLOT.top}" width="${c(width)}" height="${c(height)}" fill="${attribute(colors.faulty)}" fill-opacity="0.1"/><rect x="${c(x)}" y="${PLOT.top}" width="${c(width)}" height="2" fill="${attribute(colors.faulty)}"/>${fits ? words(x + 3, PLOT.top + 12, 9.5, colors.faulty, text) : NOTHING}</g>`;
    });
  const warm =
    warmUp > 0
      ? markup`<rect x="${PLOT.left}" y="${PLOT.top}" width="${c(warmUp)}" height="${c(height)}" fill="${attribute(colors.sunken)}"/>${warmUp > 48 ? words(PLOT.left + 4, floor - 5, 9.5, colors.muted, 'warm-up') : NOTHING}`
      : NOTHING;
  return markup`${warm}${marks}`;
}

/** Bounds of objectives that are in view, dashed, with their names over the lines; along the bottom when they were missed. */
function bounds(chart: SeriesChart, scale: Scale, endS: number, width: number, floor: number, colors: PictureColors): Markup {
  const color = colors.health.strained;
  return (chart.bounds ?? [])
    .map(({ value, label, missed }, place) => {
      const row = floor - 4 * (place + 1);
      const marks = missed.map(({ fromS, toS }) => {
        const x = scale.x(Math.min(fromS, endS));
        return markup`<rect x="${c(x)}" y="${c(row)}" width="${c(Math.max(2, scale.x(Math.min(toS, endS)) - x))}" height="3" fill="${attribute(color)}"/>`;
      });
      const y = scale.y(value);
      if (y < PLOT.top) return markup`${marks}`;
      const halo = ` text-anchor="end" paint-order="stroke" stroke="${colors.raised}" stroke-width="3"` as Markup;
      return markup`${marks}<path d="M${PLOT.left} ${c(y)}H${c(width - PLOT.right)}" stroke="${attribute(color)}" stroke-width="1.2" stroke-dasharray="5 4"/>${words(
        width - PLOT.right - 4,
        Math.max(y - 4, PLOT.top + 10),
        10,
        color,
        shortenName(label, (text) => textWidth(text, 10) <= 240),
        halo,
      )}`;
    })
    .join('') as Markup;
}

/** What a chart says, for those who cannot see it. */
function description(chart: SeriesChart, surroundings: ChartSurroundings): string {
  const faults = [...new Set(surroundings.shades.map(({ name }) => name))];
  return `${chart.title}. ${chart.help}${faults.length === 0 ? '' : ` Shaded: ${faults.join(', ')}.`}`;
}

/** The drawing of a chart without its frame, to be put into a picture at any place; lines end at `untilS`, the axes do not. */
export function chartDrawing(
  chart: SeriesChart,
  surroundings: ChartSurroundings,
  width: number,
  height: number,
  colors: PictureColors,
  untilS = Number.POSITIVE_INFINITY,
): Markup {
  const floor = height - PLOT.bottom;
  const plotWidth = width - PLOT.left - PLOT.right;
  const scale = scaleOf(chart, surroundings.endS, plotWidth, floor - PLOT.top);
  const shown = chart.timesS.filter((seconds) => seconds <= untilS);
  const paths = chart.lines.map((line) => ({ line, path: linePath(shown, line.column, scale, plotWidth, chart.log) }));
  return markup`<rect width="${width}" height="${height}" fill="${attribute(colors.raised)}"/>
${words(10, 20, 13, colors.text, chart.title, BOLD)}${words(width - PLOT.right, 20, 11, colors.muted, `${UNIT_WORDS[chart.unit]}${chart.log ? ', logarithmic' : ''}`, END)}
${legend(chart, width, colors)}
${shades(surroundings, scale, floor, colors)}
${axes(chart, scale, surroundings.endS, width, floor, colors)}
${paths.map(({ line, path }) => (line.fill === true && path !== '' ? markup`<path d="${areaPath(path, floor) as Markup}" fill="${attribute(line.color)}" fill-opacity="0.16"/>` : NOTHING))}
${paths.map(({ line, path }) => (path === '' ? NOTHING : markup`<path d="${path as Markup}" fill="none" stroke="${attribute(line.color)}" stroke-width="1.4" stroke-linejoin="round"${(line.dash === undefined ? '' : ` stroke-dasharray="${line.dash}"`) as Markup}/>`))}
${bounds(chart, scale, surroundings.endS, width, floor, colors)}`;
}

/** A chart as a picture inside a page. */
export function chartPicture(chart: SeriesChart, surroundings: ChartSurroundings, scheme: Scheme = 'light'): Picture {
  const { width, height } = CHART;
  const colors = PICTURE_COLORS[scheme];
  const svg = markup`<svg viewBox="0 0 ${width} ${height}" font-family="${plain(PICTURE_FONT)}" role="img" aria-label="${plain(description(chart, surroundings))}">
${chartDrawing(chart, surroundings, width, height, colors)}
</svg>`;
  return { svg, width, height };
}

/** Several charts as one file of its own, two in a row; one chart alone fills it. */
export function chartsPicture(charts: readonly SeriesChart[], surroundings: ChartSurroundings, title: string, scheme: Scheme): Picture {
  const gap = 12;
  const colors = PICTURE_COLORS[scheme];
  const across = Math.min(2, Math.max(1, charts.length));
  const down = Math.max(1, Math.ceil(charts.length / across));
  const width = across * CHART.width + (across - 1) * gap;
  const height = down * CHART.height + (down - 1) * gap;
  const svg = markup`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${plain(PICTURE_FONT)}" role="img" aria-label="${plain(charts.map((chart) => description(chart, surroundings)).join(' '))}"><title>${plain(title)}</title>
<rect width="${width}" height="${height}" fill="${attribute(colors.canvas)}"/>
${charts.map((chart, index) => markup`<g transform="translate(${(index % across) * (CHART.width + gap)} ${Math.floor(index / across) * (CHART.height + gap)})">${chartDrawing(chart, surroundings, CHART.width, CHART.height, colors)}</g>`)}
</svg>`;
  return { svg, width, height };
}
