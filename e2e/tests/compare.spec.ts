import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../support/folder';
import { expect, test } from '../support/lab';
import { look } from '../support/look';
import { closeGallery, fill, openFile, startTemplate } from '../support/steps';

test('designs are compared side by side, with progress, cancel, verdicts, charts and a table to take away', async ({ start }) => {
  const lab = await start();
  const { page } = lab;
  await closeGallery(page);
  await openFile(lab, join(import.meta.dirname, '../../examples/vertical-against-horizontal.topolab'));
  await expect(page.getByTestId('file-name')).toContainText('vertical-against-horizontal');
  await page.getByRole('button', { name: 'Experiments' }).click();
  const dialog = page.getByRole('dialog', { name: 'Experiments' });
  const choices = dialog.getByRole('list', { name: 'Designs to compare' });
  await expect(choices.getByRole('checkbox').nth(1)).toBeVisible();
  const count = await choices.getByRole('checkbox').count();
  await expect(choices.getByRole('radio').first()).toBeChecked();

  // A long comparison can be given up, and leaves nothing behind.
  await fill(page, dialog.getByRole('textbox', { name: 'Replications of each' }), '1000');
  await dialog.getByRole('button', { name: 'Run comparison' }).click();
  await expect(dialog.getByRole('progressbar', { name: 'Progress of the comparison' })).toBeVisible();
  await expect(dialog.getByText(/%, .+ left/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog.getByRole('button', { name: 'Run comparison' })).toBeEnabled();
  await expect(dialog.getByTestId('comparison')).toHaveCount(0);

  await fill(page, dialog.getByRole('textbox', { name: 'Replications of each' }), '4');
  await dialog.getByRole('button', { name: 'Run comparison' }).click();
  const table = dialog.getByRole('table', { name: 'Metrics of the designs' });
  await expect(table).toBeVisible({ timeout: 90_000 });
  await expect(table.getByRole('columnheader').nth(1)).toContainText('baseline');
  await expect(table.locator('[data-metric="latencyP95Ms"] [data-verdict]').first()).toHaveText(/better|worse|not distinguishable/);
  const parts = table.getByRole('button', { name: /^Part / }).first();
  await expect(parts).toHaveAttribute('aria-expanded', 'false');
  await parts.press('Enter');
  await expect(parts).toHaveAttribute('aria-expanded', 'true');
  for (const chart of ['throughput', 'latency-p50', 'latency-p95', 'latency-p99', 'utilisation'])
    await expect(dialog.getByTestId(`chart-compare-${chart}`)).toBeAttached();
  await look(lab, 'compare');

  const path = join(temporaryFolder(), 'comparison.csv');
  const answer = await lab.chooseToSave(path);
  await dialog.getByRole('button', { name: 'Export CSV' }).click();
  await answer();
  await expect(page.getByText('Exported').last()).toBeVisible();
  const [header, ...rows] = readFileSync(path, 'utf8').trim().split(/\r?\n/);
  expect(header).toContain('differenceHalfWidth');
  expect(rows.filter((row) => row.startsWith('end-to-end,') && row.includes(',latencyP95Ms,'))).toHaveLength(count - 1);

  // Another baseline comes first.
  await choices.getByRole('radio').nth(1).check();
  await dialog.getByRole('button', { name: 'Run comparison' }).click();
  const second = (await choices.locator('label').filter({ hasNotText: 'Baseline' }).nth(1).textContent()) ?? '?';
  await expect(table.getByRole('columnheader').nth(1)).toContainText(second, { timeout: 90_000 });
});

test('a project with one design says how to get a second one', async ({ start }) => {
  const { page } = await start();
  await startTemplate(page, /^Three-tier web shop/);
  await page.getByRole('button', { name: 'Experiments' }).click();
  const dialog = page.getByRole('dialog', { name: 'Experiments' });
  await expect(dialog.getByText('There is only one design to compare')).toBeVisible();
  await dialog.getByRole('button', { name: /^Duplicate/ }).click();
  await expect(dialog.getByRole('checkbox')).toHaveCount(2);
  await expect(dialog.getByRole('button', { name: 'Run comparison' })).toBeEnabled();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});
