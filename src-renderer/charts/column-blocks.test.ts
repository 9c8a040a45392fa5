import { expect, it } from 'vitest';
import { BLOCK, scanOf } from './column-blocks';

const plain = (column: readonly (number | null)[], from: number, to: number) => {
  const values = column.slice(from, to).filter((value): value is number => value !== null);
  return { low: Math.min(...values), high: Math.max(...values), sum: values.reduce((sum, value) => sum + value, 0), samples: values.length };
};

it('a stretch comes to the same by blocks as point by point, also while the column grows', () => {
  const column: (number | null)[] = Array.from({ length: 10 * BLOCK + 7 }, (_, index) => (index % 11 === 0 ? null : (index * 7919) % 1009));
  for (const [from, to] of [
    [0, column.length],
    [0, 2 * BLOCK],
    [3 * BLOCK, 5 * BLOCK],
    [3 * BLOCK, 5 * BLOCK + 9],
    [5, 200],
    [10 * BLOCK, column.length],
  ] as const)
    expect(scanOf(column, from, to)).toMatchObject(plain(column, from, to));
  const before = scanOf(column, 0, column.length);
  for (let index = 0; index < 3 * BLOCK; index++) column.push(index === 100 ? 1e6 : 5);
  const after = scanOf(column, 0, column.length);
  expect(after).toMatchObject(plain(column, 0, column.length));
  expect([after.high, after.highAt]).toEqual([1e6, 10 * BLOCK + 7 + 100]);
  expect(after.lowAt).toBe(before.lowAt);
});

it('a stretch without a value has none', () => {
  expect(
    scanOf(
      Array.from({ length: 2 * BLOCK }, () => null),
      0,
      2 * BLOCK,
    ),
  ).toMatchObject({ lowAt: -1, highAt: -1, samples: 0 });
});
