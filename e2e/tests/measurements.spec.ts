import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../support/folder';
import { expect, test } from '../support/lab';
import { largeProject } from '../support/large-project';
import { report } from '../support/report';
import { closeGallery, openFile, part, runStatus } from '../support/steps';

test('time from the start to a canvas that can be used', async ({ start }) => {
  const times: number[] = [];
  for (let i = 0; i < 3; i++) {
    const lab = await start();
    await lab.page.getByRole('button', { name: /^Empty canvas/ }).waitFor();
    times.push(performance.now() - lab.startedAt);
    await lab.close();
  }
  report('cold start to the first picture with its gallery', times.map((ms) => `${Math.round(ms)} ms`).join(', '));
});

test('frame times while dragging among 300 live parts and 600 links', async ({ start }) => {
  test.setTimeout(300_000);
  const file = join(temporaryFolder(), 'large.topolab');
  writeFileSync(file, largeProject());
  const lab = await start();
  const { page } = lab;
  await closeGallery(page);
  await openFile(lab, file);
  await expect(page.getByText('300 parts, 600 links')).toBeVisible({ timeout: 60_000 });
  await page.getByRole('radiogroup', { name: 'Speed' }).getByText('1×', { exact: true }).click();
  await page.getByTestId('run-button').click();
  await expect(runStatus(page)).toHaveAttribute('data-phase', 'running', { timeout: 60_000 });
  await expect(page.getByTestId('simulated-time')).not.toHaveText(/^00:0[01]/, { timeout: 60_000 });
  const box = await part(page, 'Balancer 7').boundingBox();
  if (box === null) throw new Error('The part cannot be seen.');
  await page.evaluate(() => {
    const deltas: number[] = [];
    Reflect.set(window, 'frameDeltas', deltas);
    let last = performance.now();
    const tick = (now: number): void => {
      deltas.push(now - last);
      last = now;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  await page.mouse.move(box.x + box.width / 2, box.y + 4);
  await page.mouse.down();
  const until = performance.now() + 5000;
  for (let i = 0; performance.now() < until; i++) await page.mouse.move(box.x + box.width / 2 + Math.cos(i / 9) * 60, box.y + Math.sin(i / 9) * 60);
  await page.mouse.up();
  const deltas = (await page.evaluate(() => Reflect.get(window, 'frameDeltas') as number[])).slice(2).sort((one, other) => one - other);
  const at = (share: number): string => `${(deltas[Math.min(deltas.length - 1, Math.floor(deltas.length * share))] ?? 0).toFixed(1)} ms`;
  report(
    'frames while dragging, drawn without a graphics card',
    `${deltas.length} frames in 5 s, p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}, longest ${at(1)}`,
  );
  expect(deltas.length).toBeGreaterThan(5);
  await expect(runStatus(page)).toHaveAttribute('data-phase', 'running');
});
