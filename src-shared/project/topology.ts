import type { Kind } from '../kinds/kind';
import { linkParams } from '../kinds/link/link';
import type { Machine } from '../kinds/machine';
import { kindOf } from '../kinds/registry';
import { type CheckedValues, checkedValues } from './checked-values';
import { storedParamsOf } from './params-of';
import type { Component, Design, Link, Project } from './project';

/** A component with its kind and the values that checks may rely on. */
export interface Part {
  readonly component: Component;
  readonly kind: Kind;
  /** With the default in place of what the schema refuses. */
  readonly values: CheckedValues['values'];
  /** What the schema refuses. */
  readonly valueProblems: CheckedValues['problems'];
  /** Links over which requests leave and come. */
  readonly outgoing: readonly Wire[];
  readonly incoming: readonly Wire[];
  /** Links over which telemetry comes. */
  readonly observed: readonly Wire[];
}

/** A link whose two ends exist. */
export interface Wire {
  readonly link: Link;
  readonly from: string;
  readonly to: string;
  readonly values: CheckedValues['values'];
  readonly valueProblems: CheckedValues['problems'];
  /** Whether the request is handed over and the far end answers the original caller. */
  readonly forward: boolean;
  /** Chance that a request at the near end takes the link, where the link says so itself; balancers and clients choose one of theirs. */
  readonly probability: number;
  /** Whether it carries telemetry to a collector instead of requests. */
  readonly telemetry: boolean;
  /** Whether the one end sends requests and the other takes them at all. */
  readonly possible: boolean;
}

/** The parts of one design and what connects them, as the checks see it. Records that refer to nothing are left out; the checks name them apart. */
export interface Topology {
  readonly parts: ReadonlyMap<string, Part>;
  readonly wires: readonly Wire[];
  /** Ids of the machines of the project. */
  readonly machines: readonly string[];
  /** The ladder of machines itself. */
  readonly ladder: readonly Machine[];
}

/** Reads a design into parts and wires. */
export function topologyOf(project: Project, design: Design): Topology {
  const kinds = new Map(design.components.map((component) => [component.id, kindOf(component.kind)]));
  const wires = design.links
    .filter((link) => kinds.get(link.from) !== undefined && kinds.get(link.to) !== undefined)
    .map((link): Wire => {
      const { values, problems: valueProblems } = checkedValues(linkParams, link.params, 'The link');
      const chooses = kinds.get(link.from)?.id === 'service';
      return {
        link,
        from: link.from,
        to: link.to,
        values,
        valueProblems,
        telemetry: kinds.get(link.to)?.telemetry === 'collects',
        forward: chooses && values.mode === 'forward',
        probability: chooses ? Number(values.probability) : 1,
        possible: isPossible(kinds.get(link.from), kinds.get(link.to)),
      };
    });
  const requests = wires.filter((wire) => !wire.telemetry);
  const outgoing = groupBy(requests, (wire) => wire.from);
  const incoming = groupBy(requests, (wire) => wire.to);
  const observed = groupBy(
    wires.filter((wire) => wire.telemetry),
    (wire) => wire.to,
  );
  const parts = new Map<string, Part>();
  for (const component of design.components) {
    const kind = kinds.get(component.id);
    if (kind === undefined || parts.has(component.id)) continue;
    const { values, problems: valueProblems } = checkedValues(kind.params, storedParamsOf(project, component), kind.title);
    parts.set(component.id, {
      component,
      kind,
      values,
      valueProblems,
      outgoing: outgoing.get(component.id) ?? [],
      incoming: incoming.get(component.id) ?? [],
      observed: observed.get(component.id) ?? [],
    });
  }
  return { parts, wires, machines: project.machines.map((machine) => machine.id), ladder: project.machines };
}

function isPossible(from: Kind | undefined, to: Kind | undefined): boolean {
  if (to?.telemetry === 'collects') return from?.telemetry === 'reports';
  return from?.ports.out === true && to?.ports.in === true;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
