import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { temporaryFolder } from '../support/folder';
import { expect, test } from '../support/lab';
import { look } from '../support/look';
import { closeGallery, fill, openFile, saveFile } from '../support/steps';

const root = resolve(import.meta.dirname, '../..');

test('a sweep is made by mouse, run, cancelled, read at its knee, exported as the command line prints it, and applied', async ({ start }) => {
  const lab = await start();
  const { page } = lab;
  await closeGallery(page);
  // Of the example, a shorter run.
  const folder = temporaryFolder();
  const opened = join(folder, 'shop.topolab');
  const example = JSON.parse(readFileSync(join(root, 'examples', 'three-tier.topolab'), 'utf8')) as { settings: object };
  writeFileSync(opened, JSON.stringify({ ...example, settings: { ...example.settings, durationMs: 15_000 } }));
  await openFile(lab, opened);
  await expect(page.getByTestId('file-name')).toContainText('shop.topolab');
  await page.getByRole('button', { name: /^Experiments/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Experiments' });
  await dialog.getByRole('tab', { name: 'Sweep' }).click();
  await dialog.getByRole('button', { name: 'Add sweep' }).click();
  const parameter = dialog.getByRole('combobox', { name: 'First parameter' });
  await parameter.click();
  await parameter.pressSequentially('shoppers rate');
  await page.getByRole('option', { name: /^Rate/ }).first().click();
  await fill(page, dialog.getByRole('textbox', { name: 'Name' }), 'Knee');
  await fill(page, dialog.getByRole('textbox', { name: 'From' }), '100');
  await fill(page, dialog.getByRole('textbox', { name: 'To', exact: true }), '500 req/s');
  await fill(page, dialog.getByRole('textbox', { name: 'Values' }), '5');

  // What makes it impossible is said before it runs.
  await dialog.getByRole('radiogroup', { name: 'Values of Rate' }).getByText('List').click();
  await fill(page, dialog.getByRole('textbox', { name: 'Values, with commas between them' }), '-5, 100');
  await expect(dialog.getByText(/Allowed is/)).toBeVisible();
  await dialog.getByRole('radiogroup', { name: 'Values of Rate' }).getByText('Range').click();
  await fill(page, dialog.getByRole('textbox', { name: 'From' }), '100');
  await fill(page, dialog.getByRole('textbox', { name: 'To', exact: true }), '500');
  await fill(page, dialog.getByRole('textbox', { name: 'Values' }), '5');

  // A long sweep can be given up.
  await fill(page, dialog.getByRole('textbox', { name: 'Replications' }), '60');
  await dialog.getByRole('button', { name: 'Run sweep' }).click();
  await expect(dialog.getByRole('progressbar', { name: 'Progress of the experiment' })).toBeAttached();
  await expect(dialog.getByText(/%, .+ left/)).toBeVisible({ timeout: 20_000 });
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog.getByRole('button', { name: 'Run sweep' })).toBeEnabled();

  await fill(page, dialog.getByRole('textbox', { name: 'Replications' }), '2');
  await expect(dialog.getByText('5 points × 2 replications = 10 runs, on all cores')).toBeVisible();
  await dialog.getByRole('button', { name: 'Run sweep' }).click();
  await expect(dialog.locator('[data-testid="sweep-result"][data-complete]')).toBeVisible({ timeout: 90_000 });
  await expect(dialog.getByTestId('sweep-words')).toContainText(/Knee: [34]\d\d req\/s/);
  for (const curve of ['latency', 'throughput', 'metric'])
    await expect(dialog.getByTestId(`curve-${curve}`).getByRole('img', { name: /points/ })).toBeVisible();
  await dialog.getByRole('button', { name: 'Latency against load: show as table' }).press('Enter');
  await expect(dialog.getByRole('region', { name: 'Latency against load as a table' }).getByRole('row')).toHaveCount(6);
  await look(lab, 'sweep');

  const exported = join(folder, 'sweep.json');
  const answer = await lab.chooseToSave(exported);
  await dialog.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'Whole sweep as JSON' }).click();
  await answer();
  await expect(page.getByText('Exported').last()).toBeVisible();

  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  // The desktop writes to the file that was opened, a browser downloads another one.
  const saved = lab.kind === 'electron' ? opened : join(folder, 'downloaded.topolab');
  if (lab.kind === 'browser') await saveFile(lab, saved);
  else {
    await page.keyboard.press('Control+s');
    await expect(page.getByTestId('file-state')).toHaveText('Saved');
  }
  const { stdout } = spawnSync(process.execPath, [join(root, 'out', 'cli', 'topolab.cjs'), 'sweep', saved, '--sweep', 'Knee', '--json'], { encoding: 'utf8' });
  expect(readFileSync(exported, 'utf8')).toBe(stdout);

  // A setting becomes the design's own in one step, which does not make its own result old.
  await page.getByRole('button', { name: /^Experiments/ }).click();
  await dialog.getByRole('button', { name: 'Apply Rate 100 req/s to the design' }).click();
  await expect(page.getByText('Applied to Web shop')).toBeVisible();
  await expect(dialog.getByText('Now 100 req/s.')).toBeVisible();
  await expect(dialog.getByText('before your changes')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
  await expect(dialog.getByText('Now 300 req/s.')).toBeVisible();

  // The cheapest number of replicas that meets the objectives of the project.
  await dialog.getByRole('tab', { name: 'Cheapest design' }).press('Enter');
  await dialog.getByRole('button', { name: 'Add a search' }).click();
  const purchase = dialog.getByRole('combobox', { name: 'What may be set' });
  await purchase.click();
  await purchase.pressSequentially('application replicas');
  await page
    .getByRole('option', { name: /^Replicas/ })
    .first()
    .click();
  await fill(page, dialog.getByRole('textbox', { name: 'To', exact: true }), '3');
  await fill(page, dialog.getByRole('textbox', { name: 'Values' }), '3');
  await fill(page, dialog.getByRole('textbox', { name: 'Replications' }), '1');
  await dialog.getByRole('checkbox', { name: 'Fast enough' }).uncheck();
  await dialog.getByRole('button', { name: 'Find the cheapest' }).click();
  await expect(dialog.locator('[data-testid="search-result"][data-complete]')).toBeVisible({ timeout: 60_000 });
  const words = dialog.getByTestId('search-words');
  await expect(words).toContainText('Cheapest: Application: Replicas 2');
  await expect(words).toContainText('Runner-up: Application: Replicas 3');
  await expect(words).toContainText(/Cheaper, but fails: Application: Replicas 1.*Checkouts succeed is missed/);
});
