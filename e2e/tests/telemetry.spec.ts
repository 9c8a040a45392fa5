import { expect, test } from '../support/lab';
import { connect, dragPart, link, part, runToEnd, startTemplate, summary } from '../support/steps';

test('a collector is put beside a system, and what it sees stands beside the truth', async ({ start }) => {
  const { page } = await start();
  await startTemplate(page, /^Overload/);
  await dragPart(page, 'Telemetry collector', 520, 330);
  await expect(part(page, 'Telemetry collector')).toHaveCount(1);
  await connect(page, 'Web', 'Telemetry collector');

  // Only the network of such a link matters: nothing is called over it.
  await link(page, 'Web', 'Telemetry collector').click();
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await expect(inspector.getByText('telemetry link')).toBeVisible();
  await expect(inspector.getByLabel('Latency', { exact: true }).first()).toBeVisible();
  await expect(inspector.getByText('Timeout')).toHaveCount(0);

  await page.getByRole('radiogroup', { name: 'Speed' }).getByText('Max').click();
  await runToEnd(page);
  // Since the dock has opened, the part may lie below the edge of the canvas.
  await page.getByRole('button', { name: /^Fit /i }).click();
  await part(page, 'Telemetry collector').click();
  await page.getByRole('tab', { name: 'Live' }).click();
  const seen = page.getByRole('table', { name: 'Web: seen and true' });
  await expect(seen.first()).toBeVisible();
  await expect(seen.first().getByRole('row', { name: /^Throughput \d+(\.\d+)? req\/s [+−±].* \d+(\.\d+)? req\/s/ })).toHaveCount(1);
  await expect(seen.first().getByRole('row', { name: /^Latency, p99 / })).toHaveCount(1);

  expect(await summary(page)).toContain('Seen by telemetry');
  await page.getByRole('tab', { name: 'Charts' }).click();
  await expect(page.getByTestId('chart-seen-throughput')).toBeVisible();
  await expect(page.getByTestId('chart-seen-p99')).toContainText('Web seen: p99');
});
