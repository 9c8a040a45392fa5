import { expect, test } from '../support/lab';
import { clickPart, connect, dragPart, focusCanvas, link, part, startEmpty, startTemplate, zoomOut } from '../support/steps';

test('every step is undone and redone', async ({ start }) => {
  const { page } = await start();
  await startEmpty(page);
  await dragPart(page, 'Service', 300, 240);
  await zoomOut(page, 1);
  await dragPart(page, 'Database', 650, 240);
  await connect(page, 'Service', 'Database');
  await part(page, 'Service').click();
  await page.keyboard.press('Delete');
  await expect(part(page, 'Service')).toHaveCount(0);
  await expect(link(page, 'Service', 'Database')).toHaveCount(0);

  await page.keyboard.press('Control+z');
  await expect(part(page, 'Service')).toHaveCount(1);
  await expect(link(page, 'Service', 'Database')).toHaveCount(1);
  await page.keyboard.press('Control+z');
  await expect(link(page, 'Service', 'Database')).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(page.locator('.react-flow__node')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled();
  for (let i = 0; i < 4; i++) await page.keyboard.press('Control+Shift+z');
  await expect(page.locator('.react-flow__node')).toHaveCount(1);
  await expect(part(page, 'Database')).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Redo' })).toBeDisabled();
});

test('moving a part takes its link along, and is one step', async ({ start }) => {
  const { page } = await start();
  await startEmpty(page);
  await dragPart(page, 'Service', 300, 240);
  await zoomOut(page, 1);
  await dragPart(page, 'Database', 650, 240);
  await connect(page, 'Service', 'Database');
  const before = await part(page, 'Service').boundingBox();
  if (before === null) throw new Error('The part cannot be seen.');
  const x = async () => Math.round((await part(page, 'Service').boundingBox())?.x ?? 0);
  const way = () => link(page, 'Service', 'Database').locator('path').first().getAttribute('d');
  const wayBefore = await way();
  await page.mouse.move(before.x + 80, before.y + 12);
  await page.mouse.down();
  await page.mouse.move(before.x + 10, before.y + 92, { steps: 12 });
  // While it is dragged, and as it is let go: the same on the screen.
  await expect.poll(x).toBeLessThan(before.x - 40);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const wayUnderWay = await way();
  const xUnderWay = await x();
  expect(wayUnderWay).not.toBe(wayBefore);
  await page.mouse.up();
  await expect(page.locator('[data-canvas]')).not.toHaveAttribute('data-dragging');
  await expect.poll(way).toBe(wayUnderWay);
  expect(await x()).toBe(xUnderWay);
  await page.keyboard.press('Control+z');
  await expect.poll(x).toBe(Math.round(before.x));
  expect(await way()).toBe(wayBefore);
});

test('copy, paste, duplicate and select all', async ({ start }) => {
  const { page } = await start();
  await startEmpty(page);
  await dragPart(page, 'Service', 300, 240);
  await zoomOut(page, 1);
  await dragPart(page, 'Database', 650, 240);
  await connect(page, 'Service', 'Database');
  await focusCanvas(page);
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+c');
  await page.keyboard.press('Control+v');
  await expect(page.locator('.react-flow__node')).toHaveCount(4);
  await expect(page.locator('.react-flow__edge')).toHaveCount(2);
  await page.keyboard.press('Control+d');
  await expect(page.locator('.react-flow__node')).toHaveCount(6);
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await expect(page.locator('.react-flow__node')).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(page.locator('.react-flow__node')).toHaveCount(6);
});

test('a text field keeps its own keys', async ({ start }) => {
  const { page } = await start();
  await startTemplate(page, /^Three-tier web shop/);
  const count = await page.locator('.react-flow__node').count();
  await part(page, 'Database').click();
  const find = page.getByRole('textbox', { name: 'Find a part' });
  await find.fill('data');
  await find.press('Control+a');
  await find.press('Backspace');
  await expect(find).toHaveValue('');
  await expect(page.locator('.react-flow__node')).toHaveCount(count);
});

test('an impossible link is refused with the reason', async ({ start }) => {
  const { page } = await start();
  await startEmpty(page);
  await dragPart(page, 'Service', 300, 240);
  await zoomOut(page, 1);
  await dragPart(page, 'Database', 650, 240);
  await connect(page, 'Service', 'Database');
  const start2 = await page.getByLabel('Output of Service', { exact: true }).boundingBox();
  const end = await part(page, 'Database').boundingBox();
  if (start2 === null || end === null) throw new Error('The parts cannot be seen.');
  await page.mouse.move(start2.x + start2.width / 2, start2.y + start2.height / 2);
  await page.mouse.down();
  await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 8 });
  await expect(page.getByText(/already/i).first()).toBeVisible();
  await page.mouse.up();
  await expect(page.locator('.react-flow__edge')).toHaveCount(1);
});

test('the window can be used from the keyboard', async ({ start }) => {
  const { page } = await start();
  await startEmpty(page);
  await focusCanvas(page);
  await page.keyboard.press('/');
  await expect(page.getByRole('textbox', { name: 'Find a part' })).toBeFocused();
  await page.keyboard.type('data');
  await page.keyboard.press('Enter');
  await expect(part(page, 'Database')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await expect(page.getByPlaceholder(/./).last()).toBeFocused();
  await page.keyboard.press('Escape');
  await focusCanvas(page);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toContainText(/shortcut/i);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await clickPart(page, 'Clients', 120, 120);
  await page.keyboard.press('F2');
  await expect(page.locator('.react-flow__node input')).toBeFocused();
  await page.keyboard.type('Visitors');
  await page.keyboard.press('Enter');
  await expect(part(page, 'Visitors')).toHaveCount(1);
});
