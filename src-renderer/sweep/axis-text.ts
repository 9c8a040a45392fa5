import { formatQuantity } from '../../src-shared/base/parse-quantity';
import { err, ok, type Result } from '../../src-shared/base/result';
import type { Axis } from '../../src-shared/project/sweep';
import type { AxisValue } from '../../src-shared/project/sweep-points';
import type { SweepableParameter } from '../../src-shared/project/sweepable';
import { describeValue, quantitySpec, readQuantity } from '../inspector/field-text';

/** Values that a range goes through where nobody has said how many. */
const USUAL_STEPS = 10;

/** A value on an axis in words: with its unit, or the title of the choice; as it stands where the parameter is gone. */
export function axisValueText(parameter: SweepableParameter | undefined, value: AxisValue | null | undefined): string {
  if (value === undefined) return '';
  const spec = parameter === undefined ? undefined : quantitySpec(parameter.param);
  // What is counted stands in the title of the axis: 'Replicas 3'.
  if (spec !== undefined && typeof value === 'number') return formatQuantity(value, spec.dimension, '');
  return parameter?.choices.find((choice) => choice.value === String(value))?.title ?? String(value);
}

/** Several values in one line, the unit only once where all have the same: `100, 150, 200 req/s`. */
export function axisValuesText(parameter: SweepableParameter | undefined, values: readonly AxisValue[]): string {
  const texts = values.map((value) => axisValueText(parameter, value));
  const unit = / \D+$/.exec(texts[0] ?? '')?.[0];
  if (unit === undefined || !texts.every((text) => text.endsWith(unit) && /^[\d.e+-]+k?$/.test(text.slice(0, -unit.length)))) return texts.join(', ');
  return `${texts.map((text) => text.slice(0, -unit.length)).join(', ')}${unit}`;
}

/** Where a parameter stands at present, in words. */
export function presentText({ param, value, choices }: SweepableParameter): string {
  return choices.find((choice) => choice.value === String(value))?.title ?? describeValue(param, value);
}

/** Reads numbers between commas, each with or without its unit. */
export function readAxisList({ param }: SweepableParameter, text: string): Result<readonly number[], string> {
  const spec = quantitySpec(param);
  if (spec === undefined) return err('This parameter takes no numbers.');
  const values: number[] = [];
  for (const word of text.split(/[,;]/)) {
    if (word.trim() === '') continue;
    const read = readQuantity(spec, word, param.unit);
    if (!read.ok) return err(`${word.trim()}: ${read.error}`);
    values.push(read.value);
  }
  return values.length === 0 ? err('Write at least one value, several with commas between them.') : ok([...new Set(values)]);
}

const twoDigits = (value: number): number => Number(value.toPrecision(2));

/** Values to begin with when a parameter is chosen: around where it stands, or every choice. */
export function usualAxis({ path, param, value, choices }: SweepableParameter): Axis {
  if (choices.length > 0) return { parameter: path, values: { type: 'list', values: choices.map((choice) => choice.value) } };
  const range = (from: number, to: number, steps: number, scale: 'linear' | 'log' = 'linear'): Axis => ({
    parameter: path,
    values: { type: 'range', from: Math.max(from, param.min ?? from), to: Math.min(to, param.max ?? to), steps, scale },
  });
  const now = typeof value === 'number' && value > 0 ? value : null;
  switch (param.type) {
    case 'count': {
      const to = Math.max(8, 2 * (now ?? 4));
      return to <= 16 ? range(1, to, to) : range(Math.max(1, Math.round(to / USUAL_STEPS)), to, USUAL_STEPS);
    }
    case 'probability':
      return range(0, Math.min(1, twoDigits(2 * (now ?? 0.05))), 5);
    case 'size':
      return range(Math.max(1, Math.round((now ?? 1000) / 4)), Math.round((now ?? 1000) * 4), 5, 'log');
    default: {
      // From a fifth to double of where it stands, so that the steps between are round as well.
      const from = twoDigits((now ?? 10) / 5);
      return range(from, from * USUAL_STEPS, USUAL_STEPS);
    }
  }
}
