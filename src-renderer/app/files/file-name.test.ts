import { describe, expect, it } from 'vitest';
import { fileStem } from './file-name';

const bytes = (text: string): number => new TextEncoder().encode(text).length;

describe('names for files', () => {
  it('join what there is, without what file systems forbid', () => {
    expect(fileStem(['Shop: a/b', '', 'report'])).toBe('Shop a b - report');
    expect(fileStem(['..\\?*'])).toBe('..');
    expect(fileStem(['  '])).toBe('untitled');
    expect(fileStem(['数据库', 'تقرير'])).toBe('数据库 - تقرير');
  });

  it.each(['数', 'ع', '🧪', 'a'])('have room on a disk, and no halves of characters, of many %s', (character) => {
    const stem = fileStem([character.repeat(120), character.repeat(120)]);
    expect(bytes(stem)).toBeLessThanOrEqual(140);
    expect(bytes(stem)).toBeGreaterThan(130);
    expect(new TextDecoder().decode(new TextEncoder().encode(stem))).toBe(stem);
  });
});
