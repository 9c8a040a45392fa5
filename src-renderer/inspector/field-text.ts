import { type Dimension, formatQuantity, parseQuantity, quantityText } from '../../src-shared/base/parse-quantity';
import { err, ok, type Result } from '../../src-shared/base/result';
import { describeDistribution } from '../../src-shared/kinds/describe-distribution';
import type { Distribution } from '../../src-shared/kinds/distribution';
import type { Param } from '../../src-shared/kinds/params';

/** What a field measures, and the bounds it keeps. */
export interface QuantitySpec {
  readonly dimension: Dimension;
  /** Noun or unit where the dimension has none of its own: 'replicas'. */
  readonly unit: string;
  readonly min?: number;
  readonly max?: number;
  readonly integer?: boolean;
}

const DIMENSION_OF: Partial<Record<Param['type'], Dimension>> = {
  duration: 'duration',
  rate: 'rate',
  count: 'count',
  number: 'number',
  probability: 'share',
  size: 'size',
  bandwidth: 'bandwidth',
};

/** How a parameter is written as a quantity; undefined where it is no quantity. */
export function quantitySpec(param: Param): QuantitySpec | undefined {
  const dimension = DIMENSION_OF[param.type];
  if (dimension === undefined) return undefined;
  return {
    dimension,
    unit: param.unit,
    ...(param.min !== undefined && { min: param.min }),
    ...(param.max !== undefined && { max: param.max }),
    integer: param.type === 'count' || param.type === 'size',
  };
}

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

/** A value in words, for telling what the default is. */
export function describeValue(param: Param, value: unknown): string {
  if (value === null) return param.nullMeans ?? 'none';
  const spec = quantitySpec(param);
  if (spec !== undefined && typeof value === 'number') return formatQuantity(value, spec.dimension, spec.unit);
  if (param.type === 'choice') return param.choices?.find((choice) => choice.value === value)?.title ?? String(value);
  if (param.type === 'flag') return value === true ? 'on' : 'off';
  if (param.type === 'list' && Array.isArray(value))
    return value.length === 0 ? `no ${param.rowTitle ?? 'row'}s` : `${value.length} ${param.rowTitle ?? 'row'}${value.length === 1 ? '' : 's'}`;
  return typeof value === 'string' ? value : '';
}

/** The default of a parameter in words. */
export function describeDefault(param: Param): string {
  if (param.default === null) return param.nullMeans ?? 'none';
  return param.type === 'distribution' ? describeDistribution(param.default as Distribution) : describeValue(param, param.default);
}
