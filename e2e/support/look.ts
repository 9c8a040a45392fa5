import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import type { Lab } from './lab';
import { report } from './report';

/** What a screen reader user would stumble over, in the whole page or within a part of it; an empty list is a pass. */
export async function troubles(page: Page, within?: string): Promise<string[]> {
  // Legacy mode does without a second page, which Electron has none of. Only what is wrong is asked for: all the rest takes long to tell.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode(true);
  const { violations } = await (within === undefined ? axe : axe.include(within)).analyze();
  for (const { impact, id, nodes } of violations)
    report(
      `axe ${impact}`,
      `${id}: ${nodes
        .map(({ target }) => target.join(' '))
        .slice(0, 3)
        .join(' | ')}`,
    );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help} (${nodes[0]?.target.join(' ')}: ${nodes[0]?.html})`);
}

/**
 * Looks at the page as a journey has brought it about: a picture for people, and what a screen reader would stumble over, which is
 * nothing. The page is the same in both hosts, so that each looks in one scheme: a browser in light, Electron in dark. `within`
 * limits what is judged.
 */
export async function look({ page, kind }: Lab, name: string, within?: string): Promise<void> {
  const colorScheme = kind === 'electron' ? 'dark' : 'light';
  await page.emulateMedia({ colorScheme });
  await expect(page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`)).toBeAttached();
  // Colours fade from one scheme to the other, and would be judged half way.
  await page.waitForTimeout(300);
  expect.soft(await troubles(page, within), name).toEqual([]);
  await page.screenshot({ path: test.info().outputPath(`${name}-${colorScheme}.png`) });
}
