import { invariant } from '../base/result';
import { linkParams } from '../kinds/link/link';
import type { ParamSet } from '../kinds/params';
import { KINDS, kindOf } from '../kinds/registry';
import type { Component, Link, Project, Workload } from './project';
import { isRecord } from './words';

/** Values of parameters as they stand in a file: by name, unchecked. */
export type Values = Readonly<Record<string, unknown>>;

/** The kind whose values workload records hold. */
export function workloadKind(): (typeof KINDS)[number] {
  const kind = KINDS.find((candidate) => candidate.stored === 'workload');
  invariant(kind !== undefined, 'a kind stores its values in workloads');
  return kind;
}

/** Adds what is missing, at its default: also in the rows of lists. Everything that is there stays as it is, right or wrong. */
export function withDefaults(params: ParamSet, values: Values): Record<string, unknown> {
  const filled: Record<string, unknown> = { ...values };
  for (const [key, param] of Object.entries(params)) {
    const value = filled[key];
    if (value === undefined) filled[key] = copy(param.default);
    else if (param.fields !== undefined && Array.isArray(value)) {
      const { fields } = param;
      filled[key] = value.map((row: unknown) => (isRecord(row) ? withDefaults(fields, row) : row));
    }
  }
  return filled;
}

/** The stored values of a component as they stand, wherever its kind stores them: empty where its workload does not exist. */
export function storedParamsOf(project: Project, component: Component): Values {
  if (kindOf(component.kind)?.stored !== 'workload') return component.params;
  return project.workloads.find((workload) => workload.id === component.workload)?.params ?? NOTHING;
}

const NOTHING: Values = {};

/** The stored values of a component, wherever its kind stores them, with the defaults of what is missing. */
export function paramsOf(project: Project, component: Component): Record<string, unknown> {
  return withDefaults(kindOf(component.kind)?.params ?? {}, storedParamsOf(project, component));
}

/** The values of a workload record, with the defaults of what is missing. */
export function workloadParamsOf(workload: Workload): Record<string, unknown> {
  return withDefaults(workloadKind().params, workload.params);
}

/** The values of a link, with the defaults of what is missing. */
export function linkParamsOf(link: Link): Record<string, unknown> {
  return withDefaults(linkParams, link.params);
}

function copy<T>(value: T): T {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T);
}
