import { useElementSize } from '@mantine/hooks';
import type { PointerEvent } from 'react';
import { formatDuration } from '../../src-shared/base/format';
import classes from './histogram-plot.module.css';
import { type HistogramShape, placeOn } from './histogram-shape';

/** A percentile marked in a histogram. */
export interface PercentileMark {
  readonly title: string;
  /** 0..1 */
  readonly share: number;
  readonly ms: number;
  /** Too few requests lie beyond it. */
  readonly uncertain: boolean;
}

interface HistogramPlotProps {
  readonly shape: HistogramShape;
  readonly marks: readonly PercentileMark[];
  readonly cumulative: boolean;
  /** Bar under the cursor, or null. */
  readonly cursor: number | null;
  readonly onCursor: (index: number | null) => void;
  readonly onPick?: (() => void) | undefined;
}

/** Room for the names of the percentiles, the ticks, and the axis of shares. */
const TOP = 26;
const BOTTOM = 20;
const LEFT = 34;
const RIGHT = 14;

/** Bars, or the curve of cumulative shares, over a logarithmic axis of latency. */
export function HistogramPlot({ shape, marks, cumulative, cursor, onCursor, onPick }: HistogramPlotProps) {
  const { ref, width, height } = useElementSize();
  const inner = Math.max(10, width - LEFT - RIGHT);
  const tall = Math.max(10, height - TOP - BOTTOM);
  const x = (ms: number): number => LEFT + placeOn(shape, ms) * inner;
  const y = (share: number): number => TOP + (1 - share) * tall;
  const nearest = (event: PointerEvent<SVGSVGElement>): number | null => {
    const at = event.clientX - event.currentTarget.getBoundingClientRect().left;
    let best: number | null = null;
    let least = Number.POSITIVE_INFINITY;
    for (const [index, bar] of shape.bars.entries()) {
      const distance = Math.abs((x(bar.fromMs) + x(bar.toMs)) / 2 - at);
      if (distance < least) [best, least] = [index, distance];
    }
    return best;
  };
  const curve = shape.bars.map((bar, index) => `${index === 0 ? `M${x(bar.fromMs)},${y(0)}` : ''}L${x(bar.toMs)},${y(bar.below)}`).join('');
  // Names that would lie over each other go to the second row.
  let lastEnd = Number.NEGATIVE_INFINITY;
  const named = marks.map((mark) => {
    const text = `${mark.title}${mark.uncertain ? ' ?' : ''} ${formatDuration(mark.ms)}`;
    const at = x(mark.ms);
    const needed = text.length * 5.6 + 8;
    const right = at + needed > width;
    const start = right ? at - needed : at;
    const row = start < lastEnd ? 1 : 0;
    if (row === 0) lastEnd = start + needed;
    return { ...mark, text, at, right, row };
  });
  return (
    <div ref={ref} className={classes.holder}>
      <svg
        width={width}
        height={height}
        aria-hidden="true"
        className={classes.plot}
        onPointerMove={(event) => onCursor(nearest(event))}
        onPointerLeave={() => onCursor(null)}
        onClick={onPick}
      >
        {(cumulative ? [0, 0.5, 1] : []).map((share) => (
          <g key={share}>
            <line className={classes.grid} x1={LEFT} x2={LEFT + inner} y1={y(share)} y2={y(share)} />
            <text className={classes.tick} x={LEFT - 5} y={y(share) + 4} textAnchor="end">{`${share * 100} %`}</text>
          </g>
        ))}
        {shape.ticks.map((tick) => (
          <g key={tick}>
            <line className={classes.grid} x1={x(tick)} x2={x(tick)} y1={TOP} y2={TOP + tall} />
            {(shape.ticks.length < 9 || /^[125]/.test(tick.toExponential())) && (
              <text className={classes.tick} x={x(tick)} y={height - 6} textAnchor="middle">
                {formatDuration(tick)}
              </text>
            )}
          </g>
        ))}
        {cumulative ? (
          <path className={classes.curve} d={curve} />
        ) : (
          shape.bars.map((bar, index) => (
            <rect
              key={bar.fromMs}
              className={classes.bar}
              data-current={index === cursor || undefined}
              x={x(bar.fromMs)}
              y={y(bar.height)}
              width={Math.max(1, x(bar.toMs) - x(bar.fromMs) - 0.5)}
              height={Math.max(1, tall * bar.height)}
            />
          ))
        )}
        {cumulative && cursor !== null && shape.bars[cursor] !== undefined && (
          <circle className={classes.dot} cx={x(shape.bars[cursor].toMs)} cy={y(shape.bars[cursor].below)} r={3.5} />
        )}
        <line className={classes.axis} x1={LEFT} x2={LEFT + inner} y1={TOP + tall} y2={TOP + tall} />
        {named.map(({ title, text, at, right, row, uncertain }) => (
          <g key={title}>
            <line className={classes.mark} data-uncertain={uncertain || undefined} x1={at} x2={at} y1={row === 0 ? 3 : 15} y2={TOP + tall} />
            <text className={classes.name} x={at + (right ? -4 : 4)} y={row === 0 ? 11 : 23} textAnchor={right ? 'end' : 'start'}>
              {text}
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
}
