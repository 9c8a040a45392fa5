import { formatDuration, formatRate, formatShare } from '../../base/format';
import { log } from '../../base/transcendental';
import { kindOf } from '../../kinds/registry';
import { isForward } from '../../project/connection';
import type { Design, Link, Project } from '../../project/project';
import { formatMetric } from '../metric-text';
import { coordinate, escapeText, type Markup, markup, NOTHING, plain } from './markup';
import { PICTURE_COLORS, type PictureColors, type Scheme } from './picture-colors';
import { type Box, layoutOf, PART, type PlacedLink, type PlacedNote, type PlacedPart } from './picture-layout';
import type { InstanceLook, LinkLook, PictureLooks } from './picture-looks';
import { PICTURE_FONT, shorten, textWidth } from './text-width';

/** A drawing with its size in pixels. */
export interface Picture {
  readonly svg: Markup;
  readonly width: number;
  readonly height: number;
}

/** How a picture of a design is made. */
export interface PictureOptions {
  readonly scheme: Scheme;
  /** Names the picture for those who cannot see it. */
  readonly title: string;
  /** A file of its own, which has to name its language and its font; else it stands inside a page. */
  readonly standalone: boolean;
  /** Part of the canvas that is shown; absent: everything. */
  readonly bounds?: Box;
  /** Place in a larger drawing that it is fitted into. */
  readonly within?: Box;
}

const MARGIN = 24;
const LEGEND = 34;
/** Signs of health in a box of 12 by 12: shape tells what colour tells. */
const SIGNS = {
  fine: 'M2 6.5 5 9.5 10 3',
  strained: 'M6 1.5 11 10.5 1 10.5z',
  failing: 'M2.5 2.5l7 7M9.5 2.5l-7 7',
} as const;
const LEGEND_WORDS = [
  ['fine', 'fine'],
  ['strained', 'strained: busy 80 % or more, or some requests fail'],
  ['failing', 'failing: 5 % or more fail, or the queue grows'],
] as const;
const INSTANCE_SIGNS: Readonly<Record<string, string>> = {
  starting: 'M5 8V2.5M2.5 5 5 2.5 7.5 5',
  draining: 'M5 2v5.5M2.5 5 5 7.5 7.5 5',
  down: 'M2.5 2.5l5 5M7.5 2.5l-5 5',
  paused: 'M3.5 2.5v5M6.5 2.5v5',
};

const c = (value: number): Markup => coordinate(value) as Markup;
const attribute = (value: string): Markup => escapeText(value);

function sign(health: 'fine' | 'strained' | 'failing', x: number, y: number, colors: PictureColors): Markup {
  const color = attribute(colors.health[health]);
  const filled = health === 'strained';
  return markup`<path d="${attribute(SIGNS[health])}" transform="translate(${c(x)} ${c(y)})" fill="${attribute(filled ? colors.health[health] : 'none')}" stroke="${color}" stroke-width="${filled ? 1 : 2.2}" stroke-linecap="round" stroke-linejoin="round"/>`;
}

function words(x: number, y: number, size: number, color: string, value: string, more = NOTHING): Markup {
  return markup`<text x="${c(x)}" y="${c(y)}" font-size="${size}" fill="${attribute(color)}"${more}>${plain(value)}</text>`;
}
const BOLD = ' font-weight="600"' as Markup;
const END = ' text-anchor="end"' as Markup;
const MIDDLE = ' text-anchor="middle"' as Markup;

/** What the instances do, where there are too many for one square each: `18 of 20 up, 2 down`. */
function instanceWords(instances: readonly InstanceLook[]): string {
  const count = (state: string): number => instances.filter((each) => each.state === state).length;
  const others = ['draining', 'starting', 'paused', 'down'].flatMap((state) => (count(state) === 0 ? [] : [`${count(state)} ${state}`]));
  return [`${count('up')} of ${instances.length} up`, ...others].join(', ');
}

function instanceCells(instances: readonly InstanceLook[], y: number, colors: PictureColors): Markup {
  if (instances.length > PART.mostCells) return words(PART.padding, y + 10, 10.5, colors.muted, instanceWords(instances));
  const cells = instances.map(({ state, load }, index) => {
    const x = PART.padding + index * (PART.cell + PART.cellGap);
    const serves = state === 'up' || state === 'draining' || state === 'paused';
    const fill = load <= 2 ? colors.health.fine : load <= 8 ? colors.health.strained : colors.health.failing;
    const height = serves ? Math.min(1, load) * (PART.cell - 2) : 0;
    const border = state === 'down' ? colors.health.failing : state === 'off' ? colors.lineStrong : colors.health.idle;
    const mark = INSTANCE_SIGNS[state];
    return markup`<rect x="${c(x + 0.5)}" y="${c(y + 0.5)}" width="11" height="11" rx="2.5" fill="${attribute(state === 'off' ? 'none' : colors.sunken)}" stroke="${attribute(border)}"${(state === 'off' ? ' stroke-dasharray="2 2"' : '') as Markup}/>${height > 0 ? markup`<rect x="${c(x + 1)}" y="${c(y + 11 - height)}" width="10" height="${c(height)}" fill="${attribute(fill)}" fill-opacity="${load < 1 ? 0.6 : 1}"/>` : NOTHING}${mark === undefined ? NOTHING : markup`<path d="${attribute(mark)}" transform="translate(${c(x + 1)} ${c(y + 1)})" fill="none" stroke="${attribute(state === 'down' ? colors.health.failing : colors.text)}" stroke-width="1.6" stroke-linecap="round"/>`}`;
  });
  return cells.join('') as Markup;
}

function faultTag(faults: readonly string[], right: number, y: number, colors: PictureColors): Markup {
  const [first] = faults;
  if (first === undefined) return NOTHING;
  const text = shorten(faults.length > 1 ? `${first} +${faults.length - 1}` : first, 11, 150, true);
  const width = textWidth(text, 11, true) + 14;
  return markup`<rect x="${c(right - width)}" y="${c(y)}" width="${c(width)}" height="18" rx="9" fill="${attribute(colors.faultySoft)}" stroke="${attribute(colors.faulty)}"/>${words(right - width / 2, y + 13, 11, colors.faulty, text, markup`${BOLD}${MIDDLE}`)}`;
}

function drawPart({ component, box, look, summary, busyAt, instancesAt, badges }: PlacedPart, colors: PictureColors): Markup {
  const kind = kindOf(component.kind);
  const { padding, width } = PART;
  const health = look === null || look.health === 'idle' ? null : look.health;
  const healthWidth = health === null || look === null ? 0 : textWidth(look.word, 11, true) + 21;
  const name = shorten(component.name, 13, width - 2 * padding - 32 - healthWidth, true);
  const busy = look?.values.utilisation ?? Number.NaN;
  const inner = width - 2 * padding;
  return markup`<g transform="translate(${c(box.x)} ${c(box.y)})">
<rect width="${width}" height="${c(box.height)}" rx="8" fill="${attribute(colors.raised)}" stroke="${attribute(colors.lineStrong)}"/>
${kind === undefined ? NOTHING : markup`<rect x="${padding}" y="${padding}" width="24" height="24" rx="6" fill="${attribute(colors.accents[kind.look.accent])}"/><path d="${attribute(kind.look.icon)}" transform="translate(${c(padding + 4.6)} ${c(padding + 4.6)}) scale(0.62)" fill="none" stroke="#ffffff" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>`}
${words(padding + 32, padding + 17, 13, colors.text, name, BOLD)}
${health === null || look === null ? NOTHING : markup`${sign(health, width - padding - healthWidth + 4, padding + 6, colors)}${words(width - padding, padding + 16, 11, colors.health[health], look.word, markup`${BOLD}${END}`)}`}
${summary.map((line, index) => words(PART.summaryIndent + padding, padding + 26 + 11 + index * PART.summaryLine, PART.summarySize, colors.muted, line))}
${busyAt === null || look === null ? NOTHING : markup`${words(padding, busyAt + 12, PART.badgeSize, colors.muted, 'busy')}${words(width - padding, busyAt + 12, PART.badgeSize, colors.text, formatMetric('utilisation', busy), markup`${BOLD}${END}`)}<rect x="${padding}" y="${c(busyAt + 19)}" width="${inner}" height="5" rx="2.5" fill="${attribute(colors.sunken)}"/><rect x="${padding}" y="${c(busyAt + 19)}" width="${c(inner * Math.min(1, Math.max(0, Number.isFinite(busy) ? busy : 0)))}" height="5" rx="2.5" fill="${attribute(colors.health[look.health])}"/>`}
${instancesAt === null || look === null ? NOTHING : instanceCells(look.instances, instancesAt, colors)}
${badges.map(({ title, value, x, y }) => markup`<text x="${c(x)}" y="${c(y + 12)}" font-size="${PART.badgeSize}" fill="${attribute(colors.muted)}">${plain(title === '' ? '' : `${title} `)}<tspan fill="${attribute(colors.text)}" font-weight="600">${plain(value)}</tspan></text>`)}
${look === null ? NOTHING : faultTag(look.faults, width - 10, -10, colors)}
</g>`;
}

/** What a link says of itself: its traffic while it runs, else where it differs from the usual. */
function linkWords(design: Design, link: Link, look: LinkLook | null): string {
  if (look !== null && look.health !== 'idle') {
    const network = look.values.networkMeanMs;
    return [
      formatRate(look.values.callRate ?? 0),
      network === undefined || !Number.isFinite(network) ? '' : formatDuration(network),
      look.health === 'fine' ? '' : look.word,
    ]
      .filter((each) => each !== '')
      .join(' · ');
  }
  const { probability } = link.params;
  const share = typeof probability === 'number' ? formatShare(probability) : '';
  if (isForward(design, link)) return share === '' ? 'forward' : `forward ${share}`;
  return typeof probability === 'number' && probability < 1 ? share : '';
}

function linkColor(look: LinkLook | null, colors: PictureColors): string {
  if (look === null) return colors.edge;
  if (look.faults.length > 0 || look.health === 'failing') return colors.health.failing;
  return look.health === 'strained' ? colors.health.strained : colors.edge;
}

function drawLink(placed: PlacedLink, forward: boolean, look: LinkLook | null, colors: PictureColors): Markup {
  const color = attribute(linkColor(look, colors));
  const rate = look?.values.callRate ?? 0;
  const width = rate > 0 ? 1.5 + Math.min(2, (log(1 + rate) / Math.LN10) * 0.5) : 1.6;
  const { tipX, tipY } = placed;
  return markup`<path d="${attribute(placed.path)}" fill="none" stroke="${color}" stroke-width="${c(width)}"${(forward ? ' stroke-dasharray="7 4"' : '') as Markup}/><path d="M${c(tipX - 9)} ${c(tipY - 4.4)} ${c(tipX)} ${c(tipY)} ${c(tipX - 9)} ${c(tipY + 4.4)} ${c(tipX - 7)} ${c(tipY)}z" fill="${color}"/>`;
}

function drawLabel({ labelX, labelY }: PlacedLink, text: string, look: LinkLook | null, colors: PictureColors): Markup {
  const width = textWidth(text, 10.5) + 14;
  const color = look === null || look.health === 'idle' || look.health === 'fine' ? colors.muted : colors.health[look.health];
  const pill =
    text === ''
      ? NOTHING
      : markup`<rect x="${c(labelX - width / 2)}" y="${c(labelY - 8.5)}" width="${c(width)}" height="17" rx="8.5" fill="${attribute(colors.raised)}" stroke="${attribute(colors.lineStrong)}"/>${words(labelX, labelY + 3.7, 10.5, color, text, MIDDLE)}`;
  const faults = look?.faults ?? [];
  const tag =
    faults.length === 0 ? NOTHING : faultTag(faults, labelX + (textWidth(shorten(faults[0] ?? '', 11, 150, true), 11, true) + 14) / 2, labelY - 30, colors);
  return markup`${pill}${tag}`;
}

function drawNote({ box, lines }: PlacedNote, colors: PictureColors): Markup {
  return markup`<rect x="${c(box.x)}" y="${c(box.y)}" width="${c(box.width)}" height="${c(box.height)}" rx="6" fill="${attribute(colors.note)}" stroke="${attribute(colors.lineStrong)}"/>${lines.map((line, index) => words(box.x + 10, box.y + 21 + index * 17, 12, colors.text, line))}`;
}

function drawLegend(x: number, y: number, width: number, colors: PictureColors): Markup {
  let left = x;
  const items: Markup[] = [];
  for (const [health, text] of LEGEND_WORDS) {
    // A narrow picture has room for the words alone.
    const shown = width < 640 ? health : text;
    items.push(markup`${sign(health, left, y + 4, colors)}${words(left + 18, y + 14, 11, colors.muted, shown)}`);
    left += textWidth(shown, 11) + 40;
  }
  return items.join('') as Markup;
}

/** What the picture shows, in words. */
function description(design: Design): string {
  const names = new Map(design.components.map(({ id, name }) => [id, name]));
  const parts = design.components.map(({ name, kind }) => `${name} (${kindOf(kind)?.title ?? kind})`).join(', ');
  const links = design.links.map(({ from, to }) => `${names.get(from) ?? from} to ${names.get(to) ?? to}`).join(', ');
  return `Parts: ${parts}. ${links === '' ? 'No links.' : `Links: ${links}.`}`;
}

/**
 * A picture of a design as the canvas shows it, drawn from positions, kinds and links: vectors and text only. `looks` tells what a
 * run shows of each part and link; where it shows anything a legend of health stands below.
 */
export function topologyPicture(project: Project, design: Design, looks: PictureLooks, options: PictureOptions): Picture {
  const colors = PICTURE_COLORS[options.scheme];
  const layout = layoutOf(project, design, looks);
  const bounds = options.bounds ?? layout.bounds;
  const ran = layout.parts.some(({ look }) => look !== null);
  const width = Math.max(240, Math.ceil(bounds.width + 2 * MARGIN));
  const height = Math.ceil(bounds.height + 2 * MARGIN + (ran ? LEGEND - 10 : 0));
  const [left, top] = [Math.floor(bounds.x - MARGIN), Math.floor(bounds.y - MARGIN)];
  const links = new Map(design.links.map((link) => [link.id, link]));
  const label = markup`role="img" aria-label="${plain(`${options.title}. ${description(design)}`)}"`;
  const { within } = options;
  const head =
    within !== undefined
      ? markup`<svg x="${c(within.x)}" y="${c(within.y)}" width="${c(within.width)}" height="${c(within.height)}" viewBox="${left} ${top} ${width} ${height}" font-family="${plain(PICTURE_FONT)}">`
      : options.standalone
        ? markup`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${left} ${top} ${width} ${height}" font-family="${plain(PICTURE_FONT)}" ${label}><title>${plain(options.title)}</title>`
        : markup`<svg viewBox="${left} ${top} ${width} ${height}" style="--natural-width:${width}px" font-family="${plain(PICTURE_FONT)}" ${label}>`;
  const svg = markup`${head}
<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="${attribute(colors.canvas)}"/>
${layout.notes.map((note) => drawNote(note, colors))}
${layout.links.map((placed) => drawLink(placed, isForward(design, links.get(placed.id) as Link), looks.link(placed.id), colors))}
${layout.parts.map((part) => drawPart(part, colors))}
${layout.links.map((placed) => drawLabel(placed, linkWords(design, links.get(placed.id) as Link, looks.link(placed.id)), looks.link(placed.id), colors))}
${ran ? drawLegend(left + MARGIN, top + height - LEGEND, width, colors) : NOTHING}
</svg>`;
  return { svg, width, height };
}
