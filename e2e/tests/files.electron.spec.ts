import { chmodSync, copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { temporaryFolder } from '../support/folder';
import { expect, test } from '../support/lab';
import { clickPart, openFile, part, saveFile, startEmpty, startTemplate } from '../support/steps';

const example = resolve(import.meta.dirname, '../../examples/three-tier.topolab');

test('opens the file that it was started with, and remembers it', async ({ start }) => {
  const file = join(temporaryFolder(), 'with a space and ü.topolab');
  copyFileSync(example, file);
  const lab = await start({ files: [file] });
  await expect(part(lab.page, 'Database')).toBeVisible();
  await expect(lab.page.getByTestId('file-name')).toContainText('with a space and ü.topolab');
  const { userData } = lab;
  await expect.poll(() => existsSync(join(userData, 'recent-files.json'))).toBe(true);
  await lab.close();
  const again = await start({ userData });
  await again.page.getByRole('dialog').getByRole('button', { name: 'with a space and ü.topolab' }).click();
  await expect(part(again.page, 'Database')).toBeVisible();
});

test('what is no project does not get into the list of recent files; the list empties when that is asked for', async ({ start }) => {
  const folder = temporaryFolder();
  const file = join(folder, 'shop.topolab');
  copyFileSync(example, file);
  writeFileSync(join(folder, 'picture.topolab'), 'no project');
  const lab = await start({ files: [file] });
  const { page } = lab;
  await expect(page.getByTestId('file-name')).toContainText('shop.topolab');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await openFile(lab, join(folder, 'picture.topolab'));
  await expect(page.getByRole('dialog', { name: /was not opened/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('Control+n');
  const files = page.getByRole('complementary', { name: 'Files' });
  await expect(files.getByRole('listitem')).toHaveText(['shop.topolab']);
  await files.getByRole('button', { name: 'Clear this list' }).click();
  await expect(files.getByRole('listitem')).toHaveCount(0);
  await expect(files).toContainText('None yet.');
});

test('a file given at the start that is not there is named, and the window comes up all the same', async ({ start }) => {
  const lab = await start({ files: [join(temporaryFolder(), 'missing.topolab')] });
  await expect(lab.page.getByRole('dialog').filter({ hasText: 'missing.topolab' })).toContainText('There is no such file.');
});

test('saves into a file in one step and leaves nothing else in its folder', async ({ start }) => {
  const folder = temporaryFolder();
  const file = join(folder, 'shop.topolab');
  const lab = await start();
  await startTemplate(lab.page, /^Three-tier web shop/);
  await saveFile(lab, file);
  await clickPart(lab.page, 'Note', 40, 40);
  await lab.page.keyboard.press('Escape');
  await expect(lab.page.getByTestId('file-state')).toHaveText('Not saved');
  await lab.page.keyboard.press('Control+s');
  await expect(lab.page.getByTestId('file-state')).toHaveText('Saved');
  expect(JSON.parse(readFileSync(file, 'utf8')).designs[0].notes).toHaveLength(2);
  expect(readdirSync(folder)).toEqual(['shop.topolab']);
});

test('work that was not saved is offered again after the window was killed', async ({ start }) => {
  const lab = await start();
  const { userData, app } = lab;
  await startEmpty(lab.page);
  await clickPart(lab.page, 'Database', 300, 200);
  await expect.poll(() => (existsSync(join(userData, 'drafts')) ? readdirSync(join(userData, 'drafts')).length : 0), { timeout: 30_000 }).toBe(1);
  app?.process().kill('SIGKILL');
  await lab.close();
  const again = await start({ userData });
  await again.page.getByRole('dialog', { name: 'Recover unsaved work?' }).getByRole('button', { name: 'Recover' }).click();
  await expect(part(again.page, 'Database')).toBeVisible();
  await expect(again.page.getByTestId('file-state')).toHaveText('Recovered, not saved yet');
});

test('a page that dies comes back with its work', async ({ start }) => {
  const lab = await start();
  const { userData, app } = lab;
  await startEmpty(lab.page);
  await clickPart(lab.page, 'Database', 300, 200);
  await expect.poll(() => (existsSync(join(userData, 'drafts')) ? readdirSync(join(userData, 'drafts')).length : 0), { timeout: 30_000 }).toBe(1);
  await app?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer());
  // The page object of the tests died with its process: the window is looked at from the main process.
  const text = async (): Promise<string> =>
    (await app?.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      // Between its death and its next load a page answers nothing.
      return Promise.race<string>([contents?.executeJavaScript('document.body.innerText') ?? '', new Promise((done) => setTimeout(done, 1000, ''))]);
    })) ?? '';
  await expect.poll(text, { timeout: 30_000 }).toContain('Recover unsaved work?');
});

test('closing with unsaved changes asks first', async ({ start }) => {
  const lab = await start();
  await startEmpty(lab.page);
  await clickPart(lab.page, 'Database', 300, 200);
  await expect(lab.page.getByTestId('file-state')).toHaveText('Not saved');
  const close = () => lab.app?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await close();
  const dialog = lab.page.getByRole('dialog', { name: 'Save changes?' });
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(part(lab.page, 'Database')).toBeVisible();
  // Whoever closes again while the question is open is asked once.
  await close();
  await close();
  await expect(dialog).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(lab.page.getByRole('dialog')).toHaveCount(0);
  await close();
  const gone = lab.app?.waitForEvent('close');
  await dialog.getByRole('button', { name: 'Don’t save' }).click();
  await gone;
});

test('a disk or folder that refuses a save is told, and the work stays', async ({ start }) => {
  const folder = temporaryFolder();
  const file = join(folder, 'shop.topolab');
  const lab = await start();
  await startTemplate(lab.page, /^Three-tier web shop/);
  writeFileSync(join(folder, 'not-a-folder'), '');
  await lab.chooseToSave(join(folder, 'not-a-folder', 'shop.topolab'));
  await lab.page.keyboard.press('Control+s');
  const dialog = lab.page.getByRole('dialog', { name: 'The file was not saved' });
  await expect(dialog).toContainText('The folder of this file is not there any more.');
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(lab.page.getByRole('dialog')).toHaveCount(0);
  await saveFile(lab, file);
  expect(existsSync(file)).toBe(true);
});

test('a file that another program has changed, or that is read-only, is not replaced without a word', async ({ start }) => {
  const file = join(temporaryFolder(), 'shared.topolab');
  copyFileSync(example, file);
  const lab = await start({ files: [file] });
  const { page } = lab;
  const change = async (): Promise<void> => {
    await part(page, 'Database').click();
    await page.keyboard.press('ArrowDown');
    await expect(page.getByTestId('file-state')).toHaveText('Not saved');
    await page.keyboard.press('Control+s');
  };
  await change();
  await expect(page.getByTestId('file-state')).toHaveText('Saved');
  writeFileSync(file, 'hers');
  await change();
  const dialog = page.getByRole('dialog', { name: 'Replace the changed file?' });
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByTestId('file-state')).toHaveText('Not saved');
  expect(readFileSync(file, 'utf8')).toBe('hers');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('Control+s');
  await dialog.getByRole('button', { name: 'Replace' }).click();
  await expect(page.getByTestId('file-state')).toHaveText('Saved');
  const replaced = readFileSync(file, 'utf8');
  expect(JSON.parse(replaced).name).toBe('Three-tier web shop');

  chmodSync(file, 0o444);
  await change();
  await expect(page.getByRole('dialog', { name: 'The file was not saved' })).toContainText('This file is read-only.');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('file-state')).toHaveText('Not saved');
  expect(readFileSync(file, 'utf8')).toBe(replaced);
});

test('a second start hands its file to the window that is open', async ({ start }) => {
  const file = join(temporaryFolder(), 'second.topolab');
  copyFileSync(example, file);
  const lab = await start();
  await startEmpty(lab.page);
  await lab.app?.evaluate(({ app }, path) => app.emit('second-instance', {}, ['topolab', path], '/', { files: [path] }), file);
  await expect(lab.page.getByTestId('file-name')).toContainText('second.topolab');
});
