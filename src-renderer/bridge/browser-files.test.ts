import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../src-shared/project/project';
import { failureOf, isAbort, readFile } from './browser-files';

describe('files in a browser', () => {
  it('are read as text', async () => {
    expect(await readFile(new File(['{"a":"ü"}'], 'a.topolab'), 'id-1')).toEqual({ outcome: 'opened', path: 'id-1', name: 'a.topolab', text: '{"a":"ü"}' });
  });

  it('that are too large are refused before they are read', async () => {
    const file = new File([''], 'large.topolab');
    Object.defineProperty(file, 'size', { value: LIMITS.fileBytes + 1 });
    Object.defineProperty(file, 'text', {
      value: () => {
        throw new Error('must not be read');
      },
    });
    expect(await readFile(file, null)).toMatchObject({ outcome: 'failed', kind: 'too-large', place: 'large.topolab' });
  });

  it('that fail say where, what and what to do', () => {
    const kinds = ['NotFoundError', 'NotAllowedError', 'QuotaExceededError', 'NoModificationAllowedError', 'DataError'].map((name) =>
      failureOf(new DOMException('', name), 'a.topolab', 'save'),
    );
    expect(kinds.map(({ kind }) => kind)).toEqual(['not-found', 'permission', 'disk-full', 'busy', 'other']);
    for (const { place, remedy } of kinds) expect([place, remedy.endsWith('.')]).toEqual(['a.topolab', true]);
  });

  it('tell a closed dialog from a failure', () => {
    expect(isAbort(new DOMException('', 'AbortError'))).toBe(true);
    expect(isAbort(new DOMException('', 'NotFoundError'))).toBe(false);
    expect(isAbort(new Error('AbortError'))).toBe(false);
  });
});
