import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerStatic, resolveStatic } from './static-files';

let outer = '';
let folder = '';

beforeAll(() => {
  outer = mkdtempSync(join(tmpdir(), 'topolab-static-'));
  folder = join(outer, 'page');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<html></html>');
  writeFileSync(join(folder, 'assets', 'a.js'), 'export {};');
  writeFileSync(join(folder, '.secret.js'), 'hidden');
  writeFileSync(join(outer, 'outside.js'), 'outside');
  mkdirSync(join(outer, 'page-2'));
  writeFileSync(join(outer, 'page-2', 'sibling.js'), 'sibling');
});

afterAll(() => rmSync(outer, { recursive: true, force: true }));

describe('files of the built page', () => {
  it('serves the page and its parts with their types and the policy', async () => {
    const page = await answerStatic(folder, '/');
    expect(page.status).toBe(200);
    expect(page.headers['Content-Type']).toBe('text/html; charset=utf-8');
    expect(page.headers['Content-Security-Policy']).toContain("default-src 'none'");
    expect(page.headers['X-Content-Type-Options']).toBe('nosniff');
    const script = await answerStatic(folder, '/assets/a.js');
    expect(new TextDecoder().decode(script.body)).toBe('export {};');
    expect(script.headers['Content-Type']).toBe('text/javascript; charset=utf-8');
  });

  it.each([
    '/../outside.js',
    '/..%2foutside.js',
    '/%2e%2e/outside.js',
    '/assets/../../outside.js',
    '/assets/%2e%2e/%2e%2e/outside.js',
    '/..\\outside.js',
    '/%5c..%5coutside.js',
    '/../page-2/sibling.js',
    '/.secret.js',
    '/a.js%00.html',
    '/%',
    '//etc/passwd',
    '/etc/passwd',
    '/assets',
    '/missing.js',
  ])('answers 404 to %s', async (path) => {
    expect((await answerStatic(folder, path)).status).toBe(404);
  });

  it('never resolves to a place outside of the folder', () => {
    for (const path of ['/../outside.js', '/..%2f..%2foutside.js', '//../outside.js']) {
      const resolved = resolveStatic(folder, path);
      expect(resolved === null || resolved.startsWith(join(folder, '/'))).toBe(true);
    }
  });
});
