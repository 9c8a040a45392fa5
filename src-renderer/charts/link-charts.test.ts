import { describe, expect, it } from 'vitest';
import { seriesOfResult } from '../run/series';
import { resultOf } from '../run/test-frames';
import { linkCharts } from './link-charts';

describe('linkCharts', () => {
  const series = seriesOfResult(resultOf().series);
  const named = (id: string): string => `link ${id}`;

  it('are there for selected links only, with the columns of each', () => {
    expect(linkCharts(series, [], named, 'light')).toEqual([]);
    expect(linkCharts(series, ['web', 'gone'], named, 'light')).toEqual([]);
    const charts = linkCharts(series, ['web', 'l1'], named, 'light');
    // Without a bandwidth there is nothing to use up.
    expect(charts.map(({ id }) => id)).toEqual(['link-calls', 'link-network', 'link-transit']);
    expect(charts.map(({ columns }) => columns)).toEqual([[[10, 20]], [[0.5, null]], [[0, 1]]]);
    expect(charts[0]?.lines).toMatchObject([{ key: 'l1', label: 'link l1' }]);
    expect(charts[0]?.timesS).toEqual([0.1, 0.2]);
  });
});
