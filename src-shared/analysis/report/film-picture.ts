import { formatDuration, formatRate, formatShare } from '../../base/format';
import type { Design, Project } from '../../project/project';
import { formatClock } from '../chart-text';
import { chartDrawing } from './chart-picture';
import { coordinate, escapeText, type Markup, markup, NOTHING, plain } from './markup';
import { PICTURE_COLORS, type Scheme } from './picture-colors';
import type { Box } from './picture-layout';
import type { PictureLooks } from './picture-looks';
import type { ChartSurroundings, SeriesChart } from './series-charts';
import { PICTURE_FONT, shorten } from './text-width';
import { topologyPicture } from './topology-picture';

/** What a film shows of all requests at one instant; NaN without a sample. */
export interface FilmNumbers {
  readonly offeredPerS: number;
  readonly completedPerS: number;
  readonly failedPerS: number;
  readonly latencyP95Ms: number;
}

/** One frame of a film. */
export interface FilmFrame {
  readonly atS: number;
  readonly endS: number;
  readonly numbers: FilmNumbers;
  readonly looks: PictureLooks;
}

/** How all frames of a film are drawn. */
export interface FilmLook {
  readonly width: number;
  readonly height: number;
  readonly scheme: Scheme;
  /** Part of the canvas that is shown, the same in every frame. */
  readonly bounds: Box;
  /** Charts of the whole run; they fill the room below a wide design, as far as the run has come. */
  readonly charts: readonly SeriesChart[];
  readonly surroundings: ChartSurroundings;
}

const HEAD = 56;
const FOOT = 26;
const EDGE = 20;
/** Charts beside each other, their height, and what must be left for them. */
const CHARTS = { across: 3, height: 220, gap: 12 } as const;

/** A frame of a film as a drawing of its own: the design with its live numbers, above it the time and what clients see, below it how far the run is. */
export function filmPicture(
  project: Project,
  design: Design,
  { atS, endS, numbers, looks }: FilmFrame,
  { width, height, scheme, bounds, charts, surroundings }: FilmLook,
): string {
  const colors = PICTURE_COLORS[scheme];
  const c = (value: number): Markup => coordinate(value) as Markup;
  const attribute = (value: string): Markup => escapeText(value);
  const ended = numbers.completedPerS + numbers.failedPerS;
  const cells: readonly (readonly [string, string])[] = [
    ['offered', formatRate(numbers.offeredPerS)],
    ['completed', formatRate(numbers.completedPerS)],
    ['p95', formatDuration(numbers.latencyP95Ms)],
    ['errors', ended > 0 ? formatShare(numbers.failedPerS / ended) : '–'],
  ];
  const clock = formatClock(atS, 1);
  const wide = 132;
  const left = width - EDGE - cells.length * wide;
  const title = design.name === project.name || project.designs.length === 1 ? project.name : `${project.name} · ${design.name}`;
  const bar = width - 2 * EDGE;
  const x = (seconds: number): number => EDGE + (Math.min(Math.max(seconds, 0), endS) / endS) * bar;
  const { shades } = surroundings;
  const active = [...new Set(shades.filter(({ fromS, toS }) => atS >= fromS && atS <= toS).map(({ name }) => name))];
  const room = height - HEAD - FOOT;
  const taken = Math.min(1, width / (bounds.width + 2 * EDGE)) * (bounds.height + 90);
  const chartHeight = (CHARTS.height * height) / 720;
  const shown = room - taken >= chartHeight + CHARTS.gap ? charts.slice(0, CHARTS.across) : [];
  const chartWidth = (width - 2 * EDGE - (shown.length - 1) * CHARTS.gap) / Math.max(1, shown.length);
  const scale = chartHeight / CHARTS.height;
  const chartsTop = height - FOOT - chartHeight - 4;
  const picture = topologyPicture(project, design, looks, {
    scheme,
    title,
    standalone: false,
    bounds,
    within: { x: 0, y: HEAD, width, height: shown.length === 0 ? room : chartsTop - HEAD },
  });
  return markup`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${plain(PICTURE_FONT)}">
<rect width="${width}" height="${height}" fill="${attribute(colors.canvas)}"/>
${picture.svg}
${shown.map((chart, index) => markup`<g transform="translate(${c(EDGE + index * (chartWidth + CHARTS.gap))} ${c(chartsTop)}) scale(${c(scale)})">${chartDrawing(chart, surroundings, Math.round(chartWidth / scale), CHARTS.height, colors, atS)}</g>`)}
<rect width="${width}" height="${HEAD}" fill="${attribute(colors.raised)}"/><path d="M0 ${HEAD - 0.5}H${width}" stroke="${attribute(colors.line)}"/>
<text x="${EDGE}" y="26" font-size="19" font-weight="600" fill="${attribute(colors.text)}">${plain(clock)}</text>
<text x="${EDGE}" y="45" font-size="13" fill="${attribute(colors.muted)}">${plain(shorten(title, 13, left - EDGE - 20))}</text>
${active.length === 0 ? NOTHING : markup`<text x="${EDGE + 110}" y="25" font-size="14" font-weight="600" fill="${attribute(colors.faulty)}">${plain(shorten(active.join(', '), 14, left - EDGE - 130, true))}</text>`}
${cells.map(([name, value], index) => markup`<text x="${left + index * wide}" y="21" font-size="12" fill="${attribute(colors.muted)}">${plain(name)}</text><text x="${left + index * wide}" y="43" font-size="18" font-weight="600" fill="${attribute(colors.text)}">${plain(value)}</text>`)}
<rect x="${EDGE}" y="${height - 16}" width="${bar}" height="6" rx="3" fill="${attribute(colors.sunken)}"/>
${shades.map(({ fromS, toS }) => markup`<rect x="${c(x(fromS))}" y="${height - 20}" width="${c(Math.max(2, x(toS) - x(fromS)))}" height="14" fill="${attribute(colors.faulty)}" fill-opacity="0.3"/>`)}
<rect x="${EDGE}" y="${height - 16}" width="${c(x(atS) - EDGE)}" height="6" rx="3" fill="${attribute(colors.accents.traffic)}"/>
</svg>`;
}
