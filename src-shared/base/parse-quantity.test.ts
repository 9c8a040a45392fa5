import { describe, expect, it } from 'vitest';
import { type Dimension, formatQuantity, parseQuantity, quantityText } from './parse-quantity';

const value = (text: string, dimension: Dimension, unit = ''): number | string => {
  const result = parseQuantity(text, dimension, unit);
  return result.ok ? result.value : result.error;
};

describe('parseQuantity', () => {
  it.each([
    ['250ms', 'duration', 'ms', 250],
    ['1.5 s', 'duration', 'ms', 1500],
    ['1.5', 'duration', 's', 1500],
    ['100 µs', 'duration', 'ms', 0.1],
    ['100us', 'duration', 's', 0.1],
    ['20 ns', 'duration', 'ms', 0.00002],
    ['2 min', 'duration', 'ms', 120_000],
    ['1 day', 'duration', 'ms', 86_400_000],
    ['.5s', 'duration', 'ms', 500],
    ['10k req/s', 'rate', 'req/s', 10_000],
    ['10k', 'rate', 'req/s', 10_000],
    ['2M req/s', 'rate', 'req/s', 2_000_000],
    ['120 req/min', 'rate', 'req/s', 2],
    ['820 rps', 'rate', 'req/s', 820],
    ['1 MB', 'size', 'B', 1_000_000],
    ['1 MiB', 'size', 'B', 1_048_576],
    ['10 kB', 'size', 'B', 10_000],
    ['512', 'size', 'kB', 512_000],
    ['5 %', 'share', '%', 0.05],
    ['5', 'share', '%', 0.05],
    ['0.1%', 'share', '%', 0.001],
    ['1 Gbit/s', 'bandwidth', 'Mbit/s', 1000],
    ['100 mbps', 'bandwidth', 'Mbit/s', 100],
    ['10 MB/s', 'bandwidth', 'Mbit/s', 80],
    ['1 replica', 'count', 'replicas', 1],
    ['3 replicas', 'count', 'replicas', 3],
    ['20k', 'count', 'users', 20_000],
    ['10 000', 'count', 'users', 10_000],
    ['1e3', 'number', 'parts', 1000],
    ['-2', 'number', 'parts', -2],
  ] as const)('reads %s as a %s beside %s', (text, dimension, unit, expected) => {
    expect(value(text, dimension, unit)).toBe(expected);
  });

  it('says what it does not understand, and what it would', () => {
    expect(value('', 'duration', 'ms')).toBe('Write a number.');
    expect(value('fast', 'duration', 'ms')).toBe('"fast" is not a number: write something like 250 ms or 1.5 s.');
    expect(value('3 parsecs', 'duration', 'ms')).toBe('"parsecs" is not a unit known here. Use ns, µs, ms, s, min, h or days.');
    expect(value('3 ms', 'count', 'replicas')).toBe('"ms" is not a unit known here. Leave it out, or write replicas.');
    expect(value('1,5', 'duration', 's')).toBe('Write a point for decimals and no separators: 1500 or 1.5.');
    expect(value('5 k', 'duration', 'ms')).toContain('not a unit');
  });
});

describe('quantityText', () => {
  it.each([
    [1500, 'duration', '', '1.5 s'],
    [250, 'duration', '', '250 ms'],
    [0.25, 'duration', '', '250 µs'],
    [60_000, 'duration', '', '60 s'],
    [600_000, 'duration', '', '10 min'],
    [90_000, 'duration', '', '90 s'],
    [0, 'duration', '', '0 ms'],
    [5_400_000, 'duration', '', '90 min'],
    [12_000, 'rate', '', '12k req/s'],
    [820, 'rate', '', '820 req/s'],
    [12_345, 'rate', '', '12345 req/s'],
    [0.07, 'share', '', '7 %'],
    [0, 'share', '', '0 %'],
    [10_000, 'size', '', '10 kB'],
    [1_048_576, 'size', '', '1048576 B'],
    [1000, 'bandwidth', '', '1 Gbit/s'],
    [6, 'count', 'replicas', '6 replicas'],
    [1, 'count', 'replicas', '1 replica'],
    [1, 'count', 'replies', '1 reply'],
    [1, 'count', 'successes', '1 success'],
    [1, 'count', 'requests waiting', '1 request waiting'],
    [1, 'count', '', '1'],
    [1, 'number', 'times the mean', '1 times the mean'],
    [0.5, 'number', 'parts', '0.5 parts'],
  ] as const)('shows %s of a %s', (stored, dimension, unit, expected) => {
    expect(formatQuantity(stored, dimension, unit)).toBe(expected);
    // Whatever a field shows, it also reads.
    expect(parseQuantity(expected, dimension, unit)).toEqual({ ok: true, value: stored });
  });

  it('keeps every digit of a value that no unit shows shortly', () => {
    expect(quantityText(1234.5678901, 'duration', '').digits).toBe('1234.5678901');
  });
});
