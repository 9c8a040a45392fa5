import { useElementSize } from '@mantine/hooks';
import type { PointerEvent } from 'react';
import { formatDuration } from '../../src-shared/base/format';
import classes from './histogram-plot.module.css';
import { type HistogramShape, labelledTicks, placeOn } from './histogram-shape';

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

/** Room for the ticks, and for the axis of shares where there is one. */
const BOTTOM = 20;
const RIGHT = 14;
const ROW = 12;
/** About the width of a letter, and what has to be free between two words of the axis. */
const LETTER = 5.8;
const GAP = 8;

/** Percentiles with places for their names: in the first row where they lie over no other. */
function namedMarks(marks: readonly PercentileMark[], x: (ms: number) => number, width: number) {
  const ends: number[] = [];
  return marks.map((mark) => {
    const text = `${mark.title}${mark.uncertain ? ' ?' : ''} ${formatDuration(mark.ms)}`;
    const at = x(mark.ms);
    const needed = text.length * LETTER + GAP;
    const right = at + needed > width;
    const start = right ? at - needed : at;
    let row = ends.findIndex((end) => start >= end);
    if (row < 0) row = ends.length;
    ends[row] = start + needed;
    return { ...mark, text, at, right, row };
  });
}

/** Bars, or the curve of cumulative shares, over a logarithmic axis of latency. */
export function HistogramPlot({ shape, marks, cumulative, cursor, onCursor, onPick }: HistogramPlotProps) {
  const { ref, width, height } = useElementSize();
  const left = cumulative ? 42 : 10;
  const inner = Math.max(10, width - left - RIGHT);
  const x = (ms: number): number => left + placeOn(shape, ms) * inner;
  const anchorOf = (tick: number): 'start' | 'middle' | 'end' => (x(tick) > width - 22 ? 'end' : x(tick) < 18 ? 'start' : 'middle');
  const labelled = labelledTicks(shape.ticks, (tick) => {
    const needed = formatDuration(tick).length * LETTER + GAP;
    const from = x(tick) - { start: 0, middle: needed / 2, end: needed }[anchorOf(tick)];
    return [from, from + needed];
  });
  const named = namedMarks(marks, x, width);
  const top = 4 + ROW * (1 + Math.max(0, ...named.map(({ row }) => row)));
  const tall = Math.max(10, height - top - BOTTOM);
  const y = (share: number): number => top + (1 - share) * tall;
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
            <line className={classes.grid} x1={left} x2={left + inner} y1={y(share)} y2={y(share)} />
            <text className={classes.tick} x={left - 5} y={y(share) + 4} textAnchor="end">{`${share * 100} %`}</text>
          </g>
        ))}
        {shape.ticks.map((tick) => (
          <g key={tick}>
            <line className={classes.grid} x1={x(tick)} x2={x(tick)} y1={top} y2={top + tall} />
            {labelled.has(tick) && (
              <text className={classes.tick} x={x(tick)} y={height - 6} textAnchor={anchorOf(tick)}>
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
        <line className={classes.axis} x1={left} x2={left + inner} y1={top + tall} y2={top + tall} />
        {named.map(({ title, at, row, uncertain }) => (
          <line key={title} className={classes.mark} data-uncertain={uncertain || undefined} x1={at} x2={at} y1={3 + ROW * row} y2={top + tall} />
        ))}
        {/* Over all of the lines, so that none goes through a name. */}
        {named.map(({ title, text, at, right, row }) => (
          <text key={title} className={classes.name} x={at + (right ? -4 : 4)} y={11 + ROW * row} textAnchor={right ? 'end' : 'start'}>
            {text}
          </text>
        ))}
      </svg>
    </div>
  );
}
