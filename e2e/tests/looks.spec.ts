import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../support/lab';
import { troubles } from '../support/look';
import { results } from '../support/report';
import { part, runToEnd, startTemplate, summary } from '../support/steps';

/** The panels below the canvas; what is beside them is judged with the editor. */
const DOCK = '[aria-label="Results"]';
/** A dialog; what is behind it has been judged before. */
const DIALOG = '[role="dialog"]';

for (const scheme of ['light', 'dark'] as const) {
  test(`nothing stands in the way of assistive technology (${scheme})`, async ({ start }) => {
    const { page } = await start();
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.getByRole('button', { name: /^Empty canvas/ }).waitFor();
    await page.waitForTimeout(500);
    expect.soft(await troubles(page), 'the gallery').toEqual([]);
    await startTemplate(page, /^Three-tier web shop/);
    await part(page, 'Database').click();
    await page.waitForTimeout(300);
    expect.soft(await troubles(page), 'the editor with an inspected part').toEqual([]);
    await page.getByRole('radiogroup', { name: 'Speed' }).getByText('Max').click();
    await runToEnd(page);
    await summary(page);
    expect.soft(await troubles(page), 'the summary of a run').toEqual([]);
    await page.getByRole('tab', { name: 'Table' }).click();
    expect.soft(await troubles(page, DOCK), 'the table of a run').toEqual([]);
    await page.getByRole('tab', { name: /^Timeline/ }).click();
    for (const effect of ['Crash', 'Cut off']) {
      await page.getByRole('button', { name: 'Add fault' }).click();
      await page.getByRole('menuitem', { name: new RegExp(`^${effect}`) }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await page.waitForTimeout(300);
      expect.soft(await troubles(page, DIALOG), `the form of a fault: ${effect}`).toEqual([]);
      await page.getByRole('button', { name: 'Done' }).click();
      await expect(page.getByRole('dialog')).toHaveCount(0);
    }
    await runToEnd(page);
    expect.soft(await troubles(page, DOCK), 'the timeline of faults').toEqual([]);
    await page.getByRole('tab', { name: 'Events' }).click();
    expect.soft(await troubles(page, DOCK), 'the events of a run').toEqual([]);
    await page.getByRole('tab', { name: 'Charts' }).click();
    expect.soft(await troubles(page), 'charts with faults').toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Edit machines …' }).first().click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.waitForTimeout(300);
    expect.soft(await troubles(page, DIALOG), 'the ladder of machines').toEqual([]);
  });

  test(`pictures for people to look at (${scheme})`, async ({ start }) => {
    const folder = join(results, 'screens');
    mkdirSync(folder, { recursive: true });
    const { page, kind } = await start();
    await page.emulateMedia({ colorScheme: scheme });
    const shoot = (name: string) => page.screenshot({ path: join(folder, `${kind}-${name}-${scheme}.png`) });
    await page.getByRole('button', { name: /^Empty canvas/ }).waitFor();
    await page.waitForTimeout(500);
    await shoot('gallery');
    await startTemplate(page, /^Three-tier web shop/);
    await page.waitForTimeout(600);
    await shoot('idle');
    await part(page, 'Database').click();
    await page.getByRole('radiogroup', { name: 'Speed' }).getByText('10×').click();
    await page.getByTestId('run-button').click();
    await expect(page.getByTestId('simulated-time')).not.toHaveText(/^00:[01]/, { timeout: 60_000 });
    await shoot('running');
    await page.getByRole('button', { name: 'Stop' }).click();
    await summary(page);
    await shoot('summary');
    await page.keyboard.press('Control+n');
    await startTemplate(page, /overload/i);
    await page.getByRole('tab', { name: 'Charts' }).click();
    await page.getByTestId('run-button').click();
    await expect(page.getByTestId('simulated-time')).not.toHaveText(/^00:[012]/, { timeout: 60_000 });
    await shoot('overloaded');
  });
}
