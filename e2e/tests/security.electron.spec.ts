import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../support/folder';
import { expect, test } from '../support/lab';

test.describe('the desktop is out of the reach of the page', () => {
  test('gives the page named functions and nothing of Node or Electron', async ({ start }) => {
    const { page, app } = await start();
    const seen = await page.evaluate(() => ({
      names: Object.keys(Reflect.get(window, 'topolab')).sort(),
      leaked: ['require', 'process', 'module', 'Buffer', 'global', '__dirname', 'ipcRenderer', 'electron'].filter((name) => name in window),
    }));
    expect(seen.leaked).toEqual([]);
    expect(seen.names).toContain('openDialog');
    for (const name of seen.names) expect(name).not.toMatch(/ipc|send|invoke|eval|exec|require/i);
    const preferences = await app!.evaluate(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows()[0]!;
      const contents = window.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> };
      const { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag, nodeIntegrationInWorker } = contents.getLastWebPreferences();
      return {
        sandbox,
        contextIsolation,
        nodeIntegration,
        webSecurity,
        webviewTag: webviewTag ?? false,
        nodeIntegrationInWorker: nodeIntegrationInWorker ?? false,
      };
    });
    expect(preferences).toEqual({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      nodeIntegrationInWorker: false,
    });
  });

  test('refuses calls with wrong arguments, and places that the user has not chosen', async ({ start }) => {
    const { page } = await start();
    const target = join(temporaryFolder(), 'not-chosen.topolab');
    const outcome = await page.evaluate(async (path) => {
      const api = Reflect.get(window, 'topolab') as Record<string, (...words: unknown[]) => Promise<unknown>>;
      const refused = (attempt: Promise<unknown>) =>
        attempt.then(
          () => false,
          (error: Error) => error.message.includes('refused'),
        );
      return {
        wrongType: await refused(api.save!(1, 2)),
        tooMany: await refused(api.recentFiles!('x')),
        tooFew: await refused(api.save!('x')),
        badDraft: await refused(api.saveDraft!({ id: '../../x', path: null, name: 'x', text: '' })),
        badExport: await refused(api.exportFile!({ suggestedName: '../x.sh', content: '' })),
        save: (await api.save!(path, 'x', false)) as { ok: boolean },
        replace: (await api.save!(path, 'x', true)) as { ok: boolean },
        open: (await api.openRecent!('/etc/hostname')) as { ok: boolean },
      };
    }, target);
    expect(outcome).toMatchObject({
      wrongType: true,
      tooMany: true,
      tooFew: true,
      badDraft: true,
      badExport: true,
      save: { ok: false },
      replace: { ok: false },
      open: { ok: false },
    });
    expect(existsSync(target)).toBe(false);
  });

  test('grants no permission but the clipboard', async ({ start }) => {
    const { page } = await start();
    const granted = await page.evaluate(async () => {
      const states: Record<string, string> = {};
      for (const name of ['geolocation', 'notifications', 'camera', 'microphone', 'midi']) {
        states[name] = await navigator.permissions.query({ name: name as PermissionName }).then(
          (status) => status.state,
          () => 'denied',
        );
      }
      const media = await navigator.mediaDevices.getUserMedia({ audio: true }).then(
        () => 'granted',
        () => 'denied',
      );
      return { ...states, media };
    });
    for (const state of Object.values(granted)) expect(state).not.toBe('granted');
  });
});

test.describe('no outgoing connection', () => {
  /** Events of Chromium's own log that mean a name looked up or a socket opened. */
  function connections(log: string): string[] {
    // The log is cut off in the middle when the program ends: whole lines are whole events.
    const text = readFileSync(log, 'utf8');
    const types = JSON.parse(/"logEventTypes":(\{[^}]*\})/.exec(text)?.[1] ?? '{}') as Record<string, number>;
    const names = ['TCP_CONNECT_ATTEMPT', 'UDP_CONNECT', 'HOST_RESOLVER_DNS_TASK', 'HOST_RESOLVER_SYSTEM_TASK', 'SSL_CONNECT'].filter(
      (name) => types[name] !== undefined,
    );
    expect(names.length).toBeGreaterThan(2);
    return text.split('\n').filter((line) => names.some((name) => new RegExp(`"type":${types[name]}[,}]`).test(line)));
  }

  test("Chromium's own log shows no name looked up and no socket opened", async ({ start }) => {
    const log = join(temporaryFolder(), 'net.json');
    const lab = await start({ switches: [`--log-net-log=${log}`] });
    await lab.page.waitForTimeout(4000);
    await lab.close();
    expect(connections(log)).toEqual([]);
  });

  test('and that log would show a connection, if there were one', async ({ start }) => {
    const log = join(temporaryFolder(), 'net.json');
    const lab = await start({ switches: [`--log-net-log=${log}`] });
    const attempt = (guarded: boolean) =>
      lab.app?.evaluate(async ({ session }, keep) => {
        const own = session.fromPartition(`control-${keep}`);
        if (!keep) own.webRequest.onBeforeRequest(null);
        await own.fetch('http://127.0.0.1:9/').catch(() => undefined);
      }, guarded);
    await attempt(true);
    await lab.page.waitForTimeout(1500);
    expect(connections(log)).toEqual([]);
    await attempt(false);
    await lab.page.waitForTimeout(1500);
    await lab.close();
    expect(connections(log).length).toBeGreaterThan(0);
  });

  test('the operating system sees no connection either', async ({ start }) => {
    test.setTimeout(240_000);
    let strace = '';
    try {
      strace = execFileSync('which', ['strace'], { encoding: 'utf8' }).trim();
      execFileSync(strace, ['-qq', '-e', 'trace=none', 'true'], { stdio: 'ignore' });
    } catch {
      test.skip(true, 'strace is not here or not allowed');
    }
    const folder = temporaryFolder();
    const log = join(folder, 'strace.txt');
    const wrapper = join(folder, 'electron-traced');
    const lab = await start({
      wrap: (executable) => {
        writeFileSync(wrapper, `#!/bin/sh\nexec ${strace} -f -qq -e trace=connect,sendto,sendmsg,sendmmsg -o '${log}' '${executable}' "$@"\n`);
        chmodSync(wrapper, 0o755);
        return wrapper;
      },
    });
    await lab.page.waitForTimeout(5000);
    await lab.close();
    const lines = readFileSync(log, 'utf8').split('\n');
    expect(lines.length).toBeGreaterThan(10);
    const outside = lines.filter((line) => /sa_family=AF_INET6?/.test(line) && !/inet_addr\("127\.|"::1"/.test(line));
    expect(outside).toEqual([]);
  });
});
