import { describe, expect, it } from 'vitest';
import { parseStartArguments } from './arguments';

describe('words after npm start --', () => {
  it('reads files and options in any order', () => {
    expect(parseStartArguments(['a.topolab', '--port', '8080', '--browser'])).toEqual({
      ok: true,
      value: { files: ['a.topolab'], browser: true, port: 8080, help: false },
    });
    expect(parseStartArguments(['--port=0'])).toEqual({ ok: true, value: { files: [], browser: false, port: 0, help: false } });
  });

  it.each([['--port', 'x'], ['--port', '70000'], ['--port'], ['--colour']])('refuses %s %s', (...words) => {
    expect(parseStartArguments(words.filter((word) => word !== undefined)).ok).toBe(false);
  });
});
