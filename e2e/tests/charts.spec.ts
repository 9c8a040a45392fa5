import { expect, test } from '../support/lab';
import { focusCanvas, link, runToEnd, startTemplate, summary } from '../support/steps';

test('charts answer mouse and keyboard, and the summary says how sure it is', async ({ start }) => {
  const { page } = await start();
  await startTemplate(page, /^Three-tier web shop/);
  await page.getByRole('radiogroup', { name: 'Speed' }).getByText('Max').click();
  await runToEnd(page);
  await page.getByRole('tab', { name: 'Charts' }).click();

  // A span is dragged over one chart and shown by all of them.
  const latency = page.getByTestId('chart-latency');
  const area = latency.locator('.u-over');
  const box = await area.boundingBox();
  if (box === null) throw new Error('The chart cannot be seen');
  await page.mouse.move(box.x + box.width * 0.25, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, box.y + 25, { steps: 4 });
  await page.mouse.up();
  const zoom = page.getByRole('status').filter({ hasText: 'Show the whole run' });
  await expect(zoom).toContainText(/^00:1[45]\.\d to 00:(29|30)\.\d of 01:00\.0/);

  // A click on a point offers what can be done there.
  await area.click({ position: { x: box.width / 2, y: 20 } });
  await expect(page.getByRole('menuitem', { name: /^Go to 22\.\d s$/ })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: 'Show a slow request near here' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);

  // The same by keyboard alone.
  const slider = latency.getByRole('slider');
  await slider.focus();
  await page.keyboard.press('Home');
  await expect(slider).toHaveAttribute('aria-valuetext', /^00:1[45]\.\d: p50 .* p99 /);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Zoom in here' })).toBeVisible();
  await page.keyboard.press('Escape');
  await slider.focus();
  await page.keyboard.press('0');
  await expect(zoom).toHaveCount(0);

  // A link that is selected has charts of its own, before the others; they go with the selection.
  await link(page, 'Shoppers', 'Balancer').click({ force: true });
  const onLink = page.getByTestId('chart-link-network');
  await expect(onLink).toContainText(/Shoppers → Balancer\s*2\d(\.\d+)? ms/);
  await expect(page.getByTestId('chart-link-calls')).toContainText(/Shoppers → Balancer\s*[23]\d\d req\/s/);
  await expect(page.getByTestId('chart-link-utilisation')).toHaveCount(0);
  await focusCanvas(page);
  await expect(onLink).toHaveCount(0);

  const histogram = page.getByTestId('chart-histogram');
  await expect(histogram.getByRole('slider')).toHaveAttribute('aria-valuetext', /^p50 .*, p95 .*, p99 .*, p99\.9 /);
  await histogram.getByRole('button', { name: 'Latency histogram: cumulative' }).click();
  await histogram.getByRole('slider').focus();
  await page.keyboard.press('End');
  await expect(histogram.getByRole('slider')).toHaveAttribute('aria-valuetext', /100 % below$/);

  // Three replications: an interval on every number, what more would buy, set by a click and undone.
  await summary(page);
  const sure = page.getByRole('region', { name: 'How sure these numbers are' });
  await expect(sure).toContainText(/Least sure is (p9[59]|the mean latency), known to ±\s.*\smore\sreplications? would narrow that to about ±\s/);
  await expect(page.getByRole('region', { name: 'End to end' }).getByText('±').first()).toBeVisible();
  await sure.getByRole('button', { name: /^Set \d+ replications$/ }).click();
  await expect(sure).toContainText(/Set to \d+: run again/);
  await page.keyboard.press('Control+z');
  await expect(sure.getByRole('button', { name: /^Set \d+ replications$/ })).toBeVisible();

  // The help is where the numbers are, and opens by its key.
  await sure.getByRole('button', { name: 'How far to trust them' }).click();
  await expect(page.getByTestId('help-fidelity')).toContainText('reference cases');
  await page.getByRole('textbox', { name: 'Search the help' }).fill('order statistics');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('help-fidelity')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('F1');
  await expect(page.getByRole('dialog', { name: 'Help' })).toBeVisible();
});
