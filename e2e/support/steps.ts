import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import type { Lab } from './lab';

/** Chooses the empty canvas in the gallery that a start shows. */
export async function startEmpty(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Empty canvas/ }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

/** Closes the gallery that a start shows. */
export async function closeGallery(page: Page): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).first().click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

/** Opens the gallery over a document without unsaved changes. */
export async function openGallery(page: Page): Promise<void> {
  await focusCanvasOrNothing(page);
  await page.keyboard.press('Control+n');
  await expect(page.getByRole('dialog')).toHaveCount(1);
}

/** Chooses a template of the gallery by the name of its project. */
export async function startTemplate(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

/** A part on the canvas by its name. */
export function part(page: Page, name: string): Locator {
  return page.locator(`.react-flow__node[aria-label^="${name}, "]`);
}

/** A link on the canvas by the names of its ends. */
export function link(page: Page, from: string, to: string): Locator {
  return page.locator(`.react-flow__edge[aria-label="Link from ${from} to ${to}"]`);
}

function paletteItem(page: Page, title: string): Locator {
  return page.getByRole('navigation', { name: 'Palette' }).getByRole('button', { name: new RegExp(`^${title}\\.`) });
}

/** Drags a kind out of the palette; the place is in pixels from the canvas's corner. */
export async function dragPart(page: Page, title: string, x: number, y: number): Promise<void> {
  await paletteItem(page, title).dragTo(page.getByTestId('canvas'), { targetPosition: { x, y } });
}

/** Places a kind by a click on it and a click on the canvas. */
export async function clickPart(page: Page, title: string, x: number, y: number): Promise<void> {
  await paletteItem(page, title).click();
  await page.getByTestId('canvas').click({ position: { x, y } });
}

/** Draws a link with the mouse: from the output of one part onto another. */
export async function connect(page: Page, from: string, to: string): Promise<void> {
  const start = await page.getByLabel(`Output of ${from}`, { exact: true }).boundingBox();
  const end = await page.getByLabel(`Input of ${to}`, { exact: true }).boundingBox();
  if (start === null || end === null) throw new Error(`${from} or ${to} cannot be seen`);
  await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
  await page.mouse.down();
  await page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 4 });
  await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 4 });
  await page.mouse.up();
  await expect(link(page, from, to)).toHaveCount(1);
}

/** Takes the focus away from fields, onto the canvas. */
export async function focusCanvas(page: Page): Promise<void> {
  await page.locator('.react-flow__pane').click({ position: { x: 8, y: 8 } });
}

export const runStatus = (page: Page): Locator => page.getByTestId('run-status');

/** Presses Run and waits for the end. */
export async function runToEnd(page: Page, timeout = 90_000): Promise<void> {
  await page.getByTestId('run-button').click();
  await expect(runStatus(page)).toHaveAttribute('data-phase', /starting|running|finished/);
  await expect(runStatus(page)).toHaveAttribute('data-phase', 'finished', { timeout });
}

/** All numbers of the summary, as text. */
export async function summary(page: Page): Promise<string> {
  await page.getByRole('tab', { name: /^Summary/ }).click();
  const panel = page.getByTestId('summary');
  await expect(panel).toBeVisible();
  return (await panel.textContent()) ?? '';
}

/** A field of the transport bar's run settings or of the inspector: types a value and commits it. */
export async function fill(page: Page, field: Locator, value: string): Promise<void> {
  await field.focus();
  await field.fill(value);
  await field.press('Enter');
  await page.waitForTimeout(50);
}

/** Opens a file with the dialog. */
export async function openFile(lab: Lab, path: string): Promise<void> {
  const answer = await lab.chooseToOpen(path);
  await focusCanvasOrNothing(lab.page);
  await lab.page.keyboard.press('Control+o');
  await answer();
}

/** Saves, to this path where the document has none yet (in a browser: always, as a download). */
export async function saveFile(lab: Lab, path: string): Promise<void> {
  const answer = await lab.chooseToSave(path);
  await focusCanvasOrNothing(lab.page);
  await lab.page.keyboard.press('Control+s');
  await answer();
  await expect(lab.page.getByTestId('file-state')).toHaveText('Saved');
}

async function focusCanvasOrNothing(page: Page): Promise<void> {
  await page.evaluate(() => (document.activeElement instanceof HTMLElement ? document.activeElement.blur() : undefined));
}

/** Exports the whole result as JSON and reads it. */
export async function exportResult(lab: Lab, path: string): Promise<string> {
  const answer = await lab.chooseToSave(path);
  await lab.page.getByRole('button', { name: 'Export' }).click();
  await lab.page.getByRole('menuitem', { name: 'Whole result as JSON' }).click();
  await answer();
  await expect(lab.page.getByText('Exported').last()).toBeVisible();
  return readFileSync(path, 'utf8');
}

/** Zooms the canvas out by steps and waits until it stands still. */
export async function zoomOut(page: Page, steps: number): Promise<void> {
  for (let i = 0; i < steps; i++) {
    await page.getByRole('button', { name: 'Zoom Out' }).click();
    await page.waitForTimeout(300);
  }
}
