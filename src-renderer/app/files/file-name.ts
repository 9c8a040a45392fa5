/** Most bytes of a stem in UTF-8: names of files have 255 on most disks, and need room for what follows, an extension and a temporary name. */
const MOST_BYTES = 140;

/** A name for a file out of what things are called: without what file systems do not allow, and short enough for them. */
export function fileStem(parts: readonly string[], mostBytes = MOST_BYTES): string {
  const plain = parts
    .filter((part) => part !== '')
    .join(' - ')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
    .replace(/[/\\:*?"<>|\u0000-\u001f]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const encoder = new TextEncoder();
  let stem = '';
  let bytes = 0;
  // Character by character, so that none is cut into halves.
  for (const character of plain) {
    bytes += encoder.encode(character).length;
    if (bytes > mostBytes) break;
    stem += character;
  }
  stem = stem.trim();
  return stem === '' ? 'untitled' : stem;
}
