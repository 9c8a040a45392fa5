import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeCsv } from './csv';

/** Reads what the writer wrote, by the grammar of RFC 4180. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let index = 0;
  while (index < text.length) {
    let value = '';
    if (text[index] === '"') {
      index++;
      while (!(text[index] === '"' && text[index + 1] !== '"')) {
        value += text[index];
        index += text[index] === '"' ? 2 : 1;
      }
      index++;
    } else while (index < text.length && text[index] !== ',' && text[index] !== '\r') value += text[index++];
    row.push(value);
    if (text[index] === ',') index++;
    else {
      expect(text.slice(index, index + 2)).toBe('\r\n');
      index += 2;
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

describe('CSV', () => {
  it('quotes what needs it and nothing else', () => {
    expect(
      writeCsv(
        ['name', 'value'],
        [
          ['a "b", c', 1.5],
          ['line\nbreak', null],
          ['plain', Number.NaN],
        ],
      ),
    ).toBe('name,value\r\n"a ""b"", c",1.5\r\n"line\nbreak",\r\nplain,\r\n');
  });

  it('does not let a name become a formula in a spreadsheet', () => {
    expect(writeCsv(['name'], [['=1+1'], ['-5'], ['@x']])).toBe("name\r\n'=1+1\r\n'-5\r\n'@x\r\n");
    expect(writeCsv(['value'], [[-5]]), 'numbers stay numbers').toBe('value\r\n-5\r\n');
  });

  it('gives every text back', () => {
    const word = fc.string().filter((text) => !/^[=+\-@\t\r]/.test(text));
    fc.assert(
      fc.property(fc.array(fc.tuple(word, word), { minLength: 1 }), (rows) => {
        expect(readCsv(writeCsv(['one', 'two'], rows)).slice(1)).toEqual(rows);
      }),
    );
  });
});
