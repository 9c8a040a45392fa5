import { parseProject } from '../../src-shared/project/parse';
import type { Project } from '../../src-shared/project/project';

/** A project that comes with the program. */
export interface Template {
  readonly id: string;
  readonly text: string;
  readonly project: Project;
}

const files = import.meta.glob<string>('../../examples/*.topolab', { query: '?raw', import: 'default', eager: true });

/** Templates that teach about one thing, under its heading. */
export interface TemplateGroup {
  readonly title: string;
  readonly templates: readonly Template[];
}

/** Headings, and the ids under each in the order in which they teach best. What stands nowhere here comes last, by name. */
const GROUPS: readonly (readonly [title: string, ids: readonly string[]])[] = [
  ['First steps', ['single-server', 'web-tier', 'three-tier', 'overload', 'closed-classroom']],
  ['Scaling', ['vertical-against-horizontal', 'big-against-small', 'autoscaler-spike', 'monolith-and-microservices']],
  ['Balancing', ['unequal-machines', 'sinkhole']],
  ['Resilience', ['retry-storm', 'metastable-failure', 'hedged-requests']],
  ['Data', ['replicated-database']],
  ['Observing', ['telemetry-overhead']],
  ['Computation', ['amdahl-and-usl', 'map-reduce-stragglers']],
];
const OTHERS = 'More';

let cache: readonly TemplateGroup[] | null = null;

/** The templates in their groups, read when they are first looked at. */
export function templateGroups(): readonly TemplateGroup[] {
  cache ??= grouped(
    Object.entries(files).flatMap(([path, text]) => {
      const parsed = parseProject(text);
      const id = path.replace(/^.*\//, '').replace(/\.topolab$/, '');
      return parsed.ok ? [{ id, text, project: parsed.value }] : [];
    }),
  );
  return cache;
}

function grouped(templates: readonly Template[]): TemplateGroup[] {
  const known = new Set(GROUPS.flatMap(([, ids]) => ids));
  const others = templates.filter(({ id }) => !known.has(id)).sort((one, other) => one.project.name.localeCompare(other.project.name));
  const groups = GROUPS.map(([title, ids]) => ({ title, templates: ids.flatMap((id) => templates.filter((template) => template.id === id)) }));
  return [...groups, { title: OTHERS, templates: others }].filter((group) => group.templates.length > 0);
}
