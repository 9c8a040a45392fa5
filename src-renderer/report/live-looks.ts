import { type InstanceLook, type LinkLook, type PartLook, type PictureLooks, serversPerInstance } from '../../src-shared/analysis/report/picture-looks';
import type { Project } from '../../src-shared/project/project';
import { loadOf, stateOf } from '../canvas/instances';
import type { LiveStore } from '../run/live-store';

/** What live numbers are read from: the store of the window, or one that is filled for a film. */
export type LiveNumbers = Pick<LiveStore, 'part' | 'instances'>;

/** The looks of parts and links as the canvas shows them; `faultsOn` tells the faults that are under way on each, in a word or two. */
export function looksOfLive(project: Project, designId: string, live: LiveNumbers, faultsOn: (id: string) => readonly string[]): PictureLooks {
  const servers = new Map<string, number>();
  const serversOf = (id: string): number => {
    const known = servers.get(id);
    if (known !== undefined) return known;
    const found = serversPerInstance(project, designId, id);
    servers.set(id, found);
    return found;
  };
  const link = (id: string): LinkLook | null => {
    const part = live.part(id);
    return part === null ? null : { health: part.health, word: part.word, values: part.values, faults: faultsOn(id) };
  };
  return {
    link,
    part: (id): PartLook | null => {
      const look = link(id);
      if (look === null) return null;
      const instances = live.instances(id);
      const cells: InstanceLook[] =
        instances === null
          ? []
          : Array.from(instances.present, (present, index) => ({ state: stateOf(instances, index), load: loadOf(present, serversOf(id)) }));
      return { ...look, instances: cells };
    },
  };
}
