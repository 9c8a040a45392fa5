import { isRecord, quote, writePath } from './words';

/** What the records of the lists of a project are called. */
const NOUNS: Record<string, string> = {
  designs: 'design',
  components: 'component',
  links: 'link',
  faults: 'fault',
  notes: 'note',
  machines: 'machine',
  objectives: 'objective',
  searches: 'search',
  sweeps: 'sweep',
  variants: 'variant',
  workloads: 'workload',
};

/** A place in a file for people: the path, and the name of the record that it is in: `designs[0].components[2].name (component "Web" of design "A")`. */
export function describePlace(root: unknown, path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the whole file';
  const records: string[] = [];
  let value = root;
  for (const [index, step] of path.entries()) {
    if (Array.isArray(value) && typeof step === 'number') value = value[step];
    else if (isRecord(value) && Object.hasOwn(value, step)) value = value[String(step)];
    else break;
    const noun = typeof step === 'number' ? NOUNS[String(path[index - 1])] : undefined;
    if (noun !== undefined && isRecord(value)) {
      const name = typeof value.name === 'string' ? value.name : value.id;
      if (typeof name === 'string') records.unshift(`${noun} ${quote(name)}`);
    }
  }
  return `${writePath(path)}${records.length === 0 ? '' : ` (${records.join(' of ')})`}`;
}
