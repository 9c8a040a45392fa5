import { Button } from '@mantine/core';
import { useMemo } from 'react';
import type { SweepPointResult, SweepResult } from '../../src-shared/analysis/sweep-result';
import { formatShare } from '../../src-shared/base/format';
import { METRICS, type MetricName } from '../../src-shared/engine/metrics';
import type { SweepableParameter } from '../../src-shared/project/sweepable';
import { columnUnit, formatMeasured } from '../results/format-cell';
import { type TableColumn, VirtualTable } from '../results/virtual-table';
import { axisValueText } from './axis-text';
import classes from './sweep.module.css';

const SHOWN: readonly (readonly [MetricName, string])[] = [
  ['offeredRate', 'Offered'],
  ['throughput', 'Throughput'],
  ['failureShare', 'Errors'],
  ['latencyMeanMs', 'Mean'],
  ['latencyP50Ms', 'p50'],
  ['latencyP95Ms', 'p95'],
  ['latencyP99Ms', 'p99'],
  ['costPerHour', 'Cost'],
];

function busiestOf({ components }: SweepPointResult): { readonly name: string; readonly share: number } | null {
  let best: { readonly name: string; readonly share: number } | null = null;
  for (const { name, metrics } of components)
    if (metrics.utilisation !== undefined && metrics.utilisation > (best?.share ?? -1)) best = { name, share: metrics.utilisation };
  return best;
}

function remarkOf({ ended, findings }: SweepPointResult): string {
  return ended === 'limit' ? 'overloaded' : findings.some(({ code }) => code === 'unstable') ? 'unstable' : '';
}

interface SweepTableProps {
  readonly result: SweepResult;
  readonly parameters: readonly (SweepableParameter | undefined)[];
  readonly running: boolean;
  readonly onApply: (point: SweepPointResult) => void;
}

/** Every point of a sweep, with what it measured end to end; each can be applied to the design. */
export function SweepTable({ result, parameters, running, onApply }: SweepTableProps) {
  const { axes, points } = result;
  const columns = useMemo<readonly TableColumn<SweepPointResult>[]>(() => {
    const judged = points.some(({ objectives }) => objectives.length > 0);
    return [
      ...axes.map(
        ({ parameter, title }, axis): TableColumn<SweepPointResult> => ({
          key: parameter,
          title,
          unit: parameters[axis]?.owner ?? '',
          width: 120,
          cell: (point) => axisValueText(parameters[axis], point.values[axis]),
          sortValue: (point) => {
            const value = point.values[axis];
            return typeof value === 'boolean' ? String(value) : value;
          },
        }),
      ),
      {
        key: 'apply',
        title: 'Design',
        width: 76,
        cell: (point) => (
          <Button
            variant="subtle"
            size="compact-xs"
            disabled={running}
            aria-label={`Apply ${axes.map(({ title }, axis) => `${title} ${axisValueText(parameters[axis], point.values[axis])}`).join(', ')} to the design`}
            onClick={() => onApply(point)}
          >
            Apply
          </Button>
        ),
        sortValue: () => null,
      },
      ...SHOWN.filter(([name]) => points.some((point) => point.endToEnd.metrics[name] !== undefined)).map(
        ([name, title]): TableColumn<SweepPointResult> => ({
          key: name,
          title,
          unit: columnUnit(name),
          help: `${METRICS[name].title}. ${METRICS[name].definition}`,
          width: 132,
          cell: ({ endToEnd }) => formatMeasured(name, endToEnd, false),
          sortValue: ({ endToEnd }) => endToEnd.metrics[name],
        }),
      ),
      {
        key: 'busiest',
        title: 'Busiest part',
        width: 170,
        text: true,
        cell: (point) => {
          const best = busiestOf(point);
          return best === null ? '' : `${best.name} ${formatShare(best.share)}`;
        },
        sortValue: (point) => busiestOf(point)?.share,
      },
      ...(judged
        ? [
            {
              key: 'objectives',
              title: 'Objectives met',
              width: 110,
              cell: ({ objectives }: SweepPointResult) => `${objectives.filter(({ verdict }) => verdict === 'pass').length} of ${objectives.length}`,
              sortValue: ({ objectives }: SweepPointResult) => objectives.filter(({ verdict }) => verdict === 'pass').length,
            },
          ]
        : []),
      { key: 'remark', title: 'Remark', width: 90, text: true, cell: remarkOf, sortValue: remarkOf },
    ];
  }, [axes, points, parameters, running, onApply]);
  const rows = useMemo(
    () =>
      axes.length === 1 && points.every(({ values }) => typeof values[0] === 'number')
        ? [...points].sort((one, other) => Number(one.values[0]) - Number(other.values[0]))
        : points,
    [axes, points],
  );
  return (
    <div className={classes.points} style={{ height: Math.min(420, 62 + 26 * rows.length) }}>
      <VirtualTable label="Points of the sweep" columns={columns} rows={rows} rowKey={({ index }) => String(index)} />
    </div>
  );
}
