import { resolve } from 'node:path';
import { expect, type Lab, test } from '../support/lab';
import { part, runStatus } from '../support/steps';

const example = resolve(import.meta.dirname, '../../examples/three-tier.topolab');

/** Ends the engine process of the window, as the operating system does where memory runs short. */
async function killEngine({ app }: Lab, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  const pid = await app?.evaluate(
    ({ app: electron }) => electron.getAppMetrics().find((metric) => metric.serviceName === 'node.mojom.NodeService' || metric.name === 'Topolab engine')?.pid,
  );
  expect(pid).toBeGreaterThan(0);
  process.kill(pid ?? 0, signal);
}

for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
  test(`the engine process killed by ${signal}: said with seed and time, the document stays, the next run works`, async ({ start }) => {
    const lab = await start({ files: [example] });
    const { page } = lab;
    await expect(part(page, 'Database')).toBeVisible();
    await page.getByRole('radiogroup', { name: 'Speed' }).getByText('1×', { exact: true }).click();
    await page.getByTestId('run-button').click();
    await expect(page.getByTestId('simulated-time')).not.toHaveText(/^00:0[01]/);
    await killEngine(lab, signal);

    const notice = page.getByTestId('crash-notice');
    await expect(notice).toContainText(/simulated time \d+:\d+/);
    await expect(notice).toContainText(/seed \d+/);
    await expect(runStatus(page)).toHaveAttribute('data-phase', 'crashed');
    await expect(part(page, 'Database')).toBeVisible();
    await notice.getByRole('button', { name: 'Run again' }).click();
    await expect(notice).toHaveCount(0);
    await expect(runStatus(page)).toHaveAttribute('data-phase', 'running');
    await page.getByRole('radiogroup', { name: 'Speed' }).getByText('Max').click();
    await expect(runStatus(page)).toHaveAttribute('data-phase', 'finished', { timeout: 90_000 });
    await expect(notice).toHaveCount(0);
  });
}

test('the engine process killed while a paused run is looked back at is told, and a finished run is looked back at without it', async ({ start }) => {
  const lab = await start({ files: [example] });
  const { page } = lab;
  await expect(part(page, 'Database')).toBeVisible();
  const speed = page.getByRole('radiogroup', { name: 'Speed' });
  await speed.getByText('1×', { exact: true }).click();
  await page.getByTestId('run-button').click();
  await expect(page.getByTestId('simulated-time')).not.toHaveText(/^00:0[01]/);
  await page.getByTestId('run-button').click();
  await expect(runStatus(page)).toHaveAttribute('data-phase', 'paused');
  const back = page.getByRole('button', { name: /^Step back/ });
  await back.click();
  await expect(page.getByText(/^Looking back at/)).toBeVisible();
  await killEngine(lab);
  const notice = page.getByTestId('crash-notice');
  await expect(notice).toContainText(/simulated time \d+:\d+.*seed \d+/);
  await expect(runStatus(page)).toHaveAttribute('data-phase', 'crashed');
  await speed.getByText('Max', { exact: true }).click();
  await notice.getByRole('button', { name: 'Run again' }).click();
  await expect(runStatus(page)).toHaveAttribute('data-phase', 'finished', { timeout: 90_000 });

  await back.click();
  await expect(page.getByText(/^Looking back at/)).toBeVisible();
  await killEngine(lab);
  await back.click();
  await expect(page.getByText(/^Looking back at/)).toBeVisible();
  await expect(notice).toHaveCount(0);
  await page.getByRole('button', { name: 'Back to the end' }).first().click();
  await page.getByTestId('run-button').click();
  await expect(runStatus(page)).toHaveAttribute('data-phase', /starting|running/);
  await expect(runStatus(page)).toHaveAttribute('data-phase', 'finished', { timeout: 90_000 });
});
