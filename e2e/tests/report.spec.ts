import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { temporaryFolder } from '../support/folder';
import { expect, type Lab, test } from '../support/lab';
import { closeGallery, exportResult, openFile, runToEnd } from '../support/steps';

/** Chooses an entry of the export menu. */
async function exportEntry(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitem', { name, exact: true }).click();
}

/** Exports by an entry of the menu and gives the bytes of the file. */
async function exported(lab: Lab, entry: string, path: string): Promise<Buffer> {
  const answer = await lab.chooseToSave(path);
  await exportEntry(lab.page, entry);
  await answer();
  await expect(lab.page.getByText(path.split(/[\\/]/).at(-1) ?? '').last()).toBeVisible();
  return readFileSync(path);
}

test('a run becomes a report, vector pictures and a film', async ({ start }, info) => {
  test.setTimeout(240_000);
  const lab = await start();
  const { page } = lab;
  const folder = temporaryFolder();
  await closeGallery(page);
  await openFile(lab, join(import.meta.dirname, '../../examples/overload.topolab'));
  await expect(page.getByTestId('file-name')).toContainText('overload');
  await page.getByRole('radiogroup', { name: 'Speed' }).getByText('Max').click();
  await runToEnd(page);

  // By keyboard the menu opens at its first entry, and gives the keyboard back.
  const button = page.getByRole('button', { name: 'Export', exact: true });
  await button.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Report as HTML' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(button).toBeFocused();

  const html = (await exported(lab, 'Report as HTML', join(folder, 'Overload - report.html'))).toString();
  const result = JSON.parse(await exportResult(lab, join(folder, 'Overload - result.json'))) as { endToEnd: { metrics: { completed: number } } };
  const read = await page.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, 'text/html');
    return {
      headings: [...parsed.querySelectorAll('h2')].map((heading) => heading.textContent),
      completed: [...parsed.querySelectorAll('#results tr')].find((row) => row.querySelector('th')?.textContent === 'Completed')?.querySelector('td')
        ?.textContent,
      charts: parsed.querySelectorAll('#charts figure svg').length,
      scripts: parsed.scripts.length,
    };
  }, html);
  expect(read.headings).toEqual(expect.arrayContaining(['Topology', 'Results', 'Over simulated time', 'Parts', 'Workload', 'How to repeat it']));
  expect(read.completed).toBe(String(result.endToEnd.metrics.completed));
  expect(read.charts).toBeGreaterThanOrEqual(5);
  expect(read.scripts).toBe(0);

  const svg = (await exported(lab, 'Canvas as SVG', join(folder, 'Overload - canvas.svg'))).toString();
  expect(svg).toContain('Visitors');
  expect(svg).not.toContain('foreignObject');

  await exportEntry(page, 'Charts as picture …');
  const charts = page.getByRole('dialog', { name: 'Charts as picture' });
  await expect(charts.getByRole('img', { name: /^Preview: / })).toBeVisible();
  await charts.getByText('PNG', { exact: true }).click();
  const png = join(folder, 'Overload - charts.png');
  const answerPng = await lab.chooseToSave(png);
  await charts.getByRole('button', { name: 'Save picture' }).click();
  await answerPng();
  await expect(charts).toHaveCount(0);
  expect(readFileSync(png).subarray(1, 4).toString()).toBe('PNG');

  // A film can be given up; then a short one is made to its end.
  await exportEntry(page, 'Film of the run …');
  const film = page.getByRole('dialog', { name: 'Film of the run' });
  await film.getByText('30', { exact: true }).click();
  await film.getByRole('button', { name: 'Make film' }).click();
  await expect(film.getByRole('progressbar', { name: 'Progress of the film' })).toBeVisible();
  await film.getByRole('button', { name: 'Cancel' }).click();
  await expect(film.getByRole('button', { name: 'Make film' })).toBeEnabled();
  await film.getByText('5', { exact: true }).click();
  const webm = join(folder, 'Overload - film.webm');
  // On a busy machine a film takes its time.
  const patience = 90_000;
  const download = lab.app === null ? page.waitForEvent('download', { timeout: patience }).then((file) => file.saveAs(webm)) : null;
  if (lab.app !== null) await lab.chooseToSave(webm);
  await film.getByRole('button', { name: 'Make film' }).click();
  await download;
  await expect(film).toHaveCount(0, { timeout: patience });
  const bytes = readFileSync(webm);
  expect(bytes.subarray(0, 4).toString('hex')).toBe('1a45dfa3');
  // Its length stands in it, as players want it: a float64 after its id and size.
  expect(bytes.readDoubleBE(bytes.indexOf(Buffer.from('4489', 'hex')) + 10)).toBe(5000);
  if (lab.app === null) {
    // The policy of the program's page lets nothing play in it: a blank one is the player.
    const player = await page.context().newPage();
    const played = await player.evaluate(async (data) => {
      const video = document.createElement('video');
      video.src = `data:video/webm;base64,${data}`;
      await new Promise((done, fail) => {
        video.onloadeddata = done;
        video.onerror = () => fail(new Error(video.error?.message));
      });
      video.currentTime = 4;
      await new Promise((done) => {
        video.onseeked = done;
      });
      return { seconds: video.duration, width: video.videoWidth, at: video.currentTime };
    }, bytes.toString('base64'));
    expect(played).toEqual({ seconds: 5, width: 1280, at: 4 });
    await player.close();
  }

  if (lab.app !== null) {
    const pdf = await exported(lab, 'Report as PDF', join(folder, 'Overload - report.pdf'));
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    // Real pages, with an outline and tags for screen readers.
    const text = pdf.toString('latin1');
    expect(
      Number(/\/Type\s*\/Pages[^>]*?\/Count\s+(\d+)|\/Count\s+(\d+)[^>]*?\/Type\s*\/Pages/.exec(text)?.slice(1).find(Boolean) ?? 0),
    ).toBeGreaterThanOrEqual(3);
    expect(text).toContain('/StructTreeRoot');
  } else {
    const opened = page.context().waitForEvent('page');
    await exportEntry(page, 'Print report');
    const printed = await opened;
    await expect(printed.getByRole('heading', { name: 'How to repeat it' })).toBeVisible();
    // Thousands of rows behind the charts are all alike.
    const { violations } = await new AxeBuilder({ page: printed }).exclude('details .scroll').setLegacyMode(true).analyze();
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    for (const [name, width] of [
      ['wide', 1200],
      ['phone', 390],
    ] as const) {
      await printed.setViewportSize({ width, height: 900 });
      // Nothing but tables and pictures, which scroll by themselves, is wider than the page.
      expect(await printed.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
      await printed.screenshot({ path: info.outputPath(`report-${name}.png`) });
    }
  }
});
