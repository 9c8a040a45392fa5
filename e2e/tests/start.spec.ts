import { expect, test } from '../support/lab';
import { closeGallery, openGallery } from '../support/steps';

test('starts and shows its page', async ({ start }) => {
  const lab = await start();
  await expect(lab.page).toHaveTitle(/Topolab/);
  await expect(lab.page.locator('#root')).not.toBeEmpty();
});

test('a dialog stands still from its first picture, so that a press that comes at once and its release meet the same button', async ({ start }) => {
  const { page } = await start();
  await closeGallery(page);
  const places = page.evaluate(
    () =>
      new Promise<string[]>((done) => {
        const found: string[] = [];
        let begun = 0;
        const look = (): void => {
          const button = document.querySelector('[role="dialog"] button[aria-label="Close"]');
          if (button !== null) {
            if (begun === 0) begun = performance.now();
            const { x, y, width, height } = button.getBoundingClientRect();
            found.push([x, y, width, height].map(Math.round).join(' '));
          }
          if (begun > 0 && performance.now() - begun > 500) done(found);
          else requestAnimationFrame(look);
        };
        look();
      }),
  );
  await openGallery(page);
  const seen = await places;
  expect(seen.length).toBeGreaterThan(3);
  expect(new Set(seen).size, seen.join(', ')).toBe(1);
});
