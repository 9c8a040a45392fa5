import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** What has the focus can be seen to have it: it stands in the window, under nothing else, and is framed. */
export async function expectFocusSeen(page: Page): Promise<void> {
  const trouble = (): Promise<string> =>
    page.evaluate(() => {
      const focused = document.activeElement;
      if (focused === null || focused === document.body) return 'nothing has the focus';
      const name = focused.getAttribute('aria-label') ?? focused.textContent ?? focused.tagName;
      if (!focused.matches(':focus-visible')) return `the focus on ${name} is not shown`;
      // Of a row of choices only the names are drawn.
      const drawn = focused.matches('[type="radio"]') && focused.getBoundingClientRect().width === 0 ? focused.nextElementSibling : focused;
      const { left, top, width, height } = (drawn ?? focused).getBoundingClientRect();
      const above = document.elementFromPoint(left + width / 2, top + height / 2);
      if (above === null) return `${name} is out of sight`;
      return drawn?.contains(above) === true || above.contains(drawn) ? '' : `${name} is covered by ${above.outerHTML.slice(0, 120)}`;
    });
  await expect.poll(trouble).toBe('');
}

const hasFocus = async (target: Locator): Promise<boolean> =>
  (await target.count()) === 1 && (await target.evaluate((element) => element === document.activeElement));

/** Presses a key, Tab unless said otherwise, until this has the focus, which then can be seen. */
export async function pressTo(page: Page, target: Locator, key = 'Tab', most = 100): Promise<void> {
  for (let pressed = 0; pressed <= most; pressed++) {
    if (await hasFocus(target)) {
      await expectFocusSeen(page);
      return;
    }
    await page.keyboard.press(key);
  }
  throw new Error(`${most} times ${key} do not lead to ${target}`);
}

/** Types the name of a command into the command palette and takes it. */
export async function command(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('textbox', { name: 'Command' })).toBeFocused();
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
}
