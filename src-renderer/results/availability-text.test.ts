import { expect, it } from 'vitest';
import { formatAvailability, formatDowntime, formatNines } from './availability-text';

it('tells availability in percent, nines and downtime', () => {
  expect([0.5, 0.95, 0.999, 0.99953, 0.999999, 1].map(formatAvailability)).toEqual(['50 %', '95 %', '99.9 %', '99.953 %', '99.9999 %', '100 %']);
  expect([0.9, 0.999, 0.9995, 1, 0].map(formatNines)).toEqual(['1 nine', '3 nines', '3.3 nines', 'all nines', 'no nines']);
  expect([0.999, 0.99, 1].map(formatDowntime)).toEqual(['8.76 h a year', '3.65 days a year', 'none']);
});

it('never rounds up to what was not reached', () => {
  expect(formatAvailability(0.99999999)).not.toBe('100 %');
  expect(formatAvailability(0.9996)).toBe('99.96 %');
});
