import { describeDistribution } from '../../src-shared/kinds/describe-distribution';
import { isDefault } from '../../src-shared/kinds/describe-value';
import type { Distribution } from '../../src-shared/kinds/distribution';
import { type Param, type ParamSet, paramMatters } from '../../src-shared/kinds/params';
import { describeValue } from './field-text';

/** A parameter with its value, as a row of the inspector. */
export interface ParamRow {
  readonly name: string;
  readonly param: Param;
  readonly value: unknown;
  readonly changed: boolean;
}

/** Parameters under one heading. */
export interface ParamGroup {
  readonly title: string;
  readonly rows: readonly ParamRow[];
  /** How many of them are not at their default. */
  readonly changed: number;
  /** Place among the groups of the declaration, from 0. */
  readonly place: number;
}

/** The parameters that have an effect at present, in groups in the order of their declaration. */
export function groupsOf(params: ParamSet, values: Readonly<Record<string, unknown>>, sourceKind?: string): readonly ParamGroup[] {
  const titles = [...new Set(Object.values(params).map((param) => param.group))];
  const rows = Object.entries(params)
    .filter(([, param]) => paramMatters(param, values, sourceKind))
    .map(([name, param]): ParamRow => ({ name, param, value: values[name], changed: !isDefault(param, values[name]) }));
  return titles.flatMap((title, place) => {
    const own = rows.filter((row) => row.param.group === title);
    return own.length === 0 ? [] : [{ title, rows: own, changed: own.filter((row) => row.changed).length, place }];
  });
}

/** Parameters of which a search finds at least every word in title, help, group or choices; case does not count. */
export function matchesSearch(param: Param, search: string): boolean {
  const text = [param.title, param.group, param.help, ...(param.choices ?? []).map((choice) => choice.title)].join(' ').toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** Groups with only the rows that a search finds. */
export function searchGroups(groups: readonly ParamGroup[], search: string): readonly ParamGroup[] {
  if (search.trim() === '') return groups;
  return groups.flatMap((group) => {
    const rows = group.rows.filter((row) => matchesSearch(row.param, search.trim()));
    return rows.length === 0 ? [] : [{ ...group, rows }];
  });
}

/** Parameters that a search finds, but that have no effect at present. */
export function countIdleMatches(params: ParamSet, groups: readonly ParamGroup[], search: string): number {
  if (search.trim() === '') return 0;
  const shown = new Set(groups.flatMap((group) => group.rows.map((row) => row.name)));
  return Object.entries(params).filter(([name, param]) => !shown.has(name) && matchesSearch(param, search.trim())).length;
}

/** Groups of a declaration that say what a part is for; they stay open where all their values are defaults. */
const LEADING_GROUPS = 4;
/** A declaration of so few groups is short enough to be read as a whole. */
const FEW_GROUPS = 4;

/** Whether the first parameter of a group switches the rest of it off. */
function isSwitchedOff({ rows: [first] }: ParamGroup): boolean {
  return first !== undefined && (first.value === false || first.value === null || first.value === 'none' || first.value === 'off');
}

/** Whether a group is open before anyone has opened or closed it: what leads and is on, and what differs from the defaults. */
export function startsOpen(group: ParamGroup, groupCount: number): boolean {
  return groupCount <= FEW_GROUPS || group.changed > 0 || (group.place < LEADING_GROUPS && !isSwitchedOff(group));
}

function valueText({ param, value }: ParamRow): string {
  return param.type === 'distribution' && value !== null ? describeDistribution(value as Distribution) : describeValue(param, value);
}

/** A group in one line: the values that are not at their defaults, or what its first parameter says, which is `off` where that is a switch. */
export function groupSummary(group: ParamGroup): string {
  const changed = group.rows.filter((row) => row.changed);
  if (changed.length > 0)
    return changed
      .slice(0, 3)
      .map((row) => (row.param.type === 'choice' ? valueText(row) : `${row.param.title.toLowerCase()} ${valueText(row)}`))
      .join(', ');
  const [first] = group.rows;
  if (first === undefined) return '';
  return first.value === false || first.value === 'none' || first.value === 'off' ? 'off' : valueText(first);
}
