import { escapeText, type Markup, markup, NOTHING, plain } from './markup';

/** A section of the report. */
export interface Section {
  /** Names it in links of the page; lower-case letters and hyphens. */
  readonly id: string;
  readonly title: string;
  readonly body: Markup;
}

/** A column of a table. */
export interface Column {
  readonly title: string;
  readonly numeric?: boolean;
  /** Prose: never squeezed to one word in a line. */
  readonly prose?: boolean;
  /** Its title is a name that somebody gave, which may be long: it wraps. */
  readonly named?: boolean;
  /** Told on hovering. */
  readonly help?: string;
}

/** Rows of a table that is kept on one sheet of paper. */
const SHORT = 12;

/** A table: the first cell of each row names the row. `caption` says what it shows; it is `shown` where no heading above says the same. */
export function table(caption: string, columns: readonly Column[], rows: readonly (readonly Markup[])[], shown = false): Markup {
  const heads = columns.map(
    ({ title, numeric, named, help }) =>
      markup`<th scope="col"${classOf(numeric === true ? (named === true ? 'number named' : 'number') : '')}${help === undefined ? NOTHING : markup` title="${plain(help)}"`}>${plain(title)}</th>`,
  );
  const cells = (row: readonly Markup[]): Markup[] =>
    row.map((cell, index) => {
      const column = columns[index];
      if (index === 0) return markup`<th scope="row" class="name">${cell}</th>`;
      return markup`<td${classOf(column?.numeric === true ? 'number' : column?.prose === true ? 'prose' : '')}>${cell}</td>`;
    });
  return markup`<div class="${plain(rows.length > SHORT ? 'scroll' : 'scroll short')}" role="region" aria-label="${plain(caption)}" tabindex="0"><table><caption${classOf(shown ? '' : 'unseen')}>${plain(caption)}</caption><thead><tr>${heads}</tr></thead><tbody>
${rows.map((row) => markup`<tr>${cells(row)}</tr>\n`)}</tbody></table></div>`;
}

function classOf(name: string): Markup {
  return name === '' ? NOTHING : markup` class="${escapeText(name)}"`;
}

/** Something behind a line that opens it; it is not printed. */
export function behind(title: string, body: Markup): Markup {
  return markup`<details><summary>${plain(title)}</summary>${body}</details>`;
}

/** Plain text as a cell. */
export function cell(text: string | number): Markup {
  return escapeText(String(text));
}

/** Prose of the manuals, which uses `**strong**`, `*stressed*` and `code` within its lines, as markup. */
export function inlineProse(text: string): Markup {
  return escapeText(text)
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
    .replace(/\*([^*\s](?:[^*]*[^*\s])?)\*/g, '<em>$1</em>') as Markup;
}

/** The points of a manual under a heading, one string each, without their dashes; none where it has no such heading. */
export function manualPoints(manual: string, heading: string): readonly string[] {
  const lines = manual.split('\n');
  const start = lines.findIndex((line) => line.trim().toLowerCase() === `## ${heading}`.toLowerCase());
  if (start === -1) return [];
  const points: string[] = [];
  for (const line of lines.slice(start + 1)) {
    if (line.startsWith('## ')) break;
    if (line.startsWith('- ')) points.push(line.slice(2).trim());
    else if (line.trim() !== '' && points.length > 0) points.push(`${points.pop()} ${line.trim()}`);
    else if (line.trim() !== '') points.push(line.trim());
  }
  return points;
}
