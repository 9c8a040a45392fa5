import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../support/folder';
import { expect, test } from '../support/lab';
import { closeGallery, openFile, runToEnd } from '../support/steps';

/** Between the margins of an A4 page, in CSS pixels. */
const PAPER_WIDTH = 688;

test('long names of parts fit on the paper of a report', async ({ start }) => {
  const folder = temporaryFolder();
  const project = JSON.parse(readFileSync(join(import.meta.dirname, '../../examples/three-tier.topolab'), 'utf8'));
  for (const [place, component] of project.designs[0].components.entries())
    component.name =
      place === 0
        ? 'Applicationservicewithoutanyspaceinitsnamesothatitcannotbewrappedanywhereatall'
        : `A part with a name of many words, number ${place} of them`;
  const file = join(folder, 'names.topolab');
  writeFileSync(file, JSON.stringify(project));
  const lab = await start();
  const { page } = lab;
  await closeGallery(page);
  await openFile(lab, file);
  await expect(page.getByTestId('file-name')).toContainText('names');
  await page.getByRole('radiogroup', { name: 'Speed' }).getByText('Max').click();
  await runToEnd(page);
  const path = join(folder, 'names - report.html');
  const answer = await lab.chooseToSave(path);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Report as HTML', exact: true }).click();
  await answer();

  const paper = await page.context().newPage();
  await paper.setViewportSize({ width: PAPER_WIDTH, height: 980 });
  await paper.emulateMedia({ media: 'print' });
  await paper.setContent(readFileSync(path, 'utf8'));
  const tables = await paper
    .locator('table')
    .evaluateAll((found) =>
      found
        .filter((table) => table.checkVisibility())
        .map((table) => ({ name: table.querySelector('caption')?.textContent, right: Math.ceil(table.getBoundingClientRect().right) })),
    );
  expect(tables.length).toBeGreaterThan(8);
  expect(tables.filter(({ right }) => right > PAPER_WIDTH)).toEqual([]);
});
