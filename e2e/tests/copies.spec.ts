import { expect, test } from '../support/lab';
import { look, troubles } from '../support/look';
import { part, runToEnd, startTemplate, summary } from '../support/steps';

test('copies of a database: what was stale and lost is told, a failover is followed in events and on the canvas, a stale read in its trace', async ({
  start,
}, info) => {
  const lab = await start();
  const { page } = lab;
  await startTemplate(page, /^Copies of a database/);
  await page.getByRole('radiogroup', { name: 'Speed' }).getByText('Max', { exact: true }).click();
  await runToEnd(page);

  // The summary, with the words of the window.
  await summary(page);
  const whole = page.getByRole('region', { name: 'End to end' });
  await expect(whole).toContainText(/Stale reads\s*1\d(\.\d)? % ± [\d.]+/);
  await expect(whole).toContainText(/Staleness, p99\s*1\d(\.\d)? s ± [\d.]+/);
  await expect(whole).toContainText(/Writes lost\s*[\d.]+ ± [\d.]+/);
  const objectives = page.getByRole('region', { name: 'Objectives' });
  const verdict = (id: string) => objectives.getByTestId(`objective-${id}`);
  await expect(verdict('fresh')).toHaveAttribute('data-verdict', 'fail');
  await expect(verdict('fresh')).toContainText(/of Shoppers: view:.*bound ≤\s5\s%.*Error budget:.*of the 5\s% that may be stale/s);
  await expect(verdict('soon-fresh')).toHaveAttribute('data-verdict', 'pass');
  await expect(verdict('soon-fresh')).toContainText(
    /Staleness, p99 end to end:.*1[45] of 17\swindows of 5\ss met it, 80\s% must; worst\s1\d(\.\d)?\ss at 00:50 to 00:55/s,
  );
  await expect(verdict('nothing-lost')).toHaveAttribute('data-verdict', 'fail');
  await look(lab, 'summary', '[data-testid="summary"]');

  // Charts of copies: of all requests, and of the database once it is selected.
  await page.getByRole('tab', { name: 'Charts' }).click();
  const age = page.getByTestId('chart-stale-age');
  await age.scrollIntoViewIfNeeded();
  await expect(page.getByTestId('chart-stale-share')).toContainText(/end to end\s*[\d.]+ %/);
  await expect(page.getByTestId('chart-stale-share').locator('canvas')).toBeVisible();
  await expect(age).toContainText(/Age of stale reads, end to end.*p50.*p99/s);
  await expect(page.getByTestId('chart-replication-lag')).toContainText(/Orders\s*\d+(\.\d+)? ms/);
  // Half a minute after the primary was lost, reads show what it has missed.
  const slider = age.getByRole('slider');
  await slider.focus();
  await page.keyboard.press('End');
  await expect(slider).toHaveAttribute('aria-valuetext', /^01:30\.0: p50 \d+(\.\d+)? ms p99 \d+(\.\d+)? ms/);
  expect.soft(await troubles(page, '[data-testid="chart-stale-age"]')).toEqual([]);
  await part(page, 'Orders').click();
  await expect(age).toContainText('Age of stale reads, Orders');
  await expect(page.getByTestId('chart-stale-share')).toContainText(/Orders\s*[\d.]+ %/);
  await page.getByTestId('chart-replication-lag').scrollIntoViewIfNeeded();
  await page.screenshot({ path: info.outputPath(`charts-${lab.kind}.png`) });

  // The failover among the events: suspected, elected, promoted; each leads to its time, where the canvas shows who leads.
  await page.getByRole('tab', { name: /^Events/ }).click();
  await page.getByRole('combobox', { name: 'Kind of event' }).click();
  await page.getByRole('option', { name: 'Copies of data' }).click();
  const rows = page.getByRole('row');
  const titled = (title: string) => rows.filter({ hasText: title });
  await expect(titled('Primary suspected').first()).toContainText(/00:3[2-4]\.\d+.*Orders #[23]/s);
  await expect(titled('Election').first()).toContainText(/stands in term 2/);
  await expect(titled('Promotion')).toHaveCount(1);
  await expect(titled('Promotion')).toContainText(/primary of term \d+; \d+ acknowledged writes? lost/);
  await expect(titled('Copy rejoined')).toContainText(/Orders #1/);
  await expect(rows.filter({ hasText: 'Fault begins' })).toHaveCount(0);
  await titled('Primary suspected').first().getByRole('button').first().click();
  const strip = page.getByTestId('instances-orders');
  await expect(strip).toHaveAttribute('aria-label', /2 of 3 up, 1 down, no primary/);
  await expect(strip).toContainText('no primary');
  const promotion = titled('Promotion');
  const leader = /Orders #([23])/.exec(await promotion.innerText())?.[1] ?? '';
  await promotion.getByRole('button').first().click();
  await expect(strip).toHaveAttribute('aria-label', new RegExp(`instance ${leader} is the primary`));
  await expect(strip.locator('[data-primary]')).toHaveCount(1);
  await expect(strip.locator('> span').nth(Number(leader) - 1)).toHaveAttribute('data-primary', 'true');
  await page.getByRole('tab', { name: 'Live' }).click();
  await expect(page.getByRole('region', { name: 'Instances' })).toContainText(/up, primary/);
  await look(lab, 'events', '[aria-label="Results"]');
  await page.getByTestId('back-to-present').click();

  // The stalest requests, and where in one of them the old version came from.
  await page.getByRole('tab', { name: /^Traces/ }).click();
  await page.getByRole('button', { name: 'Trace this run' }).click();
  const list = page.getByRole('region', { name: 'Traces of the run' });
  await expect(list).toBeVisible({ timeout: 60_000 });
  await page.getByRole('switch', { name: 'With a stale read' }).press('Space');
  await list
    .getByRole('button', { name: /^Request \d+/ })
    .first()
    .click();
  const request = page.getByRole('region', { name: /^Request \d+$/ });
  await expect(request).toContainText('view');
  const line = request.getByRole('option').filter({ hasText: /Orders #\d.*stale by [\d.]+ (ms|s), \d+ versions? behind/ });
  await expect(line).toHaveCount(1);
  await line.click();
  await expect(request).toContainText(
    /Orders #\d: stale by .* this copy had not applied (a write|\d+ writes) of the item that (was|were) acknowledged before the read was sent/,
  );
  await look(lab, 'stale-trace', '[aria-label="Results"]');
});
