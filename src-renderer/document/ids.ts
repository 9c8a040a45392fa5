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

/** The name itself where it is free; else the next number: `Service`, `Service 2`, `Service 3` … */
export function freshName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  const numbered = / (\d{1,6})$/.exec(name);
  const stem = numbered === null ? name : name.slice(0, numbered.index);
  for (let number = Number(numbered?.[1] ?? 1) + 1; ; number++) {
    const next = `${stem} ${number}`;
    if (!taken.has(next)) return next;
  }
}
