import { expect, test } from '../support/lab';
import { troubles } from '../support/look';
import { fill, focusCanvas, part, runToEnd, startTemplate } from '../support/steps';

test('an objective is written, alerts during the run, is judged in the summary, and a later run is compared with the pinned one', async ({ start }, info) => {
  const { page } = await start();
  await startTemplate(page, /^Three-tier web shop/);

  // By keyboard alone: the command palette leads to the editor.
  await focusCanvas(page);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('objectives');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Objectives' });
  const list = dialog.getByRole('list', { name: 'Objectives of the project' });
  await expect(list.getByRole('listitem').first()).toBeVisible();
  const before = await list.getByRole('listitem').count();
  await dialog.getByRole('button', { name: 'Add objective' }).press('Enter');
  await expect(list.getByRole('listitem')).toHaveCount(before + 1);
  const name = dialog.getByRole('textbox', { name: 'Name' });
  await fill(page, name, 'Strict');
  await fill(page, dialog.getByRole('textbox', { name: 'At most' }), '80ms');
  await expect(list).toContainText('Latency p95 end to end ≤ 80 ms');
  expect.soft(await troubles(page, '[role="dialog"]')).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);

  await page.getByRole('radiogroup', { name: 'Speed' }).getByText('Max', { exact: true }).click();
  await runToEnd(page);
  await expect(page.getByTestId('objectives-badge')).toContainText(`${before} of ${before + 1} objectives met`);
  await page.getByRole('tab', { name: /^Events/ }).click();
  await expect(page.getByText('Strict: window missed the bound').first()).toBeVisible();
  await page.getByTestId('objectives-badge').click();
  const card = page.getByRole('region', { name: 'Objectives' }).filter({ hasText: 'missed' });
  await expect(card).toContainText(/0 of \d+ windows of 10\ss met it/);

  // What is pinned is what later runs differ from.
  const baseline = page.getByRole('region', { name: 'Baseline' });
  await baseline.getByRole('button', { name: 'Pin as baseline' }).click();
  await expect(baseline).toContainText('This run is the baseline');
  await part(page, 'Application').click();
  await fill(page, page.getByRole('textbox', { name: 'Replicas', exact: true }), '4');
  await runToEnd(page);
  const row = baseline.locator('[data-metric="latencyMeanMs"]');
  await expect(row).toContainText(/−[\d.]+ ms ± [\d.]+/);
  await expect(row.locator('[data-verdict]')).toHaveText('better');
  await page.screenshot({ path: info.outputPath('objectives.png') });

  // And compared with, under the present settings.
  await baseline.getByRole('button', { name: 'Compare …' }).click();
  const experiments = page.getByRole('dialog', { name: 'Experiments' });
  await expect(experiments.getByRole('radio', { name: /pinned is the baseline/ })).toBeChecked();
  await experiments.getByRole('button', { name: 'Add variant' }).click();
  const form = page.getByRole('dialog', { name: 'Variant' });
  await form.getByLabel('Change a parameter').first().click();
  await page.keyboard.type('application replicas');
  await page.getByRole('option', { name: /^Replicas/ }).click();
  // The keyboard goes on in the new change, not behind the form.
  await expect(form.getByRole('textbox', { name: 'Value of change 1' })).toBeFocused();
  await fill(page, form.getByRole('textbox', { name: 'Value of change 1' }), 'many');
  await expect(form.getByText(/is not|no number|needs|Write/)).toBeVisible();
  await fill(page, form.getByRole('textbox', { name: 'Value of change 1' }), '3');
  // Escape gives up what is typed, then closes the form, and never the page below it.
  await form.getByRole('textbox', { name: 'Name' }).press('Escape');
  await expect(form).toHaveCount(0);
  await expect(experiments).toBeVisible();
  await expect(experiments.getByRole('button', { name: 'Add variant' })).toBeFocused();
  const choices = experiments.getByRole('list', { name: 'Designs to compare' });
  await expect(choices).toContainText('Application: Replicas 3');
  await fill(page, experiments.getByRole('textbox', { name: 'Replications of each' }), '2');
  await experiments.getByRole('button', { name: 'Run comparison' }).click();
  const table = experiments.getByRole('table', { name: 'Metrics of the designs' });
  await expect(table.getByRole('columnheader')).toHaveCount(4, { timeout: 60_000 });
  await expect(choices).toContainText('5 fine');
  await page.screenshot({ path: info.outputPath('variants.png') });
});
