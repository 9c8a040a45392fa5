import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../src-shared/run/result';
import type { SeriesView } from '../run/series';
import { axisEnd } from './axis-end';
import { changingComponents, topComponents, wantedColumn } from './chart-data';
import { formatClock, formatTick } from './chart-format';

/** Visits columns as a series does. */
const visitorOf =
  (columns: Readonly<Record<string, readonly (number | null)[]>>, ids: readonly string[]): SeriesView['visitComponents'] =>
  (_name, from, visit) => {
    for (const [place, id] of ids.entries()) for (const value of columns[id]?.slice(from) ?? []) if (value !== null) visit(place, value);
  };

describe('the leading parts', () => {
  const columns: Record<string, (number | null)[]> = { a: [9, 9, 9, 0.1], b: [0, 0, 0, 0.5], c: [null, null, null, null], d: [0, 0, 0, 0.9] };
  const series: SeriesView = {
    length: 4,
    componentIds: ['a', 'b', 'c', 'd'],
    linkIds: [],
    link: () => [],
    copiedIds: [],
    staleness: () => [],
    copies: () => [],
    timesS: () => [1, 2, 3, 4],
    system: () => [],
    component: (id) => columns[id] ?? [],
    visitComponents: visitorOf(columns, ['a', 'b', 'c', 'd']),
    telemetryLinks: [],
    telemetry: () => [],
  };

  it('are those with the highest recent values, in the order of the design, without those that have none', () => {
    expect(topComponents(series, 'utilisation', 2)).toEqual(['b', 'd']);
    expect(topComponents(series, 'utilisation', 9)).toEqual(['a', 'b', 'd']);
  });
});

describe('the chart of instances', () => {
  const columns: Record<string, (number | null)[]> = { a: [1, 1, 1], b: [2, 3, 2], c: [null, 4, 9], d: [null, null, null] };
  const series: SeriesView = {
    length: 3,
    componentIds: ['a', 'c', 'b', 'd'],
    linkIds: [],
    link: () => [],
    copiedIds: [],
    staleness: () => [],
    copies: () => [],
    timesS: () => [1, 2, 3],
    system: () => [],
    component: (id) => columns[id] ?? [],
    visitComponents: visitorOf(columns, ['a', 'c', 'b', 'd']),
    telemetryLinks: [],
    telemetry: () => [],
  };
  const decision = (atMs: number, componentId: string, value: number): RunEvent => ({
    atMs,
    type: 'scaling-decision',
    componentId,
    instance: null,
    linkId: null,
    faultId: null,
    value,
  });

  it('shows parts whose instances come and go', () => {
    expect(changingComponents(series, 'instancesUp')).toEqual(['c', 'b']);
    expect(changingComponents(series, 'instancesUp', 1)).toEqual(['c']);
  });

  it('shows what was wanted, from the first decision on', () => {
    const journal = [decision(1500, 'b', 3), decision(1700, 'b', 4), decision(1800, 'a', 9), decision(2500, 'b', 2)];
    expect(wantedColumn([1, 2, 3], journal, 'b')).toEqual([null, 4, 2]);
    expect(wantedColumn([1, 2, 3], journal, 'd')).toEqual([null, null, null]);
  });
});

describe('the time axis', () => {
  it('shows the whole duration, or a half, a quarter … of it while the run still fits', () => {
    expect(axisEnd(60, 40, false)).toBe(60);
    expect(axisEnd(60, 20, false)).toBe(30);
    expect(axisEnd(86_400, 1, false)).toBe(84.375);
  });

  it('ends with the run once it is over', () => {
    expect(axisEnd(60, 12.5, true)).toBe(12.5);
  });

  it('is labelled in seconds or as a clock', () => {
    expect([formatTick(2.5, 2.5, 20), formatTick(0.75, 0.25, 3), formatTick(92.5, 2.5, 600)]).toEqual(['2.5 s', '0.75 s', '01:32.5']);
    expect([formatTick(20, 20, 60), formatTick(0.5, 0.5, 3), formatTick(100, 50, 600), formatTick(0.1, 0.1, 1)]).toEqual(['20 s', '0.5 s', '01:40', '100 ms']);
    expect([formatClock(252.35, 3), formatClock(3852), formatClock(59.9996, 3)]).toEqual(['04:12.350', '1:04:12', '01:00.000']);
  });
});
