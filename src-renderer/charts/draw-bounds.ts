import type UPlot from 'uplot';
import { shortenName } from '../../src-shared/analysis/report/text-width';
import type { ChartBound } from './chart-data';

/** Draws the bounds of objectives over the lines: dashed, with their names, and the times in which they were missed along the bottom. */
export function drawBounds(plot: UPlot, bounds: readonly ChartBound[], color: string, halo: string, font: string): void {
  if (bounds.length === 0) return;
  const { ctx, bbox } = plot;
  const pixel = devicePixelRatio;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.textAlign = 'right';
  ctx.lineWidth = 1.2 * pixel;
  ctx.font = `${10 * pixel}px ${font}`;
  const used: number[] = [];
  for (const [place, { value, label, missed }] of bounds.entries()) {
    ctx.fillStyle = color;
    const row = bbox.top + bbox.height - (place + 1) * 4 * pixel;
    for (const { fromS, toS } of missed) {
      const left = plot.valToPos(fromS, 'x', true);
      ctx.fillRect(left, row, Math.max(2 * pixel, plot.valToPos(toS, 'x', true) - left), 3 * pixel);
    }
    const y = Math.round(plot.valToPos(value, 'y', true));
    if (!Number.isFinite(y) || y > bbox.top + bbox.height) continue;
    ctx.strokeStyle = color;
    ctx.setLineDash([5 * pixel, 4 * pixel]);
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
    ctx.setLineDash([]);
    // Above its line, or below where there is no room above; the halo keeps it legible over other lines, and no two stand on each other.
    const line = 12 * pixel;
    let at = Math.max(y - 2 * pixel, bbox.top + line);
    const away = at - bbox.top > bbox.height / 2 ? -line : line;
    while (used.some((other) => Math.abs(other - at) < line)) at += away;
    used.push(at);
    if (used.length > 6) continue;
    ctx.textBaseline = 'bottom';
    ctx.lineWidth = 3 * pixel;
    ctx.strokeStyle = halo;
    const room = bbox.width - 8 * pixel;
    const text = shortenName(y < bbox.top ? `↑ ${label}` : label, (each) => ctx.measureText(each).width <= room);
    ctx.strokeText(text, bbox.left + bbox.width - 4 * pixel, at);
    ctx.fillText(text, bbox.left + bbox.width - 4 * pixel, at);
    ctx.lineWidth = 1.2 * pixel;
  }
  ctx.restore();
}

/** The highest value that has to be in view: that of the lines, and of bounds that are not far above them. */
export function highestShown(max: number | null, bounds: readonly ChartBound[]): number | null {
  let highest = max;
  for (const { value } of bounds) {
    const near = highest === null || !(highest > 0) || value <= highest * 4;
    if (near && value > (highest ?? 0)) highest = value;
  }
  return highest;
}
