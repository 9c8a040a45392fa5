import { DEFAULT_MACHINES } from '../kinds/machine';
import { kindVersionsOf } from './migrations';
import { DEFAULT_SETTINGS, FORMAT_VERSION, type Project } from './project';

/** Values by name, as a file holds them. */
export type Params = Record<string, unknown>;
/** A component in few words. */
export type PartSpec = readonly [id: string, kind: string, params?: Params];
/** A link in few words. */
export type LinkSpec = readonly [from: string, to: string, params?: Params];

/** A project of one design in few words, for tests: ids in lower case, names in capitals, one workload for all clients. */
export function smallProject(parts: readonly PartSpec[], links: readonly LinkSpec[], workload: Params = {}): Project {
  const built: Project = {
    format: 'topolab',
    formatVersion: FORMAT_VERSION,
    kindVersions: {},
    name: 'Test',
    description: '',
    settings: DEFAULT_SETTINGS,
    machines: [...DEFAULT_MACHINES],
    workloads: [{ id: 'load', name: 'Load', params: { ratePerS: 10, ...workload } }],
    designs: [
      {
        id: 'design',
        name: 'Design',
        components: parts.map(([id, kind, params = {}]) => ({ id, kind, name: id.toUpperCase(), params, ...(kind === 'client' ? { workload: 'load' } : {}) })),
        links: links.map(([from, to, params = {}]) => ({ id: `${from}-${to}`, from, to, params })),
        faults: [],
        notes: [],
      },
    ],
    objectives: [],
    sweeps: [],
    view: { designs: {} },
  };
  return { ...built, kindVersions: kindVersionsOf(built) };
}
