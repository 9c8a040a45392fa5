import { resolve } from 'node:path';
import { expect, type Lab, test } from '../support/lab';
import { closeGallery, part, runStatus, runToEnd } from '../support/steps';

const example = resolve(import.meta.dirname, '../../examples/three-tier.topolab');

/** Ids of the items of the window's native menu that are greyed out. */
async function greyed({ app }: Lab): Promise<readonly string[]> {
  const ids = await app?.evaluate(({ Menu }) =>
    (Menu.getApplicationMenu()?.items ?? []).flatMap(({ submenu }) => (submenu?.items ?? []).filter(({ enabled }) => !enabled).map(({ id }) => id)),
  );
  return ids ?? [];
}

/** Clicks an item of the native menu once it is offered. */
async function choose(lab: Lab, id: string): Promise<void> {
  await expect.poll(() => greyed(lab)).not.toContain(id);
  await lab.app?.evaluate(({ Menu, BrowserWindow }, wanted) => {
    const item = Menu.getApplicationMenu()?.getMenuItemById(wanted);
    item?.click(item, BrowserWindow.getAllWindows()[0]);
  }, id);
}

test('the native menu offers what is possible in each state, and does what it says', async ({ start }) => {
  const lab = await start({ files: [example] });
  const { page } = lab;
  await expect(part(page, 'Database')).toBeVisible();
  const greyedOf = (ids: readonly string[]): Promise<readonly string[]> => greyed(lab).then((all) => ids.filter((id) => all.includes(id)));
  const expectGreyed = (...ids: string[]): Promise<void> => expect.poll(() => greyedOf(ids)).toEqual(ids);
  const expectOffered = (...ids: string[]): Promise<void> => expect.poll(() => greyedOf(ids)).toEqual([]);
  await expectOffered('run', 'save', 'find');
  await expectGreyed('export-report', 'export-pdf', 'export-film', 'undo', 'delete', 'pause', 'stop', 'step-back');

  await part(page, 'Web').click();
  await expectOffered('delete');
  // A dialog covers the part that is selected: the menu leaves it alone.
  await choose(lab, 'objectives');
  await expect(page.getByRole('dialog', { name: 'Objectives' })).toBeVisible();
  await expectGreyed('delete', 'run', 'save', 'open', 'zoom-in');
  await expectOffered('help');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(part(page, 'Web')).toBeVisible();

  await page.getByRole('radiogroup', { name: 'Speed' }).getByText('1×', { exact: true }).click();
  await choose(lab, 'run');
  await expect(runStatus(page)).toHaveAttribute('data-phase', 'running');
  await expectGreyed('run', 'step', 'export-report');
  await choose(lab, 'pause');
  await expect(runStatus(page)).toHaveAttribute('data-phase', 'paused');
  await expectOffered('step-back');
  await choose(lab, 'stop');
  await expect(runStatus(page)).toHaveAttribute('data-phase', 'finished');
  await expectOffered('export-report');
});

test('the gallery of a start leaves open and new in the menu, and nothing that changes what is behind it', async ({ start }) => {
  const lab = await start();
  await expect(lab.page.getByRole('dialog')).toBeVisible();
  await expect.poll(() => greyed(lab)).toEqual(expect.arrayContaining(['save', 'paste', 'run', 'toggle-dock']));
  expect(await greyed(lab)).not.toContain('open');
  await lab.chooseToOpen(example);
  await choose(lab, 'open');
  await expect(part(lab.page, 'Database')).toBeVisible();
  await runToEnd(lab.page);
  await choose(lab, 'new');
  await closeGallery(lab.page);
  await expect(part(lab.page, 'Database')).toBeVisible();
});
