import { expect, test } from '../support/lab';

test('starts and shows its page', async ({ start }) => {
  const lab = await start();
  await expect(lab.page).toHaveTitle(/Topolab/);
  await expect(lab.page.locator('#root')).not.toBeEmpty();
});
