import { describe, expect, it } from 'vitest';
import { FAILURE_REASONS } from '../engine/metrics';
import { DEFAULT_SETTINGS } from '../project/project';
import { COPY_SERIES, type CopySeriesName, type RunResult, TELEMETRY_SERIES, type TelemetrySeriesName } from '../run/result';
import { METRIC_NAMES, measuredRows, requestsCsv, resultCsv, resultJson, seriesCsv } from './result-export';

const nothing = { metrics: {}, failures: {} };
const result: RunResult = {
  format: 'topolab-result',
  formatVersion: 1,
  engineVersion: '1',
  project: { name: 'Shop' },
  design: { id: 'd', name: 'D' },
  settings: DEFAULT_SETTINGS,
  ended: 'finished',
  simulatedMs: 60_000,
  warmUpMs: 5000,
  replications: 2,
  events: 10,
  endToEnd: { metrics: { throughput: 99.5 }, halfWidths: { throughput: 1.25 }, failures: { timeout: 3 } },
  operations: [{ ...nothing, clientId: 'c', operation: 'view' }],
  components: [
    { ...nothing, id: 'c', name: 'Clients, all', kind: 'client', instances: [nothing] },
    {
      ...nothing,
      id: 'w',
      name: 'Web',
      kind: 'service',
      metrics: { utilisation: 0.5 },
      instances: [
        { ...nothing, metrics: { utilisation: 0.4 } },
        { ...nothing, metrics: { utilisation: 0.6 } },
      ],
    },
  ],
  links: [{ ...nothing, id: 'l', from: 'c', to: 'w', mode: 'call', metrics: { callRate: 7 } }],
  latencies: [],
  checks: { conservation: { holds: true, checked: 1, violations: [] }, little: { holds: true, checked: 1, worstResidual: 0, worstComponentId: null } },
  findings: [],
  objectives: [],
  series: {
    timeMs: [200],
    endToEnd: { offeredPerS: [1], completedPerS: [2], failedPerS: [0], latencyP50Ms: [null], latencyP95Ms: [4], latencyP99Ms: [5], inFlight: [6] },
    components: [
      {
        id: 'w',
        columns: { utilisation: [0.5], queue: [1], inSystem: [2], present: [3], completedPerS: [4], failedPerS: [0], instancesUp: [0], servers: [0] },
      },
    ],
    links: [{ id: 'l', columns: { callsPerS: [7], networkMeanMs: [0.25], inTransit: [2], utilisation: [null] } }],
  },
  expected: { availability: 1, downtimePerYearS: 0, clients: [], components: [] },
  faults: [],
  journal: [],
  journalDropped: 0,
  requests: [{ clientId: 'c', operation: 'view', arrivalMs: 1, endMs: 3.5, outcome: 'timeout', waitingMs: 1, serviceMs: 0.5 }],
};
const lines = (text: string): string[] => text.trimEnd().split('\r\n');

describe('exports of a result', () => {
  it('list everything that was measured, with names', () => {
    expect(measuredRows(result).map(({ scope, id, name, kind }) => [scope, id, name, kind])).toEqual([
      ['end-to-end', '', 'End to end', ''],
      ['operation', 'c', 'Clients, all · view', ''],
      ['component', 'c', 'Clients, all', 'client'],
      ['component', 'w', 'Web', 'service'],
      ['link', 'l', 'Clients, all → Web', 'call'],
    ]);
    expect(
      measuredRows(result, true)
        .filter(({ scope }) => scope === 'instance')
        .map(({ name }) => name),
    ).toEqual(['Web #1', 'Web #2']);
  });

  it('write the table with the names of the metrics as columns', () => {
    const [header = '', whole = ''] = lines(resultCsv(result));
    const columns = header.split(',');
    expect(columns.length).toBe(4 + 2 * METRIC_NAMES.length + FAILURE_REASONS.length);
    const cells = whole.split(',');
    expect(cells[columns.indexOf('throughput')]).toBe('99.5');
    expect(cells[columns.indexOf('throughputHalfWidth')]).toBe('1.25');
    expect(cells[columns.indexOf('utilisation')]).toBe('');
    expect(cells[columns.indexOf('failed:timeout')]).toBe('3');
    expect(lines(resultCsv(result))[3]).toMatch(/^component,c,"Clients, all",client,/);
  });

  it('write the series with one row for each point', () => {
    expect(lines(seriesCsv(result))).toEqual([
      'timeMs,offeredPerS,completedPerS,failedPerS,latencyP50Ms,latencyP95Ms,latencyP99Ms,inFlight,w.utilisation,w.queue,w.inSystem,w.present,w.completedPerS,w.failedPerS,w.instancesUp,w.servers,l.link.callsPerS,l.link.networkMeanMs,l.link.inTransit,l.link.utilisation',
      '200,1,2,0,,4,5,6,0.5,1,2,3,4,0,0,0,7,0.25,2,',
    ]);
  });

  it('write what reads of copies showed', () => {
    const columns = Object.fromEntries(COPY_SERIES.map((name, index) => [name, [index + 0.5]])) as Record<CopySeriesName, number[]>;
    const copies = { endToEnd: columns, components: [{ id: 'w', columns: { ...columns, staleShare: [9] } }] };
    const [header = '', row = ''] = lines(seriesCsv({ ...result, series: { ...result.series, copies } }));
    const cell = (name: string): string | undefined => row.split(',')[header.split(',').indexOf(name)];
    expect([cell('copies.staleShare'), cell('w.copies.staleShare'), cell('w.copies.replicationLagP99Ms')]).toEqual(['1.5', '9', '5.5']);
    expect(header).not.toContain('copies.copies');
    expect(header.split(',')).not.toContain('copies.replicationLagP99Ms');
  });

  it('write what telemetry collectors showed beside the truth', () => {
    const columns = Object.fromEntries(TELEMETRY_SERIES.map((name, index) => [name, [index + 0.5]])) as Record<TelemetrySeriesName, number[]>;
    const telemetry = [{ linkId: 'report', componentId: 'w', collectorId: 'collector', columns }];
    const [header = '', row = ''] = lines(seriesCsv({ ...result, series: { ...result.series, telemetry } }));
    const place = header.split(',').indexOf(`report.seen.${TELEMETRY_SERIES[1]}`);
    expect(place).toBe(header.split(',').length - TELEMETRY_SERIES.length + 1);
    expect(row.split(',')[place]).toBe('1.5');
  });

  it('write requests, and the result as it is', () => {
    expect(lines(requestsCsv(result))[1]).toBe('c,view,1,3.5,2.5,timeout,1,0.5');
    expect(JSON.parse(resultJson(result))).toEqual(result);
  });
});
