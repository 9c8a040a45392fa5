import { distributionSchema } from '../kinds/distribution';
import { linkParams } from '../kinds/link/link';
import { machineSchema } from '../kinds/machine';
import type { Param, ParamSet } from '../kinds/params';
import { kindOf } from '../kinds/registry';
import { faultSchema } from './fault';
import { kindVersionsOf } from './migrations';
import { namedVariantSchema } from './named-variant';
import { objectiveSchema } from './objective';
import { workloadKind } from './params-of';
import type { Design, DesignView, Project } from './project';
import { componentSchema, designSchema, designViewSchema, linkSchema, noteSchema, projectSchema, settingsSchema, workloadSchema } from './project';
import { searchSchema } from './search';
import { type Axis, axisSchema, sweepSchema } from './sweep';
import { isRecord } from './words';

/** Longest line that a list or object of plain values is written on. */
const LINE = 120;

/** Names in distributions, in the order of their declaration: no two types order the same names differently. */
const DISTRIBUTION_KEYS = [
  ...new Set(
    distributionSchema.options.flatMap((option) =>
      Object.entries(option.shape).flatMap(([key, schema]) => [key, ...('element' in schema ? Object.keys(schema.element.shape) : [])]),
    ),
  ),
];

const TIMING_KEYS = ['type', 'atMs', 'between', 'lastsMs', 'lasts', ...DISTRIBUTION_KEYS];

/**
 * The text of a project file: keys in the order of the schemas, two spaces, small objects on one line, a newline at the
 * end. The same project always gives the same text, so that a version control system shows only what was changed.
 */
export function serializeProject(project: Project): string {
  const written = ordered({ ...project, kindVersions: kindVersionsOf(project) }, Object.keys(projectSchema.shape));
  written.settings = ordered(project.settings, Object.keys(settingsSchema.shape));
  written.machines = project.machines.map((machine) => ordered(machine, Object.keys(machineSchema.shape)));
  written.workloads = project.workloads.map((workload) => ({
    ...ordered(workload, Object.keys(workloadSchema.shape)),
    params: orderedValues(workloadKind().params, workload.params),
  }));
  written.designs = project.designs.map(orderedDesign);
  written.objectives = project.objectives.map((objective) => ({
    ...ordered(objective, Object.keys(objectiveSchema.shape)),
    scope: sorted(objective.scope, ['type']),
    demand: sorted(objective.demand, ['type', 'percentile']),
  }));
  written.sweeps = project.sweeps.map((sweep) => ({
    ...ordered(sweep, Object.keys(sweepSchema.shape)),
    axes: sweep.axes.map(orderedAxis),
  }));
  if (project.searches !== undefined)
    written.searches = project.searches.map((search) => ({ ...ordered(search, Object.keys(searchSchema.shape)), axes: search.axes.map(orderedAxis) }));
  if (project.variants !== undefined) written.variants = project.variants.map((variant) => ordered(variant, Object.keys(namedVariantSchema.shape)));
  written.view = {
    designs: orderedEntries(
      project.view.designs,
      project.designs.map((design) => design.id),
      (view, id) =>
        orderedView(
          view,
          project.designs.find((design) => design.id === id),
        ),
    ),
  };
  return `${write(written, '')}\n`;
}

function orderedAxis(axis: Axis): Record<string, unknown> {
  return { ...ordered(axis, Object.keys(axisSchema.shape)), values: sorted(axis.values, ['type', 'from', 'to', 'steps']) };
}

function orderedDesign(design: Design): Record<string, unknown> {
  return {
    ...ordered(design, Object.keys(designSchema.shape)),
    components: design.components.map((component) => {
      const kind = kindOf(component.kind);
      const params = kind !== undefined && kind.stored === 'component' ? kind.params : {};
      return { ...ordered(component, Object.keys(componentSchema.shape)), params: orderedValues(params, component.params) };
    }),
    links: design.links.map((link) => ({ ...ordered(link, Object.keys(linkSchema.shape)), params: orderedValues(linkParams, link.params) })),
    faults: design.faults.map((fault) => ({
      ...ordered(fault, Object.keys(faultSchema.shape)),
      effect: sorted(fault.effect, ['type']),
      timing: sorted(fault.timing, TIMING_KEYS),
    })),
    notes: design.notes.map((note) => ordered(note, Object.keys(noteSchema.shape))),
  };
}

function orderedView(view: DesignView, design: Design | undefined): Record<string, unknown> {
  const ids = design === undefined ? [] : [...design.components, ...design.notes].map((record) => record.id);
  const positions = orderedEntries(view.positions, ids, (position) => ordered(position, ['x', 'y', 'width', 'height']));
  return { ...ordered(view, Object.keys(designViewSchema.shape)), positions };
}

/** Values in the order of their declaration. What the declaration does not know follows by name: it is kept, never dropped. */
function orderedValues(params: ParamSet, values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const result = ordered(values, Object.keys(params));
  for (const [key, param] of Object.entries(params)) if (Object.hasOwn(result, key)) result[key] = orderedValue(param, result[key]);
  return result;
}

function orderedValue(param: Param, value: unknown): unknown {
  if (param.fields !== undefined && Array.isArray(value)) {
    const { fields } = param;
    return value.map((row: unknown) => (isRecord(row) ? orderedValues(fields, row) : sorted(row)));
  }
  if (param.type === 'distribution') return sorted(value, DISTRIBUTION_KEYS);
  return sorted(value);
}

/** Any JSON value with the names of its objects sorted, given ones first. */
function sorted(value: unknown, first: readonly string[] = []): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => sorted(item, first));
  if (!isRecord(value)) return value;
  const result: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(ordered(value, first))) put(result, key, sorted(item, first));
  return result;
}

/** The entries of an object: given names first and in their order, others after them by name. Absent and undefined ones are left out. */
function ordered(record: object, first: readonly string[]): Record<string, unknown> {
  return orderedEntries(record as Record<string, unknown>, first, (value) => value);
}

function orderedEntries<T, U>(record: Readonly<Record<string, T>>, first: readonly string[], change: (value: T, key: string) => U): Record<string, U> {
  const keys = Object.keys(record);
  const result: Record<string, U> = {};
  for (const key of isInOrder(keys, first) ? keys : inOrder(keys, first)) {
    const value = record[key] as T;
    if (value !== undefined) put(result, key, change(value, key));
  }
  return result;
}

/** Whether names stand in the wanted order already, as those of what the program itself has made do: a long trace has 100 000 rows. */
function isInOrder(keys: readonly string[], first: readonly string[]): boolean {
  let at = 0;
  return keys.every((key) => {
    while (at < first.length && first[at] !== key) at++;
    return at++ < first.length;
  });
}

function inOrder(keys: readonly string[], first: readonly string[]): string[] {
  const present = new Set(keys);
  const known = new Set(first);
  return [...[...known].filter((key) => present.has(key)), ...keys.filter((key) => !known.has(key)).sort(byCodeUnit)];
}

/** Names are compared by code unit, not by the language of the machine. */
function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function put<T>(record: Record<string, T>, key: string, value: T): void {
  // Assigning this one name would set the prototype instead; defining costs too much for all the others.
  if (key === '__proto__') Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true });
  else record[key] = value;
}

function write(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const list = Array.isArray(value);
  const entries = list ? value.map((item: unknown) => ['', item] as const) : Object.entries(value);
  if (entries.length === 0) return list ? '[]' : '{}';
  const plain = entries.every(([, item]) => typeof item !== 'object' || item === null);
  if (plain) {
    const parts = entries.map(([key, item]) => `${list ? '' : `${JSON.stringify(key)}: `}${write(item, '')}`);
    const line = list ? `[${parts.join(', ')}]` : `{ ${parts.join(', ')} }`;
    if (indent.length + line.length <= LINE) return line;
  }
  const inner = `${indent}  `;
  const lines = entries.map(([key, item]) => `${inner}${list ? '' : `${JSON.stringify(key)}: `}${write(item, inner)}`);
  return `${list ? '[' : '{'}\n${lines.join(',\n')}\n${indent}${list ? ']' : '}'}`;
}
