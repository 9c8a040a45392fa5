// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { HELP_GROUPS } from './help-page';
import { HELP_PAGES } from './help-pages';
import { FIRST_PAGE } from './help-store';
import { searchPages, textOf } from './page-text';

it('pages have ids of their own, known headings and text', () => {
  expect(new Set(HELP_PAGES.map(({ id }) => id)).size).toBe(HELP_PAGES.length);
  expect(HELP_PAGES.some(({ id }) => id === FIRST_PAGE)).toBe(true);
  for (const { id, group, content } of HELP_PAGES) {
    expect(HELP_GROUPS, id).toContain(group);
    expect(textOf(content).length, id).toBeGreaterThan(200);
  }
});

it('finds pages by words in their text, title first, and says where', () => {
  const found = searchPages(HELP_PAGES, 'little law');
  expect(found.map(({ page }) => page.id)).toEqual(expect.arrayContaining(['reading-results', 'fidelity']));
  expect(searchPages(HELP_PAGES, 'fidelity')[0]?.page.id).toBe('fidelity');
  expect(searchPages(HELP_PAGES, 'MSER-5 cuts')[0]?.excerpt).toContain('MSER-5');
  expect(
    searchPages(HELP_PAGES, 'power of d choices').map(({ page }) => page.id),
    'manuals of parts are searched',
  ).toContain('part-load-balancer');
  expect(searchPages(HELP_PAGES, 'zyzzyva')).toEqual([]);
  expect(searchPages(HELP_PAGES, '  ')).toHaveLength(HELP_PAGES.length);
});
