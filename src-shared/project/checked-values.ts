import type { ParamSet } from '../kinds/params';
import { checkValues, usableValues, type ValueProblem } from './check-value';
import { type Values, withDefaults } from './params-of';

/** What the checks need to know of the values of one record. */
export interface CheckedValues {
  /** Declared names only, with the default in place of what is missing or not allowed. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly problems: readonly ValueProblem[];
}

interface Remembered {
  readonly params: ParamSet;
  readonly owner: string;
  readonly entries: readonly (readonly [string, unknown])[];
  readonly checked: CheckedValues;
}

/** Values that have been checked before, by the object that holds them: an edit replaces one such object, and all others need no second look. */
const remembered = new WeakMap<Values, Remembered>();

/** Checks the stored values of one record. `owner` is what messages call it. Values are never changed in place; a new object is checked anew. */
export function checkedValues(params: ParamSet, stored: Values, owner: string): CheckedValues {
  const before = remembered.get(stored);
  if (before !== undefined && before.params === params && before.owner === owner && isUnchanged(before, stored)) return before.checked;
  const filled = withDefaults(params, stored);
  const checked: CheckedValues = { values: usableValues(params, filled), problems: checkValues(params, filled, owner) };
  remembered.set(stored, { params, owner, entries: Object.entries(stored), checked });
  return checked;
}

function isUnchanged(before: Remembered, stored: Values): boolean {
  return Object.keys(stored).length === before.entries.length && before.entries.every(([key, value]) => Object.is(stored[key], value));
}
