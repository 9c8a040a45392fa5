import { formatNumber } from '../base/format';
import type { Problem } from '../base/problem';
import type { Topology } from './topology';
import { isRecord, quote } from './words';

/** Versions of items that the copies of a database may keep: about 24 MB. */
export const ITEM_LIMIT = 2_000_000;

/** Databases with copies whose clients touch more items than they can keep versions of. */
export function itemProblems(topology: Topology): Problem[] {
  const parts = [...topology.parts.values()];
  const items = Math.max(
    1,
    ...parts.flatMap(({ values }) =>
      Array.isArray(values.operations) ? values.operations.map((row: unknown) => (isRecord(row) && typeof row.items === 'number' ? row.items : 1)) : [],
    ),
  );
  return parts.flatMap(({ component, values }): Problem[] => {
    const copies = Number(values.copies ?? 1);
    if (copies < 2 || items * copies <= ITEM_LIMIT) return [];
    return [
      {
        severity: 'error',
        code: 'too-many-items',
        recordId: component.id,
        path: 'params.copies',
        message: `${quote(component.name)} would keep ${formatNumber(items * copies, 9)} versions: ${formatNumber(copies)} copies of ${formatNumber(items, 9)} items. There is room for ${formatNumber(ITEM_LIMIT, 9)}.`,
        remedy: 'Lower the number of items of the operations, or the copies.',
      },
    ];
  });
}
