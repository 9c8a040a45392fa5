import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseProject } from '../../src-shared/project/parse';
import { temporaryFolder } from '../support/folder';
import { expect, test } from '../support/lab';
import { closeGallery, exportResult, openFile, openGallery, runToEnd, startTemplate, summary } from '../support/steps';

const root = resolve(import.meta.dirname, '../..');
const examples = readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.topolab'));

/** What the command line prints for a project, as a person would ask for it. */
function commandLine(file: string, design: string): string {
  return execFileSync(process.execPath, [join(root, 'out', 'cli', 'topolab.cjs'), 'simulate', file, '--design', design, '--json'], {
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

test('one project and seed give byte-identical results here and on the command line', async ({ start }) => {
  test.setTimeout(300_000);
  const folder = temporaryFolder();
  const lab = await start();
  await closeGallery(lab.page);
  for (const name of ['three-tier.topolab', 'closed-classroom.topolab']) {
    const file = join(root, 'examples', name);
    await openFile(lab, file);
    await expect(lab.page.getByTestId('file-name')).toContainText(name);
    await lab.page.getByRole('radiogroup', { name: 'Speed' }).getByText('Max').click();
    await runToEnd(lab.page, 180_000);
    const project = parseProject(readFileSync(file, 'utf8'));
    const design = project.ok ? (project.value.designs[0]?.name ?? '') : '';
    const here = await exportResult(lab, join(folder, `${name}.json`));
    expect(here.trimEnd()).toBe(commandLine(file, design).trimEnd());
  }
});

test('every example opens from the gallery and runs without errors', async ({ start }) => {
  test.setTimeout(600_000);
  const { page } = await start();
  for (const [index, name] of examples.entries()) {
    await test.step(name, async () => {
      const project = parseProject(readFileSync(join(root, 'examples', name), 'utf8'));
      if (!project.ok) throw new Error(`${name} is no project.`);
      if (index > 0) await openGallery(page);
      await startTemplate(page, new RegExp(`^${project.value.name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`));
      await expect(page.getByTestId('problem-count')).not.toContainText('error');
      await page.getByRole('radiogroup', { name: 'Speed' }).getByText('Max').click();
      await runToEnd(page, 200_000);
      const numbers = await summary(page);
      expect(numbers).toContain('Conservation: holds');
      expect(numbers).toContain('Little’s law: holds');
    });
  }
});
