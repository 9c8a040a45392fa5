import { useMemo } from 'react';
import { type TableColumn, VirtualTable } from '../results/virtual-table';
import type { ChartData } from './chart-data';
import { formatChartValue, formatClock } from './chart-format';

/** The numbers behind a chart: one row for each point. */
export function SeriesTable({ chart }: { readonly chart: ChartData }) {
  const columns = useMemo<readonly TableColumn<number>[]>(
    () => [
      { key: 'time', title: 'Time', width: 84, cell: (index) => formatClock(chart.timesS[index] ?? 0, 1), sortValue: (index) => chart.timesS[index] },
      ...chart.lines.map(
        (line, position): TableColumn<number> => ({
          key: line.key,
          title: line.label,
          width: 104,
          cell: (index) => formatChartValue(chart.unit, chart.columns[position]?.[index]),
          sortValue: (index) => chart.columns[position]?.[index],
        }),
      ),
    ],
    [chart],
  );
  const rows = useMemo(() => chart.timesS.map((_, index) => index), [chart]);
  return <VirtualTable label={`${chart.title} as a table`} columns={columns} rows={rows} rowKey={String} />;
}
