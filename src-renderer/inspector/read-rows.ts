import { parseQuantity } from '../../src-shared/base/parse-quantity';
import { err, ok, type Result } from '../../src-shared/base/result';
import type { Param, ParamSet } from '../../src-shared/kinds/params';
import { quantitySpec, rangeText } from './field-text';

/** A line of a table as cells; cells may be quoted, and are apart by commas, semicolons or tabs. */
function cells(line: string): string[] {
  const separator = line.includes('\t') ? '\t' : line.includes(';') ? ';' : ',';
  const found: string[] = [];
  let cell = '';
  let quoted = false;
  for (let index = 0; index < line.length; index++) {
    const sign = line.charAt(index);
    if (sign === '"') {
      if (quoted && line.charAt(index + 1) === '"') {
        cell += '"';
        index++;
      } else quoted = !quoted;
    } else if (sign === separator && !quoted) {
      found.push(cell.trim());
      cell = '';
    } else cell += sign;
  }
  return [...found, cell.trim()];
}

function readCell(param: Param, text: string): Result<unknown, string> {
  const spec = quantitySpec(param);
  let value: unknown = text;
  if (spec !== undefined) {
    const number = parseQuantity(text, spec.dimension, spec.dimension === 'duration' ? 'ms' : spec.dimension === 'size' ? 'B' : spec.unit);
    if (!number.ok) return number;
    value = number.value;
    if (!param.schema.safeParse(value).success) return err(`Allowed is ${rangeText(spec)}.`);
  } else if (param.type === 'choice') {
    const choice = param.choices?.find((candidate) => candidate.value === text || candidate.title === text);
    if (choice === undefined) return err(`"${text}" is none of ${param.choices?.map((candidate) => candidate.title).join(', ')}.`);
    value = choice.value;
  }
  return param.schema.safeParse(value).success ? ok(value) : err(`"${text}" does not fit here.`);
}

/** Whether rows of these fields can be written as text at all. */
export function hasTextRows(fields: ParamSet): boolean {
  return Object.values(fields).every((field) => field.type !== 'distribution' && field.type !== 'list');
}

/**
 * Reads pasted rows, one a line, columns in the order of the fields; missing columns at the end take their defaults.
 * A first line that names the columns is passed over. Numbers without a unit are ms and bytes.
 */
export function readRows(text: string, fields: ParamSet): Result<readonly Record<string, unknown>[], string> {
  const entries = Object.entries(fields);
  const lines = text.split(/\r?\n/);
  const rows: Record<string, unknown>[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const columns = cells(line);
    const isHeader =
      rows.length === 0 && entries.some(([key, field]) => [key.toLowerCase(), field.title.toLowerCase()].includes((columns[0] ?? '').toLowerCase()));
    if (isHeader) continue;
    if (columns.length > entries.length)
      return err(`Line ${index + 1} has ${columns.length} columns; there are ${entries.length}: ${entries.map(([, field]) => field.title).join(', ')}.`);
    const row: Record<string, unknown> = {};
    for (const [place, [key, field]] of entries.entries()) {
      const cell = columns[place] ?? '';
      if (cell === '') {
        row[key] = field.default;
        continue;
      }
      const read = readCell(field, cell);
      if (!read.ok) return err(`Line ${index + 1}, ${field.title}: ${read.error}`);
      row[key] = read.value;
    }
    rows.push(row);
  }
  return ok(rows);
}

/** Rows as text that {@link readRows} reads back. */
export function writeRows(rows: readonly Readonly<Record<string, unknown>>[], fields: ParamSet): string {
  const keys = Object.keys(fields);
  const quote = (value: unknown): string => {
    const text = String(value);
    return /[",;\t\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [
    keys.join(','),
    ...rows.map((row) =>
      keys.map((key) => quote(fields[key]?.type === 'probability' && typeof row[key] === 'number' ? `${row[key] * 100}` : row[key])).join(','),
    ),
  ].join('\n');
}
