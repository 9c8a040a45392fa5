import { join } from 'node:path';
import { expect, test } from '../support/lab';
import { closeGallery, fill, openFile, runStatus, runToEnd } from '../support/steps';

test('a run is looked back at with mouse and keyboard, by time, step and event, and goes on from where it stands', async ({ start }, info) => {
  const lab = await start();
  const { page } = lab;
  await closeGallery(page);
  await openFile(lab, join(import.meta.dirname, '../../examples/sinkhole.topolab'));
  await expect(page.getByTestId('file-name')).toContainText('sinkhole');
  await page.getByText('Max', { exact: true }).click();
  await runToEnd(page);
  const bar = page.getByTestId('time-bar');
  const track = page.getByRole('slider', { name: 'Time on display' });
  const banner = page.getByTestId('past-banner');
  const time = page.getByTestId('past-time');
  const canvas = page.getByTestId('canvas');
  await expect(bar).toContainText('drag to look back');
  const words = async (): Promise<string> => (await page.locator('.react-flow__nodes').innerText()).replace(/\s+/g, ' ');
  const present = await words();

  // By mouse: the middle of the run.
  const box = await track.boundingBox();
  if (box === null) throw new Error('no time bar');
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await expect(banner).toContainText('Looking back at');
  await expect(bar).toContainText(/Past.*event [\d,]+.*reached (in|at once)/s);
  await expect(page.getByTestId('chart-latency').getByTestId('past-cursor')).toBeVisible();
  const middle = { time: await time.innerText(), words: await words() };
  expect(middle.words).not.toBe(present);

  // By keyboard: away and back to the same moment, which is the same to the last digit.
  await track.focus();
  await page.keyboard.press('PageDown');
  await expect(time).not.toHaveText(middle.time);
  await page.keyboard.press('PageUp');
  await expect(time).toHaveText(middle.time);
  await expect.poll(words).toBe(middle.words);
  await page.keyboard.press('Home');
  await expect(time).toHaveText('00:00.000');

  // An entry of the log leads to its time, its part, and the fault that is under way there.
  await page.getByRole('tab', { name: /^Events/ }).click();
  const begins = page.getByRole('row').filter({ hasText: 'Fault begins' }).first();
  const at = (await begins.getByRole('button').first().innerText()).trim();
  await begins.getByRole('button').first().click();
  await expect(time).toHaveText(at);
  await expect(
    canvas
      .getByRole('img', { name: /fault|error/i })
      .or(canvas.locator('[data-fault]'))
      .first(),
  ).toBeVisible();

  // Single events, by key: back and on again.
  const event = bar.getByText(/^event [\d,]+$/);
  const number = async (): Promise<number> => Number((await event.innerText()).replace(/\D/g, ''));
  const before = await number();
  await page.getByRole('button', { name: 'What one step is' }).click();
  await page.getByRole('menuitem', { name: /^One event/ }).click();
  await expect.poll(number).toBe(before + 1);
  await expect(page.getByRole('menu')).toHaveCount(0);
  const here = before + 1;
  await track.focus();
  await page.keyboard.press(',');
  await expect.poll(number).toBe(here - 1);
  await page.keyboard.press(',');
  await expect.poll(number).toBe(here - 2);
  await page.keyboard.press('.');
  await expect.poll(number).toBe(here - 1);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.waitForTimeout(200);
    await page.screenshot({ path: info.outputPath(`past-${colorScheme}.png`) });
  }

  // The end is the present again; a change of the model ends a look back, and so does a new run.
  await page.getByTestId('back-to-present').click();
  await expect(banner).toHaveCount(0);
  expect(await words()).toBe(present);
  await page.getByRole('button', { name: 'Step back' }).click();
  await expect(banner).toBeVisible();
  await fill(page, page.getByRole('textbox', { name: 'Seed' }).first(), '8');
  await expect(banner).toHaveCount(0);
  await page.getByRole('button', { name: 'Step back' }).click();
  await expect(banner).toBeVisible();
  await page.getByTestId('run-button').click();
  await expect(runStatus(page)).toHaveAttribute('data-phase', /running|finished/);
  await expect(banner).toHaveCount(0);
});

test('a run that is paused is looked back at, and Resume goes on from the present', async ({ start }) => {
  const lab = await start();
  const { page } = lab;
  await closeGallery(page);
  await openFile(lab, join(import.meta.dirname, '../../examples/autoscaler-spike.topolab'));
  await expect(page.getByTestId('file-name')).toContainText('autoscaler-spike');
  await page.getByText('10×', { exact: true }).click();
  await page.getByTestId('run-button').click();
  await expect(page.getByTestId('time-bar')).toContainText('Pause to look back');
  await page.waitForTimeout(1500);
  await page.getByTestId('run-button').click();
  await expect(runStatus(page)).toHaveAttribute('data-phase', 'paused');
  const stands = await page.getByTestId('simulated-time').innerText();
  await page.getByRole('slider', { name: 'Time on display' }).focus();
  await page.keyboard.press('PageDown');
  await expect(page.getByTestId('past-banner')).toContainText('Resume goes on from there');
  await expect(page.getByTestId('simulated-time')).toHaveText(stands);
  await page.getByTestId('run-button').click();
  await expect(page.getByTestId('past-banner')).toHaveCount(0);
  await expect(page.getByTestId('simulated-time')).not.toHaveText(stands);
});
