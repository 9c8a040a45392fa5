/** Fonts of pictures: those of the system, so that nothing has to be loaded. */
export const PICTURE_FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif";

/** Widths of characters in thousandths of the font's size, rounded up over the usual sans-serif fonts; others are taken as wide. */
const WIDTHS: readonly (readonly [string, number])[] = [
  ["ijl|!.,:;'", 290],
  ['ftrI()[]/\\ -`', 370],
  ['"*°', 430],
  ['sckvxyzJ', 540],
  ['abdeghnopqu0123456789_$#?~^<>=+L·–×±', 600],
  ['FTEZPSBAKXYVµ', 680],
  ['RCDHNU&', 740],
  ['GOQw', 790],
  ['mM%W@→', 930],
];
const WIDTH_OF = new Map(WIDTHS.flatMap(([characters, width]) => [...characters].map((character) => [character, width] as const)));
const WIDE = 1000;
/** Accented letters and other alphabets are about as wide as capital letters. */
const LETTER = 660;
const BOLD = 1.13;

/** Width of a line of text in pixels, estimated without a display: a little more than it really takes. */
export function textWidth(text: string, size: number, bold = false): number {
  let thousandths = 0;
  for (const character of text) thousandths += WIDTH_OF.get(character) ?? (/\p{L}/u.test(character) && character < '\u2e80' ? LETTER : WIDE);
  return (thousandths / 1000) * size * (bold ? BOLD : 1);
}

/** The beginning of a text that fits into a width, with an ellipsis where something is left out. */
export function shorten(text: string, size: number, width: number, bold = false): string {
  if (textWidth(text, size, bold) <= width) return text;
  const characters = [...text];
  while (characters.length > 1 && textWidth(`${characters.join('')}…`, size, bold) > width) characters.pop();
  return `${characters.join('').trimEnd()}…`;
}

/** A text of the form `name: what of it` that fits: characters are left out of the name, not of what is said of it. */
export function shortenName(text: string, fits: (text: string) => boolean): string {
  if (fits(text)) return text;
  const colon = text.lastIndexOf(': ');
  const name = [...text.slice(0, colon === -1 ? text.length : colon)];
  const rest = colon === -1 ? '' : text.slice(colon);
  const cut = (count: number): string => `${name.slice(0, count).join('').trimEnd()}…${rest}`;
  let most = 1;
  for (let low = 2, high = name.length - 1; low <= high; ) {
    const middle = (low + high) >> 1;
    if (fits(cut(middle))) {
      most = middle;
      low = middle + 1;
    } else high = middle - 1;
  }
  return cut(most);
}

/** Lines of a text that fit into a width, at most so many; the last one is shortened where something is left out. */
export function wrap(text: string, size: number, width: number, most: number): readonly string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    // A number stays with its unit.
    for (const word of paragraph.split(/(?<!\d)\s+|\s+(?=\d)/).filter((each) => each !== '')) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (line === '' || textWidth(longer, size) <= width) line = longer;
      else {
        lines.push(line);
        line = word;
      }
    }
    lines.push(line);
  }
  if (lines.length > most) {
    const rest = lines.splice(most - 1).join(' ');
    lines.push(rest);
  }
  return lines.map((line) => shorten(line, size, width));
}
