/** Text from a file, in quotes and short enough for a message: nobody needs to read 10 MB of it. */
export function quote(text: unknown): string {
  const written = typeof text === 'string' ? text : (JSON.stringify(text) ?? String(text));
  const short = written.length > 60 ? `${written.slice(0, 59)}…` : written;
  // Control characters would break the line that the message stands on.
  return `"${short.replace(/\p{Cc}/gu, '\u00b7')}"`;
}

/** Several things in one sentence: `a`, `a and b`, `a, b and c`. */
export function enumerate(things: readonly string[], conjunction: 'and' | 'or' = 'and'): string {
  if (things.length <= 1) return things[0] ?? '';
  return `${things.slice(0, -1).join(', ')} ${conjunction} ${things[things.length - 1]}`;
}

/** The first few of many things, and how many more there are. */
export function enumerateShort(things: readonly string[], most = 5): string {
  return things.length <= most ? enumerate(things) : `${things.slice(0, most).join(', ')} and ${things.length - most} more`;
}

/** A path below a record as people write it: `designs[0].components[2].name`. */
export function writePath(path: readonly PropertyKey[]): string {
  let written = '';
  for (const step of path) written += typeof step === 'number' ? `[${step}]` : `${written === '' ? '' : '.'}${String(step)}`;
  return written;
}

/** The known word that a mistyped one most likely stands for (at most two letters apart), or undefined. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = 3;
  for (const candidate of known) {
    const distance = editDistance(word.toLowerCase().slice(0, 64), candidate.toLowerCase());
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

/** Levenshtein's edit distance: insertions, deletions and substitutions. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length] ?? 0;
}

/** Whether a value from a file is an object with names, not null and not a list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
