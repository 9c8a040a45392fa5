import type { Fault } from '../project/fault';
import type { Project, RunSettings } from '../project/project';
import { type BalancerValues, type ClientValues, type DatabaseValues, draft, type LinkValues, type ServiceValues } from './draft';

/** Something that goes wrong with the part or link of a number, out of all there are. */
export interface FaultValues {
  readonly target: number;
  readonly instance: number | null;
  readonly ofStation: Fault['effect'];
  readonly ofLink: Fault['effect'];
  readonly surge: number;
  readonly timing: Fault['timing'];
}

/** A part with its parameters. */
export type PartValues =
  | { readonly kind: 'service'; readonly values: ServiceValues & { readonly replicas: number } }
  | { readonly kind: 'job'; readonly values: Readonly<Record<string, unknown>> }
  | { readonly kind: 'balancer'; readonly values: BalancerValues }
  | { readonly kind: 'database'; readonly values: DatabaseValues & { readonly copies: number } };

/** What a topology is drawn from; numbers that choose are taken modulo what there is. */
export interface TopologyValues {
  readonly clients: readonly ClientValues[];
  readonly parts: readonly PartValues[];
  readonly links: readonly { readonly from: number; readonly to: number; readonly values: LinkValues }[];
  /** Parameters of the links by which every part is reached. */
  readonly main: readonly LinkValues[];
  readonly faults: readonly FaultValues[];
  readonly settings: Partial<RunSettings>;
}

const FAST = { id: 'fast', name: 'Fast', vcpus: 2, speed: 3, memoryGb: 4, pricePerHour: 1, provenance: 'Invented.' };
const FALLBACK = {
  connections: 2,
  readTime: { type: 'exponential', meanMs: 3 },
  writeTime: { type: 'exponential', meanMs: 5 },
  queueLimit: null,
  copies: 1,
} as const;

/**
 * A design of clients in front of services, balancers and databases, joined without cycles. Every part beyond the first is reached by some
 * link, and balancers always have a target. It is a valid document; the compiler may still refuse it, with problems.
 */
export function buildTopology({ clients, parts, links, main, faults, settings }: TopologyValues): Project {
  const project = draft('Random topology');
  // The last part must not be a balancer, which would have no target.
  const kinds = parts.map(
    (part, index): PartValues => (part.kind === 'balancer' && index === parts.length - 1 ? { kind: 'database', values: FALLBACK } : part),
  );
  const sources = kinds.map(({ kind }, index) => ({ kind, index })).filter(({ kind }) => kind !== 'database');
  for (const [index, values] of clients.entries()) project.client(`client-${index}`, values);
  for (const [index, part] of kinds.entries()) {
    if (part.kind === 'service') project.service(`part-${index}`, part.values);
    else if (part.kind === 'job') project.part(`part-${index}`, 'job', part.values);
    else if (part.kind === 'balancer') project.balancer(`part-${index}`, part.values);
    else project.database(`part-${index}`, part.values);
  }
  const joined = new Set<string>();
  const join = (from: string, to: string, values: LinkValues): void => {
    if (joined.has(`${from} ${to}`)) return;
    joined.add(`${from} ${to}`);
    // Only services forward; probabilities of several forwards stay below one in sum.
    const forwards = values.mode === 'forward' && kinds[Number(from.slice(5))]?.kind === 'service' && from.startsWith('part-');
    const probability = forwards ? Math.min(values.probability ?? 1, 0.15) : values.probability;
    project.link(from, to, { ...values, mode: forwards ? 'forward' : 'call', ...(probability === undefined ? {} : { probability }) });
  };
  for (const index of clients.keys()) join(`client-${index}`, 'part-0', main[index] ?? {});
  for (let index = 1; index < kinds.length; index++) {
    const before = sources.filter((source) => source.index < index);
    const source = before.at(-1);
    join(source === undefined ? 'client-0' : `part-${source.index}`, `part-${index}`, main[index + 1] ?? {});
  }
  for (const { kind, index } of sources) if (kind === 'balancer') join(`part-${index}`, `part-${kinds.length - 1}`, main[7] ?? {});
  for (const { from, to, values } of links) {
    const source = sources[from % Math.max(1, sources.length)];
    if (source === undefined || source.index >= kinds.length - 1) continue;
    join(`part-${source.index}`, `part-${source.index + 1 + (to % (kinds.length - 1 - source.index))}`, values);
  }
  for (const { target, instance, ofStation, ofLink, surge, timing } of faults) {
    const at = target % (clients.length + kinds.length + joined.size);
    const part = kinds[at - clients.length];
    const replicas = part?.kind === 'service' ? part.values.replicas : part?.kind === 'database' ? part.values.copies : 1;
    if (at < clients.length) project.fault(`client-${at}`, { type: 'surge', factor: surge }, timing);
    else if (part === undefined) project.fault(`link-${at - clients.length - kinds.length + 1}`, ofLink, timing);
    else if (part.kind === 'balancer') project.fault(`part-${at - clients.length}`, { type: 'crash', silent: surge > 1, restartMs: 5 }, timing);
    else {
      const effect: Fault['effect'] = ofStation.type === 'resize' && timing.type === 'random' ? { type: 'pause' } : ofStation;
      project.fault(`part-${at - clients.length}`, effect, timing, instance !== null && instance < replicas ? instance : undefined);
    }
  }
  const built = project.build(settings);
  return { ...built, machines: [...built.machines, FAST] };
}

/** A project whose clients stop before the first second is over. */
export const stopping = (project: Project, durationMs: number): Project => ({
  ...project,
  settings: { ...project.settings, durationMs },
  workloads: project.workloads.map((workload) => ({ ...workload, params: { ...workload.params, stopMs: 900 } })),
  // What never ends would keep requests for ever.
  designs: project.designs.map((design) => ({ ...design, faults: design.faults.filter(({ timing }) => timing.type === 'once') })),
});

/** A project whose databases have copies that have what is acknowledged, and nothing that would part them from their primary. */
export function inStep(project: Project): Project {
  const copied = {
    copies: 3,
    replication: 'synchronous',
    readFrom: 'any',
    applyShare: 0,
    copyDelay: { type: 'constant', valueMs: 4 },
    heartbeatMs: 20,
    failureTimeoutMs: 100,
  };
  return {
    ...project,
    designs: project.designs.map((design) => ({
      ...design,
      components: design.components.map((component) =>
        component.kind === 'database' ? { ...component, params: { ...component.params, ...copied } } : component,
      ),
      faults: design.faults.filter(({ target }) => design.components.find(({ id }) => id === target)?.kind !== 'database'),
    })),
  };
}
