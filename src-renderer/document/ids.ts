/** A readable id: letters, digits and hyphens from a name, cut to a length that leaves room for a number. */
export function slug(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 48)
    .replace(/-+$/, '');
  return plain === '' ? 'part' : plain;
}

/** The first of `stem-1`, `stem-2` … that is not taken; it is added to the taken ones. */
export function freshId(stem: string, taken: Set<string>): string {
  const base = slug(stem);
  for (let number = 1; ; number++) {
    const id = `${base}-${number}`;
    if (!taken.has(id)) {
      taken.add(id);
      return id;
    }
  }
}

/** `Service`, then `Service 2`, `Service 3` … whichever is free. */
export function freshName(stem: string, taken: ReadonlySet<string>): string {
  const base = stem.replace(/ \d+$/, '') || stem;
  if (!taken.has(base)) return base;
  for (let number = 2; ; number++) {
    const name = `${base} ${number}`;
    if (!taken.has(name)) return name;
  }
}
