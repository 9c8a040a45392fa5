import { expect, it } from 'vitest';
import { templateGroups } from './templates';

const files = Object.keys(import.meta.glob('../../examples/*.topolab', { query: '?raw' }));

it('every example stands in one group of the gallery, and in none of leftovers', () => {
  const groups = templateGroups();
  expect(groups.map(({ title }) => title)).toEqual(['First steps', 'Scaling', 'Balancing', 'Resilience', 'Data', 'Observing', 'Computation']);
  expect(files.length).toBeGreaterThan(15);
  expect(groups.flatMap(({ templates }) => templates.map(({ id }) => `../../examples/${id}.topolab`)).sort()).toEqual(files.sort());
});
