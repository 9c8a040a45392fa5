import { parseQuantity } from '../base/parse-quantity';
import type { Result } from '../base/result';
import { err, ok } from '../base/result';
import { linkParams } from '../kinds/link/link';
import type { Param, ParamSet, ParamType } from '../kinds/params';
import { kindOf } from '../kinds/registry';
import { allowedInWords, checkValue } from './check-value';
import { linkParamsOf, paramsOf, workloadKind, workloadParamsOf } from './params-of';
import type { Design, Project } from './project';
import { isRecord, nearest, quote } from './words';

/** What a change addresses: a record with the values of its parameters, and how to store new ones. */
interface Target {
  readonly title: string;
  readonly params: ParamSet;
  readonly values: Record<string, unknown>;
  readonly store: (values: Record<string, unknown>) => Project;
}

type Step = string | number;

/** Applies one `part.parameter=value` to a project; the error is a sentence that lists what there is. */
export function setParameter(project: Project, design: Design, assignment: string): Result<Project, string> {
  const equals = assignment.indexOf('=');
  if (equals <= 0) return err(`${quote(assignment)} needs the form part.parameter=value, such as web.replicas=3.`);
  const left = assignment.slice(0, equals).trim();
  const found = findTarget(project, design, left);
  if (!found.ok) return found;
  const { target, path } = found.value;
  const steps = readSteps(path);
  const [name, ...below] = steps;
  const param = typeof name === 'string' && Object.hasOwn(target.params, name) ? target.params[name] : undefined;
  if (typeof name !== 'string' || param === undefined) return unknownParameter(target, name);
  const changed = changeBelow(param, target.values[name], below, assignment.slice(equals + 1).trim());
  if (!changed.ok) return err(`${left}: ${changed.error}`);
  const [problem] = checkValue(param, changed.value, name);
  if (problem !== undefined) return err(`${left}: ${problem.message} ${problem.remedy}`);
  return ok(target.store({ ...target.values, [name]: changed.value }));
}

/** The declaration of the parameter at `part.parameter`; of a field, where the path leads to one of a list; null inside of a distribution. The error says what there is. */
export function parameterAt(project: Project, design: Design, left: string): Result<Param | null, string> {
  const found = findTarget(project, design, left);
  if (!found.ok) return found;
  const { target, path } = found.value;
  const [name, ...below] = readSteps(path);
  let param: Param | undefined = typeof name === 'string' && Object.hasOwn(target.params, name) ? target.params[name] : undefined;
  if (param === undefined) return unknownParameter(target, name);
  for (const step of below) {
    if (param?.type === 'distribution') return ok(null);
    if (param?.fields !== undefined && typeof step === 'string' && Object.hasOwn(param.fields, step)) param = param.fields[step];
  }
  return ok(param ?? null);
}

function unknownParameter(target: Target, name: Step | undefined): Result<never, string> {
  const names = Object.keys(target.params);
  const meant = nearest(String(name ?? ''), names);
  return err(
    `${target.title} has no parameter ${quote(String(name ?? ''))}${meant === undefined ? '' : `; was ${quote(meant)} meant?`} There are: ${names.join(', ')}.`,
  );
}

function findTarget(project: Project, design: Design, left: string): Result<{ readonly target: Target; readonly path: string }, string> {
  // Names may hold points themselves, so every point is tried as the one that ends the name.
  for (let point = left.indexOf('.'); point !== -1; point = left.indexOf('.', point + 1)) {
    const target = targetOf(project, design, left.slice(0, point));
    if (target !== null) return ok({ target, path: left.slice(point + 1) });
  }
  const whole = targetOf(project, design, left);
  if (whole !== null) return err(`${quote(left)} needs a parameter after it: ${Object.keys(whole.params).join(', ')}.`);
  const parts = design.components.map((component) => (component.id === component.name ? component.id : `${component.id} (${component.name})`));
  return err(
    `The design ${quote(design.name)} has no part or link called ${quote(left.split('.')[0])}. Parts: ${parts.join(', ')}. Links: ${design.links.map((link) => link.id).join(', ') || 'none'}. Workloads: ${project.workloads.map((workload) => workload.id).join(', ') || 'none'}.`,
  );
}

function targetOf(project: Project, design: Design, name: string): Target | null {
  const component = byName(design.components, name);
  if (component !== undefined) {
    const kind = kindOf(component.kind);
    if (kind === undefined) return null;
    const values = paramsOf(project, component);
    const store =
      kind.stored === 'workload'
        ? storeInWorkload(project, component.workload ?? '')
        : (next: Record<string, unknown>): Project =>
            changeDesign(project, design.id, (old) => ({
              ...old,
              components: old.components.map((other) => (other.id === component.id ? { ...other, params: next } : other)),
            }));
    return { title: `${kind.title} ${quote(component.name)}`, params: kind.params, values, store };
  }
  const link = design.links.find((candidate) => candidate.id === name);
  if (link !== undefined)
    return {
      title: `Link ${quote(link.id)}`,
      params: linkParams,
      values: linkParamsOf(link),
      store: (next) =>
        changeDesign(project, design.id, (old) => ({ ...old, links: old.links.map((other) => (other.id === link.id ? { ...other, params: next } : other)) })),
    };
  const workload = byName(project.workloads, name);
  if (workload === undefined) return null;
  return {
    title: `Workload ${quote(workload.name)}`,
    params: workloadKind().params,
    values: workloadParamsOf(workload),
    store: storeInWorkload(project, workload.id),
  };
}

/** By id, else by name, else by a name that differs only in case. */
function byName<T extends { readonly id: string; readonly name: string }>(records: readonly T[], name: string): T | undefined {
  const lower = name.toLowerCase();
  return (
    records.find((record) => record.id === name) ??
    records.find((record) => record.name === name) ??
    records.find((record) => record.name.toLowerCase() === lower)
  );
}

function storeInWorkload(project: Project, id: string): (values: Record<string, unknown>) => Project {
  return (values) => ({ ...project, workloads: project.workloads.map((workload) => (workload.id === id ? { ...workload, params: values } : workload)) });
}

function changeDesign(project: Project, id: string, change: (design: Design) => Design): Project {
  return { ...project, designs: project.designs.map((design) => (design.id === id ? change(design) : design)) };
}

/** `serviceTime.branches[1].meanMs` as steps. */
function readSteps(path: string): Step[] {
  return path
    .split(/[.[\]]/)
    .filter((step) => step !== '')
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

/** The value of a parameter after a change at a place inside of it. */
function changeBelow(param: Param, value: unknown, steps: readonly Step[], text: string): Result<unknown, string> {
  const [step, ...rest] = steps;
  if (step === undefined) return readValue(param, text);
  if (param.type === 'list' && Array.isArray(value)) return changeRow(param, value, step, rest, text);
  if (param.type === 'distribution') return changeInDistribution(value, steps, text);
  return err(`there is nothing called ${quote(String(step))} inside of it; it takes ${allowedInWords(param)}.`);
}

/** Rows are addressed by number from 0, or by what their first field says: operations[0].weight or operations.checkout.weight. */
function changeRow(param: Param, rows: readonly unknown[], step: Step, rest: readonly Step[], text: string): Result<unknown, string> {
  const fields = param.fields ?? {};
  const [key] = Object.keys(fields);
  const index = typeof step === 'number' ? step : rows.findIndex((row) => isRecord(row) && row[key ?? ''] === step);
  const row = rows[index];
  if (!isRecord(row)) {
    const known = rows.map((other, at) => (isRecord(other) && typeof other[key ?? ''] === 'string' ? String(other[key ?? '']) : `[${at}]`));
    return err(`there is no ${param.rowTitle ?? 'row'} ${quote(String(step))}; there are: ${known.slice(0, 20).join(', ') || 'none'}.`);
  }
  const [name, ...below] = rest;
  const field = typeof name === 'string' ? fields[name] : undefined;
  if (typeof name !== 'string' || field === undefined) return err(`say which value of the ${param.rowTitle ?? 'row'}: ${Object.keys(fields).join(', ')}.`);
  const changed = changeBelow(field, row[name], below, text);
  return changed.ok ? ok(rows.map((other, at) => (at === index ? { ...row, [name]: changed.value } : other))) : changed;
}

function changeInDistribution(value: unknown, steps: readonly Step[], text: string): Result<unknown, string> {
  const [step, ...rest] = steps;
  const holder = Array.isArray(value) ? (value as unknown[]) : isRecord(value) ? value : null;
  const inside = holder === null || step === undefined ? undefined : (holder as Record<Step, unknown>)[step];
  if (step === undefined || holder === null || inside === undefined || !Object.hasOwn(holder, step)) {
    const names = isRecord(value) ? Object.keys(value).join(', ') : Array.isArray(value) ? `[0] to [${value.length - 1}]` : 'nothing';
    return err(
      `there is no ${quote(String(step))} in it; there is: ${names}. Give a whole distribution as JSON to change its type: '{"type":"exponential","meanMs":10}'.`,
    );
  }
  const changed =
    rest.length > 0
      ? changeInDistribution(inside, rest, text)
      : typeof inside === 'number'
        ? readNumber(String(step).endsWith('Ms') ? 'duration' : 'number', String(step).endsWith('Ms') ? 'ms' : '', text)
        : readJson(text);
  if (!changed.ok) return changed;
  return ok(Array.isArray(holder) ? holder.map((item, at) => (at === step ? changed.value : item)) : { ...holder, [step]: changed.value });
}

/** What a text means as the value of a parameter, as a change reads it: `1k req/s` is 1000. */
export function readValue(param: Param, text: string): Result<unknown, string> {
  if (param.nullMeans !== undefined && ['null', 'none', param.nullMeans].includes(text)) return ok(null);
  switch (param.type) {
    case 'choice':
    case 'text':
    case 'machine':
      return ok(text);
    case 'flag':
      return text === 'true' || text === 'false' ? ok(text === 'true') : err(`${quote(text)} is not allowed; it must be true or false.`);
    case 'distribution':
    case 'list': {
      const json = readJson(text);
      return json.ok ? json : err(`${json.error} It takes ${allowedInWords(param)} as JSON, such as '${JSON.stringify(param.default)}'.`);
    }
    default:
      return readNumber(param.type, param.unit, text);
  }
}

function readNumber(
  type: Exclude<ParamType, 'choice' | 'text' | 'machine' | 'flag' | 'distribution' | 'list'>,
  unit: string,
  text: string,
): Result<number, string> {
  // A share is stored and documented as 0 to 1, and that is what a bare number means here; 5 % needs its sign.
  if (type === 'probability') return /%|percent/i.test(text) ? parseQuantity(text, 'share', '%') : parseQuantity(text, 'number', '');
  return parseQuantity(text, type, unit);
}

function readJson(text: string): Result<unknown, string> {
  try {
    return ok(JSON.parse(text) as unknown);
  } catch {
    return err(`${quote(text)} is not JSON.`);
  }
}
