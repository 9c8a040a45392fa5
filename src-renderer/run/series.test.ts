import { describe, expect, it } from 'vitest';
import { COMPONENT_SERIES, COPY_SERIES, LINK_SERIES, STALENESS_SERIES, SYSTEM_SERIES } from '../../src-shared/run/result';
import { createSeriesBuffer } from './series';
import { pointOf } from './test-frames';

describe('series of a run under way', () => {
  it('give columns by name, and null where an interval had no sample', () => {
    const buffer = createSeriesBuffer({ componentIds: ['a', 'b'], linkIds: ['l1', 'l2'], telemetryLinks: [] });
    const point = pointOf(1000, Number.NaN, 2, 2);
    point.links[LINK_SERIES.length + LINK_SERIES.indexOf('inTransit')] = 5;
    point.components[COMPONENT_SERIES.length + COMPONENT_SERIES.indexOf('queue')] = 4;
    point.system[SYSTEM_SERIES.indexOf('latencyP99Ms')] = 9;
    buffer.add([point]);
    expect(buffer.timesS()).toEqual([1]);
    expect(buffer.component('b', 'queue')).toEqual([4]);
    expect(buffer.component('a', 'queue')).toEqual([null]);
    expect(buffer.system('latencyP99Ms')).toEqual([9]);
    expect(buffer.component('gone', 'queue')).toEqual([null]);
    expect([buffer.link('l2', 'inTransit'), buffer.link('l1', 'inTransit'), buffer.link('gone', 'inTransit')]).toEqual([[5], [null], [null]]);
  });

  it('have those of copies, end to end and of each database that has some', () => {
    const buffer = createSeriesBuffer({ componentIds: ['a', 'b'], linkIds: [], copiedIds: ['b', 'a'] });
    const copies = Float64Array.from({ length: STALENESS_SERIES.length + 2 * COPY_SERIES.length }, (_, index) => index);
    buffer.add([{ ...pointOf(1000, 1, 2), copies }]);
    expect([buffer.staleness('staleShare'), buffer.copies('b', 'staleShare'), buffer.copies('a', 'replicationLagP99Ms')]).toEqual([[1], [5], [15]]);
    expect(buffer.copies('gone', 'staleShare')).toEqual([null]);
  });

  it('are visited for all components without a column of each, from a point on', () => {
    const buffer = createSeriesBuffer({ componentIds: ['a', 'b'], linkIds: [], telemetryLinks: [] });
    for (const time of [1, 2, 3]) {
      const point = pointOf(time * 1000, Number.NaN, 2, 0);
      for (const place of [0, 1]) point.components[place * COMPONENT_SERIES.length + COMPONENT_SERIES.indexOf('queue')] = place === 0 ? Number.NaN : time;
      buffer.add([point]);
    }
    const seen: [number, number][] = [];
    buffer.visitComponents('queue', 1, (place, value) => seen.push([place, value]));
    expect(seen).toEqual([
      [1, 2],
      [1, 3],
    ]);
  });

  it('stay bounded however long the run: points are thinned evenly', () => {
    const width = SYSTEM_SERIES.length + COMPONENT_SERIES.length;
    const buffer = createSeriesBuffer({ componentIds: ['a'], linkIds: [], telemetryLinks: [] }, width * 100);
    for (let time = 1; time <= 10_000; time++) buffer.add([pointOf(time * 1000, time)]);
    expect(buffer.length).toBeLessThanOrEqual(100);
    expect(buffer.length).toBeGreaterThan(45);
    const times = buffer.timesS();
    const gaps = new Set(times.slice(1).map((time, index) => time - (times[index] ?? 0)));
    expect(gaps.size).toBe(1);
    expect(times.at(-1)).toBeGreaterThan(9800);
  });
});
