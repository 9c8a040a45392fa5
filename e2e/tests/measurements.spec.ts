import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { temporaryFolder } from '../support/folder';
import { describeFrames, quantile, traceMainThread } from '../support/frame-work';
import { expect, type Lab, test } from '../support/lab';
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

/** Opens the large design and lets it run; resolves once its numbers come. */
async function runLarge(lab: Lab, speed: '1×' | 'Max'): Promise<void> {
  const { page } = lab;
  const file = join(temporaryFolder(), 'large.topolab');
  // Long enough that it is not over before it has been measured.
  writeFileSync(file, largeProject(speed === 'Max' ? 36_000_000 : 600_000));
  await closeGallery(page);
  await openFile(lab, file);
  await expect(page.getByText('300 parts, 600 links')).toBeVisible({ timeout: 60_000 });
  await page.getByRole('radiogroup', { name: 'Speed' }).getByText(speed, { exact: true }).click();
  await page.getByTestId('run-button').click();
  await expect(runStatus(page)).toHaveAttribute('data-phase', 'running', { timeout: 60_000 });
  await expect(page.getByTestId('simulated-time')).not.toHaveText(/^00:0[01]/, { timeout: 60_000 });
}

/** Drags a part around for five seconds and reports how long pictures took and what of it was the main thread's work. */
async function reportDrag(page: Page, where: string): Promise<void> {
  const box = await part(page, 'Balancer 7').boundingBox();
  if (box === null) throw new Error('The part cannot be seen.');
  const grip = { x: box.x + box.width / 2, y: box.y + Math.min(8, box.height / 2) };
  await page.evaluate(() => {
    const deltas: number[] = [];
    Reflect.set(window, 'frameDeltas', deltas);
    let last = performance.now();
    const tick = (now: number): void => {
      if (Reflect.get(window, 'frameDeltas') !== deltas) return;
      deltas.push(now - last);
      last = now;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  const work = await traceMainThread(page, async () => {
    await page.mouse.move(grip.x, grip.y);
    await page.mouse.down();
    const until = performance.now() + 5000;
    for (let i = 0; performance.now() < until; i++) await page.mouse.move(grip.x + Math.cos(i / 3) * 60, grip.y + Math.sin(i / 3) * 60);
    await page.mouse.up();
  });
  const deltas = (await page.evaluate(() => Reflect.get(window, 'frameDeltas') as number[])).slice(2);
  await page.evaluate(() => Reflect.deleteProperty(window, 'frameDeltas'));
  const at = (share: number): string => `${quantile(deltas, share).toFixed(1)} ms`;
  report(`work of the main thread per picture while dragging, ${where}`, describeFrames(work));
  report(
    `pictures while dragging, drawn without a graphics card, ${where}`,
    `${deltas.length} in 5 s, p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}, longest ${at(1)}`,
  );
  expect(deltas.length).toBeGreaterThan(5);
  expect(work.frames.length).toBeGreaterThan(5);
}

test('frame times while dragging among 300 live parts and 600 links', async ({ start }) => {
  test.setTimeout(300_000);
  const lab = await start();
  const { page } = lab;
  await runLarge(lab, '1×');
  await reportDrag(page, 'all in view');
  await page.keyboard.press('Control+z');
  const before = await part(page, 'Balancer 7').boundingBox();
  if (before === null) throw new Error('The part cannot be seen.');
  await page.mouse.move(before.x + before.width / 2, before.y + before.height / 2);
  // Near enough to read the badges: parts are 200 px wide at a zoom of 1.
  await expect(async () => {
    await page.mouse.wheel(0, -120);
    expect((await part(page, 'Balancer 7').boundingBox())?.width).toBeGreaterThan(150);
  }).toPass({ intervals: [150], timeout: 60_000 });
  // What is out of view is not drawn, but can still be reached.
  await expect(part(page, 'Balancer 0')).toHaveAttribute('data-unseen');
  await expect(part(page, 'Balancer 7')).not.toHaveAttribute('data-unseen');
  await reportDrag(page, 'badges readable');
  await expect(runStatus(page)).toHaveAttribute('data-phase', 'running');
});

test('long tasks while 300 parts stream at full speed', async ({ start }) => {
  test.setTimeout(300_000);
  const lab = await start();
  await runLarge(lab, 'Max');
  const { frames, longTasks } = await traceMainThread(lab.page, () => lab.page.waitForTimeout(5000));
  await expect(runStatus(lab.page)).toHaveAttribute('data-phase', 'running');
  const longest = (of: 'wallMs' | 'cpuMs'): string => `${Math.max(0, ...longTasks.map((task) => task[of])).toFixed(0)} ms`;
  report(
    'tasks of the main thread of more than 50 ms in 5 s at full speed',
    `${longTasks.length} by the clock (longest ${longest('wallMs')}), ${longTasks.filter(({ cpuMs }) => cpuMs > 50).length} by processor time (longest ${longest('cpuMs')}), ${frames.length} pictures`,
  );
  expect(frames.length).toBeGreaterThan(5);
});

/** Notes in the page when the last message of a worker came, and how long after it the next result of a comparison is painted. */
function watchComparisons(): void {
  const Plain = window.Worker;
  let lastMessage = 0;
  window.Worker = class extends Plain {
    constructor(...words: ConstructorParameters<typeof Worker>) {
      super(...words);
      this.addEventListener('message', () => {
        lastMessage = performance.now();
      });
    }
  };
  let shown: Element | null = null;
  new MutationObserver(() => {
    const found = document.querySelector('[data-testid="comparison"]');
    if (found === shown) return;
    shown = found;
    if (found === null) return;
    const from = lastMessage;
    // A message that is sent before a picture is drawn is taken after it.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => Reflect.set(window, 'paintedMs', performance.now() - from);
      port2.postMessage(null);
    });
  }).observe(document, { childList: true, subtree: true });
}

test('time from the end of the last run to the page of a comparison of four designs', async ({ start }) => {
  test.setTimeout(300_000);
  const project = JSON.parse(readFileSync(join(import.meta.dirname, '../../examples/three-tier.topolab'), 'utf8'));
  const { id } = project.designs[0];
  const file = join(temporaryFolder(), 'variants.topolab');
  const variants = ['web.replicas=4', 'app.replicas=3', 'app.serviceTime.p50Ms=6'].map((change, place) => ({
    id: `variant-${place}`,
    name: change,
    design: id,
    changes: [change],
  }));
  writeFileSync(file, JSON.stringify({ ...project, settings: { ...project.settings, durationMs: 20_000 }, variants }));
  const lab = await start();
  const { page } = lab;
  await page.addInitScript(watchComparisons);
  await page.reload();
  await closeGallery(page);
  const times: number[] = [];
  for (let i = 0; i < 9; i++) {
    // Opened anew, the file has no comparison yet.
    await openFile(lab, file);
    await expect(page.getByTestId('file-name')).toContainText('variants');
    await page.evaluate(() => Reflect.deleteProperty(window, 'paintedMs'));
    await page.getByRole('button', { name: 'Experiments' }).click();
    const dialog = page.getByRole('dialog', { name: 'Experiments' });
    await dialog.getByRole('tab', { name: 'Compare designs' }).click();
    for (const box of await dialog.getByRole('list', { name: 'Designs to compare' }).getByRole('checkbox').all()) await box.check();
    await expect(dialog.getByTestId('comparison')).toHaveCount(0);
    await dialog.getByRole('button', { name: 'Run comparison' }).click();
    await expect(dialog.getByTestId('comparison')).toBeVisible({ timeout: 60_000 });
    const painted = await page.waitForFunction(() => Reflect.get(window, 'paintedMs') as number | undefined);
    times.push((await painted.jsonValue()) ?? Number.NaN);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await expect(dialog).toHaveCount(0);
  }
  report(
    'from the end of the last run to the painted page of four designs',
    `median ${quantile(times, 0.5).toFixed(0)} ms of ${times.map((ms) => ms.toFixed(0)).join(', ')}`,
  );
  expect(times.every((ms) => ms > 0)).toBe(true);
});
