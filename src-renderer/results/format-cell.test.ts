import { describe, expect, it } from 'vitest';
import type { MetricName } from '../../src-shared/engine/metrics';
import { formatMeasured } from './format-cell';
import { sortRows } from './virtual-table';

const say = (name: MetricName, value: number, halfWidth?: number, withUnit = true): string =>
  formatMeasured(name, { metrics: { [name]: value }, ...(halfWidth !== undefined && { halfWidths: { [name]: halfWidth } }), failures: {} }, withUnit);

describe('a measured number', () => {
  it('stands in the unit that it reads best in', () => {
    expect([
      say('latencyP99Ms', 0.2504),
      say('latencyP99Ms', 147.93),
      say('latencyP99Ms', 12_345),
      say('utilisation', 0.8567),
      say('throughput', 1204.4),
      say('bytesRate', 2_500_000),
    ]).toEqual(['250 µs', '148 ms', '12.3 s', '85.7 %', '1204 req/s', '2.5 MB/s']);
  });

  it('has its interval in the same unit, and as many digits as the interval warrants', () => {
    expect(say('latencyMeanMs', 72.5731, 0.2137)).toBe('72.57 ms ± 0.21');
    expect(say('latencyMeanMs', 0.5, 0.02)).toBe('500 µs ± 20');
    expect(say('failureShare', 0.007, 0.001)).toBe('0.7 % ± 0.1');
  });

  it('is exact where it is a count', () => {
    expect(say('completed', 13_972)).toBe('13972');
  });

  it('is a dash where there is none', () => {
    expect(formatMeasured('utilisation', { metrics: {}, failures: {} })).toBe('–');
  });

  it('leaves the unit to the head of the column, but for units that change with the size', () => {
    expect([say('throughput', 99, undefined, false), say('utilisation', 0.5, undefined, false), say('latencyP95Ms', 5, undefined, false)]).toEqual([
      '99',
      '50',
      '5 ms',
    ]);
  });
});

describe('sorting rows', () => {
  const rows = [{ v: 2 }, { v: undefined }, { v: 10 }, { v: Number.NaN }, { v: 1 }];

  it('is by number, with what has no value last in both directions', () => {
    expect(sortRows(rows, (row) => row.v, false).map((row) => row.v)).toEqual([1, 2, 10, undefined, Number.NaN]);
    expect(sortRows(rows, (row) => row.v, true).map((row) => row.v)).toEqual([10, 2, 1, undefined, Number.NaN]);
  });

  it('is by letter for text', () => {
    expect(sortRows(['b', 'a', 'c'], (row) => row, true)).toEqual(['c', 'b', 'a']);
  });
});
