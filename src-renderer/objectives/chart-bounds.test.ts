import { describe, expect, it } from 'vitest';
import type { Objective } from '../../src-shared/project/objective';
import type { ObjectiveVerdict, RunEvent } from '../../src-shared/run/result';
import type { ChartData } from '../charts/chart-data';
import { highestShown } from '../charts/draw-bounds';
import type { SeriesView } from '../run/series';
import { boundedCharts, missedSpans } from './chart-bounds';

const objective = (change: Partial<Objective>): Objective => ({
  id: 'o',
  name: 'O',
  scope: { type: 'end-to-end' },
  demand: { type: 'latency', percentile: 95, atMostMs: 200 },
  ...change,
});
const alert = (atMs: number, type: 'alert' | 'alert-over', id = 'o', rule: 'window' | 'fast-burn' | 'slow-burn' = 'window'): RunEvent => ({
  atMs,
  type,
  componentId: null,
  instance: null,
  linkId: null,
  faultId: null,
  value: null,
  objective: { id, name: id, rule, value: 1, limit: 1, budgetLeft: null },
});

describe('the times in which an objective was missed', () => {
  it('are those of its alerts while the run is under way, each window from its beginning', () => {
    const windowed = objective({ windowMs: 5000 });
    expect(missedSpans(windowed, [alert(10_000, 'alert'), alert(20_000, 'alert-over'), alert(30_000, 'alert')], undefined, 33)).toEqual([
      { fromS: 5, toS: 15 },
      { fromS: 25, toS: 33 },
    ]);
    const budget = objective({ demand: { type: 'error-share', atMost: 0.01 } });
    expect(
      missedSpans(
        budget,
        [alert(1000, 'alert', 'o', 'fast-burn'), alert(2000, 'alert', 'other', 'fast-burn'), alert(4000, 'alert-over', 'o', 'fast-burn')],
        undefined,
        9,
      ),
    ).toEqual([{ fromS: 1, toS: 4 }]);
  });

  it('are the windows of the verdict afterwards', () => {
    const verdict = { id: 'o', windows: { missed: [{ fromMs: 5000, toMs: 10_000, value: 3 }] } } as unknown as ObjectiveVerdict;
    expect(missedSpans(objective({ windowMs: 5000 }), [alert(1, 'alert')], verdict, 33)).toEqual([{ fromS: 5, toS: 10 }]);
  });
});

describe('bounds in charts', () => {
  const chart = (id: string): ChartData => ({ id, title: id, help: 'Help.', unit: 'ms', means: false, lines: [], timesS: [], columns: [] });
  const series: SeriesView = {
    length: 3,
    componentIds: ['web'],
    linkIds: [],
    link: () => [],
    copiedIds: [],
    staleness: () => [],
    copies: () => [],
    timesS: () => [1, 2, 3],
    system: (name) => (name === 'completedPerS' ? [9, 0, 5] : name === 'failedPerS' ? [1, 0, 5] : []),
    component: () => [2, 2, 2],
    visitComponents: () => undefined,
    telemetryLinks: [],
    telemetry: () => [],
  };
  const sources = { journal: [], verdicts: [], nowS: 3, copied: [] };

  it('stand in the chart of their metric, and bring the chart of error shares with them', () => {
    const charts = boundedCharts(
      [chart('latency'), chart('throughput'), chart('utilisation')],
      series,
      {
        ...sources,
        objectives: [
          objective({}),
          objective({ id: 'a', name: 'A', demand: { type: 'availability', atLeast: 0.99 } }),
          objective({ id: 'w', name: 'W', scope: { type: 'component', component: 'web' }, demand: { type: 'error-share', atMost: 0.5 } }),
          objective({ id: 'p', name: 'P', demand: { type: 'cost-per-hour', atMost: 1 } }),
        ],
      },
      (id) => id.toUpperCase(),
      'light',
    );
    expect(charts.map(({ id }) => id)).toEqual(['latency', 'throughput', 'errors', 'utilisation']);
    expect(charts[0]?.bounds).toMatchObject([{ value: 200, label: 'O: p95 ≤ 200 ms' }]);
    expect(charts[2]?.bounds?.map(({ value }) => value)).toEqual([expect.closeTo(0.01, 9), 0.5]);
    expect(charts[2]?.columns).toEqual([
      [0.1, null, 0.5],
      [0.5, 0.5, 0.5],
    ]);
    expect(charts[2]?.lines.map(({ label }) => label)).toEqual(['end to end', 'WEB']);
  });

  it('about stale reads stand in the charts of copies that are about the same databases', () => {
    const about = [
      objective({ id: 's', name: 'S', demand: { type: 'stale-share', atMost: 0.02 } }),
      objective({ id: 'd', name: 'D', scope: { type: 'component', component: 'web' }, demand: { type: 'staleness', percentile: 99, atMostMs: 900 } }),
    ];
    const boundsOf = (copied: readonly string[]) =>
      boundedCharts([chart('stale-share'), chart('stale-age')], series, { ...sources, objectives: about, copied }, String, 'light').map(({ id, bounds }) => [
        id,
        bounds?.map(({ label }) => label),
      ]);
    expect(boundsOf([])).toEqual([
      ['stale-share', ['S: Stale reads ≤ 2 %']],
      ['stale-age', undefined],
    ]);
    expect(boundsOf(['web'])).toEqual([
      ['stale-share', undefined],
      ['stale-age', ['D: p99 ≤ 900 ms']],
    ]);
  });

  it('change nothing where there is no objective', () => {
    const plain = [chart('latency')];
    expect(boundedCharts(plain, series, { ...sources, objectives: [] }, String, 'light')).toBe(plain);
  });

  it('are in view unless they are far above the lines', () => {
    const bound = (value: number) => ({ id: 'o', value, label: '', missed: [] });
    expect(highestShown(100, [bound(250)])).toBe(250);
    expect(highestShown(100, [bound(900)])).toBe(100);
    expect(highestShown(null, [bound(900)])).toBe(900);
    expect(highestShown(0, [bound(0.001)])).toBe(0.001);
    expect(highestShown(100, [])).toBe(100);
  });
});
