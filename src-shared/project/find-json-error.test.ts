import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findJsonError } from './find-json-error';

function accepts(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('findJsonError', () => {
  it.each([
    ['{\n  "a": 1,\n}', 3, 1, 'a name in double quotes', '}'],
    ['[1,\n 2 3]', 2, 4, 'a comma or "]"', '3'],
    ['{"a" 1}', 1, 6, 'a colon', '1'],
    ["{'a': 1}", 1, 2, 'a name in double quotes or "}"', "'"],
    ['{"a": nothing}', 1, 7, 'a value', 'nothing'],
    ['{"a": 01}', 1, 8, 'a comma or the closing bracket', '1'],
    ['{"a": 1.}', 1, 9, 'a digit', '}'],
    ['{} {}', 1, 4, 'the end of the file', '{'],
    ['["a\nb"]', 1, 4, 'a closing double quote on the same line', '\n'],
    ['["\\x"]', 1, 4, 'one of " \\ / b f n r t u after a backslash', 'x'],
    ['["\\u00g0"]', 1, 7, 'a hexadecimal digit', 'g0'],
  ])('finds the place in %j', (text, line, column, expected, found) => {
    expect(findJsonError(text)).toMatchObject({ line, column, expected, found, truncated: false });
  });

  it.each(['', '  \n', '{', '{"a', '{"a"', '{"a":', '{"a":1', '{"a":1,', '[', '[tru', '[-', '[1.', '[1e', '[1e+', '["\\', '["\\u12', '12.', '"abc', 'nul'])(
    'calls %j cut short',
    (text) => {
      expect(findJsonError(text)).toMatchObject({ truncated: true, offset: text.length });
    },
  );

  it('is not stopped by nesting that no stack would hold', () => {
    expect(findJsonError('['.repeat(1_000_000))).toMatchObject({ truncated: true, column: 1_000_001 });
    expect(findJsonError(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)).toBeNull();
  });

  it('accepts what JSON.parse accepts and nothing else', () => {
    const json = fc.json({ maxDepth: 4 });
    const damaged = fc.tuple(json, fc.nat(), fc.nat(3), fc.constantFrom(...'{}[]",:0123456789.eE+-\\ \n\ttruefalsn\u0001ü')).map(([text, at, cut, letter]) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + letter + text.slice(place + cut);
    });
    fc.assert(
      fc.property(fc.oneof(json, damaged, fc.string({ unit: fc.constantFrom(...'{}[]",:01-.eE+ truefalsn\\') })), (text) => {
        expect(findJsonError(text) === null).toBe(accepts(text));
      }),
      { numRuns: 5000 },
    );
  });
});
