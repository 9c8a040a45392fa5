import { formatQuantity } from '../../src-shared/base/parse-quantity';
import type { Design, Project } from '../../src-shared/project/project';
import { type SweepableParameter, sweepableAt, sweepableParameters } from '../../src-shared/project/sweepable';
import { applyVariant } from '../../src-shared/project/variant';
import { quantitySpec } from '../inspector/field-text';

/** A change in its two halves. */
export interface ChangeParts {
  /** `part.parameter` */
  readonly path: string;
  readonly value: string;
}

/** Splits `part.parameter=value`. */
export function splitChange(change: string): ChangeParts {
  const equals = change.indexOf('=');
  return equals < 0 ? { path: change, value: '' } : { path: change.slice(0, equals).trim(), value: change.slice(equals + 1).trim() };
}

/** Puts a change together. */
export function joinChange({ path, value }: ChangeParts): string {
  return `${path}=${value}`;
}

/** The value that a parameter has at present, as a change would write it. */
export function presentValue({ param, value }: SweepableParameter): string {
  const spec = quantitySpec(param);
  return spec !== undefined && typeof value === 'number' ? formatQuantity(value, spec.dimension, spec.unit) : String(value);
}

/** Why a change cannot be made after those before it, as a sentence; null where it can. */
export function changeError(project: Project, designId: string, changes: readonly string[], place: number): string | null {
  const before = applyVariant(project, { label: '', designId, changes: changes.slice(0, place) });
  // An error of an earlier change is told there.
  if (!before.ok) return null;
  const applied = applyVariant(before.value, { label: '', designId, changes: changes.slice(place, place + 1) });
  return applied.ok ? null : applied.error;
}

/** Changes in the words of the form: `Application: Replicas 3`; one whose parameter is gone as the file has it. */
export function changesText(project: Project, design: Design, changes: readonly string[]): string {
  if (changes.length === 0) return '';
  const parameters = sweepableParameters(project, design);
  return changes
    .map((change) => {
      const { path, value } = splitChange(change);
      const parameter = sweepableAt(project, design, parameters, path);
      if (parameter === undefined) return change;
      return `${parameter.owner}: ${parameter.title} ${parameter.choices.find((choice) => choice.value === value)?.title ?? value}`;
    })
    .join('; ');
}
