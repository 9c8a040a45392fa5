import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { temporaryFolder } from '../support/folder';
import { expect, test } from '../support/lab';
import { clickPart, openFile, part, saveFile, startTemplate } from '../support/steps';

const example = readFileSync(resolve(import.meta.dirname, '../../examples/three-tier.topolab'), 'utf8');

/** Files that are no project, and a word of the message that each deserves. */
const BAD: readonly { readonly name: string; readonly text: string; readonly says: RegExp }[] = [
  { name: 'letter.topolab', text: 'Dear Sir or Madam,\n', says: /not valid JSON/ },
  { name: 'other.topolab', text: '{"name":"package","version":"1.0.0"}\n', says: /not a Topolab project|no Topolab project|format/i },
  { name: 'newer.topolab', text: example.replace(/"formatVersion": \d+/, '"formatVersion": 99'), says: /newer|version 99/i },
  { name: 'truncated.topolab', text: example.slice(0, example.length / 2), says: /ends in the middle/ },
  { name: 'unknown.topolab', text: example.replaceAll('"kind": "database"', '"kind": "oracle-of-delphi"'), says: /oracle-of-delphi/ },
  { name: 'empty.topolab', text: '', says: /empty/ },
];

test('a file that cannot be opened says why, where and what to do, and leaves what is open alone', async ({ start }) => {
  const folder = temporaryFolder();
  const lab = await start();
  const { page } = lab;
  await startTemplate(page, /^Three-tier web shop/);
  await clickPart(page, 'Note', 40, 40);
  await page.keyboard.press('Escape');
  const before = await page.locator('.react-flow__node').count();
  for (const { name, text, says } of BAD) {
    const path = join(folder, name);
    writeFileSync(path, text);
    await openFile(lab, path);
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText(name);
    await expect(dialog).toContainText(says);
    await expect(dialog).toContainText('What is open has not changed.');
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await expect(dialog).toHaveCount(0);
    expect(await page.locator('.react-flow__node').count()).toBe(before);
  }
  await expect(page.getByTestId('file-state')).toHaveText('Not saved');
});

test('a file of 200 MB is refused by its size', async ({ start }) => {
  const path = join(temporaryFolder(), 'huge.topolab');
  writeFileSync(path, '');
  truncateSync(path, 200_000_000);
  const lab = await start();
  await startTemplate(lab.page, /^Three-tier web shop/);
  await openFile(lab, path);
  await expect(lab.page.getByRole('dialog')).toContainText(/200 MB|191 MiB/);
  await lab.page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  await expect(part(lab.page, 'Database')).toBeVisible();
});

test('unsaved changes are asked about before another file takes their place', async ({ start }) => {
  const folder = temporaryFolder();
  const lab = await start();
  const { page } = lab;
  const path = join(folder, 'other.topolab');
  writeFileSync(path, example.replace('Three-tier web shop', 'The other shop'));
  await startTemplate(page, /^Three-tier web shop/);
  await clickPart(page, 'Note', 40, 40);
  await page.keyboard.press('Escape');
  await openFile(lab, path);
  const dialog = page.getByRole('dialog', { name: 'Save changes?' });
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.locator('.react-flow__node-note')).toHaveCount(2);
  await openFile(lab, path);
  await dialog.getByRole('button', { name: 'Don’t save' }).click();
  await expect(page.getByTestId('file-name')).toContainText('other.topolab');
  await expect(page.locator('.react-flow__node-note')).toHaveCount(1);
});

test('saving writes the project as it was opened, byte for byte', async ({ start }) => {
  const folder = temporaryFolder();
  const first = join(folder, 'first.topolab');
  const second = join(folder, 'second.topolab');
  const lab = await start();
  await startTemplate(lab.page, /^Three-tier web shop/);
  await saveFile(lab, first);
  await openFile(lab, first);
  await expect(lab.page.getByTestId('file-name')).toContainText('first.topolab');
  const answer = await lab.chooseToSave(second);
  await lab.page.keyboard.press('Control+Shift+s');
  await answer();
  await expect(lab.page.getByTestId('file-state')).toHaveText('Saved');
  const model = (path: string) => ({ ...JSON.parse(readFileSync(path, 'utf8')), view: null });
  await expect.poll(() => model(second)).toEqual(model(first));
});
