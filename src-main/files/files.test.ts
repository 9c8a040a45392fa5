import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LIMITS } from '../../src-shared/project/project';
import { Drafts } from './drafts';
import { fileFailure } from './file-failure';
import { KnownTexts } from './known-texts';
import { readProjectFile, writeContent } from './project-files';
import { RecentFiles } from './recent-files';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'topolab-files-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('project files', () => {
  it('reads back what was written, in place of what was there', async () => {
    const path = join(folder, 'größe.topolab');
    writeFileSync(path, 'old');
    expect(await writeContent(path, '{"name":"Größe"}\n', 'save')).toEqual({ ok: true, value: null });
    expect(await readProjectFile(path)).toEqual({ ok: true, value: { path, name: 'größe.topolab', text: '{"name":"Größe"}\n' } });
    expect(readdirSync(folder)).toEqual(['größe.topolab']);
  });

  it('refuses a file of 200 MB by its size, without reading it', async () => {
    const path = join(folder, 'huge.topolab');
    writeFileSync(path, '');
    truncateSync(path, 200_000_000);
    const before = process.memoryUsage().rss;
    const result = await readProjectFile(path);
    expect(result.ok ? null : result.error.kind).toBe('too-large');
    expect(result.ok ? '' : result.error.problem).toContain('200 MB');
    expect(process.memoryUsage().rss - before).toBeLessThan(LIMITS.fileBytes);
  });

  it.each([
    ['missing.topolab', 'not-found'],
    ['folder', 'directory'],
    ['folder/below/missing.topolab', 'not-found'],
  ])('names what is wrong with %s', async (name, kind) => {
    mkdirSync(join(folder, 'folder'));
    const result = await readProjectFile(join(folder, name));
    expect(result.ok ? null : result.error).toMatchObject({ kind, place: join(folder, name) });
    expect(result.ok ? '' : result.error.remedy.length).toBeGreaterThan(10);
  });

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')('names a file that may not be read or written', async () => {
    const path = join(folder, 'locked.topolab');
    writeFileSync(path, 'x');
    chmodSync(path, 0o000);
    const read = await readProjectFile(path);
    expect(read.ok ? null : read.error.kind).toBe('permission');
    chmodSync(folder, 0o500);
    const written = await writeContent(path, 'y', 'save');
    chmodSync(folder, 0o700);
    expect(written.ok ? null : written.error.kind).toBe('permission');
  });

  it('does not put a new file in the place of a read-only one', async () => {
    const path = join(folder, 'handout.topolab');
    writeFileSync(path, 'old');
    chmodSync(path, 0o444);
    const saved = await writeContent(path, 'new', 'save');
    expect(saved.ok ? null : saved.error).toMatchObject({ kind: 'permission', problem: 'This file is read-only.' });
    expect(saved.ok ? '' : saved.error.remedy).toContain('Save as');
    const exported = await writeContent(path, 'new', 'export');
    expect(exported.ok ? 'Save as' : exported.error.remedy).not.toContain('Save as');
    expect(readFileSync(path, 'utf8')).toBe('old');
    chmodSync(path, 0o644);
    expect((await writeContent(path, 'new', 'save')).ok).toBe(true);
  });

  it('notices that another program has changed a file, and not what it wrote itself', async () => {
    const path = join(folder, 'shared.topolab');
    writeFileSync(path, 'mine');
    const known = new KnownTexts();
    expect(await known.hasChanged(path)).toBe(false);
    known.remember(path, 'mine');
    expect(await known.hasChanged(path)).toBe(false);
    writeFileSync(path, 'hers');
    expect(await known.hasChanged(path)).toBe(true);
    known.remember(path, 'hers');
    expect(await known.hasChanged(path)).toBe(false);
    rmSync(path);
    expect(await known.hasChanged(path)).toBe(false);
  });

  it('names a folder that has gone when saving', async () => {
    const result = await writeContent(join(folder, 'gone', 'a.topolab'), 'x', 'save');
    expect(result.ok ? null : result.error.kind).toBe('not-found');
  });

  it.each([
    ['ENOSPC', 'disk-full'],
    ['EDQUOT', 'disk-full'],
    ['EROFS', 'permission'],
    ['EBUSY', 'busy'],
    ['EIO', 'other'],
    ['ENAMETOOLONG', 'other'],
  ])('calls %s %s', (code, kind) => {
    expect(fileFailure(Object.assign(new Error('x'), { code }), '/a', 'save').kind).toBe(kind);
  });
});

describe('recent files', () => {
  it('keeps the newest first, without doubles, up to a dozen, over a restart', async () => {
    const path = join(folder, 'recent.json');
    const recent = new RecentFiles(path);
    for (let i = 0; i < 15; i++) await recent.add(`/p/${i}.topolab`);
    await recent.add('/p/7.topolab');
    const names = new RecentFiles(path).list().map((file) => file.name);
    expect(names).toHaveLength(12);
    expect(names.slice(0, 2)).toEqual(['7.topolab', '14.topolab']);
    expect(new Set(names).size).toBe(12);
  });

  it('starts afresh from a file that it cannot understand, and keeps that file', async () => {
    const path = join(folder, 'recent.json');
    writeFileSync(path, '{"version":1,"paths":[1]}');
    const recent = new RecentFiles(path);
    expect(recent.list()).toEqual([]);
    await recent.add('/a.topolab');
    expect(new RecentFiles(path).list()).toEqual([{ path: '/a.topolab', name: 'a.topolab' }]);
    expect(existsSync(`${path}.unreadable`)).toBe(true);
  });
});

describe('drafts', () => {
  it('come back after a restart and go when removed; half a draft is not offered', async () => {
    const drafts = new Drafts(join(folder, 'drafts'));
    expect(await drafts.list()).toEqual([]);
    const draft = { id: 'draft-1', path: null, name: 'Untitled', text: '{}' };
    expect(await drafts.save(draft)).toEqual({ ok: true, value: null });
    writeFileSync(join(folder, 'drafts', 'draft-2.json'), readFileSync(join(folder, 'drafts', 'draft-1.json'), 'utf8').slice(0, 20));
    expect(await new Drafts(join(folder, 'drafts')).list()).toEqual([draft]);
    await drafts.remove('draft-1');
    expect(await drafts.list()).toEqual([]);
  });
});
