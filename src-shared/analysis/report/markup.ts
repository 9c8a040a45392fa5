/** Markup that is ready to stand in a document: everything in it has been escaped. */
export type Markup = string & { readonly markup: unique symbol };

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
// What neither HTML nor XML may contain: control characters but tab and line ends, lone surrogates, and the two non-characters.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text from anywhere as markup of elements and of quoted attributes, in HTML and in XML alike. */
export function escapeText(text: string): Markup {
  return text.replace(FORBIDDEN, '\ufffd').replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '') as Markup;
}

/** A template of markup: strings and numbers in it are escaped, markup stands as it is, lists are joined. */
export function markup(strings: TemplateStringsArray, ...values: readonly (Markup | readonly Markup[] | Escaped | number)[]): Markup {
  let made = strings[0] ?? '';
  for (const [index, value] of values.entries()) {
    if (typeof value === 'number') made += String(value);
    else if (typeof value === 'string') made += value;
    else if ('text' in value) made += escapeText(value.text);
    else made += value.join('');
    made += strings[index + 1] ?? '';
  }
  return made as Markup;
}

/** Text that a template escapes. */
export interface Escaped {
  readonly text: string;
}

/** Marks text as such for {@link markup}. */
export function plain(text: string | number): Escaped {
  return { text: String(text) };
}

/** No markup at all. */
export const NOTHING = '' as Markup;

/** A coordinate with at most two decimals, the same on every machine. */
export function coordinate(value: number): string {
  const rounded = Math.round(value * 100) / 100;
  return String(Object.is(rounded, -0) ? 0 : rounded);
}
