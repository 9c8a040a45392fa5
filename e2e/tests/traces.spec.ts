import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../support/folder';
import { expect, test } from '../support/lab';
import { look } from '../support/look';
import { closeGallery, openFile, part, runToEnd, summary } from '../support/steps';

test('a number leads to a request: list, waterfall, its way on the canvas, replay and export', async ({ start }) => {
  const lab = await start();
  const { page } = lab;
  await closeGallery(page);
  await openFile(lab, join(import.meta.dirname, '../../examples/retry-storm.topolab'));
  await expect(page.getByTestId('file-name')).toContainText('retry-storm');
  await page.getByText('Max', { exact: true }).first().click();
  await runToEnd(page);

  // From a percentile: the run is repeated, and a request with that latency opens.
  await summary(page);
  await page.getByRole('button', { name: 'Show such a request: Latency, p99', exact: true }).click();
  const request = page.getByRole('region', { name: /^Request \d+$/ });
  await expect(request).toBeVisible({ timeout: 60_000 });
  await expect(request).toContainText('completed');
  // The button that led here is gone: the keyboard goes on in the list, at that request.
  const opened = (await request.getAttribute('aria-label')) ?? '';
  const row = page.getByRole('button', { name: new RegExp(`^${opened},`) });
  await expect(row).toBeFocused();
  await request.getByRole('button', { name: 'Close the request' }).press('Enter');
  await expect(request).toHaveCount(0);
  await expect(row).toBeFocused();

  // A request that failed, with its retries and reasons.
  await page.getByRole('combobox', { name: 'Outcome' }).click();
  await page.getByRole('option', { name: 'timeout' }).click();
  const list = page.getByRole('region', { name: 'Traces of the run' });
  // The rows are one stop of the Tab key; arrows lead from one to the next, also to those far below.
  const rows = list.getByRole('button', { name: /^Request \d+/ });
  await rows.first().press('Home');
  await expect(rows.first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(rows.nth(1)).toBeFocused();
  await page.keyboard.press('End');
  await expect(rows.last()).toBeFocused();
  await page.keyboard.press('Home');
  await expect(rows.first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(request).toContainText('timeout');
  await expect(request.getByRole('list', { name: 'Time on the critical path' })).toContainText(/Waiting [\d.]+ %/);
  const lines = request.getByRole('option');
  await expect(lines.filter({ hasText: /retry 1/ }).first()).toBeAttached();
  // Bars are as high as their lines leave room for.
  expect((await lines.first().locator('> span').last().boundingBox())?.height).toBeGreaterThan(15);
  await lines.first().focus();
  await page.keyboard.press('ArrowDown');
  await expect(lines.nth(1)).toBeFocused();
  await expect(part(page, 'Database').locator('[data-lit="on"]')).toHaveCount(1);

  // The replay goes along the canvas, and stops where it is stopped.
  await request.getByRole('button', { name: 'To the next happening' }).click();
  await request.getByRole('button', { name: 'To the next happening' }).click();
  await expect(page.getByTestId('trace-visit').first()).toBeVisible();
  await request.getByRole('button', { name: 'Replay the request' }).click();
  await request.getByRole('button', { name: 'Pause the replay' }).click();

  await look(lab, 'traces', '[aria-label="Results"]');

  const path = join(temporaryFolder(), 'traces.json');
  const answer = await lab.chooseToSave(path);
  await page.getByRole('button', { name: 'Export the traces as JSON' }).click();
  await answer();
  await expect(page.getByText('Exported').last()).toBeVisible();
  const traces: unknown = JSON.parse(readFileSync(path, 'utf8'));
  expect(traces).toMatchObject({ format: 'topolab-traces', formatVersion: 1, design: { name: 'Retries at every layer' } });

  // Closed, everything on the canvas looks as usual again.
  await request.getByRole('button', { name: 'Close the request' }).click();
  await expect(page.locator('[data-lit]')).toHaveCount(0);
});
