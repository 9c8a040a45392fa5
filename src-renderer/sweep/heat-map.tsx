import type { KeyboardEvent } from 'react';
import type { SweepPointResult, SweepResult } from '../../src-shared/analysis/sweep-result';
import { METRICS, type MetricName } from '../../src-shared/engine/metrics';
import type { AxisValue } from '../../src-shared/project/sweep-points';
import type { SweepableParameter } from '../../src-shared/project/sweepable';
import type { Scheme } from '../charts/chart-colors';
import { formatMeasured } from '../results/format-cell';
import { axisValueText } from './axis-text';
import { type MetricChoice, measuredOf } from './curve-data';
import classes from './heat-map.module.css';
import { heatColor, heatShare, isByFactors } from './heat-scale';

interface HeatMapProps {
  readonly sweep: SweepResult;
  readonly parameters: readonly (SweepableParameter | undefined)[];
  readonly choice: MetricChoice;
  readonly scheme: Scheme;
  readonly selected: number | null;
  readonly onSelect: (point: SweepPointResult) => void;
}

function text(metric: MetricName, value: number): string {
  return formatMeasured(metric, { metrics: { [metric]: value }, failures: {} });
}

/** Arrow keys move between the cells of the map. */
function move(event: KeyboardEvent<HTMLTableElement>): void {
  const by = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key];
  const cell = (event.target as HTMLElement).closest('td');
  const row = cell?.parentElement as HTMLTableRowElement | null | undefined;
  if (by === undefined || cell == null || row == null) return;
  const rows = [...(event.currentTarget.tBodies[0]?.rows ?? [])];
  const next = rows[rows.indexOf(row) + (by[0] ?? 0)]?.cells[cell.cellIndex + (by[1] ?? 0)]?.querySelector('button');
  if (next == null) return;
  event.preventDefault();
  next.focus();
}

/** One metric for every pair of values: a table with a number in every cell, and a colour behind it. */
export function HeatMap({ sweep, parameters, choice, scheme, selected, onSelect }: HeatMapProps) {
  const { points, axes } = sweep;
  const [down, across] = axes;
  const distinct = (axis: number): readonly (AxisValue | undefined)[] => {
    const values = [...new Set(points.map(({ values: own }) => own[axis]))];
    return values.every((value) => typeof value === 'number') ? values.sort((one, other) => Number(one) - Number(other)) : values;
  };
  const [firsts, seconds] = [distinct(0), distinct(1)];
  const byPlace = new Map(points.map((point) => [point.values.map(String).join(' '), point]));
  const at = (first: AxisValue | undefined, second: AxisValue | undefined): SweepPointResult | undefined => byPlace.get(`${String(first)} ${String(second)}`);
  const measured = points.flatMap((point) => {
    const value = measuredOf(point, choice.subject)?.metrics[choice.metric];
    return value === undefined || !Number.isFinite(value) ? [] : [value];
  });
  if (measured.length === 0) return <p className={classes.quiet}>No point has this number.</p>;
  const [least, most] = [Math.min(...measured), Math.max(...measured)];
  const title = METRICS[choice.metric].title;
  const stops = [0, 0.25, 0.5, 0.75, 1];
  return (
    <div className={classes.map}>
      <div className={classes.frame}>
        <table className={classes.table} aria-label={`${title} by ${down?.title ?? ''} and ${across?.title ?? ''}`} onKeyDown={move}>
          <thead>
            <tr>
              <td />
              <th scope="colgroup" colSpan={seconds.length} className={classes.axis}>
                {`${parameters[1]?.owner ?? ''} ${across?.title ?? ''}`.trim()}
              </th>
            </tr>
            <tr>
              <th scope="col" className={classes.axis}>
                {`${parameters[0]?.owner ?? ''} ${down?.title ?? ''}`.trim()}
              </th>
              {seconds.map((value) => (
                <th key={String(value)} scope="col">
                  {axisValueText(parameters[1], value)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {firsts.map((first, row) => (
              <tr key={String(first)}>
                <th scope="row">{axisValueText(parameters[0], first)}</th>
                {seconds.map((second, column) => {
                  const point = at(first, second);
                  const value = point === undefined ? undefined : measuredOf(point, choice.subject)?.metrics[choice.metric];
                  if (point === undefined || value === undefined || !Number.isFinite(value))
                    return <td key={String(second)}>{point === undefined ? '…' : '–'}</td>;
                  const color = heatColor(scheme, heatShare(value, least, most));
                  const own = measuredOf(point, choice.subject);
                  const unstable = point.ended === 'limit' || point.findings.some(({ code }) => code === 'unstable');
                  return (
                    <td key={String(second)}>
                      <button
                        type="button"
                        className={classes.cell}
                        style={{ background: color.background, color: color.text }}
                        aria-pressed={selected === point.index}
                        tabIndex={selected === null ? (row === 0 && column === 0 ? 0 : -1) : selected === point.index ? 0 : -1}
                        title={`${own === undefined ? '' : formatMeasured(choice.metric, own)}${unstable ? '; overloaded' : ''}`}
                        onClick={() => onSelect(point)}
                      >
                        {text(choice.metric, value)}
                        {unstable && <span className={classes.unstable}> overloaded</span>}
                      </button>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className={classes.scale} aria-hidden="true">
        <span className="tl-number">{text(choice.metric, least)}</span>
        <span
          className={classes.ramp}
          style={{ background: `linear-gradient(to right, ${stops.map((share) => heatColor(scheme, share).background).join(', ')})` }}
        />
        <span className="tl-number">{text(choice.metric, most)}</span>
        {isByFactors(least, most) && <span>colours step by equal factors</span>}
      </div>
    </div>
  );
}
