import { expect, test } from '../support/lab';
import { look } from '../support/look';
import { fill, part, runToEnd, startTemplate } from '../support/steps';

test('the bottleneck is named and marked, advice is simulated, applied by a click, undone, and keeps its promise', async ({ start }) => {
  const lab = await start();
  const { page } = lab;
  await startTemplate(page, /^Overload/);
  await page.getByRole('radiogroup', { name: 'Speed' }).getByText('Max').click();
  await runToEnd(page);
  await page.getByRole('tab', { name: 'Advice' }).click();
  const panel = page.getByRole('region', { name: 'Bottleneck and advice' });
  await expect(panel.getByTestId('bottleneck')).toContainText('The bottleneck is the servers of Web');
  await expect(panel.getByRole('region', { name: 'Single points of failure' })).toContainText('One crash stops all requests');
  await expect(part(page, 'Web').getByText('bottleneck', { exact: true })).toBeVisible();
  await expect(part(page, 'Visitors').getByText('bottleneck', { exact: true })).toHaveCount(0);
  await panel.getByRole('button', { name: 'Servers of Web' }).click();
  await expect(part(page, 'Web')).toHaveClass(/selected/);

  // A search can be given up, and leaves nothing behind.
  await fill(page, panel.getByRole('textbox', { name: 'Replications' }), '100');
  await panel.getByRole('button', { name: 'Find advice' }).press('Enter');
  await expect(panel.getByRole('progressbar', { name: 'Progress of the search for advice' })).toBeVisible();
  await panel.getByRole('button', { name: 'Cancel' }).press('Enter');
  await expect(panel.getByTestId('advice')).toHaveCount(0);

  await fill(page, panel.getByRole('textbox', { name: 'Replications' }), '3');
  await panel.getByRole('button', { name: 'Find advice' }).click();
  const found = panel.getByTestId('advice');
  await expect(found).toContainText(/changes were simulated/, { timeout: 60_000 });
  const advice = found.getByRole('listitem', { name: 'Raise the replicas of Web from 1 to 2', exact: true });
  const errors = advice.locator('[data-metric="failureShare"]');
  await expect(errors.locator('[data-verdict]')).toHaveText('better');
  const promised = Number.parseFloat((await errors.locator('td').nth(1).textContent()) ?? '');
  expect(promised).toBeLessThan(1);
  await look(lab, 'advice');

  // Applied, undone, applied again by keyboard, and run.
  const apply = advice.getByRole('button', { name: 'Apply' });
  await apply.click();
  await expect(advice.getByText('Applied')).toBeVisible();
  await expect(part(page, 'Web')).toContainText('2 × 4');
  await advice.getByRole('button', { name: 'Undo' }).click();
  await expect(part(page, 'Web')).toContainText('1 × 4');
  await apply.press('Enter');
  await expect(part(page, 'Web')).toContainText('2 × 4');
  await advice.getByRole('button', { name: 'Run again' }).click();
  await expect(panel.getByTestId('bottleneck')).toContainText('No bottleneck', { timeout: 30_000 });
  await expect(part(page, 'Web').getByText('bottleneck', { exact: true })).toHaveCount(0);
  await page.getByRole('tab', { name: /^Summary/ }).click();
  await expect(page.getByTestId('summary').getByText('Error share').first()).toBeVisible();
  const share = page
    .getByTestId('summary')
    .locator('dt', { hasText: /^Error share$/ })
    .first()
    .locator('..')
    .locator('dd');
  expect(Number.parseFloat((await share.textContent()) ?? '')).toBeCloseTo(promised, 1);
});
