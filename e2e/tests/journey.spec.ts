import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../support/folder';
import { expect, test } from '../support/lab';
import {
  clickPart,
  closeGallery,
  connect,
  dragPart,
  fill,
  openFile,
  part,
  runStatus,
  runToEnd,
  saveFile,
  startEmpty,
  summary,
  zoomOut,
} from '../support/steps';

test('from an empty canvas to the same numbers again after closing and opening', async ({ start }) => {
  test.setTimeout(300_000);
  const file = join(temporaryFolder(), 'shop.topolab');
  const lab = await start();
  const { page } = lab;
  await startEmpty(page);

  await dragPart(page, 'Load balancer', 420, 240);
  await zoomOut(page, 2);
  await dragPart(page, 'Clients', 130, 240);
  await dragPart(page, 'Service', 650, 70);
  await clickPart(page, 'Service', 650, 240);
  await clickPart(page, 'Service', 650, 410);
  await dragPart(page, 'Database', 860, 240);
  await expect(page.locator('.react-flow__node')).toHaveCount(6);

  await connect(page, 'Clients', 'Load balancer');
  for (const service of ['Service', 'Service 2', 'Service 3']) {
    await connect(page, 'Load balancer', service);
    await connect(page, service, 'Database');
  }
  await expect(page.locator('.react-flow__edge')).toHaveCount(7);
  await expect(page.getByTestId('problem-count')).not.toContainText('error');

  // At ten times real time there is something to watch.
  await page.getByRole('radiogroup', { name: 'Speed' }).getByText('10×').click();
  await page.getByTestId('run-button').click();
  await expect(runStatus(page)).toHaveAttribute('data-phase', 'running');
  await expect(part(page, 'Service 2')).toContainText(/busy\s*\d/);
  await expect(part(page, 'Database')).toContainText(/busy\s*\d/);
  const clock = page.getByTestId('simulated-time');
  await expect(clock).not.toHaveText(/^00:00/);
  await page.getByRole('radiogroup', { name: 'Speed' }).getByText('Max').click();
  await expect(runStatus(page)).toHaveAttribute('data-phase', 'finished', { timeout: 90_000 });
  const first = await summary(page);
  expect(first).toMatch(/Conservation: holds/);
  expect(first).toMatch(/Little’s law: holds/);

  await part(page, 'Database').click();
  await fill(page, page.getByRole('textbox', { name: /^Connections/ }), '3');
  await expect(page.getByText('Changed since this run')).toBeVisible();
  await runToEnd(page);
  const second = await summary(page);
  expect(second).not.toBe(first);

  await saveFile(lab, file);
  const text = readFileSync(file, 'utf8');
  expect(JSON.parse(text)).toMatchObject({ format: 'topolab', formatVersion: 2 });
  await lab.close();

  const again = await start();
  await closeGallery(again.page);
  await openFile(again, file);
  await expect(part(again.page, 'Service 3')).toBeVisible();
  await expect(again.page.getByTestId('file-name')).toContainText('shop.topolab');
  await runToEnd(again.page);
  expect(await summary(again.page)).toBe(second);
});
