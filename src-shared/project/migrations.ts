import { LINK_VERSION, linkMigrations } from '../kinds/link/link-versions';
import { DEFAULT_MACHINES } from '../kinds/machine';
import { KINDS } from '../kinds/registry';
import { workloadKind } from './params-of';
import type { Project } from './project';
import { isRecord } from './words';

/** One named step from a version of stored data to the next. Never changed once released: files of every version keep opening. */
export interface Migration {
  readonly name: string;
  /** Version that the data have after the step; the steps of a chain are contiguous from 2. */
  readonly to: number;
  readonly migrate: (data: Record<string, unknown>) => Record<string, unknown>;
}

/** Steps of the file's own structure, append-only. A new one needs a fixture of the version before it. */
export const FORMAT_MIGRATIONS: readonly Migration[] = [
  {
    name: 'machines-faults-objectives-and-sweeps',
    to: 2,
    migrate: (data) => ({
      ...data,
      machines: [...DEFAULT_MACHINES],
      objectives: [],
      sweeps: [],
      designs: Array.isArray(data.designs) ? data.designs.map((design: unknown) => (isRecord(design) ? { faults: [], ...design } : design)) : data.designs,
    }),
  },
];

/** Name under which kindVersions holds the version of links, which are not a kind of component. */
export const LINK_KEY = 'link';

/** Brings data of one version up to date by every step that is still ahead of it. */
export function migrate(chain: readonly Migration[], from: number, data: Record<string, unknown>): Record<string, unknown> {
  return chain.filter((step) => step.to > from).reduce((current, step) => step.migrate(current), data);
}

/** Whether a chain leads from version 1 to the present one without gap or repetition, each step named once. */
export function isContiguous(chain: readonly Migration[], version: number): boolean {
  return chain.length === version - 1 && chain.every((step, index) => step.to === index + 2) && new Set(chain.map((step) => step.name)).size === chain.length;
}

/** What kindVersions may name: every kind and the links, with their present versions and the steps that lead there. */
export function versionedValues(): ReadonlyMap<string, { readonly version: number; readonly migrations: readonly Migration[] }> {
  return new Map([
    ...KINDS.map((kind) => [kind.id, { version: kind.version, migrations: kind.migrations }] as const),
    [LINK_KEY, { version: LINK_VERSION, migrations: linkMigrations }],
  ]);
}

/** The kindVersions of a project as the program writes it: every kind in use at its present version, in the order of the palette. */
export function kindVersionsOf(project: Pick<Project, 'designs' | 'workloads'>): Record<string, number> {
  const used = new Set(project.designs.flatMap((design) => design.components.map((component) => component.kind)));
  if (project.workloads.length > 0) used.add(workloadKind().id);
  const versions: Record<string, number> = {};
  for (const kind of KINDS) if (used.has(kind.id)) versions[kind.id] = kind.version;
  if (project.designs.some((design) => design.links.length > 0)) versions[LINK_KEY] = LINK_VERSION;
  return versions;
}
