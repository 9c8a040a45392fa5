import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { templateGroups } from './templates';

it('every example stands in one group of the gallery, and in none of leftovers', () => {
  const groups = templateGroups();
  expect(groups.map(({ title }) => title)).toEqual(['First steps', 'Scaling', 'Balancing', 'Resilience', 'Computation']);
  const files = readdirSync(join(import.meta.dirname, '../../examples')).filter((name) => name.endsWith('.topolab'));
  expect(groups.flatMap(({ templates }) => templates.map(({ id }) => `${id}.topolab`)).sort()).toEqual(files.sort());
});
