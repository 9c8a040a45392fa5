import { type Dimension, formatQuantity } from '../base/parse-quantity';
import { describeDistribution } from './describe-distribution';
import type { Distribution } from './distribution';
import type { Param } from './params';

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

/** A value of any parameter in words, distributions with their shape; values that do not fit the declaration as they stand. */
export function describeParam(param: Param, value: unknown): string {
  if (param.type !== 'distribution' || value === null) return describeValue(param, value);
  const parsed = param.schema.safeParse(value);
  return parsed.success ? describeDistribution(parsed.data as Distribution) : JSON.stringify(value);
}

/** The default of a parameter in words. */
export function describeDefault(param: Param): string {
  return describeParam(param, param.default);
}

/** Whether a value is the default of its parameter. */
export function isDefault(param: Param, value: unknown): boolean {
  return value === param.default || JSON.stringify(value) === JSON.stringify(param.default);
}
