import { linkParams } from '../kinds/link/link';
import { duration, number, type Param, type ParamSet, paramMatters } from '../kinds/params';
import { kindOf } from '../kinds/registry';
import { linkParamsOf, paramsOf } from './params-of';
import type { Component, Design, Project } from './project';
import { isRecord } from './words';

/** A parameter that an experiment can vary, and where it stands now. */
export interface SweepableParameter {
  /** `part.parameter`, with the path into lists and distributions below it. */
  readonly path: string;
  /** What it belongs to: the name of a part, or the ends of a link. */
  readonly owner: string;
  /** Id of the component or link. */
  readonly ownerId: string;
  readonly title: string;
  readonly param: Param;
  readonly value: unknown;
  /** What it can be set to where it is no number; empty for numbers. */
  readonly choices: readonly { readonly value: string; readonly title: string }[];
}

/** Words for the numbers of distributions, by their name in files. */
const DISTRIBUTION_WORDS: Readonly<Record<string, string>> = {
  valueMs: 'value',
  minMs: 'least',
  maxMs: 'greatest',
  meanMs: 'mean',
  sdMs: 'standard deviation',
  sigma: 'sigma',
  stages: 'stages',
  shape: 'shape',
  scaleMs: 'scale',
  alpha: 'exponent',
  p50Ms: 'median',
  p99Ms: 'p99',
};

const NUMERIC = new Set<Param['type']>(['duration', 'rate', 'count', 'number', 'probability', 'size', 'bandwidth']);

/**
 * Every parameter of the parts and links of a design that has an effect at present and takes numbers or one of a few values: the numbers
 * inside of distributions and of the rows of lists as well. Parameters of a client are those of its workload.
 */
export function sweepableParameters(project: Project, design: Design): readonly SweepableParameter[] {
  const names = new Map(design.components.map(({ id, name }) => [id, name]));
  const taken = new Set(design.components.flatMap(({ id, name }) => [id.toLowerCase(), name.toLowerCase()]));
  const parts = design.components.flatMap((component) =>
    ofSet(kindOf(component.kind)?.params ?? {}, paramsOf(project, component), component.id, {
      owner: ownerOf(project, component),
      ownerId: component.id,
      project,
    }),
  );
  const links = design.links
    // A link that is called like a part cannot be named.
    .filter(({ id }) => !taken.has(id.toLowerCase()))
    .flatMap((link) => {
      const kind = design.components.find(({ id }) => id === link.from)?.kind;
      const owner = `${names.get(link.from) ?? link.from} → ${names.get(link.to) ?? link.to}`;
      return ofSet(linkParams, linkParamsOf(link), link.id, { owner, ownerId: link.id, project }, kind);
    });
  return [...parts, ...links];
}

/** The parameter at a path that may call its part, link or workload by name as well as by id; undefined where it has no effect at present, or is gone. */
export function sweepableAt(project: Project, design: Design, parameters: readonly SweepableParameter[], path: string): SweepableParameter | undefined {
  const exact = parameters.find((parameter) => parameter.path === path);
  if (exact !== undefined) return exact;
  for (let point = path.indexOf('.'); point !== -1; point = path.indexOf('.', point + 1)) {
    const called = path.slice(0, point).toLowerCase();
    const isCalled = ({ id, name }: { readonly id: string; readonly name: string }): boolean => id === called || name.toLowerCase() === called;
    const workload = project.workloads.find(isCalled)?.id;
    const component = design.components.find(isCalled) ?? design.components.find((candidate) => workload !== undefined && candidate.workload === workload);
    const found = component === undefined ? undefined : parameters.find((parameter) => parameter.path === `${component.id}${path.slice(point)}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function ownerOf(project: Project, { name, workload }: Component): string {
  const record = workload === undefined ? undefined : project.workloads.find(({ id }) => id === workload);
  return record === undefined || record.name === name ? name : `${name} (workload ${record.name})`;
}

interface Context {
  readonly owner: string;
  readonly ownerId: string;
  readonly project: Project;
}

function ofSet(params: ParamSet, values: Readonly<Record<string, unknown>>, path: string, context: Context, sourceKind?: string): SweepableParameter[] {
  return Object.entries(params).flatMap(([name, param]) =>
    paramMatters(param, values, sourceKind) ? ofParam(param, values[name], `${path}.${name}`, param.title, context) : [],
  );
}

function ofParam(param: Param, value: unknown, path: string, title: string, context: Context): SweepableParameter[] {
  const { owner, ownerId, project } = context;
  const one = (choices: SweepableParameter['choices']): SweepableParameter[] => [{ path, owner, ownerId, title, param, value, choices }];
  if (NUMERIC.has(param.type)) return one([]);
  switch (param.type) {
    case 'choice':
      return one((param.choices ?? []).map((choice) => ({ value: choice.value, title: choice.title })));
    case 'flag':
      return one([
        { value: 'false', title: 'off' },
        { value: 'true', title: 'on' },
      ]);
    case 'machine':
      return one(project.machines.map(({ id, name }) => ({ value: id, title: name })));
    case 'distribution':
      return inDistribution(value, path, title, context);
    case 'list':
      return Array.isArray(value) ? value.flatMap((row: unknown, index) => inRow(param, value, row, index, path, context)) : [];
    default:
      return [];
  }
}

/** The numbers of one row, called by the first field of the row where that is a name that no other row has. */
function inRow(param: Param, rows: readonly unknown[], row: unknown, index: number, path: string, context: Context): SweepableParameter[] {
  const fields = param.fields ?? {};
  const [key = ''] = Object.keys(fields);
  if (!isRecord(row)) return [];
  const name = row[key];
  const isName =
    typeof name === 'string' && /^[^.[\]=]*[^.[\]=\d][^.[\]=]*$/.test(name) && rows.filter((other) => isRecord(other) && other[key] === name).length === 1;
  const called = typeof name === 'string' && name !== '' ? name : String(index + 1);
  const below = isName ? `${path}.${name}` : `${path}[${index}]`;
  return Object.entries(fields).flatMap(([field, declared]) =>
    paramMatters(declared, row) ? ofParam(declared, row[field], `${below}.${field}`, `${param.rowTitle ?? 'row'} ${called}: ${declared.title}`, context) : [],
  );
}

function inDistribution(value: unknown, path: string, title: string, { owner, ownerId }: Context): SweepableParameter[] {
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, inside]): SweepableParameter[] => {
    if (typeof inside !== 'number') return [];
    const words = {
      title: `${title}: ${DISTRIBUTION_WORDS[key] ?? key}`,
      help: `A number of the distribution ${title}.`,
      provenance: '',
      group: '',
      default: inside,
    };
    const param = key.endsWith('Ms') ? duration(words) : number({ ...words, unit: '', min: 0 });
    return [{ path: `${path}.${key}`, owner, ownerId, title: words.title, param: param as Param, value: inside, choices: [] }];
  });
}
