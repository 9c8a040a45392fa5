import { expect, test } from '../support/lab';

test.describe('the page is locked in', () => {
  test('serves itself with a strict policy and nothing outside of its folder', async ({ start }) => {
    const { page } = await start();
    const answers = await page.evaluate(async () => {
      const get = async (path: string) => {
        const answer = await fetch(path);
        return { status: answer.status, policy: answer.headers.get('content-security-policy') ?? '', sniff: answer.headers.get('x-content-type-options') };
      };
      return { page: await get('./index.html'), above: await get('./%2e%2e/main/main.cjs'), hidden: await get('./.env'), missing: await get('./nothing.js') };
    });
    expect(answers.page.status).toBe(200);
    expect(answers.page.policy).toContain("default-src 'none'");
    expect(answers.page.policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
    expect(answers.page.sniff).toBe('nosniff');
    for (const answer of [answers.above, answers.hidden, answers.missing]) expect(answer.status).toBe(404);
  });

  test('runs no code but its own files', async ({ start }) => {
    const { page } = await start();
    const outcome = await page.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'window.injected = true';
      document.body.append(script);
      const image = document.createElement('img');
      image.setAttribute('onerror', 'window.injected = true');
      image.src = 'missing.png';
      document.body.append(image);
      await new Promise((done) => setTimeout(done, 200));
      let evaluated = true;
      try {
        // biome-ignore lint/security/noGlobalEval: the point is that the policy forbids it
        globalThis.eval('1');
      } catch {
        evaluated = false;
      }
      return { injected: 'injected' in window, evaluated };
    });
    expect(outcome).toEqual({ injected: false, evaluated: false });
  });

  test('reaches no other machine and opens no other page', async ({ start }) => {
    const { page, app } = await start();
    const before = page.url();
    const outcome = await page.evaluate(async () => {
      const fails = (attempt: Promise<unknown>) =>
        attempt.then(
          () => false,
          () => true,
        );
      const image = new Image();
      const imageFails = new Promise((_done, fail) => {
        image.onerror = () => fail(new Error('blocked'));
      });
      image.src = 'https://example.com/a.png';
      let socketFails = false;
      try {
        const socket = new WebSocket('wss://example.com');
        socketFails = await new Promise((done) => {
          socket.onerror = () => done(true);
          socket.onopen = () => done(false);
        });
      } catch {
        socketFails = true;
      }
      const frame = document.createElement('iframe');
      frame.src = 'https://example.com/';
      document.body.append(frame);
      return {
        fetch: await fails(fetch('https://example.com/')),
        image: await fails(imageFails),
        socketFails,
        beacon: !navigator.sendBeacon('https://example.com/', 'x'),
      };
    });
    expect(outcome).toMatchObject({ fetch: true, image: true, socketFails: true });
    await page.evaluate(() => {
      const form = document.createElement('form');
      form.action = 'https://example.com/';
      document.body.append(form);
      form.submit();
    });
    if (app !== null) {
      const opened = await page.evaluate(() => window.open('https://example.com/') === null);
      expect(opened).toBe(true);
      await page.evaluate(() => {
        window.location.href = 'https://example.com/';
      });
      await page.waitForTimeout(500);
      expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
    }
    expect(page.url()).toBe(before);
  });
});
