import { expect, test } from 'vitest';
import { choice, count, duration, list, optional, text } from '../kinds/params';
import { mattering, perturbations, rowsOf } from './perturb';

const spec = { title: 'T', help: 'H.', provenance: 'P.', group: 'G' };

test('proposes other valid values only', () => {
  const limited = count({ ...spec, unit: 'things', default: 1, min: 1, max: 3 });
  expect(perturbations(limited, 1).length).toBeGreaterThan(0);
  for (const value of perturbations(limited, 1)) expect([2, 3]).toContain(value);
  expect(perturbations(optional(limited, 'unlimited'), null)).not.toContain(null);
});

test('makes a parameter matter and rows differ', () => {
  const params = {
    mode: choice({
      ...spec,
      default: 'a',
      choices: [
        { value: 'a', title: 'A', help: 'A.' },
        { value: 'b', title: 'B', help: 'B.' },
      ],
    }),
    limit: optional(count({ ...spec, unit: 'things', default: 5 }), 'unlimited'),
    depends: duration({
      ...spec,
      default: 1,
      when: [
        { param: 'mode', is: ['b'] },
        { param: 'limit', is: ['set'] },
      ],
    }),
  } as const;
  expect(mattering(params, 'depends', 0)).toMatchObject({ mode: 'b', limit: 1 });
  const rows = list({
    ...spec,
    rowTitle: 'row',
    maxRows: 9,
    default: [],
    fields: { name: text({ ...spec, default: 'x' }), atMs: duration({ ...spec, default: 0 }) },
  });
  expect(rowsOf(rows, 3)).toEqual([
    { name: 'x', atMs: 0 },
    { name: 'x 2', atMs: 1 },
    { name: 'x 3', atMs: 2 },
  ]);
});
