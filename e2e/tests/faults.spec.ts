import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { temporaryFolder } from '../support/folder';
import { expect, test } from '../support/lab';
import { focusCanvas, link, part, runStatus, runToEnd, startTemplate } from '../support/steps';

const SHOP = /^Three-tier web shop/;
const bars = (page: Page) => page.locator('[data-bar]');

async function showTimeline(page: Page): Promise<void> {
  await page.getByRole('tab', { name: /^Timeline/ }).click();
}

/** Adds a fault from the palette of effects and closes its form. */
async function addFault(page: Page, effect: string): Promise<void> {
  await page.getByRole('button', { name: 'Add fault' }).click();
  await page.getByRole('menuitem', { name: new RegExp(`^${effect}`) }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

/** Drags with the mouse from a place within an element, by a distance. */
async function dragBy(page: Page, from: { x: number; y: number }, dx: number): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + dx / 2, from.y, { steps: 4 });
  await page.mouse.move(from.x + dx, from.y, { steps: 4 });
  await page.mouse.up();
}

test('a fault is added, dragged, resized and taken back, one step each', async ({ start }) => {
  const { page } = await start();
  await startTemplate(page, SHOP);
  await part(page, 'Web').click();
  await showTimeline(page);
  await expect(page.getByText('Nothing goes wrong yet')).toBeVisible();
  await addFault(page, 'Crash');
  const bar = bars(page);
  await expect(bar).toHaveAttribute('aria-label', 'Crash of Web: 00:20 to 00:32, 12 s');

  const track = await page.locator('[data-track]').boundingBox();
  const box = await bar.boundingBox();
  if (track === null || box === null) throw new Error('The bar cannot be seen.');
  // The run lasts a minute: a sixth of the track is ten seconds.
  await dragBy(page, { x: box.x + box.width / 2, y: box.y + 10 }, track.width / 6);
  await expect(bar).toHaveAttribute('aria-label', /00:(29|30)(\.\d)? to 00:(41|42)(\.\d)?, 12 s/);
  const moved = await bar.boundingBox();
  if (moved === null) throw new Error('The bar cannot be seen.');
  await dragBy(page, { x: moved.x + moved.width - 3, y: moved.y + 10 }, track.width / 12);
  await expect(bar).toHaveAttribute('aria-label', /, (16\.9|17|17\.1) s/);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(bar).toHaveAttribute('aria-label', /, 12 s/);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(bar).toHaveAttribute('aria-label', 'Crash of Web: 00:20 to 00:32, 12 s');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(bar).toHaveCount(0);
  await page.getByRole('button', { name: 'Redo' }).click();
  await expect(bar).toHaveCount(1);
});

test('the timeline is worked with the keyboard alone', async ({ start }) => {
  const { page } = await start();
  await startTemplate(page, SHOP);
  await part(page, 'Web').click();
  await showTimeline(page);
  await addFault(page, 'Pause');
  await bars(page).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(bars(page)).toHaveAttribute('aria-label', 'Pause of Web: 00:22 to 00:34, 12 s');
  await page.keyboard.press('Shift+ArrowLeft');
  await expect(bars(page)).toHaveAttribute('aria-label', 'Pause of Web: 00:22 to 00:33, 11 s');
  await page.keyboard.press('Enter');
  const form = page.getByRole('dialog', { name: 'Pause' });
  await form.getByRole('textbox', { name: 'Begins at' }).fill('45 s');
  await form.getByText('at random', { exact: true }).click();
  await form.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(bars(page)).toHaveAttribute('aria-label', /at random, MTBF 60 s, MTTR 10 s/);
  await bars(page).focus();
  await page.keyboard.press('Delete');
  await expect(bars(page)).toHaveCount(0);
  // The part that it was on is still there.
  await expect(part(page, 'Web')).toHaveCount(1);
  for (let i = 0; i < 3; i++) await page.keyboard.press('Control+z');
  await expect(bars(page)).toHaveAttribute('aria-label', 'Pause of Web: 00:22 to 00:33, 11 s');
});

test('a fault goes with its part, and comes back with it', async ({ start }) => {
  const { page } = await start();
  await startTemplate(page, SHOP);
  await link(page, 'Web', 'Application').click({ button: 'right', force: true });
  await page.getByRole('menuitem', { name: 'Add fault' }).click();
  await page.getByRole('menuitem', { name: 'Latency' }).click();
  const form = page.getByRole('dialog', { name: 'Latency' });
  await form.getByRole('textbox', { name: 'Added' }).fill('250 ms');
  await form.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(bars(page)).toHaveCount(1);
  await part(page, 'Web').click();
  await page.keyboard.press('Delete');
  await expect(bars(page)).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(bars(page)).toHaveCount(1);
});

test('what happened is drawn on the timeline, told in the charts and listed as events', async ({ start }) => {
  const lab = await start();
  const { page } = lab;
  await startTemplate(page, SHOP);
  await part(page, 'Web').click();
  await showTimeline(page);
  await addFault(page, 'Crash');
  await page.getByRole('radiogroup', { name: 'Speed' }).getByText('Max').click();
  await runToEnd(page);
  await expect(page.locator('[data-track] > [title^="It happened"]')).toHaveAttribute('title', 'It happened: 00:20.0 to 00:32.0');

  await page.getByRole('tab', { name: 'Charts' }).click();
  const plot = page.getByTestId('chart-throughput').locator('.u-over');
  const box = await plot.boundingBox();
  if (box === null) throw new Error('The chart cannot be seen.');
  await plot.hover({ position: { x: (box.width * 25) / 60, y: box.height / 2 } });
  await expect(page.getByTestId('fault-at-throughput')).toHaveText('Crash of Web');
  await plot.hover({ position: { x: (box.width * 50) / 60, y: box.height / 2 } });
  await expect(page.getByTestId('fault-at-throughput')).toHaveText('');
  await expect(page.getByTestId('chart-instances')).toHaveCount(1);

  await page.getByRole('tab', { name: 'Events' }).click();
  const table = page.getByRole('region', { name: 'Events of the run' });
  await expect(table.getByText('Fault begins')).toHaveCount(1);
  await expect(table.getByText('Instance down')).toHaveCount(3);
  await page.getByRole('combobox', { name: 'Kind of event' }).click();
  await page.getByRole('option', { name: 'Faults' }).click();
  await expect(page.getByText(/^2 of \d+ events/)).toBeVisible();
  await focusCanvas(page);
  await table.getByText('Fault ends').click();
  await expect(part(page, 'Web')).toHaveClass(/selected/);

  const file = join(temporaryFolder(), 'events.csv');
  const answer = await lab.chooseToSave(file);
  await page.getByRole('button', { name: 'CSV', exact: true }).click();
  await answer();
  await expect.poll(() => (existsSync(file) ? readFileSync(file, 'utf8') : '')).toMatch(/20000,fault-begins,web,.*Crash of Web/);
});

test('a crash is injected into the run under way, marked on the part, and cleared', async ({ start }) => {
  const { page } = await start();
  await startTemplate(page, SHOP);
  await page.getByRole('radiogroup', { name: 'Speed' }).getByText('1×', { exact: true }).click();
  await page.getByTestId('run-button').click();
  await expect(runStatus(page)).toHaveAttribute('data-phase', 'running');
  await part(page, 'Web').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Inject now' }).click();
  await page.getByRole('menuitem', { name: 'Crash', exact: true }).last().click();
  const mark = part(page, 'Web').getByTestId('fault-mark');
  await expect(mark).toHaveText('crashed');
  await expect(part(page, 'Web').getByRole('img', { name: /Instances: 0 of 3 up, 3 down/ })).toBeVisible();
  await expect(part(page, 'Shoppers').getByText('failing')).toBeVisible();

  await showTimeline(page);
  await page.getByRole('button', { name: 'Clear Crash of Web' }).click();
  await expect(mark).toHaveCount(0);
  await expect(part(page, 'Web').getByRole('img', { name: /Instances: 3 of 3 up/ })).toBeVisible();
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(runStatus(page)).toHaveAttribute('data-phase', 'finished');
  // Kept on the timeline, the next run has it too.
  await page.getByRole('button', { name: 'Keep Crash of Web' }).click();
  await expect(bars(page)).toHaveCount(1);
});
