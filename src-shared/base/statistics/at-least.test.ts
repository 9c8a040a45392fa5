import { expect, test } from 'vitest';
import { atLeast } from './at-least';

test('counts independent events: binomial where they are alike, by cases where they are not', () => {
  expect(atLeast(2, [0.9, 0.9, 0.9])).toBeCloseTo(0.9 ** 3 + 3 * 0.9 ** 2 * 0.1, 12);
  expect(atLeast(1, [0.5, 0.2])).toBeCloseTo(1 - 0.5 * 0.8, 12);
  expect(atLeast(2, [0.5, 0.2])).toBeCloseTo(0.1, 12);
});

test('none are always there, and more than there are means all of them', () => {
  expect(atLeast(0, [0.3])).toBeCloseTo(1, 12);
  expect(atLeast(0, [])).toBe(1);
  expect(atLeast(5, [0.5, 0.4])).toBeCloseTo(0.2, 12);
});
