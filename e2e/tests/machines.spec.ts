import { expect, test } from '../support/lab';
import { part, startTemplate } from '../support/steps';

test('the ladder of machines is edited, and a part runs on one of them', async ({ start }) => {
  const { page } = await start();
  await startTemplate(page, /^Three-tier web shop/);
  await page.getByRole('button', { name: 'Edit machines …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Machines' });
  const rows = dialog.locator('tbody tr');
  await expect(rows).toHaveCount(8);
  await dialog.getByRole('button', { name: 'Add machine' }).click();
  await expect(rows).toHaveCount(9);
  await dialog.getByRole('textbox', { name: 'Name of machine 9' }).fill('Giant');
  await dialog.getByRole('textbox', { name: 'vCPU of Giant' }).fill('256');
  await dialog.getByRole('textbox', { name: 'Price per hour of Giant' }).fill('12.5');
  await dialog.getByRole('button', { name: 'Move Giant up' }).click();
  await expect(dialog.getByRole('textbox', { name: 'Name of machine 8' })).toHaveValue('Giant');
  await dialog.getByRole('button', { name: 'Close' }).click();

  await part(page, 'Web').click();
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await inspector.getByRole('textbox', { name: 'Find a parameter' }).fill('machine');
  await inspector.getByRole('combobox', { name: 'Machine' }).click();
  await page.getByRole('option', { name: /^Giant/ }).click();
  await expect(inspector.getByText('256 vCPU, 768 GB, 12.50 USD/h')).toBeVisible();
  await expect(inspector.getByRole('button', { name: 'Machine 1 changed' })).toBeVisible();

  // A machine that is taken away is a problem of the parts that run on it, until it comes back.
  await inspector.getByRole('button', { name: 'Edit machines …' }).click();
  await dialog.getByRole('button', { name: 'Delete Giant' }).click();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByTestId('problem-count')).toContainText('error');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByTestId('problem-count')).not.toContainText('error');
});

test('groups of parameters open and close, and stay so', async ({ start }) => {
  const { page } = await start();
  await startTemplate(page, /^Three-tier web shop/);
  await part(page, 'Application').click();
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  const group = inspector.getByRole('button', { name: /^Scaling/ });
  await expect(group).toHaveAttribute('aria-expanded', 'false');
  await group.click();
  await expect(group).toHaveAttribute('aria-expanded', 'true');
  await part(page, 'Web').click();
  await expect(group).toHaveAttribute('aria-expanded', 'true');
  await inspector.getByRole('textbox', { name: 'Find a parameter' }).fill('no such thing');
  await expect(inspector.getByText('No parameter of this name.')).toBeVisible();
});
