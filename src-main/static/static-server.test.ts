import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StaticServer } from './static-server';
import { serveStatic } from './static-server';

let folder = '';
let server: StaticServer;
let port = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'topolab-server-'));
  writeFileSync(join(folder, 'index.html'), '<html>page</html>');
  const result = await serveStatic(folder, 0);
  if (!result.ok) throw new Error('no server');
  server = result.value;
  port = Number(new URL(server.url).port);
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Sends a path as it is: fetch would tidy it first. */
function status(path: string, options: { method?: string; host?: string } = {}): Promise<number> {
  return new Promise((done, fail) => {
    request({ host: '127.0.0.1', port, path, method: options.method ?? 'GET', headers: options.host === undefined ? {} : { Host: options.host } }, (answer) => {
      answer.resume();
      done(answer.statusCode ?? 0);
    })
      .on('error', fail)
      .end();
  });
}

describe('loopback server', () => {
  it('serves the page and nothing outside of it', async () => {
    expect(await status('/')).toBe(200);
    expect(await status('/?open=1')).toBe(200);
    expect(await status('/../../etc/passwd')).toBe(404);
    expect(await status('/%2e%2e/%2e%2e/etc/passwd')).toBe(404);
  });

  it('refuses other methods and other names for itself', async () => {
    expect(await status('/', { method: 'POST' })).toBe(405);
    expect(await status('/', { host: 'attacker.example' })).toBe(421);
    expect(await status('/', { host: `localhost:${port}` })).toBe(200);
  });

  it('survives a request that is no HTTP', async () => {
    await new Promise<void>((done) => {
      const socket = connect(port, '127.0.0.1', () => socket.write('nonsense\r\n\r\n'));
      socket.on('close', () => done()).on('error', () => done());
      socket.resume();
    });
    expect(await status('/')).toBe(200);
  });

  it('says that a port is taken', async () => {
    const second = await serveStatic(folder, port);
    expect(second).toEqual({ ok: false, error: { kind: 'port-in-use', port } });
  });
});
