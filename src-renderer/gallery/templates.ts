import { parseProject } from '../../src-shared/project/parse';
import type { Project } from '../../src-shared/project/project';

/** A project that comes with the program. */
export interface Template {
  readonly id: string;
  readonly text: string;
  readonly project: Project;
}

const files = import.meta.glob<string>('../../examples/*.topolab', { query: '?raw', import: 'default', eager: true });

/** The order in which they teach best; others follow by name. */
const ORDER = ['single-server', 'web-tier', 'three-tier', 'big-against-small', 'closed-classroom', 'overload'];

function rank(id: string): number {
  const place = ORDER.findIndex((name) => id.includes(name));
  return place < 0 ? ORDER.length : place;
}

let cache: readonly Template[] | null = null;

/** The templates, read when they are first looked at. */
export function templates(): readonly Template[] {
  cache ??= Object.entries(files)
    .flatMap(([path, text]) => {
      const parsed = parseProject(text);
      const id = path.replace(/^.*\//, '').replace(/\.topolab$/, '');
      return parsed.ok ? [{ id, text, project: parsed.value }] : [];
    })
    .sort((one, other) => rank(one.id) - rank(other.id) || one.project.name.localeCompare(other.project.name));
  return cache;
}
