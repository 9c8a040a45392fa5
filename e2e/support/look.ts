import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Lab } from './lab';

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
  // Legacy mode does without a second page, which Electron has none of.
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  const { violations } = await (within === undefined ? axe : axe.include(within)).analyze();
  expect.soft(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  await page.screenshot({ path: test.info().outputPath(`${name}-${colorScheme}.png`) });
}
