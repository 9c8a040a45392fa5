import { describe, expect, it } from 'vitest';
import { COPY_SERIES, type CopySeriesName, type RunResult } from '../../src-shared/run/result';
import { seriesOfResult } from '../run/series';
import { resultOf } from '../run/test-frames';
import { copyCharts, selectedCopies } from './copy-charts';

/** Two databases with copies: the columns of the first begin at 1, those of the second at 2. */
function series(none = false) {
  const columns = (from: number) =>
    Object.fromEntries(COPY_SERIES.map((name) => [name, none && name !== 'staleShare' ? [null, null] : [from, null]])) as Record<
      CopySeriesName,
      (number | null)[]
    >;
  const copies: RunResult['series']['copies'] = {
    endToEnd: columns(0),
    components: [
      { id: 'orders', columns: columns(1) },
      { id: 'users', columns: columns(2) },
    ],
  };
  return seriesOfResult({ ...resultOf().series, copies });
}
const named = (selected: readonly string[]) => ({ selected, nameOf: (id: string) => id.toUpperCase(), placeOf: (id: string) => id.length });

describe('charts of copies', () => {
  it('are end to end until databases are selected; the lag is of each database', () => {
    const charts = copyCharts(series(), named([]), 'light');
    expect(charts.map(({ id, columns }) => [id, columns])).toEqual([
      ['stale-share', [[0, null]]],
      [
        'stale-age',
        [
          [0, null],
          [0, null],
        ],
      ],
      [
        'replication-lag',
        [
          [1, null],
          [2, null],
        ],
      ],
    ]);
    expect(charts[2]?.lines.map(({ label }) => label)).toEqual(['ORDERS', 'USERS']);
    const selected = copyCharts(series(), named(['users']), 'light');
    expect(selected.map(({ columns }) => columns[0])).toEqual([
      [2, null],
      [2, null],
      [2, null],
    ]);
    expect(selected[1]?.title).toBe('Age of stale reads, USERS');
  });

  it('leave out what nothing was counted for, and are none where nothing has copies', () => {
    expect(copyCharts(series(true), named([]), 'light').map(({ id }) => id)).toEqual(['stale-share']);
    expect(copyCharts(seriesOfResult(resultOf().series), named([]), 'light')).toEqual([]);
    expect(selectedCopies(series(), ['web', 'users', 'gone'])).toEqual(['users']);
  });
});
