/** One column of a table of text. */
export interface Column {
  readonly title: string;
  /** Numbers stand to the right, so that digits line up. */
  readonly numeric?: boolean;
}

/** Rows under their headings, two spaces apart; columns that are empty in every row are left out. */
export function textTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const used = columns.map((_, index) => index).filter((index) => rows.some((row) => (row[index] ?? '') !== ''));
  const width = used.map((index) => Math.max(length(columns[index]?.title ?? ''), ...rows.map((row) => length(row[index] ?? ''))));
  const line = (cells: readonly string[]): string =>
    used
      .map((index, place) => pad(cells[index] ?? '', width[place] ?? 0, columns[index]?.numeric === true))
      .join('  ')
      .trimEnd();
  return [line(columns.map((column) => column.title)), ...rows.map(line)];
}

function pad(text: string, width: number, right: boolean): string {
  const space = ' '.repeat(Math.max(0, width - length(text)));
  return right ? space + text : text + space;
}

/** Characters as people count them, so that names with accents and symbols do not shift a column. */
function length(text: string): number {
  return [...text].length;
}
