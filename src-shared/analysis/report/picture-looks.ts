import type { MetricName } from '../../engine/metrics';
import { kindOf } from '../../kinds/registry';
import { paramsOf } from '../../project/params-of';
import type { Project } from '../../project/project';
import type { RunResult } from '../../run/result';
import { judgeLink, judgePart } from '../final-health';
import type { HealthVerdict } from '../health';

/** One instance of a part: its state as the engine names it, and how full it is (1: all servers busy, more: requests wait). */
export interface InstanceLook {
  readonly state: string;
  readonly load: number;
}

/** What a part shows of a run: health, values by the names of metrics, words of the faults that are on it, its instances. */
export interface PartLook extends Pick<HealthVerdict, 'health' | 'word'> {
  readonly values: Readonly<Partial<Record<MetricName, number>>>;
  readonly faults: readonly string[];
  readonly instances: readonly InstanceLook[];
}

/** What a link shows of a run. */
export type LinkLook = Omit<PartLook, 'instances'>;

/** What a run shows of each part and link by its id; null where it shows nothing. */
export interface PictureLooks {
  readonly part: (id: string) => PartLook | null;
  readonly link: (id: string) => LinkLook | null;
}

/** A design that has not run. */
export const NO_LOOKS: PictureLooks = { part: () => null, link: () => null };

/** Requests that one instance of a component serves at a time, for judging how full it is. */
export function serversPerInstance(project: Project, designId: string, componentId: string): number {
  const component = project.designs.find(({ id }) => id === designId)?.components.find(({ id }) => id === componentId);
  if (component === undefined || kindOf(component.kind) === undefined) return 1;
  const values = paramsOf(project, component);
  const servers = project.machines.find(({ id }) => id === values.machine)?.vcpus ?? values.servers ?? values.connections;
  return typeof servers === 'number' && servers > 0 ? servers : 1;
}

/** The looks of a finished run: means over the measured window. Faults are not shown, since none lasts over all of it. */
export function looksOfResult(project: Project, result: RunResult): PictureLooks {
  const unstable = new Set(result.findings.flatMap(({ code, componentId }) => (code === 'unstable' && componentId !== undefined ? [componentId] : [])));
  const parts = new Map(
    result.components.map((row): readonly [string, PartLook] => {
      const servers = serversPerInstance(project, result.design.id, row.id);
      const known = row.instances.length > 1 && row.instances.every(({ metrics }) => metrics.inSystemMean !== undefined);
      const instances = known
        ? row.instances.map(({ metrics }) => ({ state: metrics.availability === 0 ? 'off' : 'up', load: (metrics.inSystemMean ?? 0) / servers }))
        : [];
      return [row.id, { ...judgePart(row, unstable.has(row.id)), values: row.metrics, faults: [], instances }];
    }),
  );
  const links = new Map(result.links.map((row): readonly [string, LinkLook] => [row.id, { ...judgeLink(row), values: row.metrics, faults: [] }]));
  return { part: (id) => parts.get(id) ?? null, link: (id) => links.get(id) ?? null };
}
