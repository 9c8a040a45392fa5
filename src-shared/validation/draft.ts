import { invariant } from '../base/result';
import type { clientParams } from '../kinds/client/client-params';
import type { databaseParams } from '../kinds/database/database-params';
import { linkParams } from '../kinds/link/link';
import type { loadBalancerParams } from '../kinds/load-balancer/load-balancer-params';
import { DEFAULT_MACHINES } from '../kinds/machine';
import type { ParamSet, ParamValues } from '../kinds/params';
import { defaultsOf } from '../kinds/params';
import { kindOf } from '../kinds/registry';
import type { Fault } from '../project/fault';
import { kindVersionsOf } from '../project/migrations';
import type { Component, Link, Project, RunSettings, Workload } from '../project/project';
import { DEFAULT_SETTINGS, FORMAT_VERSION } from '../project/project';

type Values<P extends ParamSet> = Partial<ParamValues<P>>;
type Operation = ParamValues<typeof clientParams>['operations'][number];
/** Operations need not say which items they touch: then those are as in a new operation. */
export type ClientValues = Omit<Values<typeof clientParams>, 'operations'> & {
  readonly operations?: readonly (Omit<Operation, 'items' | 'itemSkew'> & Partial<Operation>)[];
};
export type ServiceValues = Values<typeof import('../kinds/service/service-params').serviceParams>;
export type BalancerValues = Values<typeof loadBalancerParams>;
export type DatabaseValues = Values<typeof databaseParams>;
export type LinkValues = Values<typeof linkParams>;

/** Servers of a station at which nobody shall ever wait. */
export const UNLIMITED_SERVERS = 1_000_000;

/** A project being written down in code: parts by id, everything not mentioned at its default, links without delay. */
export interface Draft {
  client(id: string, values: ClientValues): void;
  service(id: string, values: ServiceValues): void;
  balancer(id: string, values: BalancerValues): void;
  database(id: string, values: DatabaseValues): void;
  /** Adds a part of any kind with exactly these values beside the defaults. */
  part(id: string, kind: string, values: Readonly<Record<string, unknown>>): void;
  /** Adds a link and returns its id. */
  link(from: string, to: string, values?: LinkValues): string;
  fault(target: string, effect: Fault['effect'], timing: Fault['timing'], instance?: number): void;
  build(settings: Partial<RunSettings>): Project;
}

export const DESIGN_ID = 'design-1';

/** Starts a {@link Draft} of a project with one design. */
export function draft(name: string): Draft {
  const components: Component[] = [];
  const links: Link[] = [];
  const workloads: Workload[] = [];
  const faults: Fault[] = [];
  const part = (id: string, kindId: string, values: Readonly<Record<string, unknown>>): void => {
    const kind = kindOf(kindId);
    invariant(kind !== undefined, `there is a kind ${kindId}`);
    const params = { ...defaultsOf(kind.params), ...values };
    if (kind.stored === 'workload') {
      workloads.push({ id, name: id, params });
      components.push({ id, kind: kindId, name: id, workload: id, params: {} });
    } else components.push({ id, kind: kindId, name: id, params });
  };
  return {
    part,
    client: (id, { operations, ...values }) =>
      part(id, 'client', { ...values, ...(operations !== undefined && { operations: operations.map((row) => ({ items: 1000, itemSkew: 0, ...row })) }) }),
    service: (id, values) => part(id, 'service', values),
    balancer: (id, values) => part(id, 'load-balancer', values),
    database: (id, values) => part(id, 'database', values),
    link: (from, to, values = {}) => {
      const params = { ...defaultsOf(linkParams), latency: { type: 'constant', valueMs: 0 }, ...values };
      const id = `link-${links.length + 1}`;
      links.push({ id, from, to, params });
      return id;
    },
    fault: (target, effect, timing, instance) => {
      const id = `fault-${faults.length + 1}`;
      faults.push({ id, name: id, target, ...(instance === undefined ? {} : { instance }), effect, timing });
    },
    build: (settings) => {
      const designs = [{ id: DESIGN_ID, name: 'Design', components, links, faults, notes: [] }];
      return {
        format: 'topolab',
        formatVersion: FORMAT_VERSION,
        kindVersions: kindVersionsOf({ designs, workloads }),
        name,
        description: '',
        settings: { ...DEFAULT_SETTINGS, ...settings },
        machines: [...DEFAULT_MACHINES],
        workloads,
        designs,
        objectives: [],
        sweeps: [],
        view: { designs: { [DESIGN_ID]: { positions: {} } } },
      };
    },
  };
}
