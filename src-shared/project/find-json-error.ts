/** Where a text stops being JSON. */
export interface JsonError {
  readonly offset: number;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1, in UTF-16 units as editors count. */
  readonly column: number;
  /** The text ends before the value does: nothing in it is wrong, the rest is missing. */
  readonly truncated: boolean;
  /** What should stand there: `a value`, `a comma or "}"`. */
  readonly expected: string;
  /** What stands there, empty at the end of the text. */
  readonly found: string;
  /** The last thing before it was a comma, which JSON does not allow before a closing bracket. */
  readonly afterComma: boolean;
}

type Expectation = 'value' | 'value-or-end' | 'name' | 'name-or-end' | 'colon' | 'separator' | 'nothing';

const EXPECTED: Record<Expectation, string> = {
  value: 'a value',
  'value-or-end': 'a value or "]"',
  name: 'a name in double quotes',
  'name-or-end': 'a name in double quotes or "}"',
  colon: 'a colon',
  separator: 'a comma or the closing bracket',
  nothing: 'the end of the file',
};

const WHITE = new Set([' ', '\t', '\n', '\r']);
const LITERALS = ['true', 'false', 'null'];
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** A number that could still become one: `-`, `1.`, `1e`, `1e+`. */
const NUMBER_START = /-?(?:0|[1-9]\d*)?(?:(?<=\d)\.\d*)?(?:(?<=\d)[eE][+-]?\d*)?$/y;

/**
 * Finds the first place where a text is not JSON (RFC 8259), or null where all of it is. The messages of JSON.parse
 * differ between engines and versions and some name no position; this one always knows line and column.
 */
export function findJsonError(text: string): JsonError | null {
  const open: ('{' | '[')[] = [];
  let expectation: Expectation = 'value';
  let at = 0;
  let afterComma = false;

  const fail = (offset: number, expected = EXPECTED[expectation]): JsonError => errorAt(text, offset, expected, afterComma);
  const close = (): void => {
    open.pop();
    expectation = open.length === 0 ? 'nothing' : 'separator';
  };

  for (;;) {
    while (WHITE.has(text.charAt(at))) at++;
    if (at >= text.length) return expectation === 'nothing' ? null : fail(at);
    const character = text.charAt(at);
    switch (expectation) {
      case 'nothing':
        return fail(at);
      case 'colon':
        if (character !== ':') return fail(at);
        at++;
        expectation = 'value';
        continue;
      case 'separator': {
        const inside = open[open.length - 1];
        if (character === ',') {
          at++;
          expectation = inside === '{' ? 'name' : 'value';
          afterComma = true;
          continue;
        }
        if (character !== (inside === '{' ? '}' : ']')) return fail(at, inside === '{' ? 'a comma or "}"' : 'a comma or "]"');
        at++;
        close();
        continue;
      }
      case 'name':
      case 'name-or-end': {
        if (character === '}' && expectation === 'name-or-end') {
          at++;
          close();
          continue;
        }
        if (character !== '"') return fail(at);
        const end = endOfString(text, at);
        if (end.wrong !== null) return fail(end.wrong, end.expected);
        at = end.next;
        expectation = 'colon';
        afterComma = false;
        continue;
      }
      case 'value':
      case 'value-or-end': {
        if (character === ']' && expectation === 'value-or-end') {
          at++;
          close();
          continue;
        }
        if (character === '{' || character === '[') {
          open.push(character);
          at++;
          afterComma = false;
          expectation = character === '{' ? 'name-or-end' : 'value-or-end';
          continue;
        }
        if (character === '"') {
          const end = endOfString(text, at);
          if (end.wrong !== null) return fail(end.wrong, end.expected);
          at = end.next;
        } else if (character === '-' || (character >= '0' && character <= '9')) {
          NUMBER.lastIndex = at;
          const whole = NUMBER.exec(text)?.[0] ?? '';
          NUMBER_START.lastIndex = at;
          const beginning = NUMBER_START.exec(text)?.[0];
          if (beginning !== undefined && at + beginning.length === text.length && beginning.length > whole.length)
            return fail(text.length, 'the rest of a number');
          if (whole === '') return fail(at + 1, 'a digit');
          at += whole.length;
          const next = text.charAt(at);
          // Such as 01, 1.x and 1e: the number ends where it should go on.
          if (/[0-9.eE]/.test(next))
            return fail(
              next === '.' || next === 'e' || next === 'E' ? at + 1 : at,
              next === '.' || next === 'e' || next === 'E' ? 'a digit' : EXPECTED.separator,
            );
        } else {
          const literal = LITERALS.find((word) => text.startsWith(word, at));
          if (literal === undefined) {
            const rest = text.slice(at, at + 5);
            if (at + rest.length === text.length && LITERALS.some((word) => word.startsWith(rest))) return fail(text.length, 'the rest of a word');
            return fail(at);
          }
          at += literal.length;
        }
        afterComma = false;
        expectation = open.length === 0 ? 'nothing' : 'separator';
        continue;
      }
    }
  }
}

function endOfString(text: string, start: number): { next: number; wrong: number | null; expected: string } {
  let at = start + 1;
  for (;;) {
    if (at >= text.length) return { next: at, wrong: text.length, expected: 'the rest of a text in double quotes' };
    const code = text.charCodeAt(at);
    if (code === 0x22) return { next: at + 1, wrong: null, expected: '' };
    if (code < 0x20) return { next: at, wrong: at, expected: 'a closing double quote on the same line' };
    if (code === 0x5c) {
      const letter = text.charAt(at + 1);
      if (letter === 'u') {
        for (let digit = at + 2; digit < at + 6; digit++) {
          if (digit >= text.length) return { next: digit, wrong: text.length, expected: 'the rest of a text in double quotes' };
          if (!/[0-9a-fA-F]/.test(text.charAt(digit))) return { next: digit, wrong: digit, expected: 'a hexadecimal digit' };
        }
        at += 6;
      } else if (letter === '') return { next: at, wrong: text.length, expected: 'the rest of a text in double quotes' };
      else if ('"\\/bfnrt'.includes(letter)) at += 2;
      else return { next: at, wrong: at + 1, expected: 'one of " \\ / b f n r t u after a backslash' };
    } else at++;
  }
}

function errorAt(text: string, offset: number, expected: string, afterComma: boolean): JsonError {
  let line = 1;
  let lineStart = 0;
  for (let index = text.indexOf('\n'); index !== -1 && index < offset; index = text.indexOf('\n', index + 1)) {
    line++;
    lineStart = index + 1;
  }
  const found = /^(?:[A-Za-z0-9_]{1,20}|[\s\S])/u.exec(text.slice(offset, offset + 24))?.[0] ?? '';
  return { offset, line, column: offset - lineStart + 1, truncated: offset >= text.length, expected, found, afterComma };
}
