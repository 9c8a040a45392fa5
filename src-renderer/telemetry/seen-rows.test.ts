import { describe, expect, it } from 'vitest';
import type { SeriesView } from '../run/series';
import { chartedLink, seenCharts } from './seen-charts';
import { offBy, seenNotes, seenRows } from './seen-rows';

describe('seen and true', () => {
  const link = { seenThroughput: 95, seenUtilisation: 0.5, seenLatencyP99Ms: 80, spansSeen: 150 };

  it('stand side by side, with how far what is seen is off', () => {
    const rows = seenRows(link, { throughput: 100, utilisation: 0.52, failureShare: 0.01, latencyP99Ms: 100 });
    expect(rows.map(({ title, seen, truth, off }) => [title, seen, truth, off])).toEqual([
      ['Throughput', '95 req/s', '100 req/s', '−5 %'],
      ['Error share', '–', '1 %', ''],
      ['Utilisation', '50 %', '52 %', '−2 points'],
      ['Latency, p99', '80 ms', '100 ms', '−20 %'],
    ]);
  });

  it('compares percentiles of the same stretch of time while the run goes on', () => {
    const rows = seenRows(link, { latencyP99Ms: 1 }, { p50: Number.NaN, p95: Number.NaN, p99: 64 });
    expect(rows.find(({ metric }) => metric === 'seenLatencyP99Ms')).toMatchObject({ truth: '64 ms', off: '+25 %' });
  });

  it('are not compared where one is not known, or the truth is nothing', () => {
    expect(offBy('seenThroughput', undefined, 3)).toBe('');
    expect(offBy('seenThroughput', 3, 0)).toBe('');
    expect(offBy('seenThroughput', 3, 3)).toBe('±0 %');
  });
});

describe('what the numbers rest on', () => {
  it('warns of percentiles from too few spans', () => {
    expect(seenNotes({ spansSeen: 150, telemetryAgeMeanMs: 5000 }, true)).toEqual([
      'The newest report is 5 s old.',
      'Percentiles rest on 150 spans of the latest interval: too few for p95 or p99, with fewer than 10 beyond it.',
    ]);
    expect(seenNotes({ spansSeen: 500 }, false)).toEqual(['Percentiles rest on 500 spans: too few for p99, with fewer than 10 beyond it.']);
    expect(seenNotes({ spansSeen: 1000 }, false)).toEqual(['Percentiles rest on 1000 spans.']);
  });

  it('tells what is missing and what it cost', () => {
    expect(seenNotes({ spanDropShare: 0.2, spanLossShare: 0.05, telemetryOverheadShare: 0.1 }, false)).toEqual([
      '25 % of the spans never came: 20 % dropped at the part, 5 % lost or refused.',
      'Telemetry took 10 % of the part’s service time.',
    ]);
    expect(seenNotes({}, true)).toEqual(['No report has arrived yet.']);
  });
});

describe('charts of a collector', () => {
  const links = [
    { linkId: 'l1', componentId: 'web', collectorId: 'eye' },
    { linkId: 'l2', componentId: 'data', collectorId: 'eye' },
  ];
  const series: SeriesView = {
    length: 2,
    componentIds: ['web', 'data', 'eye'],
    linkIds: [],
    link: () => [],
    copiedIds: [],
    staleness: () => [],
    copies: () => [],
    timesS: () => [1, 2],
    system: () => [],
    component: (id) => (id === 'data' ? [7, 8] : [1, 2]),
    visitComponents: () => undefined,
    telemetryLinks: links,
    telemetry: (id, name) => (id === 'l2' && name === 'seenPerS' ? [null, 6] : [null, null]),
  };

  it('tell of the selected part, of the first one without a selection', () => {
    expect(chartedLink(series, [])).toBe(links[0]);
    expect(chartedLink(series, ['clients', 'data'])).toBe(links[1]);
    expect(chartedLink(series, ['eye'])).toBe(links[0]);
    expect(chartedLink({ ...series, telemetryLinks: [] }, ['data'])).toBeNull();
  });

  it('have the truth first and what is seen over it', () => {
    const [throughput] = seenCharts(series, ['l2'], (id) => id, 'light');
    expect(throughput).toMatchObject({
      title: 'data seen: throughput',
      columns: [
        [7, 8],
        [null, 6],
      ],
    });
    expect(seenCharts({ ...series, telemetryLinks: [] }, [], (id) => id, 'light')).toEqual([]);
  });
});
