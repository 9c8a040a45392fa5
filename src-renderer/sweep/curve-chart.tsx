import { Tooltip } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import { TableToggle } from '../charts/table-toggle';
import classes from './curve.module.css';
import type { Curve, CurveLine } from './curve-data';
import { linearScale, logScale, type Scale } from './curve-scale';

const MARGIN = { left: 52, right: 16, top: 18, bottom: 38 };

/** All places of a curve's points on the horizontal axis, in order. */
function placesOf({ lines }: Curve): readonly number[] {
  return [...new Set(lines.flatMap(({ points }) => points.map(({ x }) => x)))].sort((one, other) => one - other);
}

function scalesOf(curve: Curve, log: boolean, width: number, height: number): { readonly x: Scale; readonly y: Scale } {
  const xs = [...placesOf(curve), ...curve.span, ...curve.lines.flatMap(({ smooth }) => smooth?.map(({ x }) => x) ?? [])];
  const ys = curve.lines.flatMap(({ points, smooth }) => [
    ...points.flatMap(({ y, low, high }) => [y, ...(low === null ? [] : [low]), ...(high === null ? [] : [high])]),
    ...(smooth?.map(({ y }) => y) ?? []),
  ]);
  const [left, right, top, bottom] = [MARGIN.left + 8, width - MARGIN.right - 8, MARGIN.top, height - MARGIN.bottom];
  const [leastX, mostX] = [Math.min(...xs), Math.max(...xs)];
  const count = Math.max(2, Math.floor((right - left) / 56));
  // Every value has its tick where there is room for all of them.
  const all = [...new Set(curve.span)].sort((one, other) => one - other);
  const widest = Math.max(...all.map((value) => tickText(value).length));
  const own = all.length > 0 && (widest * 7 + 8) * all.length <= right - left ? { ticks: all } : {};
  const x =
    curve.names !== null
      ? { ...linearScale(-0.5, curve.names.length - 0.5, left, right, count), ticks: curve.names.map((_, index) => index) }
      : curve.logX
        ? logScale(leastX, mostX, left, right)
        : leastX === mostX
          ? linearScale(leastX - 1, mostX + 1, left, right, 2)
          : { ...linearScale(leastX, mostX, left, right, count), ...own };
  // An interval that reaches below 0 is cut there, unless the values themselves are below.
  const lowest = curve.lines.flatMap(({ points }) => points.map((point) => point.y));
  const above = ys.filter((value) => value > 0);
  const most = Math.max(...ys, 0);
  const y =
    log && above.length > 0
      ? logScale(Math.min(...above) * 0.9, Math.max(...above) * 1.1, bottom, top)
      : linearScale(Math.min(0, ...lowest), most > 0 ? most * 1.06 : 1, bottom, top, Math.max(2, Math.floor((bottom - top) / 34)));
  return { x, y };
}

/** The lower end of an interval as far as the axis shows it. */
function cut(low: number, y: Scale): number {
  return Math.max(low, Math.min(0, y.ticks[0] ?? 0));
}

function LineMarks({ line, x, y, at }: { readonly line: CurveLine; readonly x: Scale; readonly y: Scale; readonly at: number | null }) {
  const drawn = line.smooth ?? line.points;
  const path = drawn.map((point, index) => `${index === 0 ? 'M' : 'L'}${x.place(point.x).toFixed(1)},${y.place(point.y).toFixed(1)}`).join('');
  return (
    <g stroke={line.color} fill={line.color}>
      {path !== '' && <path d={path} fill="none" strokeWidth={1.8} strokeDasharray={line.dash.join(' ')} strokeLinejoin="round" />}
      {line.points.map((point) => {
        const [cx, cy] = [x.place(point.x), y.place(point.y)];
        return (
          <g key={point.x}>
            {point.low !== null && point.high !== null && (
              <path
                d={`M${cx - 3},${y.place(point.high)}h6M${cx - 3},${y.place(cut(point.low, y))}h6M${cx},${y.place(point.high)}V${y.place(cut(point.low, y))}`}
                fill="none"
                strokeWidth={1.1}
              />
            )}
            <circle cx={cx} cy={cy} r={point.x === at ? 4.2 : 2.8} strokeWidth={1.4} {...(point.hollow && { className: classes.hollow })} />
          </g>
        );
      })}
    </g>
  );
}

function CurveTable({ curve }: { readonly curve: Curve }) {
  const lines = curve.lines.filter(({ points }) => points.length > 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
    <section className={classes.tableFrame} tabIndex={0} aria-label={`${curve.title} as a table`}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{curve.xTitle}</th>
            {lines.map(({ key, label }) => (
              <th key={key} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {placesOf(curve).map((place) => (
            <tr key={place}>
              <th scope="row">{curve.xText(place)}</th>
              {lines.map(({ key, points }) => (
                <td key={key}>{points.find(({ x }) => x === place)?.text ?? '–'}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Values of a parameter against something measured, with intervals, the values under the pointer, and the table behind it. */
export function CurveChart({ curve }: { readonly curve: Curve }) {
  const { ref, width, height } = useElementSize();
  const [table, setTable] = useState(false);
  const [log, setLog] = useState(false);
  const [at, setAt] = useState<number | null>(null);
  const places = useMemo(() => placesOf(curve), [curve]);
  const isDrawn = width > 120 && height > 80 && places.length > 0;
  const { x, y } = isDrawn ? scalesOf(curve, log && curve.mayBeLog, width, height) : { x: null, y: null };
  const shownAt = at !== null && places.includes(at) ? at : null;
  const nearest = (pixel: number): number | null =>
    x === null
      ? null
      : places.reduce<number | null>(
          (best, place) => (best === null || Math.abs(x.place(place) - pixel) < Math.abs(x.place(best) - pixel) ? place : best),
          null,
        );
  return (
    <section className={classes.chart} aria-label={curve.title} data-testid={`curve-${curve.id}`}>
      <header className={classes.head}>
        <Tooltip label={curve.help} position="bottom-start">
          <h3>{curve.title}</h3>
        </Tooltip>
        <span className={classes.spring} />
        <span className={classes.unit}>{curve.unit}</span>
        {curve.mayBeLog && !table && (
          <button type="button" className={classes.log} aria-label={`${curve.title}: logarithmic axis`} aria-pressed={log} onClick={() => setLog(!log)}>
            log
          </button>
        )}
        <TableToggle title={curve.title} table={table} onToggle={() => setTable(!table)} />
      </header>
      {table ? (
        <CurveTable curve={curve} />
      ) : (
        <>
          <div className={classes.legend}>
            {curve.lines.map(({ key, label, color, dash, points }) => (
              <span key={key}>
                <svg width="16" height="8" aria-hidden="true">
                  <line x1="0" y1="4" x2="16" y2="4" stroke={color} strokeWidth="2.5" strokeDasharray={dash.join(' ')} />
                </svg>
                {label}
                {shownAt !== null && <b className="tl-number">{points.find((point) => point.x === shownAt)?.text}</b>}
              </span>
            ))}
            {shownAt !== null && <em className="tl-number">{`at ${curve.xText(shownAt)}`}</em>}
          </div>
          <div
            ref={ref}
            className={classes.plot}
            onPointerMove={(event) => setAt(nearest(event.clientX - event.currentTarget.getBoundingClientRect().left))}
            onPointerLeave={() => setAt(null)}
          >
            {x !== null && y !== null && (
              <svg width={width} height={height} role="img" aria-label={`${curve.title}: ${places.length} points; the button above shows them as a table`}>
                {y.ticks.map((tick) => (
                  <g key={tick} className={classes.grid}>
                    <line x1={MARGIN.left} x2={width - MARGIN.right} y1={y.place(tick)} y2={y.place(tick)} />
                    <text x={MARGIN.left - 6} y={y.place(tick)} textAnchor="end" dominantBaseline="central">
                      {curve.yText(tick)}
                    </text>
                  </g>
                ))}
                {x.ticks.map((tick) => (
                  <text key={tick} className={classes.label} x={x.place(tick)} y={height - MARGIN.bottom + 14} textAnchor="middle">
                    {curve.names === null ? tickText(tick) : shorten(curve.names[tick] ?? '', (width - 80) / curve.names.length)}
                  </text>
                ))}
                <text className={classes.label} x={(MARGIN.left + width - MARGIN.right) / 2} y={height - 6} textAnchor="middle">
                  {curve.xTitle}
                </text>
                {curve.marks.map((mark) => (
                  <g key={mark.label} className={classes.mark}>
                    <line x1={x.place(mark.x)} x2={x.place(mark.x)} y1={MARGIN.top - 4} y2={height - MARGIN.bottom} />
                    <text x={x.place(mark.x)} y={MARGIN.top - 7} textAnchor="middle">
                      {mark.label}
                    </text>
                  </g>
                ))}
                {shownAt !== null && (
                  <line className={classes.cursor} x1={x.place(shownAt)} x2={x.place(shownAt)} y1={MARGIN.top} y2={height - MARGIN.bottom} />
                )}
                {curve.lines.map((line) => (
                  <LineMarks key={line.key} line={line} x={x} y={y} at={shownAt} />
                ))}
              </svg>
            )}
          </div>
        </>
      )}
    </section>
  );
}

/** A number under the axis: short for thousands. */
function tickText(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e9) return `${Number((value / 1e9).toPrecision(4))}G`;
  if (size >= 1e6) return `${Number((value / 1e6).toPrecision(4))}M`;
  return size >= 1e4 ? `${Number((value / 1e3).toPrecision(4))}k` : String(Number(value.toPrecision(6)));
}

/** A name cut to the room that it has. */
function shorten(name: string, room: number): string {
  const letters = Math.max(3, Math.floor(room / 6));
  return name.length <= letters ? name : `${name.slice(0, letters - 1)}…`;
}
