import { formatQuantity, parseQuantity, quantityText } from '../../src-shared/base/parse-quantity';
import { err, ok, type Result } from '../../src-shared/base/result';
import type { QuantitySpec } from '../../src-shared/kinds/describe-value';

export { describeDefault, describeValue, type QuantitySpec, quantitySpec } from '../../src-shared/kinds/describe-value';

/** The allowed range in words: `1 to 64 targets`, `at least 1 ms`. */
export function rangeText({ dimension, unit, min, max }: QuantitySpec): string {
  const show = (value: number): string => formatQuantity(value, dimension, unit);
  // A bound this far out is a limit of the machine and tells nobody anything.
  const far = max === undefined || max >= 1e9;
  if (min !== undefined && !far) {
    const low = quantityText(min, dimension, unit);
    return low.unit === quantityText(max, dimension, unit).unit ? `${low.digits} to ${show(max)}` : `${show(min)} to ${show(max)}`;
  }
  if (min !== undefined && min > -1e9) return `at least ${show(min)}`;
  return far ? 'any number' : `at most ${show(max)}`;
}

/** Reads the text of a quantity field; a refusal says what is allowed. */
export function readQuantity(spec: QuantitySpec, text: string, shownUnit: string): Result<number, string> {
  const parsed = parseQuantity(text, spec.dimension, shownUnit);
  if (!parsed.ok) return parsed;
  const { value } = parsed;
  if ((spec.min !== undefined && value < spec.min) || (spec.max !== undefined && value > spec.max)) return err(`Allowed is ${rangeText(spec)}.`);
  if (spec.integer === true && !Number.isInteger(value))
    return err(spec.dimension === 'size' ? 'Write a whole number of bytes.' : `Write a whole number${spec.unit === '' ? '' : ` of ${spec.unit}`}.`);
  return ok(value);
}
