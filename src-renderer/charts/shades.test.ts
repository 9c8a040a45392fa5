import { expect, it } from 'vitest';
import { namesAt, shadesOf } from './shades';

const faults = new Map([
  ['a', { name: 'Crash' }],
  ['b', { name: 'Cut' }],
]);

it('shades the windows of faults, and tells their names', () => {
  const shades = shadesOf(
    [
      { faultId: 'a', instance: 0, fromMs: 1000, toMs: 3000 },
      { faultId: 'a', instance: 1, fromMs: 2000, toMs: 5000 },
      { faultId: 'b', instance: null, fromMs: 4000, toMs: null },
      { faultId: 'a', instance: 0, fromMs: 7000, toMs: 7500 },
    ],
    faults,
    9,
  );
  expect(shades).toEqual([
    { name: 'Crash', fromS: 1, toS: 5 },
    { name: 'Cut', fromS: 4, toS: 9 },
    { name: 'Crash', fromS: 7, toS: 7.5 },
  ]);
  expect([0, 2, 4.5, 6, 7.2].map((at) => namesAt(shades, at))).toEqual(['', 'Crash', 'Crash, Cut', 'Cut', 'Cut, Crash']);
});
