import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../support/folder';
import { command, expectFocusSeen, pressTo } from '../support/keys';
import { expect, test } from '../support/lab';
import { runStatus } from '../support/steps';

test('a run is traced, compared, swept, judged and reported by keyboard alone', async ({ start }) => {
  const lab = await start();
  const { page } = lab;
  const { keyboard } = page;
  await expect(page.getByRole('dialog')).toBeVisible();
  await pressTo(page, page.getByRole('button', { name: /^Three-tier web shop/ }));
  await keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  // Panel by panel to the top, and the run at full speed. The button stays where the keyboard is, whatever it is called.
  await pressTo(page, page.getByRole('button', { name: 'Menu', exact: true }), 'F6', 8);
  const run = page.getByTestId('run-button');
  await pressTo(page, page.getByRole('radio', { name: '10×' }));
  await pressTo(page, page.getByRole('radio', { name: 'Max' }), 'ArrowRight', 3);
  await pressTo(page, run, 'Shift+Tab');
  await keyboard.press('Enter');
  await expect(runStatus(page)).toHaveAttribute('data-phase', 'finished', { timeout: 60_000 });
  await expect(run).toBeFocused();

  // Traces: the list has the keyboard once it is there, and again when a request is closed.
  await command(page, 'show traces');
  await expect(page.getByRole('tab', { name: 'Traces' })).toBeFocused();
  await pressTo(page, page.getByRole('button', { name: 'Trace this run' }));
  await keyboard.press('Enter');
  const rows = page.getByRole('region', { name: 'Traces of the run' }).getByRole('button', { name: /^Request \d+/ });
  await expect(rows.first()).toBeFocused({ timeout: 60_000 });
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  const request = page.getByRole('region', { name: /^Request \d+$/ });
  await expect(request).toBeVisible();
  await pressTo(page, request.getByRole('button', { name: 'Close the request' }));
  await keyboard.press('Enter');
  await expect(request).toHaveCount(0);
  await expect(rows.nth(1)).toBeFocused();
  await expectFocusSeen(page);

  // Comparison with a variant. Escape closes the form of the variant, then the page, and the keyboard is where it was.
  await command(page, 'compare designs');
  const experiments = page.getByRole('dialog', { name: 'Experiments' });
  await pressTo(page, experiments.getByRole('button', { name: 'Add variant' }));
  await keyboard.press('Enter');
  const form = page.getByRole('dialog', { name: 'Variant' });
  await expect(form.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await pressTo(page, form.getByRole('combobox', { name: 'Change a parameter' }));
  await keyboard.type('application replicas');
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  const value = form.getByRole('textbox', { name: 'Value of change 1' });
  await expect(value).toBeFocused();
  await keyboard.type('3');
  await keyboard.press('Enter');
  await keyboard.press('Escape');
  await expect(form).toHaveCount(0);
  await expect(experiments).toBeVisible();
  await pressTo(page, experiments.getByRole('button', { name: 'Run comparison' }));
  await keyboard.press('Enter');
  const table = experiments.getByRole('table', { name: 'Metrics of the designs' });
  await expect(table.locator('[data-verdict]').first()).toBeVisible({ timeout: 60_000 });
  await expect(experiments.getByRole('button', { name: 'Run comparison' })).toBeFocused();
  const group = table.getByRole('button', { name: /^Part / }).first();
  await pressTo(page, group);
  await keyboard.press('Enter');
  await expect(group).toHaveAttribute('aria-expanded', 'true');

  // A sweep of two parameters: given up, run to its end, read in the heat map.
  await pressTo(page, experiments.getByRole('tab', { name: 'Compare designs' }), 'Shift+Tab');
  await keyboard.press('ArrowRight');
  await pressTo(page, experiments.getByRole('button', { name: 'Replicas and load', exact: true }));
  await keyboard.press('Enter');
  const sweep = experiments.getByRole('button', { name: 'Run sweep' });
  await pressTo(page, sweep);
  await keyboard.press('Enter');
  await expect(experiments.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await keyboard.press('Enter');
  await expect(sweep).toBeFocused();
  await pressTo(page, experiments.getByRole('textbox', { name: 'Replications' }), 'Shift+Tab');
  await keyboard.type('1');
  await keyboard.press('Enter');
  await pressTo(page, sweep);
  await keyboard.press('Enter');
  await expect(experiments.locator('[data-testid="sweep-result"][data-complete]')).toBeVisible({ timeout: 90_000 });
  await expect(sweep).toBeFocused();
  const cells = experiments.getByRole('table', { name: / by / }).getByRole('button');
  await pressTo(page, cells.first());
  await keyboard.press('ArrowDown');
  await expect(cells.nth(4)).toBeFocused();
  await keyboard.press('Escape');
  await expect(experiments).toHaveCount(0);
  await expect(rows.nth(1)).toBeFocused();

  // An objective is added and deleted again.
  await command(page, 'objectives');
  const objectives = page.getByRole('dialog', { name: 'Objectives' });
  const list = objectives.getByRole('list', { name: 'Objectives of the project' }).getByRole('listitem');
  await expect(list.first()).toBeVisible();
  const before = await list.count();
  await pressTo(page, objectives.getByRole('button', { name: 'Add objective' }));
  await keyboard.press('Enter');
  await expect(list).toHaveCount(before + 1);
  await pressTo(page, objectives.getByRole('textbox', { name: 'Name' }));
  await keyboard.press('Control+a');
  await keyboard.type('Strict');
  await pressTo(page, objectives.getByRole('button', { name: 'Delete' }));
  await keyboard.press('Enter');
  await expect(list).toHaveCount(before);
  await expectFocusSeen(page);
  await keyboard.press('Escape');
  await expect(objectives).toHaveCount(0);
  await expect(rows.nth(1)).toBeFocused();

  // The report, from the menu whose first entry it is.
  await pressTo(page, page.getByRole('button', { name: 'Export', exact: true }), 'Shift+Tab');
  await keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Report as HTML' })).toBeFocused();
  const path = join(temporaryFolder(), 'report.html');
  const answer = await lab.chooseToSave(path);
  await keyboard.press('Enter');
  await answer();
  await expect(page.getByText('Exported').last()).toBeVisible();
  expect(readFileSync(path, 'utf8')).toContain('How to repeat it');
  await expect(page.getByRole('button', { name: 'Export', exact: true })).toBeFocused();
});
